import Synchronization
package import Transport
import Wire

/// Fuzzes parsers in process until its time or its runs are over.
package struct ParserCampaign: Sendable {
  /// What is fuzzed.
  package let targets: [any ParserTarget]
  /// The seed of every choice.
  package let seed: UInt64
  /// The words that mutators put in.
  package var words: [[UInt8]] = []
  /// How many threads run.
  package var workers = 1
  /// The number of the first run, and more than 0 where a campaign goes on.
  package var firstRun: UInt64 = 0
  /// How many inputs there are at most.
  package var runs: UInt64 = .max
  /// When to stop.
  package var deadline = Deadline.never
  /// What stops it at once.
  package var interrupt: Interrupt?
  /// Inputs to begin with, each for the targets of that name.
  package var seeds: [ParserSeed] = []
  /// Where progress is noted.
  package let board = CampaignBoard()
  /// What is not told.
  package var ignored: Set<ParserFault.Rule> = []

  /// How long one input is made smaller at most.
  private static let minimizing = Duration.seconds(20)

  /// A campaign against these parsers.
  package init(targets: [any ParserTarget], seed: UInt64) {
    self.targets = targets
    self.seed = seed
  }

  /// An input and what does not hold of it.
  package struct Find: Sendable, Equatable {
    /// The parser's name.
    package let target: String
    /// The input, as small as it could be made.
    package let input: [UInt8]
    /// What does not hold.
    package let fault: ParserFault
    /// The run that met it first.
    package let run: UInt64
  }

  /// What came of a campaign.
  package struct Summary: Sendable, Equatable {
    /// Inputs tried.
    package let runs: UInt64
    /// Different outcomes reached.
    package let outcomes: Int
    /// What does not hold, the smallest input of each kind.
    package let finds: [Find]
  }

  /// The parsers of `Wire`.
  ///
  /// - Returns: A target for each.
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  package static func targets() throws(Grammar.Fault) -> [any ParserTarget] {
    [
      try CommandTarget(internationalized: false), try CommandTarget(internationalized: true), try ReplyTarget(), MailDataTarget(),
    ]
  }

  /// An input that reached something new.
  private struct Entry: Sendable {
    let target: Int
    let input: [UInt8]
  }

  /// Runs it.
  ///
  /// - Parameters:
  ///   - tell: Told of each find, once.
  ///   - keep: Told of each input that reached something new.
  /// - Returns: What came of it.
  package func run(
    _ tell: @escaping @Sendable (Find) -> Void = { _ in }, keep: @escaping @Sendable (ParserSeed) -> Void = { _ in }
  ) -> Summary {
    let ledger = Ledger<Entry>(entries: [], first: firstRun, limit: runs, batch: 256) { [board, targets] new in
      board.noteState()
      keep(ParserSeed(targets[new.entry.target].name, new.entry.input))
    }
    board.watch { ledger.counts }
    let finds = Mutex<[String: Find]>([:])
    let work: @Sendable () -> Void = {
      while let run = ledger.nextRun() {
        let (entry, verdict) = perform(run)
        var signature = Signature()
        signature.add(entry.target)
        signature.add(Int(truncatingIfNeeded: verdict.signature))
        ledger.finish(run.number, Ledger.Outcome(signatures: [signature.value], entry: entry))
        for fault in verdict.faults { note(fault, entry, run.number, finds, tell) }
        if deadline.hasPassed || interrupt?.isTriggered == true { ledger.stop() }
      }
    }
    let threads = (1..<max(1, workers)).compactMap { _ in try? WorkerThread(work) }
    work()
    for thread in threads { thread.join() }
    let counts = ledger.counts
    let sorted = finds.withLock { finds in
      finds.values.sorted {
        ($0.target, $0.fault.rule.rawValue, $0.fault.bucket) < ($1.target, $1.fault.rule.rawValue, $1.fault.bucket)
      }
    }
    return Summary(runs: counts.runs - firstRun, outcomes: counts.signatures, finds: sorted)
  }

  /// Makes one input and checks it: from the grammar, or from an entry by a few mutations.
  private func perform(_ run: Ledger<Entry>.Run) -> (Entry, ParserVerdict) {
    if run.number - firstRun < seeds.count {
      let seed = seeds[Int(run.number - firstRun)]
      if let number = targets.firstIndex(where: { $0.name == seed.target }) { return finish(number, seed.input) }
    }
    var random = RunGenerator(seed: seed, run: run.number)
    let number = random.index(targets.count)
    var input: [UInt8]
    guard run.entries.isEmpty || random.oneIn(3) else {
      // Recent entries are the least explored ones.
      let recent = run.entries.suffix(random.oneIn(2) ? 64 : run.entries.count)
      let entry = random.pick(recent)
      return finish(entry.target, mutated(entry.input, run.entries, &random))
    }
    input = targets[number].generate(using: &random)
    if random.oneIn(4) { return finish(number, input) }
    input = mutated(input, run.entries, &random)
    return finish(number, input)
  }

  private func mutated(_ input: [UInt8], _ entries: ArraySlice<Entry>, _ random: inout RunGenerator) -> [UInt8] {
    var input = input
    for _ in 0...random.index(random.oneIn(4) ? 8 : 3) {
      let other = entries.isEmpty ? [] : random.pick(entries).input
      random.pick(OctetMutator.allCases).apply(to: &input, words: words, other: other, limit: 1_200, using: &random)
    }
    return input
  }

  private func finish(_ number: Int, _ input: [UInt8]) -> (Entry, ParserVerdict) {
    (Entry(target: number, input: input), targets[number].check(input))
  }

  /// Keeps the smallest input of each kind of fault.
  private func note(_ fault: ParserFault, _ entry: Entry, _ run: UInt64, _ finds: borrowing Mutex<[String: Find]>, _ tell: (Find) -> Void) {
    let target = targets[entry.target]
    guard !ignored.contains(fault.rule) else { return }
    let key = "\(target.name) \(fault.rule.rawValue) \(fault.bucket)"
    let isNew = finds.withLock { finds in
      guard finds[key].map({ $0.input.count > entry.input.count }) ?? true else { return false }
      let isNew = finds[key] == nil
      finds[key] = Find(target: target.name, input: entry.input, fault: fault, run: run)
      return isNew
    }
    guard isNew else { return }
    let isSame: (ParserFault) -> Bool = { $0.rule == fault.rule && $0.bucket == fault.bucket }
    // Each question about a hang costs the time of one.
    let budget = fault.rule == .hang ? 20 : 2_000
    let enough = Deadline.after(ParserCampaign.minimizing)
    let small = OctetMinimizer.minimize(entry.input, budget: budget) { part in
      !enough.hasPassed && interrupt?.isTriggered != true && target.check(part, only: fault.rule).faults.contains(where: isSame)
    }
    let detail = fault.rule == .hang ? fault : target.check(small, only: fault.rule).faults.first(where: isSame) ?? fault
    let find = Find(target: target.name, input: small, fault: detail, run: run)
    finds.withLock { $0[key] = find }
    board.note(fault.rule.name)
    tell(find)
  }
}
