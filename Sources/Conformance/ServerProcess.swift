import Foundation
import Synchronization
import Transport

/// The server under test, where smtpspec starts it.
final class ServerProcess {
  private let process = Process()
  private let wasStopped = Mutex(false)

  /// Why the server did not come up.
  struct Failure: Error {
    let message: String
  }

  /// Starts the command and waits until its address answers.
  init(_ command: TargetConfiguration.ServerCommand, endpoint: Endpoint, interrupt: Interrupt) throws(Failure) {
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // exec: what we stop is the server itself, not a shell before it.
    process.arguments = ["-c", "exec \(command.command)"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw Failure(message: "the server's command cannot be run: \(error.localizedDescription)")
    }
    let deadline = Deadline.after(command.ready)
    while true {
      if let ending {
        throw Failure(message: "the server's command ended before the server answered: \(ending)")
      }
      if let session = try? Session.connect(to: endpoint, deadline: deadline, interrupt: interrupt) {
        session.close()
        return
      }
      guard !deadline.hasPassed, interrupt.wait(until: min(deadline, .after(.milliseconds(20)))) else {
        stop()
        throw Failure(message: "the server did not answer at \(endpoint) within \(command.ready.shown)")
      }
    }
  }

  /// How the process ended by itself, `nil` while it runs or where we stopped it.
  var ending: String? {
    guard !process.isRunning, !wasStopped.withLock({ $0 }) else { return nil }
    switch process.terminationReason {
    case .uncaughtSignal: return "the server process was killed by signal \(process.terminationStatus)"
    default: return "the server process ended with status \(process.terminationStatus)"
    }
  }

  /// Ends it: politely, and after two seconds not.
  func stop() {
    guard process.isRunning else { return }
    wasStopped.withLock { $0 = true }
    process.terminate()
    let deadline = Deadline.after(.seconds(2))
    let never = Interrupt()
    while process.isRunning, !deadline.hasPassed { _ = never.wait(until: .after(.milliseconds(5))) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
