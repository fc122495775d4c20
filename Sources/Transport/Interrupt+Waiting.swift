#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Interrupt {
  /// Waits for the deadline, which is what the caller wants, or for the trigger.
  ///
  /// - Returns: `false` where the interrupt was triggered.
  package func wait(until deadline: Deadline) -> Bool {
    while !isTriggered, !deadline.hasPassed {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&entry, 1, deadline.remainingMilliseconds)
    }
    return !isTriggered
  }
}
