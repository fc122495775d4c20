import Foundation
package import Transport

/// One message that a client is to send to us.
package struct ClientTask: Sendable {
  /// Where we listen.
  package let endpoint: Endpoint
  /// The reverse-path's mailbox.
  package let sender: String
  /// At least one.
  package let recipients: [String]
  /// The message, lines ended by CRLF.
  package let message: [UInt8]
  /// The same with lines ended by LF alone, as Unix programs have it.
  package let localMessage: [UInt8]
  /// For AUTH.
  package let credentials: TargetConfiguration.Credentials?
  /// What the client does about TLS.
  package let policy: TargetConfiguration.TLSPolicy
  /// Ends it.
  package let interrupt: Interrupt
}

/// A client that was started for one message.
protocol RunningClient: AnyObject {
  /// The status it has ended with; `nil` while it runs. A signal that ended it counts as 128 and its number.
  var status: Int32? { get }
  /// What it says of itself.
  var remarks: String { get }
  /// Ends it, politely first.
  func stop()
}

/// The built-in client, on a thread of its own.
final class ClientThread: RunningClient {
  private let outcome = ClientOutcome()
  private let interrupt: Interrupt

  init(_ task: ClientTask, run: @escaping @Sendable (ClientTask) -> Int32) throws(TransportError) {
    interrupt = task.interrupt
    try WorkerThread.start { [outcome] in outcome.end(with: run(task)) }
  }

  var status: Int32? { outcome.status }
  var remarks: String { "" }

  func stop() {
    interrupt.trigger()
    outcome.wait()
  }
}

/// How the built-in client ended.
private final class ClientOutcome: @unchecked Sendable {
  // Sendable by hand: the condition guards the value.
  private let condition = NSCondition()
  private var value: Int32?

  var status: Int32? {
    condition.lock()
    defer { condition.unlock() }
    return value
  }

  func end(with status: Int32) {
    condition.lock()
    value = status
    condition.broadcast()
    condition.unlock()
  }

  func wait() {
    condition.lock()
    while value == nil { condition.wait() }
    condition.unlock()
  }
}
