#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Where a report goes.
package protocol TextOutput: AnyObject {
  /// Writes a text, all of it, before it returns.
  ///
  /// - Parameter text: What to write.
  /// - Throws: ``OutputError`` where it could not be written.
  func write(_ text: String) throws(OutputError)
}

/// A report that could not be written.
package struct OutputError: Error, Equatable {
  /// What was written to: a path, or `standard output`.
  package let name: String
  /// The system's reason, an `errno`.
  package let code: Int32

  /// Whether the reader of a pipe went away, which is its right.
  package var isClosedPipe: Bool { code == EPIPE }

  /// The error in plain words.
  package var message: String { "cannot write to \(Visible.line(name)): \(String(cString: strerror(code)))" }
}

/// A file descriptor that a report is written to.
package final class DescriptorOutput: TextOutput, Sendable {
  private let descriptor: Int32
  private let name: String
  private let closesAtEnd: Bool

  /// The standard output.
  package static func standardOutput() -> DescriptorOutput {
    DescriptorOutput(descriptor: STDOUT_FILENO, name: "standard output", closesAtEnd: false)
  }

  /// The standard error.
  package static func standardError() -> DescriptorOutput {
    DescriptorOutput(descriptor: STDERR_FILENO, name: "standard error", closesAtEnd: false)
  }

  /// Opens a file, empty, for a report.
  ///
  /// - Parameter path: Its path; what the file held is gone.
  /// - Throws: ``OutputError`` where it cannot be opened.
  package convenience init(path: String) throws(OutputError) {
    try self.init(path: path, flags: O_TRUNC)
  }

  /// Makes a file that must not exist yet, not even as a link.
  ///
  /// - Parameter path: Its path.
  /// - Throws: ``OutputError`` where it exists or cannot be made.
  package convenience init(newFile path: String) throws(OutputError) {
    try self.init(path: path, flags: O_EXCL | O_NOFOLLOW)
  }

  /// Opens a file at its end; it is made where it does not exist.
  ///
  /// - Parameter path: Its path; what the file holds stays.
  /// - Throws: ``OutputError`` where it cannot be opened.
  package convenience init(appendingTo path: String) throws(OutputError) {
    try self.init(path: path, flags: O_APPEND)
  }

  private convenience init(path: String, flags: Int32) throws(OutputError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o644)
    guard descriptor >= 0 else { throw OutputError(name: path, code: errno) }
    self.init(descriptor: descriptor, name: path, closesAtEnd: true)
  }

  private init(descriptor: Int32, name: String, closesAtEnd: Bool) {
    self.descriptor = descriptor
    self.name = name
    self.closesAtEnd = closesAtEnd
  }

  deinit {
    if closesAtEnd { _ = close(descriptor) }
  }

  /// Writes all of a text, and waits where the other end is slow.
  ///
  /// - Parameter text: What to write.
  /// - Throws: ``OutputError`` where it could not be written.
  package func write(_ text: String) throws(OutputError) {
    let octets = Array(text.utf8)
    var done = 0
    while done < octets.count {
      let count = octets[done...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        done += count
      } else if errno == EAGAIN {
        var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waited, 1, -1)
      } else if errno != EINTR {
        throw OutputError(name: name, code: errno)
      }
    }
  }

  /// Whether this is a terminal.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// How many columns the terminal has, or `nil` where this is none or it does not tell.
  package var columns: Int? {
    var size = winsize()
    guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

/// The system's `write`, by another name than the method's.
private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, base, count)
}
