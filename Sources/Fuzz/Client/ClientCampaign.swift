import Synchronization
package import Transport
import Wire

/// Fuzzes a client until its time or its runs are over.
package final class ClientCampaign: Sendable {
  /// How it goes about it.
  package struct Settings: Sendable {
    /// The seed of every choice.
    package var seed: UInt64
    /// The number of the first run, and more than 0 where a campaign goes on.
    package var firstRun: UInt64 = 0
    /// The most runs.
    package var runs: UInt64 = .max
    /// When to stop.
    package var deadline = Deadline.never
    /// How many clients run at once.
    package var jobs = 1
    /// What to play first: scripts of a server.
    package var seeds: [Script] = []
    /// The words that mutators put in.
    package var words: [[UInt8]] = []
    /// Oracles that are not asked, by name.
    package var silenced: Set<String> = []
    /// How the client is called in findings.
    package var targetName = ""
    /// How long one finding may be made smaller.
    package var minimizing = Duration.seconds(20)

    /// Settings with a seed.
    package init(seed: UInt64) { self.seed = seed }
  }

  private let settings: Settings
  private let runner: ClientRunner
  private let store: FindingStore
  private let mutator: ServerScriptMutator
  private let beginnings: [ServerScript]
  private let interrupt: Interrupt
  /// Where progress is noted.
  package let board = CampaignBoard()
  private let state = Mutex(State())

  private struct State {
    /// Buckets that were looked into.
    var noted: Set<String> = []
    /// How often a bucket did not come again.
    var rejected: [String: Int] = [:]
    var failure: String?
  }

  /// A bucket that did not come again so often is left aside.
  private static let mostRejections = 3

  /// A campaign.
  ///
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  package init(
    _ runner: ClientRunner, settings: Settings, store: FindingStore, interrupt: Interrupt = Interrupt()
  ) throws(Grammar.Fault) {
    self.runner = runner
    self.settings = settings
    self.store = store
    self.interrupt = interrupt
    mutator = try ServerScriptMutator(for: runner.command, words: settings.words)
    // An honest server first: what an oracle has against that needs no fuzzing.
    let kept = store.pending().map { Script(decoding: $0) } + store.corpus()
    beginnings = [ServerScript()] + (kept + settings.seeds).map { ServerScript($0) } + mutator.beginnings
  }

  /// What came of it.
  package struct Summary: Sendable {
    /// How often a client was started for a script of its own.
    package let runs: UInt64
    /// Different things reached.
    package let states: Int
    /// Why it could not go on.
    package let failure: String?
  }

  /// Runs the client once with an honest server.
  ///
  /// - Returns: Why it is no client to be fuzzed: it makes no connection, or gives no message; `nil` where it does.
  package func trial() -> String? {
    let trace: ClientTrace
    do throws(ClientRunner.Unusable) { trace = try runner.run(ServerScript(), interrupt: interrupt) } catch { return error.message }
    let isGiven = trace.connections.flatMap(\.said).contains { if case .mailData = $0.kind { true } else { false } }
    guard !isGiven else { return nil }
    let said = String(decoding: trace.output.suffix(400), as: UTF8.self)
    let what = trace.connections.isEmpty ? "it makes no connection to {host} and {port}" : "it sends no message to an honest server"
    return said.isEmpty ? what : "\(what); it says: \(Escaped.show(said))"
  }

  /// Runs it.
  package func run() -> Summary {
    let ledger = Ledger<ServerScript>(entries: [], first: settings.firstRun, limit: settings.runs, batch: 32) { [self] new in
      board.noteState()
      attempt { () throws(FindingStoreError) in
        try store.keep(.script(new.entry.script))
        try store.mark(CampaignMark(seed: settings.seed, run: new.run))
      }
    }
    board.watch { ledger.counts }
    let work: @Sendable () -> Void = { [self] in
      while let run = ledger.nextRun() {
        ledger.finish(run.number, perform(run))
        if interrupt.isTriggered || settings.deadline.hasPassed || state.withLock({ $0.failure != nil }) { ledger.stop() }
      }
    }
    let threads = (1..<max(1, settings.jobs)).compactMap { _ in try? WorkerThread(work) }
    work()
    for thread in threads { thread.join() }
    let counts = ledger.counts
    attempt { () throws(FindingStoreError) in try store.mark(CampaignMark(seed: settings.seed, run: counts.runs)) }
    return Summary(runs: counts.runs - settings.firstRun, states: counts.signatures, failure: state.withLock { $0.failure })
  }

  private func attempt(_ body: () throws(FindingStoreError) -> Void) {
    do throws(FindingStoreError) { try body() } catch { state.withLock { $0.failure = $0.failure ?? error.message } }
  }

  private func perform(_ run: Ledger<ServerScript>.Run) -> Ledger<ServerScript>.Outcome? {
    let script = script(of: run)
    guard let (trace, found) = judge(script) else { return nil }
    for suspicion in found { look(into: suspicion, script, run.number) }
    return Ledger.Outcome(signatures: Self.signatures(trace), entry: script)
  }

  private func script(of run: Ledger<ServerScript>.Run) -> ServerScript {
    if run.number - settings.firstRun < beginnings.count { return beginnings[Int(run.number - settings.firstRun)] }
    var random = RunGenerator(seed: settings.seed, run: run.number)
    guard !run.entries.isEmpty, !random.oneIn(5) else { return mutator.make(using: &random) }
    return mutator.mutate(random.pick(run.entries), other: random.pick(run.entries), using: &random)
  }

  private func judge(_ script: ServerScript) -> (ClientTrace, [Suspicion])? {
    do throws(ClientRunner.Unusable) {
      let trace = try runner.run(script, interrupt: interrupt)
      guard !interrupt.isTriggered else { return nil }
      return (trace, ClientOracleList.judge(trace, without: settings.silenced))
    } catch {
      state.withLock { $0.failure = $0.failure ?? error.message }
      return nil
    }
  }

  /// What the client said and how it ended, as far as it tells one run from another.
  private static func signatures(_ trace: ClientTrace) -> [UInt64] {
    var signature = Signature()
    for connection in trace.connections {
      signature.add("connection \(connection.hasTLS)")
      for said in connection.said {
        signature.add(
          "\(said.kind) \(said.verb?.rawValue ?? "?") \(said.isUnderTLS) \(String(decoding: said.answer.prefix(1), as: UTF8.self))")
      }
    }
    signature.add("\(trace.ending.map { "\($0)" } ?? "runs")")
    return [signature.value]
  }

  /// Confirms what an oracle has against the client, makes it small, and records it.
  private func look(into suspicion: Suspicion, _ script: ServerScript, _ run: UInt64) {
    let bucket = suspicion.bucket
    let isNew = state.withLock { $0.rejected[bucket, default: 0] < Self.mostRejections && $0.noted.insert(bucket).inserted }
    guard isNew, !store.has(subject: "client", bucket: bucket) else { return }
    do throws(FindingStoreError) {
      try store.note(.script(script.script))
      let holds: (ServerScript) -> Bool = { [self] in judge($0)?.1.contains { $0.bucket == bucket } == true }
      guard holds(script) else {
        store.settle(.script(script.script))
        return state.withLock { state in
          state.rejected[bucket, default: 0] += 1
          state.noted.remove(bucket)
        }
      }
      // Beyond the campaign's time it is recorded as it is.
      let limit = settings.deadline == .never ? .never : Deadline.after(settings.deadline.remaining)
      var minimizer = ServerScriptMinimizer(deadline: min(limit, .after(settings.minimizing)), holds: holds)
      let small = minimizer.minimize(script)
      let (trace, found) = judge(small) ?? (ClientTrace(), [])
      let last = found.first { $0.bucket == bucket } ?? suspicion
      var finding = Finding(
        subject: "client", oracle: last.oracle, bucket: bucket, summary: last.summary, clause: last.clause, severity: last.severity,
        confidence: last.confidence, expected: last.expected, observed: last.observed, input: .script(small.script),
        target: settings.targetName, seed: settings.seed, run: run)
      finding.transcript = trace.connections.map(\.transcript).joined(separator: "\n")
      if try store.record(finding) { board.note(last.oracle) }
      store.settle(.script(script.script))
    } catch {
      state.withLock { $0.failure = $0.failure ?? error.message }
    }
  }
}
