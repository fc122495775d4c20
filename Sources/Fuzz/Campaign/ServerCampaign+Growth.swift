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
      let descriptors = settings.growth.share.descriptors
      // A half is given up after its share of the time, and on a slow machine not before it has had the rounds that a descriptor each shows in;
      // the last look is for the script alone.
      let share = limit.remaining / Double(suspects.count.bitWidth - suspects.count.leadingZeroBitCount + 2)
      while suspects.count > 1, !limit.hasPassed, !interrupt.isTriggered {
        let half = Array(suspects[..<(suspects.count / 2)])
        let grows = plays(of: half, growing: keeper, until: limit, atLeast: descriptors + 32 / half.count, for: share) != nil
        suspects = grows ? half : Array(suspects[half.count...])
      }
      guard suspects.count == 1, let culprit = suspects.first,
        let needed = plays(of: [culprit], growing: keeper, until: limit, atLeast: descriptors + 32, for: share)
      else {
        record(growth, last, run, note: "which script it is by did not show: this is the last of them")
        _ = keeper.restart()
        return
      }
      let interrupt = interrupt
      var minimizer = ScriptMinimizer(
        budget: 40, isOver: { limit.hasPassed || interrupt.isTriggered },
        holds: { self.plays(of: [$0], growing: keeper, until: limit, atLeast: needed * 2, for: .zero) != nil })
      var sure = growth
      sure.summary += ", by this script"
      sure.confidence = .firm
      record(sure, minimizer.minimize(culprit), run, note: "played again and again to a fresh server, it makes the server grow")
      _ = keeper.restart()
    }
  }

  /// Plays scripts in turn to a fresh server until it has grown.
  ///
  /// - Parameters:
  ///   - scripts: What to play.
  ///   - keeper: Who has the server.
  ///   - limit: When to stop in any case.
  ///   - fewest: How many rounds it takes at least to give up.
  ///   - share: How much time it takes at least to give up.
  /// - Returns: How many plays it took; `nil` where it did not grow.
  private func plays(
    of scripts: [Script], growing keeper: any ServerKeeping, until limit: Deadline, atLeast fewest: Int, for share: Duration
  ) -> Int? {
    guard keeper.restart() else { return nil }
    let patience = Deadline.after(share)
    // What it holds does not depend on what it sends unasked, so nothing is waited for.
    var hasty = player
    (hasty.timing.silence, hasty.timing.farewell) = (.zero, .zero)
    var oracle = GrowthOracle(settings.growth.share)
    var (rounds, plays) = (0, 0)
    while rounds <= fewest || !patience.hasPassed, !interrupt.isTriggered, keeper.death() == nil {
      for script in scripts {
        guard !limit.hasPassed else { return nil }
        _ = hasty.play(script, reproducer.places())
        plays += 1
        // The first plays warm it up.
        guard plays % 16 == 0, let reading = keeper.reading() else { continue }
        if oracle.judge(reading, after: UInt64(plays)) != nil { return plays }
      }
      rounds += 1
    }
    return nil
  }

  private func record(_ growth: Suspicion, _ script: Script, _ run: UInt64, note: String) {
    var finding = finding(growth, script, run)
    finding.transcript = note + "\n"
    record(finding)
  }
}
