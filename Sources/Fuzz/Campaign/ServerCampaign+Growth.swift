import Synchronization
import Transport
import Wire

extension ServerCampaign {
  /// The most scripts that are asked whether it is by them that the server grows.
  private static let suspectLimit = 256

  /// Reads now and then what the server holds.
  ///
  /// - Returns: What the oracle has against it, once a campaign.
  func growth() -> Suspicion? {
    guard let keeper, !settings.silenced.contains(GrowthOracle.name) else { return nil }
    let total = sessions.total
    let isDue = state.withLock { state in
      guard total >= state.nextReading, !state.growthIsKnown else { return false }
      state.nextReading = total + 256
      return true
    }
    guard isDue, let reading = keeper.reading() else { return nil }
    return state.withLock { state in
      guard !state.growthIsKnown else { return nil }
      let suspicion = state.growth.judge(reading, after: total)
      state.growthIsKnown = suspicion != nil
      return suspicion
    }
  }

  /// Finds the script by which the server grows, while nobody else plays, and records it.
  ///
  /// Each half of the scripts that reached something is played again and again to a fresh server, and the half by which it grows is halved
  /// in turn. Where none of them makes it grow alone, the finding has the last script, and says so.
  func attribute(_ growth: Suspicion, _ run: UInt64) {
    gate.alone {
      guard let keeper, !store.has(subject: "server", bucket: growth.bucket) else { return }
      let recent = state.withLock { Array($0.recent.joined()) }
      var suspects = Array((store.corpus() + recent).suffix(ServerCampaign.suspectLimit))
      let last = suspects.last ?? Script()
      let limit = min(end, .after(settings.minimizing * 5))
      // A half that does not make it grow takes its share of the time; the last look is for the script alone.
      let share = limit.remaining / Double(suspects.count.bitWidth - suspects.count.leadingZeroBitCount + 2)
      while suspects.count > 1, !limit.hasPassed, !interrupt.isTriggered {
        let half = Array(suspects[..<(suspects.count / 2)])
        suspects = grows(by: half, keeper, within: share) ? half : Array(suspects[half.count...])
      }
      let began = ContinuousClock.now
      guard suspects.count == 1, let culprit = suspects.first, grows(by: [culprit], keeper, within: share) else {
        record(growth, last, run, note: "which script it is by did not show: this is the last of them")
        _ = keeper.restart()
        return
      }
      let each = (ContinuousClock.now - began) * 2
      let interrupt = interrupt
      var minimizer = ScriptMinimizer(
        budget: 40, isOver: { limit.hasPassed || interrupt.isTriggered }, holds: { self.grows(by: [$0], keeper, within: each) })
      var sure = growth
      sure.summary += ", by this script"
      sure.confidence = .firm
      record(sure, minimizer.minimize(culprit), run, note: "played again and again to a fresh server, it makes the server grow")
      _ = keeper.restart()
    }
  }

  /// Whether a fresh server grows by these scripts, played in turn.
  private func grows(by scripts: [Script], _ keeper: any ServerKeeping, within time: Duration) -> Bool {
    guard keeper.restart() else { return false }
    let deadline = Deadline.after(time)
    var oracle = GrowthOracle(settings.growth.share)
    var plays: UInt64 = 0
    while !deadline.hasPassed, !interrupt.isTriggered, keeper.death() == nil {
      for script in scripts where !deadline.hasPassed {
        _ = player.play(script, reproducer.places())
        plays += 1
        // The first plays warm it up.
        guard plays % 16 == 0, let reading = keeper.reading() else { continue }
        if oracle.judge(reading, after: plays) != nil { return true }
      }
    }
    return false
  }

  private func record(_ growth: Suspicion, _ script: Script, _ run: UInt64, note: String) {
    var finding = finding(growth, script, run)
    finding.transcript = note + "\n"
    record(finding)
  }
}
