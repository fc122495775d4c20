import Testing
import Transport
import Wire

@Suite("Octets through, under and after TLS")
struct TLSRecordsTests {
  /// A server's script, run once TLS has begun, against a client that has begun it too.
  private func underTLS(
    limits: Session.Limits = .default,
    version: TLSVersion = .tls13,
    server: @escaping @Sendable (inout Session) throws -> Void,
    client: (inout Session) throws -> Void
  ) throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let peer = try Peer(limits: limits) { session in
      _ = try session.startTLSServer(identity, deadline: soon)
      try server(&session)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon, limits: limits)
    _ = try session.startTLS(TLSOptions(maximum: version), deadline: soon)
    try client(&session)
    session.close()
    try peer.join()
  }

  @Test(arguments: Segmentation.allCases)
  func segments(_ cut: Segmentation) throws {
    let all = octets("MAIL FROM:<a@example.test>\r\nRCPT TO:<b@example.test>\r\nQUIT\r\n")
    try underTLS { session in
      let lines = [try session.readLine(), try session.readLine(), try session.readLine()]
      #expect(lines.joined() == String(decoding: all, as: UTF8.self))
    } client: { session in
      var generator = SeededGenerator(state: 5)
      try session.send(all, cut: cut, deadline: soon, using: &generator)
    }
  }

  @Test(arguments: [TLSVersion.tls12, .tls13])
  func muchInBothDirections(version: TLSVersion) throws {
    let message = (0..<(3 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    try underTLS(limits: Session.Limits(unreadOctets: 4 << 20), version: version) { session in
      try session.send(message, deadline: soon)
      try session.sendCloseNotify(deadline: soon)
      #expect(session.readToEnd().octets == message)
    } client: { session in
      try session.send(message, deadline: soon)
      let (octets, ending) = session.readToEnd()
      #expect(octets == message)
      #expect(ending == .endOfStream)
    }
  }

  @Test func aFullBufferLosesNothing() throws {
    let message = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    try underTLS(limits: Session.Limits(unreadOctets: 1000, replyOctets: 10)) { session in
      try session.send(message, deadline: soon)
    } client: { session in
      var all: [UInt8] = []
      var timesFull = 0
      loop: while true {
        switch session.receive(deadline: soon) {
        case .octets: continue
        case .full:
          timesFull += 1
          all += session.unread
          session.consume(session.unreadCount)
        default: break loop
        }
      }
      #expect(all + session.unread == message)
      #expect(timesFull >= 99)
    }
  }

  @Test func closeNotifyAloneLeavesTCPOpen() throws {
    try underTLS { session in
      #expect(session.receive(deadline: soon) == .endOfStream)
      try session.send("250 still here\r\n")
      try session.sendCloseNotify(deadline: soon)
      session.abandonTLS()
      #expect(try session.readLine() == "NOOP in clear\r\n")
      try session.send("250 in clear\r\n")
    } client: { session in
      try session.sendCloseNotify(deadline: soon)
      #expect(throws: TransportError.sessionEnded) { try session.send("NOOP\r\n") }
      #expect(try session.readLine() == "250 still here\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
      session.abandonTLS()
      #expect(session.isUnderTLS == false)
      try session.send("NOOP in clear\r\n")
      #expect(try session.readLine() == "250 in clear\r\n")
      let contents = session.transcript.events.map(\.content)
      #expect(contents.contains(.tls("close_notify sent")))
      #expect(contents.contains(.tls("close_notify received")))
    }
  }

  @Test func anEndWithoutCloseNotifyIsNoted() throws {
    try underTLS { session in
      session.halfClose()
      #expect(session.receive(deadline: soon) == .endOfStream)
    } client: { session in
      #expect(session.receive(deadline: soon) == .endOfStream)
      #expect(session.transcript.events.map(\.content).contains(.note("no close_notify before the end of the stream")))
    }
  }

  @Test func clearOctetsUnderTheRecordLayer() throws {
    try underTLS { session in
      #expect(session.receive(deadline: soon) == .failed(.tls(.notTLS)))
      #expect(session.receive(deadline: soon) == .failed(.tls(.notTLS)))
    } client: { session in
      try session.sendRaw(octets("NOOP in clear\r\n"), deadline: soon)
      #expect(session.transcript.events.last?.content == .sentRaw(octets("NOOP in clear\r\n")))
      // The server says why in an alert; whether it is read before the reset is up to the system.
      guard case .failed = session.receive(deadline: soon) else { return }
    }
  }

  @Test func repliesUnderTLS() throws {
    try underTLS { session in
      var generator = SeededGenerator(state: 9)
      try session.send(octets("250-a\r\n250 b\r\n220 c\r\n"), cut: .octet, deadline: soon, using: &generator)
    } client: { session in
      for wanted in ["250-a\r\n250 b\r\n", "220 c\r\n"] {
        guard case .reply(let reply) = session.nextReply(deadline: soon) else {
          Issue.record("no reply")
          return
        }
        #expect(reply.octets == octets(wanted))
      }
      #expect(session.nextReply(deadline: soon) == .endOfStream)
    }
  }

  @Test func anInterruptWakesTheWait() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let interrupt = Interrupt()
    let peer = try Peer { session in
      _ = try session.startTLSServer(identity, deadline: soon)
      #expect(session.receive(deadline: soon) == .octets(1))
      interrupt.trigger()
      while case .octets = session.receive(deadline: soon) {}
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon, interrupt: interrupt)
    _ = try session.startTLS(TLSOptions(), deadline: soon)
    try session.send([0], deadline: soon)
    #expect(session.receive(deadline: .never) == .interrupted)
    session.close()
    try peer.join()
  }
}
