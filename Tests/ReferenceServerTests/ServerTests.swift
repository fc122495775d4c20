import Foundation
import ReferenceServer
import Testing
import Transport
import Wire

@Suite("A running server")
struct ServerTests {
  private static let envelope =
    "EHLO client.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@example.test>\r\nRCPT TO:<nobody@example.test>\r\nDATA\r\n"
  private static let dialogue = envelope + "Subject: hello\r\n\r\n..dot\r\n.\r\nFOO\r\nNOOP\r\nQUIT\r\n"

  @Test(arguments: [Segmentation.whole, .line, .octet, .random])
  func answersTheSameHoweverTheInputIsCut(cut: Segmentation) throws {
    let running = try RunningServer()
    let answers = try running.converse(Self.dialogue, cut: cut)
    #expect(codes(answers) == [220, 250, 250, 250, 550, 354, 250, 500, 250, 221])
    #expect(try running.mailbox("alice").count == 1)
    #expect(try running.mailbox("alice").first?.hasSuffix("Subject: hello\r\n\r\n.dot\r\n") == true)
  }

  @Test
  func servesTheSameEachTime() throws {
    let first = try RunningServer().converse(Self.dialogue)
    #expect(try RunningServer().converse(Self.dialogue) == first)
  }

  /// Replies to RSET, MAIL and RCPT may wait for each other; those to DATA, NOOP and QUIT go at once (RFC 2920 §3.2).
  @Test
  func groupsTheRepliesOfAPipeline() throws {
    let running = try RunningServer()
    var session = try running.connect()
    #expect(session.nextCode() == 220)
    #expect(try session.say("EHLO client.example") == 250)
    try session.send(Array("MAIL FROM:<>\r\nRCPT TO:<alice@example.test>\r\nRSET\r\nMAIL FR".utf8), deadline: .after(.seconds(5)))
    #expect((0..<3).map { _ in session.nextCode() } == [250, 250, 250])
    try session.send(Array("OM:<>\r\nQUIT\r\n".utf8), deadline: .after(.seconds(5)))
    #expect((0..<2).map { _ in session.nextCode() } == [250, 221])
    session.close()
  }

  @Test(arguments: ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\n", "\n.\r", "\r.\r\n", "\r\n.\r", "\r\n\0.\r\n", "\r\n.\r\r\n"])
  func endsTheMailDataAtNothingElse(lookalike: String) throws {
    let running = try RunningServer()
    let answers = try running.converse(Self.envelope + "Subject: x\r\n\r\na\(lookalike)MAIL FROM:<c@d.example>\r\nb\r\n.\r\nQUIT\r\n")
    #expect(codes(answers) == [220, 250, 250, 250, 550, 354, 250, 221])
    // A dot behind a CRLF is one that was doubled (RFC 5321 §4.5.2).
    let kept = lookalike.utf8.starts(with: "\r\n.".utf8) ? "\r\n\(String(lookalike.unicodeScalars.dropFirst(3)))" : lookalike
    #expect(try running.mailbox("alice").first?.hasSuffix("\r\n\r\na\(kept)MAIL FROM:<c@d.example>\r\nb\r\n") == true)
  }

  @Test
  func takesNothingButCRLFForTheEndOfALine() throws {
    let running = try RunningServer()
    #expect(codes(try running.converse("NOOP\nNOOP\rNOOP\r\nQUIT\r\n")) == [220, 500, 221])
  }

  @Test
  func storesNothingOfAMessageThatWasCutOff() throws {
    let running = try RunningServer()
    var session = try running.connect()
    try session.send(Array((Self.envelope + "Subject: x\r\n\r\npart").utf8), deadline: .after(.seconds(5)))
    session.halfClose()
    let received = (0..<6).map { _ in session.nextCode() }
    #expect(received == [220, 250, 250, 250, 550, 354])
    #expect(session.nextReply(deadline: .after(.seconds(5))) == .endOfStream)
    session.close()
    #expect(try running.mailbox("alice").isEmpty)
  }

  @Test
  func dropsClearOctetsAtTheHandshake() throws {
    let running = try RunningServer { $0.tlsIdentity = try? .selfSigned(name: $0.hostName) }
    var session = try running.connect()
    #expect(session.nextCode() == 220)
    #expect(try session.say("EHLO client.example") == 250)
    try session.send(Array("STARTTLS\r\nNOOP\r\n".utf8), deadline: .after(.seconds(5)))
    #expect(session.nextCode() == 220)
    let facts = try session.startTLS(TLSOptions(trust: .none), deadline: .after(.seconds(5)))
    #expect(facts.clearOctetsBefore.isEmpty)
    #expect(try session.say("MAIL FROM:<>") == 503)
    #expect(try session.say("EHLO client.example") == 250)
    #expect(try session.say("STARTTLS") == 503)
    #expect(try session.say("QUIT") == 221)
    session.close()
  }

  @Test
  func beginsWithTLSWhereItIsImplicit() throws {
    let running = try RunningServer {
      $0.tlsIdentity = try? .selfSigned(name: $0.hostName)
      $0.isImplicitTLS = true
    }
    var session = try running.connect()
    _ = try session.startTLS(TLSOptions(trust: .none), deadline: .after(.seconds(5)))
    #expect(session.nextCode() == 220)
    #expect(try session.say("EHLO client.example") == 250)
    session.close()
  }

  @Test
  func closesWhenTheHandshakeFails() throws {
    let running = try RunningServer { $0.tlsIdentity = try? .selfSigned(name: $0.hostName) }
    var session = try running.connect()
    #expect(session.nextCode() == 220)
    #expect(try session.say("STARTTLS") == 220)
    try session.sendRaw(Array("this is no handshake\r\n".utf8), deadline: .after(.seconds(5)))
    // A TLS alert may come, but no reply.
    var arrival = session.nextReply(deadline: .after(.seconds(5)))
    if case .malformed = arrival { arrival = session.nextReply(deadline: .after(.seconds(5))) }
    #expect(arrival == .endOfStream || arrival == .reset)
    session.close()
  }

  @Test
  func endsASilentSessionWith421() throws {
    let running = try RunningServer { $0.idleTimeout = .milliseconds(100) }
    #expect(codes(try running.converse("EHLO client.example\r\nNO")) == [220, 250, 421])
  }

  @Test
  func endsAnEndlessLineWith421() throws {
    let running = try RunningServer { $0.endlessLineLimitInOctets = 100_000 }
    #expect(codes(try running.converse(String(repeating: "x", count: 200_000))) == [220, 421])
  }

  @Test
  func forgetsALongLineAndGoesOn() throws {
    let running = try RunningServer()
    #expect(codes(try running.converse(String(repeating: "x", count: 200_000) + "\r\nQUIT\r\n")) == [220, 500, 221])
  }

  @Test(arguments: [(512, 250), (513, 500)])
  func takesCommandLinesUpToTheLimit(length: Int, code: Int) throws {
    let line = "NOOP " + String(repeating: "x", count: length - 7)
    #expect(codes(try RunningServer().converse("\(line)\r\nQUIT\r\n")) == [220, code, 221])
  }

  @Test
  func keepsNoMoreOfAMessageThanTheLimit() throws {
    let running = try RunningServer { $0.sizeLimitInOctets = 65_536 }
    let line = String(repeating: ".", count: 62) + "\r\n"
    let full = String(repeating: ".\(line)", count: 1024)
    let answers = try running.converse(Self.envelope + full + ".\r\n" + Self.envelope + full + "x\r\n.\r\nQUIT\r\n")
    #expect(codes(answers) == [220, 250, 250, 250, 550, 354, 250, 250, 250, 250, 550, 354, 552, 221])
    #expect(try running.mailbox("alice").count == 1)
  }

  @Test
  func refusesWhatItCannotStore() throws {
    let running = try RunningServer { $0.storageLimitInOctets = 300 }
    let message = Self.envelope + String(repeating: "x", count: 200) + "\r\n.\r\n"
    #expect(codes(try running.converse(message + message + "QUIT\r\n")).filter { $0 == 452 }.count >= 1)
    #expect(try running.mailbox("alice").count <= 1)
  }

  @Test
  func turnsAwayClientsBeyondTheLimit() throws {
    let running = try RunningServer { $0.connectionLimit = 1 }
    var first = try running.connect()
    #expect(first.nextCode() == 220)
    var second = try running.connect()
    #expect(second.nextCode() == 421)
    #expect(try first.say("NOOP") == 250)
    first.close()
    second.close()
  }

  @Test
  func saysGoodbyeWhenItStops() throws {
    let running = try RunningServer()
    var session = try running.connect()
    #expect(session.nextCode() == 220)
    running.server.stop()
    #expect(session.nextCode() == 421)
    #expect(session.nextReply(deadline: .after(.seconds(5))) == .endOfStream)
    session.close()
  }
}
