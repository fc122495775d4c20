import Synchronization
import Transport

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads what a process writes, on a thread of its own, and keeps the first and the last of it.
final class OutputCollector: Sendable {
  /// How much is kept of each end.
  static let limit = 32 * 1_024

  private struct Kept {
    var head: [UInt8] = []
    var tail: [UInt8] = []
    var omitted = 0
  }

  private let kept: Box
  private let thread: WorkerThread?

  private final class Box: Sendable {
    let value = Mutex(Kept())
  }

  /// Collects until the end of the stream, or until what is there when `stop` ends has been read; closes both.
  init(reading descriptor: Int32, stop: Int32) {
    let kept = Box()
    self.kept = kept
    thread = try? WorkerThread {
      OutputCollector.read(descriptor, stop, into: kept)
      close(descriptor)
      close(stop)
    }
    if thread == nil {
      close(descriptor)
      close(stop)
    }
  }

  /// Waits until all is read.
  func join() { thread?.join() }

  /// What is kept, with a remark where something is missing.
  var octets: [UInt8] {
    kept.value.withLock { kept in
      kept.head + (kept.omitted > 0 ? Array("\n… (\(kept.omitted) octets left out)\n".utf8) : []) + kept.tail
    }
  }

  private static func read(_ descriptor: Int32, _ stop: Int32, into kept: Box) {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var buffer = [UInt8](repeating: 0, count: 16 * 1_024)
    var isStopped = false
    while true {
      let count = buffer.withUnsafeMutableBytes { take(descriptor, $0) }
      if count > 0 {
        kept.value.withLock { add(buffer[..<count], to: &$0) }
        // Somebody who left the group may go on writing for ever.
        if !isStopped || kept.value.withLock({ $0.omitted < 1 << 24 }) { continue }
      }
      guard count < 0, errno == EAGAIN || errno == EINTR, !isStopped else { return }
      var entries = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&entries, 2, -1)
      isStopped = entries[1].revents != 0
    }
  }

  private static func take(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func add(_ octets: ArraySlice<UInt8>, to kept: inout Kept) {
    let fits = octets.prefix(max(0, limit - kept.head.count))
    kept.head += fits
    kept.tail += octets.dropFirst(fits.count)
    let excess = kept.tail.count - limit
    guard excess > 0 else { return }
    kept.tail.removeFirst(excess)
    kept.omitted += excess
  }
}
