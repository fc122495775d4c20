import Foundation

/// Lets many workers play at once, or one alone.
final class Gate: @unchecked Sendable {
  // Sendable by hand: every access to the state holds the condition's lock.
  private let condition = NSCondition()
  private var inside = 0
  private var isClosed = false

  /// Does something that others may do at the same time.
  func shared<Result>(_ body: () -> Result) -> Result {
    condition.lock()
    while isClosed { condition.wait() }
    inside += 1
    condition.unlock()
    defer {
      condition.lock()
      inside -= 1
      condition.broadcast()
      condition.unlock()
    }
    return body()
  }

  /// Does something once nobody else does anything.
  func alone(_ body: () -> Void) {
    condition.lock()
    while isClosed { condition.wait() }
    isClosed = true
    while inside > 0 { condition.wait() }
    condition.unlock()
    body()
    condition.lock()
    isClosed = false
    condition.broadcast()
    condition.unlock()
  }
}
