import Synchronization
import Testing
import Transport

/// The other end of a connection: a listener, and a thread that does what a test tells it to.
final class Peer: Sendable {
  let listener: Listener
  private let thread: WorkerThread
  private let outcome: Outcome

  /// Accepts one connection and hands it to the script.
  init(
    at endpoint: Endpoint = .tcp(host: "127.0.0.1", port: 0), limits: Session.Limits = .default,
    _ script: @escaping @Sendable (inout Session) throws -> Void
  ) throws {
    let listener = try Listener(at: endpoint)
    self.listener = listener
    let outcome = Outcome()
    self.outcome = outcome
    thread = try WorkerThread {
      do {
        guard var session = try listener.accept(limits: limits) else { return }
        try script(&session)
      } catch {
        outcome.failure.withLock { $0 = error }
      }
    }
  }

  var endpoint: Endpoint { listener.endpoint }

  /// Waits until the script has ended, and throws what it threw.
  func join() throws {
    thread.join()
    if let failure = outcome.failure.withLock({ $0 }) { throw failure }
  }

  private final class Outcome: Sendable {
    let failure = Mutex<(any Error)?>(nil)
  }
}

/// What a script found, for the test to look at once the script has ended.
final class Found<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  func set(_ value: Value) {
    stored.withLock { $0 = value }
  }

  var value: Value? { stored.withLock { $0 } }
}

/// Long enough for whatever does happen, on the busiest machine.
var soon: Deadline { .after(.seconds(30)) }

/// Long enough to see that nothing happens, where nothing can.
var shortly: Deadline { .after(.milliseconds(20)) }

func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

extension Session {
  /// Sends in clear or under TLS, within ``soon``.
  mutating func send(_ text: String) throws {
    try send(octets(text), deadline: soon)
  }

  /// Everything until the peer's direction ends, and how it ended.
  mutating func readToEnd() -> (octets: [UInt8], ending: Arrival) {
    var all: [UInt8] = []
    while true {
      let arrival = receive(deadline: soon)
      all += unread
      consume(unreadCount)
      guard case .octets = arrival else { return (all, arrival) }
    }
  }

  /// The octets up to and with the next LF.
  mutating func readLine() throws -> String {
    while true {
      if let end = unread.firstIndex(of: 0x0A) {
        let line = Array(unread[...end])
        consume(line.count)
        return String(decoding: line, as: UTF8.self)
      }
      let arrival = receive(deadline: soon)
      guard case .octets = arrival else { throw Unexpected(arrival: arrival) }
    }
  }
}

struct Unexpected: Error {
  let arrival: Arrival
}

/// A generator that a seed decides, SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
