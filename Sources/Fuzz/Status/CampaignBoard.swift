import Synchronization

/// Where the workers of a campaign say what they have found, and a ``StatusScreen`` reads how far they are.
package final class CampaignBoard: Sendable {
  private struct State {
    var findings: [String: Int] = [:]
    var lastFinding: ContinuousClock.Instant?
    var lastState: ContinuousClock.Instant?
    var counts: (@Sendable () -> (runs: UInt64, signatures: Int, entries: Int))?
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// A board of a campaign that begins now.
  package init() {}

  /// Notes a new finding.
  package func note(_ oracle: String) {
    state.withLock { state in
      state.findings[oracle, default: 0] += 1
      state.lastFinding = .now
    }
  }

  /// Notes that something new was reached.
  func noteState() { state.withLock { $0.lastState = .now } }

  /// Says where the counts stand.
  func watch(_ counts: @escaping @Sendable () -> (runs: UInt64, signatures: Int, entries: Int)) {
    state.withLock { $0.counts = counts }
  }

  /// How far the campaign is.
  package var progress: CampaignProgress {
    let now = ContinuousClock.now
    let (findings, lastFinding, lastState, source) = state.withLock { ($0.findings, $0.lastFinding, $0.lastState, $0.counts) }
    var progress = CampaignProgress()
    progress.elapsed = now - start
    progress.findings = findings
    progress.sinceLastFinding = lastFinding.map { now - $0 }
    progress.sinceLastState = lastState.map { now - $0 }
    if let counts = source?() { (progress.runs, progress.states, progress.corpus) = (counts.runs, counts.signatures, counts.entries) }
    return progress
  }
}
