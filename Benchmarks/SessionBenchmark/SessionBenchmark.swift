import Foundation
import Synchronization
import Transport
import Wire

/// Runs plain sessions against a server and tells what they cost the client.
///
///     SessionBenchmark ADDRESS SESSIONS CONNECTIONS
///
/// Each session connects, reads the greeting, sends EHLO, MAIL, RCPT, DATA, a body of 1 KiB and QUIT, in step.
@main
enum SessionBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let sessions = Int(arguments[2]), let connections = Int(arguments[3]), sessions > 0, connections > 0 else {
      print("usage: SessionBenchmark ADDRESS SESSIONS CONNECTIONS")
      exit(2)
    }
    let endpoint = try Endpoint(parsing: arguments[1], defaultPort: 25).resolve(deadline: .after(.seconds(5)))
    let counters = Counters(sessions: sessions)
    let start = ContinuousClock().now
    let threads = try (0..<connections).map { _ in try WorkerThread { work(endpoint, counters) } }
    for thread in threads { thread.join() }
    let wall = ContinuousClock().now - start
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    let wallSeconds = Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18
    let per1000 = cpu / Double(sessions) * 1_000
    print(
      "\(sessions) sessions, \(connections) at once: \((Double(sessions) / wallSeconds).rounded()) a second,"
        + " \(String(format: "%.4f", per1000)) CPU seconds per 1,000, \(counters.failures.load(ordering: .relaxed)) failed")
    exit(counters.failures.load(ordering: .relaxed) == 0 ? 0 : 1)
  }

  /// Takes sessions until none is left.
  private static func work(_ endpoint: ResolvedEndpoint, _ counters: Counters) {
    while counters.left.subtract(1, ordering: .relaxed).newValue >= 0 {
      do {
        try session(endpoint)
      } catch {
        counters.failures.add(1, ordering: .relaxed)
      }
    }
  }

  private struct WrongReply: Error {}

  private static let dialogue: [(octets: [UInt8], code: UInt16)] = [
    ([], 220), (Array("EHLO client.example.org\r\n".utf8), 250), (Array("MAIL FROM:<sender@example.org>\r\n".utf8), 250),
    (Array("RCPT TO:<alice@example.test>\r\n".utf8), 250), (Array("DATA\r\n".utf8), 354), (body, 250), (Array("QUIT\r\n".utf8), 221),
  ]

  private static let body: [UInt8] = {
    let line = String(repeating: "x", count: 78) + "\r\n"
    return Array(("Subject: benchmark\r\n\r\n" + String(repeating: line, count: 13) + ".\r\n").utf8)
  }()

  private static func session(_ endpoint: ResolvedEndpoint) throws {
    let deadline = Deadline.after(.seconds(20))
    var session = try Session.connect(to: endpoint, deadline: deadline)
    for (octets, code) in dialogue {
      if !octets.isEmpty { try session.send(octets, deadline: deadline) }
      guard case .reply(let reply) = session.nextReply(deadline: deadline), reply.code.value == code else { throw WrongReply() }
    }
    session.close()
  }
}

/// What the threads share.
private final class Counters: Sendable {
  let left: Atomic<Int>
  let failures = Atomic(0)

  init(sessions: Int) {
    left = Atomic(sessions)
  }
}
