import Dispatch
import Foundation
import ReferenceServer
import Testing
import Transport

@Suite("A target that is no good ends with status 3, soon and in plain words", .serialized)
struct TargetTests {
  /// One case against an address, with little patience and little memory.
  private func check(_ address: String, _ more: [String] = []) throws -> Tool.Outcome {
    let outcome = try Tool.run(["check", address, "--only", "rfc5321/3.3/rcpt-before-mail", "--timeout", "500ms"] + more)
    if let peak = outcome.peakMemory { #expect(peak < 150 << 20) }
    return outcome
  }

  @Test("A server that goes silent in the middle of a run ends the run")
  func fallsSilent() throws {
    let server = try FakeServer { session, _ throws(TransportError) in
      try session.send(Array("220 mx.example.test\r\n".utf8), deadline: .after(.seconds(10)))
      guard case .octets = session.receive(deadline: .after(.seconds(10))) else { return }
      session.consume(session.unread.count)
      try session.send(Array("250 mx.example.test\r\n".utf8), deadline: .after(.seconds(10)))
      FakeServer.listenOn(&session)
    }
    defer { server.stop() }
    let outcome = try Tool.run(["check", server.address, "--timeout", "200ms", "--recipient", "a@example.test"])
    #expect(outcome.status == 5)
    #expect(outcome.output.contains("stopped answering"))
    #expect(outcome.duration < .seconds(60))
  }

  @Test("A host that does not exist")
  func noSuchHost() throws {
    let outcome = try check("no-such-host.invalid", ["--remote", "--timeout", "10s"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("no-such-host.invalid"))
  }

  @Test("A port that nobody listens on")
  func refusedPort() throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let port = listener.port
    listener.close()
    let outcome = try check("127.0.0.1:\(port)")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("Nothing could be verified: connection refused by 127.0.0.1:\(port). (exit status 3)"))
  }

  @Test("A port that speaks something else")
  func notSMTP() throws {
    let server = try FakeServer(FakeServer.answering(greeting: "HTTP/1.1 400 Bad Request\r\n\r\n", ""))
    defer { server.stop() }
    let outcome = try check(server.address)
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("does not speak SMTP"), "\(outcome.output)")
  }

  @Test("A server that says nothing")
  func silent() throws {
    let server = try FakeServer { session, _ in FakeServer.listenOn(&session) }
    defer { server.stop() }
    let outcome = try check(server.address)
    #expect(outcome.status == 3)
    #expect(outcome.duration < .seconds(60))
  }

  @Test(
    "An endless line, or an endless reply",
    arguments: [String(repeating: "x", count: 65_536), String(repeating: "220-hello\r\n", count: 6_000)]
  )
  func endless(piece: String) throws {
    let server = try FakeServer { session, _ throws(TransportError) in
      try session.send(Array("220-".utf8), deadline: .after(.seconds(10)))
      try FakeServer.repeating(Array(piece.utf8), in: &session)
    }
    defer { server.stop() }
    let outcome = try check(server.address)
    #expect(outcome.status == 3)
    #expect(outcome.duration < .seconds(60))
    #expect(outcome.output.utf8.count < 20_000)
  }

  @Test("One octet at a time, forever")
  func dripping() throws {
    let server = try FakeServer { session, interrupt throws(TransportError) in
      try session.send(Array("220-".utf8), deadline: .after(.seconds(10)))
      while interrupt.wait(until: .after(.milliseconds(100))) { try session.send([0x78], deadline: .after(.seconds(10))) }
    }
    defer { server.stop() }
    let outcome = try check(server.address)
    #expect(outcome.status == 3)
    #expect(outcome.duration < .seconds(60))
  }

  @Test("Rubbish for a TLS handshake")
  func tlsRubbish() throws {
    let server = try FakeServer { session, _ throws(TransportError) in
      try FakeServer.repeating([UInt8](repeating: 0x16, count: 4_096), in: &session)
    }
    defer { server.stop() }
    let outcome = try check(server.address, ["--implicit-tls"])
    #expect(outcome.status == 3)
    #expect(outcome.duration < .seconds(60))
  }

  @Test("Terminal escapes, markup and bidirectional controls come out as text", arguments: [[], ["--json"], ["--verbose"]])
  func hostile(option: [String]) throws {
    let evil = "\u{1B}[2J\u{1B}]0;owned\u{07}<script>\u{202E}\u{9B}31m\u{0}"
    let server = try FakeServer(FakeServer.answering(greeting: "220 \(evil)\r\n", "250-\(evil)\r\n250 STARTTLS \(evil)\r\n"))
    defer { server.stop() }
    let outcome = try check(server.address, option)
    #expect([1, 3].contains(outcome.status))
    for text in [outcome.output, outcome.errors] {
      #expect(
        text.unicodeScalars.allSatisfy { scalar in
          scalar == "\n" || ![.control, .format].contains(scalar.properties.generalCategory)
        }
      )
    }
  }

  @Test("Ctrl-C ends a run soon, with what it has", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let arrived = DispatchSemaphore(value: 0)
    let server = try FakeServer { session, _ in
      arrived.signal()
      FakeServer.listenOn(&session)
    }
    defer { server.stop() }
    let outcome = try Tool.run(["check", server.address, "--timeout", "10min"]) { id in
      #expect(arrived.wait(timeout: .now() + .seconds(60)) == .success)
      kill(id, signal)
    }
    #expect(outcome.status == 3)
    #expect(outcome.duration < .seconds(60))
    #expect(outcome.errors.contains("stopping; the report so far follows"))
  }
}

@Suite("init looks at a server and writes its configuration")
struct InitTests {
  @Test("What it writes is what check reads")
  func writesWhatCheckReads() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let server = Server(configuration: Configuration())
    let port = try server.start()
    defer { server.stop() }
    let written = try Tool.run(["init", "127.0.0.1:\(port)"], in: scratch.url)
    #expect(written.status == 0, "\(written.errors)")
    let text = try scratch.text("smtpspec.yaml")
    #expect(text.contains("address: '127.0.0.1:\(port)'\nrole: mx"))
    #expect(text.contains("\ndomain: 'example.test'") && text.contains("\nrecipient: 'postmaster@example.test'"))
    let checked = try Tool.run(["check", "--config", "smtpspec.yaml", "--only", "rfc5321/3.3"], in: scratch.url)
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  @Test("It finds out the role", arguments: [Service.mx, .submission, .lmtp])
  func findsRole(service: Service) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let server = Server(configuration: Configuration(service))
    let port = try server.start()
    defer { server.stop() }
    let written = try Tool.run(["init", "127.0.0.1:\(port)"], in: scratch.url)
    #expect(written.status == 0, "\(written.errors)")
    #expect(try scratch.text("smtpspec.yaml").contains("\nrole: \(service.rawValue) "))
    guard service == .lmtp else { return }
    let checked = try Tool.run(["check", "127.0.0.1:\(port)"])
    #expect(checked.status == 3 && checked.output.contains("--role lmtp tests it"), "\(checked.output)")
  }

  @Test("The built-in server is checked in the role that is named", arguments: ["submission", "lmtp"])
  func builtInServerHasRole(role: String) throws {
    let outcome = try Tool.run(["check", "--role", role, "--only", "rfc5321/4.1.1.5"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("as \(role)"))
  }

  @Test("A file that exists is kept, unless --force")
  func keepsFiles() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let server = Server(configuration: Configuration())
    let port = try server.start()
    defer { server.stop() }
    try scratch.write("mine", to: "smtpspec.yaml")
    let refused = try Tool.run(["init", "127.0.0.1:\(port)"], in: scratch.url)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("smtpspec.yaml exists already. --force replaces it"))
    #expect(try scratch.text("smtpspec.yaml") == "mine")
    let forced = try Tool.run(["init", "127.0.0.1:\(port)", "--force"], in: scratch.url)
    #expect(forced.status == 0)
    #expect(try scratch.text("smtpspec.yaml").contains("address:"))
  }

  @Test("A hostile greeting stays in its comment")
  func quotesGreetings() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let server = try FakeServer(FakeServer.answering(greeting: "220 mx.example.test\rrole: lmtp\u{85}x: '\r\n", "250 ok\r\n"))
    defer { server.stop() }
    let written = try Tool.run(["init", server.address, "--timeout", "500ms"], in: scratch.url)
    #expect(written.status == 0, "\(written.errors)")
    let keys = try scratch.text("smtpspec.yaml").split(separator: "\n").filter { !$0.hasPrefix("#") && $0.hasPrefix("role") }
    #expect(keys.count == 1 && keys[0].hasPrefix("role: mx"))
  }

  @Test("A server that does not answer leaves no file")
  func writesNothing() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let port = listener.port
    listener.close()
    let outcome = try Tool.run(["init", "127.0.0.1:\(port)"], in: scratch.url)
    #expect(outcome.status == 3)
    #expect(!FileManager.default.fileExists(atPath: scratch.file("smtpspec.yaml").path))
  }
}
