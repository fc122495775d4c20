import Foundation
import Transport
import Wire

/// A command that prints a mailbox: as an mbox file, or as one message where it does not begin with `From `.
struct MailCommand {
  /// Run by `/bin/sh -c`.
  let command: String
  /// How long it may take.
  var timeLimit = Duration.seconds(20)
  /// The most octets that it may print.
  var octetLimit = 64 << 20

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
    // Its children too: Foundation waits for who was started as long as one of them lives. It gives each a process group of its own.
    defer { if process.isRunning { kill(-process.processIdentifier, SIGKILL) } }
    let deadline = Deadline.after(timeLimit)
    let octets = try read(pipe.fileHandleForReading, until: deadline)
    let never = Interrupt()
    while process.isRunning {
      guard !deadline.hasPassed, never.wait(until: .after(.milliseconds(1))) else { throw .tooSlow }
    }
    guard process.terminationReason == .exit, process.terminationStatus == 0 else { throw .status(process.terminationStatus) }
    return octets
  }

  private func read(_ handle: FileHandle, until deadline: Deadline) throws(MailCommandError) -> [UInt8] {
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
