import Foundation
import Transport

/// A server that is no good, on a free port of the loopback interface; it serves one connection after the other.
final class FakeServer: Sendable {
  let port: UInt16
  private let listener: Listener
  private let interrupt = Interrupt()
  private let thread: WorkerThread

  /// What it does with a connection; the connection ends when that returns.
  typealias Behaviour = @Sendable (inout Session, Interrupt) throws(TransportError) -> Void

  init(_ behaviour: @escaping Behaviour) throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let interrupt = interrupt
    self.listener = listener
    port = listener.port
    thread = try WorkerThread {
      let limits = Session.Limits(unreadOctets: 1 << 16, transcriptOctets: 0, replyOctets: 1 << 10)
      while !interrupt.isTriggered {
        guard var session = try? listener.accept(interrupt: interrupt, sessionInterrupt: interrupt, limits: limits) else { return }
        // The client may go away at any moment.
        try? behaviour(&session, interrupt)
        session.close()
      }
    }
  }

  var address: String { "127.0.0.1:\(port)" }

  func stop() {
    interrupt.trigger()
    listener.close()
    thread.join()
  }

  /// Waits until the client has gone, whatever it sends.
  static func listenOn(_ session: inout Session) {
    while case .octets = session.receive(deadline: .after(.seconds(110))) { session.consume(session.unread.count) }
  }

  /// Sends the same octets until the client has gone or they are a gigabyte.
  static func repeating(_ octets: [UInt8], in session: inout Session) throws(TransportError) {
    for _ in 0..<((1 << 30) / octets.count) { try session.send(octets, deadline: .after(.seconds(10))) }
  }

  /// Sends a greeting, then one answer to each line.
  static func answering(greeting: String, _ answer: String) -> Behaviour {
    { session, _ throws(TransportError) in
      try session.send(Array(greeting.utf8), deadline: .after(.seconds(10)))
      while case .octets = session.receive(deadline: .after(.seconds(60))) {
        var lines = 0
        for index in session.unread.indices where session.unread[index] == 0x0A { lines += 1 }
        session.consume(session.unread.count)
        for _ in 0..<lines { try session.send(Array(answer.utf8), deadline: .after(.seconds(10))) }
      }
    }
  }
}
