import Synchronization
import Transport
import Wire

extension ServerCampaign {
  /// How long a server may let nobody connect before it is taken for dead.
  private static let patience = Duration.seconds(10)

  /// Nobody could connect, or a connection was lost and the process is gone: the server is busy, or it is dead, by one of the scripts of late.
  func lookWhetherAlive() {
    gate.alone {
      let deadline = Deadline.after(ServerCampaign.patience)
      repeat {
        if let death = keeper?.death() { return investigate(death) }
        if player.servesOthers() { return }
      } while !deadline.hasPassed && interrupt.wait(until: .after(.milliseconds(100)))
      if !interrupt.isTriggered, !state.withLock(\.isDead) { investigate("it lets nobody connect any more") }
    }
  }

  /// Finds the script that killed the server, one after the other on a server of its own, while nobody else plays.
  private func investigate(_ death: String) {
    let candidates: [Script] = state.withLock { state in
      defer { state.recent = state.recent.map { _ in [] } }
      return Array(state.recent.map { $0.reversed() }.joined())
    }
    for script in candidates { attempt { () throws(FindingStoreError) in try store.note(.script(script)) } }
    defer { for script in candidates { store.settle(.script(script)) } }
    guard let keeper, keeper.restart() else { return giveUp(candidates, death) }
    guard !store.has(subject: "server", bucket: Self.suspicion(of: death, .certain).bucket) else { return }
    for script in candidates where kills(script, keeper) != nil {
      let deadline = Deadline.after(settings.minimizing * 3)
      let interrupt = interrupt
      var minimizer = ScriptMinimizer(
        budget: 120, isOver: { deadline.hasPassed || interrupt.isTriggered }, holds: { self.kills($0, keeper) == death })
      return report(minimizer.minimize(script), death, confidence: .certain)
    }
    report(Script(Array(candidates.map(\.events).joined(separator: [.connect]))), death, confidence: .tentative)
  }

  private static func suspicion(of death: String, _ confidence: Finding.Confidence) -> Suspicion {
    var suspicion = Suspicion(
      CrashOracle.name, "the server, \(death)", summary: "the server dies: \(death)", clause: "RFC 5321 §3.8", severity: .critical,
      confidence: confidence, expected: "a server that goes on", observed: death)
    suspicion.isDeath = true
    return suspicion
  }

  /// Plays a script on a server that lives, and says how that ended it; afterwards it lives again.
  private func kills(_ script: Script, _ keeper: any ServerKeeping) -> String? {
    if keeper.death() != nil, !keeper.restart() { return nil }
    _ = player.play(script, reproducer.places())
    let deadline = Deadline.after(.milliseconds(200))
    while keeper.death() == nil, !deadline.hasPassed, interrupt.wait(until: .after(.milliseconds(10))) {}
    let death = keeper.death()
    if death != nil { _ = keeper.restart() }
    return death
  }

  private func giveUp(_ candidates: [Script], _ death: String) {
    report(Script(Array(candidates.map(\.events).joined(separator: [.connect]))), death, confidence: .tentative)
    let ledger = state.withLock { state in
      state.isDead = true
      return state.ledger
    }
    ledger?.stop()
  }

  private func report(_ script: Script, _ death: String, confidence: Finding.Confidence) {
    record(finding(Self.suspicion(of: death, confidence), script, 0))
  }
}
