import Synchronization
import Transport
import Wire

extension ServerCampaign {
  /// How often a suspicion may fail to come again before it is left alone.
  private static let patience = 3

  /// Confirms a claim on fresh connections, makes it smaller, and records it.
  func handle(_ claim: Claim) {
    let bucket = claim.suspicion.bucket
    defer { settle(claim) }
    guard !store.has(subject: "server", bucket: bucket) else { return }
    var patient = player
    let isHang = claim.suspicion.oracle == HangOracle.name
    // What hangs must hang for longer than the run waited.
    if isHang {
      patient.timing.reply = player.timing.reply * 2
      patient.timing.farewell = max(player.timing.farewell, Player.Timing.patientFarewell)
    }
    patient.keepsTranscripts = true
    // Twice, since what comes once may be chance; a wait of twice the time is enough.
    guard let seen = reproducer.reproduce(claim, claim.script, patient),
      isHang || reproducer.reproduce(claim, claim.script, player) != nil
    else { return reject(claim) }
    confirmed(claim)
    let script = minimized(claim)
    var recorder = player
    recorder.keepsTranscripts = true
    // What depends on who is faster may need another try.
    for _ in 0..<3 {
      if let last = reproducer.reproduce(claim, script, recorder) { return record(claim, script, last) }
    }
    record(claim, claim.script, seen)
  }

  /// The first that is confirmed is what a campaign is measured by, however long it takes to make it smaller.
  private func confirmed(_ claim: Claim) {
    let elapsed = progress.elapsed
    let stops = state.withLock { state in
      if state.firstFinding == nil { state.firstFinding = (claim.run, elapsed) }
      return settings.stopsAtFirst ? state.ledger : nil
    }
    stops?.stop()
  }

  private func reject(_ claim: Claim) {
    state.withLock { state in
      state.rejected[claim.suspicion.bucket, default: 0] += 1
      if state.rejected[claim.suspicion.bucket, default: 0] < ServerCampaign.patience { state.noted.remove(claim.suspicion.bucket) }
    }
  }

  private func minimized(_ claim: Claim) -> Script {
    // What ranks low is not worth as much time.
    let deadline = min(end, .after(claim.suspicion.severity > .low ? settings.minimizing : settings.minimizing / 3))
    let (player, interrupt, reproducer) = (player, interrupt, reproducer)
    var minimizer = ScriptMinimizer(
      isOver: { deadline.hasPassed || interrupt.isTriggered },
      holds: { reproducer.reproduce(claim, $0, player) != nil })
    return minimizer.minimize(claim.script)
  }

  private func record(_ claim: Claim, _ script: Script, _ last: Reproduction) {
    let suspicion = last.suspicion
    var finding = finding(suspicion, script, claim.run, variant: last.variant)
    finding.transcript = last.traces.enumerated().map { index, trace in
      (last.traces.count > 1 ? "play \(index + 1)\n" : "") + DialogueText.text(of: trace)
    }.joined(separator: "\n")
    finding.specCase = last.traces.last.flatMap { SpecCase.of(suspicion, last.variant ?? script, $0, slug: finding.name) }
    record(finding)
  }

  /// A finding of this campaign, and what shows it by hand.
  func finding(_ suspicion: Suspicion, _ script: Script, _ run: UInt64, variant: Script? = nil) -> Finding {
    var finding = Finding(
      subject: "server", oracle: suspicion.oracle, bucket: suspicion.bucket, summary: suspicion.summary, clause: suspicion.clause,
      severity: suspicion.severity, confidence: suspicion.confidence, expected: suspicion.expected, observed: suspicion.observed,
      input: .script(script), target: settings.targetName, seed: settings.seed, run: run)
    finding.variant = variant
    finding.isDeath = suspicion.isDeath
    finding.reproducer = ShellReproducer(variant ?? script, host: settings.address.host, port: settings.address.port).text
    return finding
  }

  /// Records a finding and counts it.
  func record(_ finding: Finding) {
    attempt { () throws(FindingStoreError) in
      guard try store.record(finding) else { return }
      state.withLock { state in
        state.findings[finding.oracle, default: 0] += 1
        state.lastFinding = .now
      }
    }
  }
}
