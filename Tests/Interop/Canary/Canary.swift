import Foundation
import ReferenceServer
import Synchronization
import Transport
import Wire

/// Sends generated messages through a relay that hands them to a server in this process, and compares what arrives.
///
///     RelayCanary RELAY LISTEN RECIPIENT COUNT SEED FOLDER [FAULT]
///
/// `RELAY` is where the messages go, `LISTEN` the port on 127.0.0.1 at which the relay finds its next hop, and `FOLDER` a new folder for what
/// arrives. Every message has to arrive once, and octet for octet: the relay may put trace fields in front of it, and nothing else. `FAULT`, as
/// `lost:7` or `twice:7`, plants one in that server, so that the run has to fail.
///
/// - SeeAlso: RFC 5321 §4.5.2, §4.4, §3.7.2.
@main
enum RelayCanary {
  static func main() throws {
    let arguments = CommandLine.arguments
    let fault = arguments.count == 8 ? PlantedFault(parsing: arguments[7]) : nil
    guard arguments.count == 7 || fault != nil, let port = UInt16(arguments[2]), let count = Int(arguments[4]), count > 0,
      let seed = UInt64(arguments[5])
    else {
      print("usage: RelayCanary RELAY LISTEN RECIPIENT COUNT SEED FOLDER [lost:NUMBER | twice:NUMBER]")
      exit(2)
    }
    let recipient = arguments[3]
    let arrivals = Arrivals(folder: "\(arguments[6])/alice/new")
    let server = Server(configuration: nextHop(for: recipient, folder: arguments[6]), defects: fault.map { [$0.defect] } ?? [])
    _ = try server.start(port: port)
    defer { server.stop() }

    let begun = ContinuousClock().now
    let relay = try Endpoint(parsing: arguments[1], defaultPort: 25).resolve(deadline: .after(.seconds(5)))
    let sender = Sender(relay: relay, recipient: recipient, seed: seed, count: count)
    let refused = try sender.sendAll(connections: 8)
    // What is sent after all others arrives after they were given their chance to arrive twice.
    let patience = Duration.seconds(fault == nil ? 60 + count / 20 : 5)
    let isQuiet = try arrivals.wait(for: count - refused.count, lasting: sender, within: patience)
    let wall = ContinuousClock().now - begun

    let faults = refused + arrivals.faults(of: sender, count: count) + (isQuiet ? [] : ["not all had arrived when time was up"])
    for fault in faults.prefix(20) { print(fault) }
    let seconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
    print(
      "\(count) messages of \(sender.octets(upTo: count)) octets, seed \(seed): \(arrivals.whole) arrived octet for octet, "
        + "\(faults.count) faults, \(String(format: "%.1f", seconds)) s")
    exit(faults.isEmpty ? 0 : 1)
  }

  /// The server behind the relay: it takes mail for the recipient's domain, and keeps the octets as they come.
  private static func nextHop(for recipient: String, folder: String) -> Configuration {
    var configuration = Configuration()
    configuration.domains = [recipient.split(separator: "@").last.map { String($0) } ?? "example.test"]
    configuration.maildir = folder
    configuration.storageLimitInOctets = 2 << 30
    configuration.transactionLimit = 100_000
    configuration.hostName = "next-hop.example.test"
    return configuration
  }
}

/// The client: it sends messages over a few connections.
final class Sender: Sendable {
  private let relay: ResolvedEndpoint
  private let recipient: String
  private let seed: UInt64
  private let count: Int
  private let next = Atomic(0)
  private let refusals = Mutex<[String]>([])

  init(relay: ResolvedEndpoint, recipient: String, seed: UInt64, count: Int) {
    self.relay = relay
    self.recipient = recipient
    self.seed = seed
    self.count = count
  }

  /// The message with this number; the same each time.
  func message(_ number: Int) -> [UInt8] {
    var generator = MessageGenerator(seed: seed &+ UInt64(number))
    return generator.message(number: number)
  }

  /// How many octets the first messages have in all.
  func octets(upTo count: Int) -> Int {
    (0..<count).reduce(0) { $0 + message($1).count }
  }

  /// Sends every message once.
  ///
  /// - Returns: One line for each that the relay did not accept.
  func sendAll(connections: Int) throws -> [String] {
    let threads = try (0..<connections).map { _ in try WorkerThread { self.work() } }
    for thread in threads { thread.join() }
    return refusals.withLock { $0 }
  }

  private func work() {
    while true {
      let first = next.add(Self.perSession, ordering: .relaxed).oldValue
      guard first < count else { return }
      send(first..<min(first + Self.perSession, count))
    }
  }

  private static let perSession = 25

  /// The number of a message that is not among those to be compared.
  var last: Int { count }

  /// One session, a transaction a message.
  func send(_ numbers: Range<Int>) {
    let deadline = Deadline.after(.seconds(120))
    var at = numbers.lowerBound
    do {
      var session = try Session.connect(to: relay, deadline: deadline)
      try Self.expect(220, in: &session, deadline)
      try Self.say("EHLO client.example.org", 250, in: &session, deadline)
      for number in numbers {
        at = number
        try Self.say("MAIL FROM:<canary@example.org> BODY=8BITMIME", 250, in: &session, deadline)
        try Self.say("RCPT TO:<\(recipient)>", 250, in: &session, deadline)
        try Self.say("DATA", 354, in: &session, deadline)
        try session.send(DotStuffing.stuff(message(number)), deadline: deadline)
        try Self.expect(250, in: &session, deadline)
      }
      try Self.say("QUIT", 221, in: &session, deadline)
      session.close()
    } catch {
      refusals.withLock { $0.append("message \(at) was not accepted: \(error)") }
    }
  }

  private static func say(_ line: String, _ code: UInt16, in session: inout Session, _ deadline: Deadline) throws {
    try session.send(Array("\(line)\r\n".utf8), deadline: deadline)
    try expect(code, in: &session, deadline)
  }

  private static func expect(_ code: UInt16, in session: inout Session, _ deadline: Deadline) throws {
    let arrival = session.nextReply(deadline: deadline)
    guard case .reply(let reply) = arrival, reply.code.value == code else { throw Unexpected(what: "\(arrival)") }
  }

  private struct Unexpected: Error {
    let what: String
  }
}
