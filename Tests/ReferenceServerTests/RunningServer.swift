import Foundation
import ReferenceServer
import Testing
import Transport
import Wire

/// A server on loopback with a Maildir of its own, and a client to talk to it.
final class RunningServer {
  let server: Server
  let port: UInt16
  let folder: URL

  init(_ defects: String..., configure: (inout Configuration) -> Void = { _ in }) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("smtpspec-server-\(UUID().uuidString)")
    var configuration = Configuration()
    configuration.maildir = folder.path
    configuration.clock = ServerClock(now: { 1_000_000_000 }, offset: { 0 })
    configure(&configuration)
    server = Server(configuration: configuration, defects: try defects.map(Defect.named))
    port = try server.start()
  }

  deinit {
    server.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  func connect() throws -> Session {
    try Session.connect(to: .tcp(host: "127.0.0.1", port: port), deadline: .after(.seconds(5)))
  }

  /// Sends octets in one go or in pieces, and reads until the server has ended the session.
  func converse(_ text: String, cut: Segmentation = .whole) throws -> String {
    var session = try connect()
    var generator = SystemRandomNumberGenerator()
    try session.send(Array(text.utf8), cut: cut, deadline: .after(.seconds(10)), using: &generator)
    var octets: [UInt8] = []
    while case .octets = session.receive(deadline: .after(.seconds(10))) {
      octets += session.unread
      session.consume(session.unreadCount)
    }
    session.close()
    return String(decoding: octets, as: UTF8.self)
  }

  /// The messages in a user's mailbox.
  func mailbox(_ user: String) throws -> [String] {
    let new = folder.appendingPathComponent("\(user)/new")
    return try FileManager.default.contentsOfDirectory(atPath: new.path).sorted()
      .map { String(decoding: try Data(contentsOf: new.appendingPathComponent($0)), as: UTF8.self) }
  }
}

extension Session {
  /// Reads one reply's code; 0 where none comes in time or the connection ended.
  mutating func nextCode(within time: Duration = .seconds(10)) -> UInt16 {
    guard case .reply(let reply) = nextReply(deadline: .after(time)) else { return 0 }
    return reply.code.value
  }

  /// Sends a line and reads the reply's code.
  mutating func say(_ line: String) throws -> UInt16 {
    try send(Array("\(line)\r\n".utf8), deadline: .after(.seconds(10)))
    return nextCode()
  }
}

/// The codes of all reply lines that end a reply.
func codes(_ text: String) -> [Int] {
  text.split(separator: "\r\n").compactMap { $0.dropFirst(3).first == "-" ? nil : Int($0.prefix(3)) }
}
