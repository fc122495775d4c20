import Foundation
import Testing

@testable import Transport

@Suite("Session.connect")
struct ConnectingTests {
  @Test func refusedPortNamesTheAddress() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let port = listener.port
    listener.close()
    let error = #expect(throws: TransportError.self) {
      _ = try Session.connect(to: .tcp(host: "127.0.0.1", port: port), deadline: soon)
    }
    #expect(error == .refused(by: "127.0.0.1:\(port)"))
    #expect(error?.message == "connection refused by 127.0.0.1:\(port)")
  }

  @Test func noSuchHost() {
    let error = #expect(throws: TransportError.self) {
      _ = try Session.connect(to: .tcp(host: "no..such..host", port: 25), deadline: soon)
    }
    #expect(error == .hostNotFound("no..such..host"))
    #expect(error?.message == "no such host: no..such..host")
  }

  @Test func noSuchSocket() {
    #expect(throws: TransportError.noSuchSocket("unix:/nonexistent/smtp.sock")) {
      _ = try Session.connect(to: .unix(path: "/nonexistent/smtp.sock"), deadline: soon)
    }
  }

  @Test func triesEachAddress() throws {
    let closed = try Listener(host: "127.0.0.1", port: 0)
    let deaf = try closed.endpoint.resolve(deadline: soon)
    closed.close()
    let peer = try Peer { session in try session.send("220 second\r\n") }
    let open = try peer.endpoint.resolve(deadline: soon)
    let both = ResolvedEndpoint(endpoint: peer.endpoint, addresses: deaf.addresses + open.addresses)
    var session = try Session.connect(to: both, deadline: soon)
    #expect(session.peerAddress == peer.endpoint.description)
    #expect(try session.readLine() == "220 second\r\n")
    try peer.join()
  }

  @Test func looksNamesUp() throws {
    let peer = try Peer { session in try session.send("220 here\r\n") }
    var session = try Session.connect(to: .tcp(host: "localhost", port: peer.listener.port), deadline: soon)
    #expect(try session.readLine() == "220 here\r\n")
    try peer.join()
  }

  @Test func stopsAtTheDeadlineWhereNobodyAnswers() throws {
    // Nobody accepts, so once the queue is full the system leaves the next connection without an answer.
    let listener = try Listener(at: .tcp(host: "127.0.0.1", port: 0), backlog: 1)
    var held: HeldSession?
    for _ in 0..<64 {
      do throws(TransportError) {
        held = HeldSession(try Session.connect(to: listener.endpoint, deadline: .after(.milliseconds(200))), held)
      } catch {
        #expect(error == .timedOut(.connect("127.0.0.1:\(listener.port)")))
        #expect(error.message == "no answer from 127.0.0.1:\(listener.port) in time")
        return
      }
    }
    Issue.record("every connection was made")
  }

  @Test func stopsAtTheDeadlineWhereAUnixSocketsQueueIsFull() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("smtp.sock")
    let listener = try Listener(at: .unix(path: path), backlog: 1)
    var held: HeldSession?
    for _ in 0..<64 {
      do throws(TransportError) {
        held = HeldSession(try Session.connect(to: listener.endpoint, deadline: .after(.milliseconds(50))), held)
      } catch {
        #expect(error == .timedOut(.connect("unix:\(path)")))
        return
      }
    }
    Issue.record("every connection was made")
  }

  @Test func aTriggeredInterruptEndsTheWait() throws {
    let listener = try Listener(at: .tcp(host: "127.0.0.1", port: 0), backlog: 1)
    let interrupt = Interrupt()
    var held: HeldSession?
    for _ in 0..<64 {
      do throws(TransportError) {
        let deadline = Deadline.after(.milliseconds(200))
        held = HeldSession(try Session.connect(to: listener.endpoint, deadline: deadline, interrupt: interrupt), held)
      } catch {
        guard error != .interrupted else { return }
        interrupt.trigger()
      }
    }
    Issue.record("no wait was interrupted")
  }

  @Test(.enabled(if: hasIPv6)) func overIPv6() throws {
    let peer = try Peer(at: .tcp(host: "::1", port: 0)) { session in
      #expect(session.peerAddress.hasPrefix("[::1]:"))
      try session.send("220 six\r\n")
    }
    var session = try Session.connect(to: try Endpoint(parsing: "[::1]:\(peer.listener.port)", defaultPort: 25), deadline: soon)
    #expect(session.peerAddress == "[::1]:\(peer.listener.port)")
    #expect(session.localAddress.hasPrefix("[::1]:"))
    #expect(try session.readLine() == "220 six\r\n")
    try peer.join()
  }

  @Test func overAUnixSocket() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("smtp.sock")
    let peer = try Peer(at: .unix(path: path)) { session in try session.send("220 local\r\n") }
    var session = try Session.connect(to: .unix(path: path), deadline: soon)
    #expect(session.peerAddress == "unix:\(path)")
    #expect(try session.readLine() == "220 local\r\n")
    try peer.join()
  }

  private static let hasIPv6 = (try? Listener(host: "::1", port: 0)) != nil
}

/// Keeps sessions open, which no array can hold.
private final class HeldSession {
  private let session: Session
  private let next: HeldSession?

  init(_ session: consuming Session, _ next: HeldSession?) {
    self.session = session
    self.next = next
  }
}

/// A folder that goes when its owner does.
final class TemporaryFolder: Sendable {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "transport-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }
}
