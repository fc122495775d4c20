import Synchronization
package import Transport

/// Plays the same scripts to several servers, and gathers where they part.
package final class DiffCampaign: Sendable {
  /// One of the servers.
  package struct Target: Sendable {
    /// As a person wrote it.
    package let name: String
    /// Where it is.
    package let player: Player

    /// A server with a name.
    package init(name: String, player: Player) {
      self.name = name
      self.player = player
    }
  }

  private let targets: [Target]
  private let settings: ServerCampaign.Settings
  private let store: FindingStore
  private let interrupt: Interrupt
  private let generator: ScriptGenerator
  private let mutator: ScriptMutator
  private let sessions = SessionCounter()
  private let began = ContinuousClock.now
  private let ledger: Ledger<Script>
  private let state = Mutex(State())

  private struct State {
    var seen: Set<String> = []
    var findings: [String: Int] = [:]
    var last: ContinuousClock.Instant?
    var failure: FindingStoreError?
  }

  /// A campaign.
  ///
  /// - Parameters:
  ///   - targets: Two servers or more.
  ///   - settings: How to go about it.
  ///   - store: Where divergences go.
  ///   - interrupt: What stops it at once.
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  package init(targets: [Target], settings: ServerCampaign.Settings, store: FindingStore, interrupt: Interrupt) throws(Grammar.Fault) {
    self.targets = targets
    self.settings = settings
    self.store = store
    self.interrupt = interrupt
    generator = try ScriptGenerator()
    mutator = ScriptMutator(generator: generator, words: settings.words)
    ledger = Ledger(entries: [], limit: settings.runs)
  }

  /// Runs it.
  ///
  /// - Returns: How many scripts were played, and why divergences could not be written, if so.
  package func run() -> (runs: UInt64, failure: FindingStoreError?) {
    let threads = (1..<max(1, settings.jobs)).compactMap { _ in try? WorkerThread { [self] in work() } }
    work()
    for thread in threads { thread.join() }
    return (ledger.counts.runs, state.withLock(\.failure))
  }

  /// How far it has come.
  package var progress: CampaignProgress {
    var progress = CampaignProgress()
    let counts = ledger.counts
    (progress.runs, progress.states, progress.corpus) = (counts.runs, counts.signatures, counts.entries)
    progress.elapsed = .now - began
    let last = state.withLock { state in
      progress.findings = state.findings
      return state.last
    }
    progress.sinceLastFinding = last.map { .now - $0 }
    return progress
  }

  private func work() {
    while !interrupt.isTriggered, !settings.deadline.hasPassed, state.withLock({ $0.failure == nil }), let run = ledger.nextRun() {
      var random = RunGenerator(seed: settings.seed, run: run.number)
      let script = input(of: run, &random)
      let traces = play(script)
      ledger.finish(run.number, Ledger.Outcome(signatures: traces.flatMap(\.signatures), entry: script))
      for divergence in Divergence.all(in: traces) { take(divergence, script, run.number) }
    }
    ledger.stop()
  }

  private func input(of run: Ledger<Script>.Run, _ random: inout RunGenerator) -> Script {
    if run.number < settings.seeds.count { return settings.seeds[Int(run.number)] }
    guard !run.entries.isEmpty, !random.oneIn(3) else { return generator.script(using: &random) }
    return mutator.mutate(random.pick(run.entries), other: random.pick(run.entries), using: &random)
  }

  private func play(_ script: Script, recording: Bool = false) -> [Trace] {
    targets.map { target in
      var player = target.player
      player.keepsTranscripts = recording
      return player.play(script, Placeholders(session: sessions.next(), recipients: settings.recipients))
    }
  }

  /// Confirms a divergence, makes its script smaller, and records it.
  private func take(_ divergence: Divergence, _ script: Script, _ run: UInt64) {
    let bucket = "divergence: " + divergence.key
    guard !store.has(subject: "diff", bucket: bucket), state.withLock({ $0.seen.insert(bucket).inserted }) else { return }
    func shows(_ script: Script) -> Bool { Divergence.all(in: play(script)).contains { $0.key == divergence.key } }
    guard shows(script), shows(script) else {
      _ = state.withLock { $0.seen.remove(bucket) }
      return
    }
    let deadline = Deadline.after(settings.minimizing)
    var minimizer = ScriptMinimizer(budget: 200, isOver: { [interrupt] in deadline.hasPassed || interrupt.isTriggered }, holds: shows)
    let small = minimizer.minimize(script)
    let traces = play(small, recording: true)
    let last = Divergence.all(in: traces).first { $0.key == divergence.key } ?? divergence
    var finding = Finding(
      subject: "diff", oracle: "divergence", bucket: bucket, summary: last.summary, clause: last.clause, severity: last.severity,
      confidence: .compared, expected: last.clause == "open" ? "the RFCs leave it open" : "what \(last.clause) says",
      observed: last.observed,
      input: .script(small), target: targets.map(\.name).joined(separator: " "), seed: settings.seed, run: run)
    finding.transcript = zip(targets, traces).map { "\($0.name)\n" + DialogueText.text(of: $1) }.joined(separator: "\n")
    finding.reproducer = ShellReproducer(small, host: settings.address.host, port: settings.address.port).text
    do throws(FindingStoreError) {
      guard try store.record(finding) else { return }
      state.withLock { state in
        state.findings[last.isQuirk ? "quirk" : last.clause == "open" ? "open" : "divergence", default: 0] += 1
        state.last = .now
      }
    } catch {
      state.withLock { $0.failure = error }
    }
  }
}
