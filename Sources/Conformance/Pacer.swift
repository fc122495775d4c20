import Synchronization
import Transport

/// Spaces new connections, so that no more than so many a second begin.
final class Pacer: Sendable {
  private let interval: Duration?
  private let clock = ContinuousClock()
  private let next: Mutex<ContinuousClock.Instant>

  /// - Parameter rate: Connections a second; `nil` for no cap.
  init(rate: Double?) {
    interval = rate.map { .seconds(1 / max($0, 0.001)) }
    next = Mutex(clock.now)
  }

  /// Waits for this caller's turn.
  ///
  /// - Returns: `false` where the interrupt came first.
  func wait(_ interrupt: Interrupt) -> Bool {
    guard let interval else { return !interrupt.isTriggered }
    let now = clock.now
    let turn = next.withLock { next in
      let turn = max(next, now)
      next = turn + interval
      return turn
    }
    return interrupt.wait(until: .after(turn - now))
  }
}
