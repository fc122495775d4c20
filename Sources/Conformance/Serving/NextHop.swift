import Foundation
import Synchronization
import Transport
import Wire

/// Where the target sends its mail: our listener, shared by the cases of a run.
///
/// One case at a time has it. What comes while none has, such as mail that the target kept in its queue, is taken politely and
/// remembered, so that it does not come again.
final class NextHop: Sendable {
  /// What smtpspec calls itself as a server.
  static let hostName = "next-hop.example.net"
  /// How long a session that no case wants may take.
  private static let patience = Duration.seconds(30)

  private let listener: Listener
  private let interrupt: Interrupt
  /// What is presented under TLS.
  let identity: TLSIdentity
  private let condition = NSCondition()
  private let state = Mutex(State())
  /// What was accepted, for who looks at deliveries.
  let sink: MailSink

  private struct State {
    var isTaken = false
    var waiting: [Parked] = []
    var guests = 0
  }

  /// A session on its way to the thread that will own it.
  private final class Parked: Sendable {
    let session: Mutex<Session?>
    init(_ session: consuming Session) { self.session = Mutex(session) }
  }

  init(at endpoint: Endpoint, identity: TLSIdentity?, sink: MailSink, interrupt: Interrupt) throws(TransportError) {
    listener = try Listener(at: endpoint)
    if let identity {
      self.identity = identity
    } else {
      self.identity = try .selfSigned(name: Self.hostName, alternatives: ["localhost", "127.0.0.1"])
    }
    self.sink = sink
    self.interrupt = interrupt
    try WorkerThread.start { [self] in accept() }
  }

  /// Where the target finds it.
  var endpoint: Endpoint { listener.endpoint }

  /// Ends it.
  func stop() {
    listener.close()
  }

  private func accept() {
    while !interrupt.isTriggered {
      // The system's limits pass; a listener that is closed gives nil for ever.
      guard let session = (try? listener.accept(interrupt: interrupt, sessionInterrupt: interrupt)) ?? nil else { return }
      let parked = Parked(session)
      let isWanted = state.withLock { state in
        if state.isTaken { state.waiting.append(parked) }
        return state.isTaken
      }
      if isWanted { wake() } else { receive(parked) }
    }
  }

  private func wake() {
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  // MARK: For the case that has it

  /// Takes it for a case; connections wait for ``next(within:)`` from now on.
  func take() {
    state.withLock { $0.isTaken = true }
  }

  /// The next connection, or `nil` where none comes in time, or where `isOver` says that none will.
  func next(until deadline: Deadline, isOver: () -> Bool = { false }) -> Session? {
    while true {
      let parked = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
      if let parked { return parked.session.withLock { $0.take() } }
      guard !deadline.hasPassed, !interrupt.isTriggered, !isOver() else { return nil }
      condition.lock()
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.02))
      condition.unlock()
    }
  }

  /// Gives it back; what has not been looked at is taken politely.
  func giveBack() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      state.isTaken = false
      return state.waiting
    }
    for parked in waiting { receive(parked) }
  }

  // MARK: For what no case waits for

  /// Serves a session to its end, on a thread of its own.
  private func receive(_ parked: Parked) {
    _ = try? WorkerThread.start { [self] in
      guard let session = parked.session.withLock({ $0.take() }) else { return }
      let connection = Connection(name: "guest", openedAt: .zero, session: session)
      connection.serve()
      var host = Host(identity: identity, sink: sink)
      _ = host.serve(ServeStep(), on: connection, deadline: .after(Self.patience), values: { _ in nil })
    }
  }
}

/// The messages that came to our listener.
final class MailSink: Sendable {
  /// The most octets kept; older messages are forgotten past it.
  private static let limit = 64 << 20
  private let kept = Mutex((messages: [Received](), octets: 0))

  /// A message, and who it is from and for.
  struct Received: Sendable {
    /// The paths as they came, with their brackets.
    let reversePath: [UInt8]
    let recipients: [[UInt8]]
    /// Dots unstuffed.
    let content: [UInt8]

    /// Whether a token stands in its envelope, or, where it does not stand in any, in its content.
    func carries(_ token: String) -> Bool {
      let mark = Array(token.utf8)
      return recipients.contains { $0.holds(mark) } || reversePath.holds(mark) || content.holds(mark)
    }

    /// Whether it is a notification: its reverse-path is null (RFC 5321 §4.5.5).
    var isNotification: Bool { reversePath.elementsEqual("<>".utf8) }
  }

  func add(_ message: Received) {
    kept.withLock { kept in
      kept.messages.append(message)
      kept.octets += message.content.count
      while kept.octets > Self.limit, !kept.messages.isEmpty { kept.octets -= kept.messages.removeFirst().content.count }
    }
  }

  /// What carries a token: the mail itself, or what the target reports on it.
  func messages(with token: String) -> [Received] {
    kept.withLock { $0.messages.filter { $0.carries(token) } }
  }
}
