import Foundation
import Synchronization
package import Transport
import Wire

/// Fuzzes a server until its time or its runs are over.
///
/// What a run plays depends on the seed and its number, and on what earlier runs reached; see ``Ledger``.
package final class ServerCampaign: Sendable {
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
    /// How many workers there are.
    package var jobs = 1
    /// The most runs a second.
    package var rate: Double?
    /// What to play first, as it is.
    package var seeds: [Script] = []
    /// The words that mutators put in.
    package var words: [[UInt8]] = []
    /// Mailboxes that the target accepts; the examples' own where there are none.
    package var recipients: [[UInt8]] = []
    /// Who is fuzzed, in findings.
    package var targetName = ""
    /// Host and port for the shell reproducers.
    package var address: (host: String, port: UInt16) = ("127.0.0.1", 25)
    /// How long one finding may be made smaller.
    package var minimizing = Duration.seconds(12)
    /// Oracles that are not asked, by name.
    package var silenced: Set<String> = []
    /// What counts as growth.
    package var growth = GrowthOracle.Limits()
    /// Whether to stop at the first finding that is confirmed.
    package var stopsAtFirst = false
    /// The server's edges, which only one worker can count; `nil` where they are not counted.
    package var edges: EdgeCoverage?
    /// Whether what reaches a new edge is kept, or edges are counted and nothing depends on them.
    package var followsEdges = false

    /// Settings with a seed.
    package init(seed: UInt64) { self.seed = seed }
  }

  /// How long after the deadline a finding is still confirmed and made smaller; what is left then stays pending.
  private static let grace = Duration.seconds(2)
  /// When nothing more is begun.
  let end: Deadline

  /// A script that reached something.
  struct Entry: Sendable {
    let script: Script
    /// What it was the first to reach of the server's edges.
    var novelty: EdgeCoverage.Novelty?
  }

  let settings: Settings
  let player: Player
  let store: FindingStore
  let keeper: (any ServerKeeping)?
  let interrupt: Interrupt
  let sessions: SessionCounter
  let state: Mutex<State>
  private let generator: ScriptGenerator
  private let mutator: ScriptMutator
  private let pace: Pace
  let gate = Gate()
  /// Plays scripts again, and numbers its sessions with all others.
  let reproducer: Reproducer
  private let began = ContinuousClock.now
  /// How many of the scripts that reached a new edge are preferred.
  private static let depth = 16

  /// What the workers share.
  struct State {
    var queue: [Claim] = []
    /// How many claims there are of each script that is pending.
    var open: [Script: Int] = [:]
    /// Buckets that are being looked into or were.
    var noted: Set<String> = []
    /// How often a bucket did not come again.
    var rejected: [String: Int] = [:]
    var findings: [String: Int] = [:]
    var lastFinding: ContinuousClock.Instant?
    var lastState: ContinuousClock.Instant?
    /// What each worker has played of late.
    var recent: [[Script]] = []
    var growth: GrowthOracle
    var growthIsKnown = false
    var nextReading: UInt64 = 256
    var isDead = false
    var failure: FindingStoreError?
    var firstFinding: (run: UInt64, after: Duration)?
    var ledger: Ledger<Entry>?
  }

  /// A campaign.
  ///
  /// - Parameters:
  ///   - player: Where the server is, and how long things may take.
  ///   - settings: How to go about it.
  ///   - store: Where findings go.
  ///   - keeper: Who starts the server again; `nil` where nobody does.
  ///   - interrupt: What stops it at once.
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  package init(
    player: Player, settings: Settings, store: FindingStore, keeper: (any ServerKeeping)? = nil, interrupt: Interrupt = Interrupt()
  ) throws(Grammar.Fault) {
    self.player = player
    self.settings = settings
    self.store = store
    self.keeper = keeper
    self.interrupt = interrupt
    sessions = SessionCounter()
    reproducer = Reproducer(player: player, recipients: settings.recipients, sessions: sessions)
    generator = try ScriptGenerator(isLMTP: player.isLMTP)
    mutator = ScriptMutator(generator: generator, words: settings.words)
    pace = Pace(perSecond: settings.rate)
    end = settings.deadline == .never ? .never : .after(settings.deadline.remaining + Self.grace)
    var state = State(growth: GrowthOracle(settings.growth))
    state.recent = Array(repeating: [], count: max(1, settings.jobs))
    self.state = Mutex(state)
  }

  /// What came of it.
  package struct Summary: Sendable {
    /// Scripts made and played.
    package let runs: UInt64
    /// Connections made in all, those of comparisons and confirmations among them.
    package let sessions: UInt64
    /// Different things reached.
    package let states: Int
    /// How many of the server's edges were reached; `nil` where they were not counted.
    package let edges: Int?
    /// Inputs kept.
    package let kept: Int
    /// Whether the server is dead.
    package let isDead: Bool
    /// When the first finding was met: the run, and how long it took.
    package let firstFinding: (run: UInt64, after: Duration)?
    /// Why findings could not be written.
    package let failure: FindingStoreError?
  }

  /// Runs it.
  package func run() -> Summary {
    let seeds = settings.seeds + store.pending().map { Script(decoding: $0) } + store.corpus()
    // Many runs see the same, so that it does not matter how workers are timed; a single one goes on from what it has just reached.
    let batch: UInt64 = settings.followsEdges ? 1 : 64
    let ledger = Ledger<Entry>(entries: [], first: settings.firstRun, limit: settings.runs, batch: batch) { [weak self] new in
      self?.take(new)
    }
    state.withLock { $0.ledger = ledger }
    let threads = (1..<max(1, settings.jobs)).compactMap { number in
      try? WorkerThread { [self] in work(number, ledger, seeds) }
    }
    work(0, ledger, seeds)
    for thread in threads { thread.join() }
    ledger.drain()
    while let claim = nextClaim() { handle(claim) }
    if !interrupt.isTriggered, state.withLock(\.queue.isEmpty) { store.settleAll() }
    let counts = ledger.counts
    attempt { () throws(FindingStoreError) in try store.mark(CampaignMark(seed: settings.seed, run: counts.runs)) }
    return state.withLock { state in
      Summary(
        runs: counts.runs - settings.firstRun, sessions: sessions.total, states: counts.signatures, edges: settings.edges?.count,
        kept: counts.entries, isDead: state.isDead, firstFinding: state.firstFinding, failure: state.failure)
    }
  }

  /// How far it has come.
  package var progress: CampaignProgress {
    var progress = CampaignProgress()
    let now = ContinuousClock.now
    let (ledger, findings, lastFinding, lastState) = state.withLock { state in
      (state.ledger, state.findings, state.lastFinding, state.lastState)
    }
    // Outside of our lock: the ledger tells of what is new under its own.
    let counts = ledger?.counts
    progress.elapsed = now - began
    progress.runs = counts.map { $0.runs - settings.firstRun } ?? 0
    progress.states = counts?.signatures ?? 0
    progress.corpus = counts?.entries ?? 0
    progress.findings = findings
    progress.sinceLastFinding = lastFinding.map { now - $0 }
    progress.sinceLastState = lastState.map { now - $0 }
    progress.remarks = ["\(sessions.total) connections"]
    if let edges = settings.edges { progress.remarks.append("\(edges.count) edges") }
    return progress
  }

  // MARK: Workers

  private func work(_ number: Int, _ ledger: Ledger<Entry>, _ seeds: [Script]) {
    while !interrupt.isTriggered {
      if settings.deadline.hasPassed || state.withLock({ $0.isDead || $0.failure != nil }) { ledger.stop() }
      if let claim = nextClaim() {
        gate.shared { handle(claim) }
        continue
      }
      guard pace.wait(interrupt), let run = ledger.nextRun() else { break }
      let result = gate.shared { perform(run, worker: number, seeds) }
      ledger.finish(run.number, result.outcome)
      if result.isSuspect { lookWhetherAlive() }
      if let growth = result.growth { attribute(growth, run.number) }
    }
    ledger.stop()
  }

  private func nextClaim() -> Claim? {
    guard !interrupt.isTriggered, !end.hasPassed else { return nil }
    return state.withLock { $0.queue.isEmpty ? nil : $0.queue.removeFirst() }
  }

  /// The ledger has a script that is the first to reach something; it holds its lock, and tells in the order of the runs.
  private func take(_ new: Ledger<Entry>.New) {
    state.withLock { $0.lastState = .now }
    attempt { () throws(FindingStoreError) in
      try store.keep(.script(new.entry.script))
      try store.mark(CampaignMark(seed: settings.seed, run: new.run))
    }
  }

  func attempt(_ body: () throws(FindingStoreError) -> Void) {
    do throws(FindingStoreError) {
      try body()
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
  }

  // MARK: A run

  private func perform(_ run: Ledger<Entry>.Run, worker: Int, _ seeds: [Script]) -> (
    outcome: Ledger<Entry>.Outcome?, isSuspect: Bool, growth: Suspicion?
  ) {
    var random = RunGenerator(seed: settings.seed, run: run.number)
    let script = input(of: run, seeds, &random)
    state.withLock { state in
      state.recent[worker].append(script)
      if state.recent[worker].count > 6 { state.recent[worker].removeFirst() }
    }
    settings.edges?.begin()
    let (found, trace) = reproducer.suspicions(script, player)
    if trace.connections.contains(where: { $0.isRefused || $0.isLost && keeper?.death() != nil }) {
      return (nil, true, nil)
    }
    if trace.connections.first?.turns.count == 1, trace.connections.first?.fate == .shutDown {
      // It has too much to do: others first.
      _ = interrupt.wait(until: .after(.milliseconds(50)))
    }
    let novelty = novelty(of: script)
    var claims = found.map { Claim(suspicion: $0, script: script, run: run.number) }
    claims += compare(script, trace, run.number, &random)
    claims.removeAll { settings.silenced.contains($0.suspicion.oracle) }
    for claim in claims { note(claim) }
    let outcome = Ledger.Outcome(
      signatures: trace.signatures, entry: Entry(script: script, novelty: novelty), isKept: novelty != nil)
    return (outcome, false, growth())
  }

  /// What a script that was just played reached before all others: twice, since once may be chance.
  private func novelty(of script: Script) -> EdgeCoverage.Novelty? {
    guard let edges = settings.edges else { return nil }
    let fresh = edges.fresh()
    guard settings.followsEdges, !fresh.isEmpty else { return nil }
    edges.begin()
    _ = player.play(script, reproducer.places())
    return edges.confirm(fresh)
  }

  private func input(of run: Ledger<Entry>.Run, _ seeds: [Script], _ random: inout RunGenerator) -> Script {
    if run.number - settings.firstRun < seeds.count { return seeds[Int(run.number - settings.firstRun)] }
    guard !run.entries.isEmpty, !random.oneIn(4) else { return generator.script(using: &random) }
    // Edges that were hard to reach lead on to others: what reached one of late has its turn often.
    let deep = settings.followsEdges ? Array(run.entries.reversed().lazy.filter { $0.novelty == .edge }.prefix(ServerCampaign.depth)) : []
    if !deep.isEmpty, random.oneIn(2) {
      return mutator.mutate(random.pick(deep).script, other: random.pick(run.entries).script, using: &random)
    }
    // The later half is where something new is more likely.
    let place = random.oneIn(2) ? random.index(run.entries.count) : run.entries.count - 1 - random.index((run.entries.count + 1) / 2)
    let other = random.oneIn(4) ? generator.script(using: &random) : random.pick(run.entries).script
    return mutator.mutate(run.entries[place].script, other: other, using: &random)
  }

  /// Plays the script in another way too: the first that has something to say of it.
  private func compare(_ script: Script, _ trace: Trace, _ run: UInt64, _ random: inout RunGenerator) -> [Claim] {
    let seed = random.next()
    for relation in OracleList.shuffledRelations(using: &random) where !settings.silenced.contains(relation.name) {
      var choices = RunGenerator(seed: seed, run: run)
      guard let variant = relation.variant(of: script, after: trace, using: &choices) else { continue }
      return compare(relation, script, trace, variant, run, seed)
    }
    return []
  }

  private func compare(
    _ relation: any RelationOracle.Type, _ script: Script, _ trace: Trace, _ variant: Variant, _ run: UInt64, _ seed: UInt64
  ) -> [Claim] {
    let places = reproducer.places()
    let second = player.segmented(variant.segmentation).play(variant.script, places, seed: seed)
    var claims: [Claim] = []
    if variant.segmentation == .whole {
      claims += OracleList.judge(second, canary: places.canary).map { Claim(suspicion: $0, script: variant.script, run: run) }
    }
    if let suspicion = Comparer.difference(relation, trace, second, variant) {
      claims.append(Claim(suspicion: suspicion, script: script, relation: relation, variantSeed: seed, run: run))
    }
    return claims
  }

  /// Queues what looks like a finding for a second look, and keeps it where a kill does not reach it.
  private func note(_ claim: Claim) {
    let bucket = claim.suspicion.bucket
    guard !store.has(subject: "server", bucket: bucket) else { return }
    guard state.withLock({ $0.noted.insert(bucket).inserted }) else { return }
    state.withLock { $0.open[claim.script, default: 0] += 1 }
    attempt { () throws(FindingStoreError) in try store.note(.script(claim.script)) }
    state.withLock { $0.queue.append(claim) }
  }

  /// A claim has been confirmed or rejected; its script stays pending while there is another claim of it.
  func settle(_ claim: Claim) {
    let isLast = state.withLock { state in
      state.open[claim.script, default: 1] -= 1
      guard state.open[claim.script] == 0 else { return false }
      state.open[claim.script] = nil
      return true
    }
    if isLast { store.settle(.script(claim.script)) }
  }
}
