import Dispatch
import Synchronization
import Transport

/// The messages that wait for their release (RFC 4865 §4.2), a thread each; what waits when the server stops is dropped.
final class HoldingQueue: Sendable {
  private let store: Maildir
  private let clock: ServerClock
  private let limit: Int
  private let interrupt = Interrupt()
  private let threads = DispatchGroup()
  private let held = Mutex(0)

  init(store: Maildir, configuration: Configuration) {
    self.store = store
    clock = configuration.clock
    limit = configuration.heldMessageLimit
  }

  /// Stores the copies of a message that are due, and the others when they are.
  func store(_ copies: [StoredMessage]) throws(Maildir.Failure) {
    let now = clock.now()
    try store.store(copies.filter { ($0.releaseTime ?? now) <= now }, at: now)
    for copy in copies {
      if let time = copy.releaseTime, time > now { try hold(copy, for: .seconds(time - now)) }
    }
  }

  private func hold(_ copy: StoredMessage, for time: Duration) throws(Maildir.Failure) {
    let isRoom = held.withLock { held in
      guard held < limit else { return false }
      held += 1
      return true
    }
    guard isRoom else { throw .full }
    threads.enter()
    do {
      try WorkerThread.start { [self] in
        // A message that cannot be stored now has no one left to be told.
        if interrupt.wait(until: .after(time)) { try? store.store([copy], at: clock.now()) }
        held.withLock { $0 -= 1 }
        threads.leave()
      }
    } catch {
      held.withLock { $0 -= 1 }
      threads.leave()
      throw .system
    }
  }

  /// Drops what waits.
  func stop() {
    interrupt.trigger()
    threads.wait()
  }
}
