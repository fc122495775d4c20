import Testing
import Transport

@Suite("STARTTLS in mid-stream, RFC 3207")
struct StartTLSTests {
  private let identity: TLSIdentity

  init() throws {
    identity = try TLSIdentity.selfSigned(name: "mx.example.test")
  }

  @Test func fromClearTextToTLS() throws {
    let peer = try Peer { [identity] session in
      try session.send("220 mx.example.test\r\n")
      #expect(try session.readLine() == "STARTTLS\r\n")
      try session.send("220 go ahead\r\n")
      let facts = try session.startTLSServer(identity, deadline: soon)
      #expect(facts.clearOctetsBefore.isEmpty)
      #expect(try session.readLine() == "NOOP\r\n")
      try session.send("250 ok\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(try session.readLine() == "220 mx.example.test\r\n")
    try session.send("STARTTLS\r\n")
    #expect(try session.readLine() == "220 go ahead\r\n")
    let facts = try session.startTLS(TLSOptions(), deadline: soon)
    #expect(facts.clearOctetsBefore.isEmpty)
    #expect(facts.clearOctetsAnswered.isEmpty)
    try session.send("NOOP\r\n")
    #expect(try session.readLine() == "250 ok\r\n")
    let contents = session.transcript.events.map(\.content)
    #expect(contents.first == .received(octets("220 mx.example.test\r\n")))
    #expect(contents.contains(.tls("\(facts.version), \(facts.cipher), \(facts.group ?? "")")))
    #expect(contents.suffix(2) == [.sent(octets("NOOP\r\n")), .received(octets("250 ok\r\n"))])
    session.close()
    try peer.join()
  }

  @Test func octetsLeftOverAtTheClientAreNoPlaintext() throws {
    let peer = try Peer { [identity] session in
      #expect(try session.readLine() == "STARTTLS\r\n")
      try session.send("220 go ahead\r\n250 injected\r\n")
      _ = try session.startTLSServer(identity, deadline: soon)
      try session.send("250 honest\r\n")
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    try session.send("STARTTLS\r\n")
    #expect(try session.readLine() == "220 go ahead\r\n")
    let facts = try session.startTLS(TLSOptions(), deadline: soon)
    #expect(facts.clearOctetsBefore == octets("250 injected\r\n"))
    #expect(session.unreadCount == 0)
    #expect(try session.readLine() == "250 honest\r\n")
    try peer.join()
  }

  @Test(arguments: [false, true])
  func octetsLeftOverAtTheServer(keeping: Bool) throws {
    let peer = try Peer { [identity] session in
      #expect(try session.readLine() == "STARTTLS\r\n")
      try session.send("220 go ahead\r\n")
      let facts = try session.startTLSServer(identity, keepingUnread: keeping, deadline: soon)
      #expect(facts.clearOctetsBefore == octets("NOOP\r\n"))
      if keeping { #expect(try session.readLine() == "NOOP\r\n") }
      #expect(try session.readLine() == "RSET\r\n")
      #expect(session.unreadCount == 0)
      try session.send("250 ok\r\n")
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    try session.send("STARTTLS\r\nNOOP\r\n")
    #expect(try session.readLine() == "220 go ahead\r\n")
    _ = try session.startTLS(TLSOptions(), deadline: soon)
    try session.send("RSET\r\n")
    #expect(try session.readLine() == "250 ok\r\n")
    try peer.join()
  }

  @Test func clearOctetsInTheWriteOfTheClientHello() throws {
    let peer = try Peer { session in
      #expect(try session.readLine() == "NOOP\r\n")
      // The ClientHello came with it, in the same write.
      #expect(session.unread.first == 0x16)
      try session.send("250 in clear\r\n")
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(throws: TransportError.closedByPeer) {
      _ = try session.startTLS(TLSOptions(), prefixedBy: octets("NOOP\r\n"), deadline: soon)
    }
    let contents = session.transcript.events.map(\.content)
    #expect(contents.contains(.sent(octets("NOOP\r\n"))))
    #expect(contents.contains(.received(octets("250 in clear\r\n"))))
    try peer.join()
  }

  @Test func aServerThatAnswersInClearAndGoesOnToTLS() throws {
    let peer = try Peer { [identity] session in
      #expect(try session.readLine() == "NOOP\r\n")
      try session.send("250 in clear\r\n")
      _ = try session.startTLSServer(identity, recordStart: 0, deadline: soon)
      try session.send("250 under TLS\r\n")
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    let facts = try session.startTLS(TLSOptions(), prefixedBy: octets("NOOP\r\n"), deadline: soon)
    #expect(facts.clearOctetsAnswered == octets("250 in clear\r\n"))
    #expect(try session.readLine() == "250 under TLS\r\n")
    try peer.join()
  }
}
