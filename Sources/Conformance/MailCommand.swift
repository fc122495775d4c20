import Foundation
import Transport
import Wire

/// A command that prints a mailbox: as an mbox file, or as one message where it does not begin with `From `.
struct MailCommand {
  /// How long it may take.
  static let timeLimit = Duration.seconds(20)
  /// The most octets of what it prints that are looked at.
  static let octetLimit = 64 << 20

  /// Run by `/bin/sh -c`.
  let command: String

  /// Runs it and returns what it printed; what it says on standard error is thrown away.
  func output() throws(MailCommandError) -> [UInt8] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw .notStarted(error.localizedDescription)
    }
    defer {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }
    let octets = try Self.read(pipe.fileHandleForReading, until: .after(Self.timeLimit))
    // Its output has ended: what is left is its status.
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else { throw .status(process.terminationStatus) }
    return octets
  }

  private static func read(_ handle: FileHandle, until deadline: Deadline) throws(MailCommandError) -> [UInt8] {
    var octets: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var entry = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, deadline.remainingMilliseconds) > 0 || errno == EINTR, !deadline.hasPassed else { throw .tooSlow }
      let count = Foundation.read(handle.fileDescriptor, &buffer, buffer.count)
      guard count > 0 else { return octets }
      octets += buffer[..<count]
      guard octets.count <= octetLimit else { throw .tooLong }
    }
  }
}
