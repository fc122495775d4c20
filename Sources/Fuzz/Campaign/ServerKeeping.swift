import Foundation
package import Transport

/// Who starts the server under test, watches it, and starts it again.
package protocol ServerKeeping: Sendable {
  /// How the server ended, in a line that is the same for the same fault; `nil` while it runs.
  func death() -> String?

  /// Ends the server if it runs, and starts it anew.
  ///
  /// - Returns: Whether it answers.
  func restart() -> Bool

  /// What it holds now; `nil` where that cannot be read.
  func reading() -> ProcessReading?
}

/// Lets through so many a second, and no more.
package final class Pace: @unchecked Sendable {
  // Sendable by hand: the state is behind the lock.
  private let interval: Duration
  private let lock = NSLock()
  private var next = ContinuousClock.now

  /// A pace; `nil` is as fast as it goes.
  package init(perSecond rate: Double?) {
    interval = rate.map { .seconds(1) / $0 } ?? .zero
  }

  /// Waits until it is one's turn; `false` where the interrupt was triggered.
  package func wait(_ interrupt: Interrupt) -> Bool {
    guard interval > .zero else { return !interrupt.isTriggered }
    let turn = lock.withLock {
      let turn = max(next, ContinuousClock.now)
      next = turn + interval
      return turn
    }
    return interrupt.wait(until: .after(turn - ContinuousClock.now))
  }
}
