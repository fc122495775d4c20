import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What wakes every wait at once: Ctrl-C, or the deadline of a whole run.
///
/// A pipe whose reading end stands in each poll set. It is never read, so that one trigger wakes all who wait now or later.
package final class Interrupt: Sendable {
  private let triggered = Atomic(false)
  private let readingEnd: Int32
  private let writingEnd: Int32

  /// An interrupt that nobody has triggered.
  ///
  /// Where the process has no descriptors left for the pipe, waits notice the trigger only at their deadline.
  package init() {
    var ends: (Int32, Int32) = (-1, -1)
    let made = withUnsafeMutablePointer(to: &ends) {
      $0.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) == 0 }
    }
    if made {
      for end in [ends.0, ends.1] {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    readingEnd = made ? ends.0 : -1
    writingEnd = made ? ends.1 : -1
  }

  deinit {
    if readingEnd >= 0 { close(readingEnd) }
    if writingEnd >= 0 { close(writingEnd) }
  }

  /// Wakes every wait that has this interrupt in its poll set, now and from now on; a second call changes nothing.
  package func trigger() {
    guard !triggered.exchange(true, ordering: .sequentiallyConsistent), writingEnd >= 0 else { return }
    var octet: UInt8 = 0
    _ = write(writingEnd, &octet, 1)
  }

  /// Whether somebody has triggered it.
  package var isTriggered: Bool { triggered.load(ordering: .relaxed) }

  /// Whether there is a pipe.
  var canWake: Bool { readingEnd >= 0 }

  /// What poll(2) waits on; -1, which poll skips, where there is no pipe.
  var descriptor: Int32 { readingEnd }
}
