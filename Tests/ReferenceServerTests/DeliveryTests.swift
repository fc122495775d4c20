import ReferenceServer
import Testing
import Wire

@Suite("What is stored, RFC 5321 §4.4")
struct DeliveryTests {
  private static let content = "Subject: hello\r\n\r\nbody\r\n"

  /// The copies of a message that went through the lines given.
  private func copies(of content: String = content, _ lines: String...) throws -> [StoredMessage] {
    var rehearsal = Rehearsal()
    for line in lines + ["DATA"] { _ = rehearsal.say(line) }
    guard case .deliver(let copies) = rehearsal.send(content).effect else { return [] }
    return copies
  }

  @Test
  func putsReturnPathAndReceivedOnTop() throws {
    let copies = try copies("EHLO client.example", "MAIL FROM:<Some.One@b.example>", "RCPT TO:<Alice@example.test>")
    #expect(copies.map(\.user) == ["alice"])
    let copy = try #require(copies.first)
    let message = Message(copy.octets)
    #expect(message.fields.map(\.name) == ["Return-Path", "Received", "Subject"])
    #expect(copy.returnPath == Array("Return-Path: <Some.One@b.example>\r\n".utf8))
    let stamp = try TimeStampLine(message.fields[1])
    #expect(stamp.from.host.octets == Array("client.example".utf8))
    #expect(stamp.from.tcpAddress?.octets == Array("[192.0.2.7]".utf8))
    #expect(stamp.by.host.octets == Array("mx.example.test".utf8))
    #expect(stamp.with == "ESMTP")
    #expect(stamp.for == Array("<Alice@example.test>".utf8))
    #expect(String(decoding: copy.received, as: UTF8.self).hasSuffix("Sun, 9 Sep 2001 03:46:40 +0200\r\n"))
    #expect(copy.content == Array(Self.content.utf8))
  }

  @Test(arguments: [("HELO client.example", "SMTP"), ("EHLO [192.0.2.7]", "ESMTP")])
  func namesTheProtocol(hello: String, name: String) throws {
    let copy = try #require(try copies(hello, "MAIL FROM:<>", "RCPT TO:<alice@example.test>").first)
    #expect(try TimeStampLine(Message(copy.octets).fields[1]).with == name)
  }

  @Test
  func namesNoRecipientWhereThereAreSeveral() throws {
    let copies = try copies("EHLO c.example", "MAIL FROM:<a@b.example>", "RCPT TO:<alice@example.test>", "RCPT TO:<bob@example.test>")
    #expect(copies.map(\.user) == ["alice", "bob"])
    for copy in copies {
      #expect(try TimeStampLine(Message(copy.octets).fields[1]).for == nil)
      #expect(copy.octets.split(separator: .lineFeed).allSatisfy { !$0.starts(with: "\tfor".utf8) })
    }
  }

  @Test
  func storesOneCopyForAUserHoweverOftenNamed() throws {
    let copies = try copies(
      "EHLO c.example", "MAIL FROM:<a@b.example>", "RCPT TO:<alice@example.test>", "RCPT TO:<alice@example.test>",
      "RCPT TO:<team@example.test>")
    #expect(copies.map(\.user) == ["alice", "bob"])
  }

  @Test
  func givesListMailTheOwnersReturnPath() throws {
    let copies = try copies("EHLO c.example", "MAIL FROM:<a@b.example>", "RCPT TO:<team@example.test>")
    #expect(copies.map(\.returnPath) == Array(repeating: Array("Return-Path: <postmaster@example.test>\r\n".utf8), count: 2))
    let notices = try self.copies("EHLO c.example", "MAIL FROM:<>", "RCPT TO:<team@example.test>")
    #expect(notices.first?.returnPath == Array("Return-Path: <>\r\n".utf8))
  }

  @Test
  func leavesOneReturnPathAndEveryReceived() throws {
    let content = "Received: from a by b; Mon, 1 Jan 2001 00:00:00 +0000\r\nReturn-Path: <x@y.example>\r\n\r\nReturn-Path: body\r\n"
    let copy = try #require(try copies(of: content, "EHLO c.example", "MAIL FROM:<>", "RCPT TO:<alice@example.test>").first)
    let message = Message(copy.octets)
    #expect(message.fields.map(\.name) == ["Return-Path", "Received", "Received"])
    #expect(Array(message.body) == Array("Return-Path: body\r\n".utf8))
  }

  @Test
  func takesAHundredHopsAndStopsALoop() {
    func code(hops: Int) -> Int {
      var rehearsal = Rehearsal("EHLO c.example", "MAIL FROM:<>", "RCPT TO:<alice@example.test>", "DATA")
      return rehearsal.send(String(repeating: "Received: from a by b; x\r\n", count: hops) + "\r\n").code
    }
    #expect(code(hops: 100) == 250)
    #expect(code(hops: 101) == 554)
  }

  @Test
  func refusesWhatIsLargerThanTheLimit() {
    var rehearsal = Rehearsal("EHLO c.example", "MAIL FROM:<>", "RCPT TO:<alice@example.test>", "DATA")
    let decision = rehearsal.decide(.message(MailContent(octets: [], sizeInOctets: rehearsal.configuration.sizeLimitInOctets + 1)))
    #expect(decision.code == 552)
    #expect(decision.effect == .none)
    #expect(rehearsal.say("MAIL FROM:<>").code == 250)
  }

  @Test(arguments: [
    (0, 0, "Thu, 1 Jan 1970 00:00:00 +0000"),
    (951_782_400, 3600, "Tue, 29 Feb 2000 01:00:00 +0100"),
    (1_000_000_000, -12_600, "Sat, 8 Sep 2001 22:16:40 -0330"),
    (4_102_444_799, 0, "Thu, 31 Dec 2099 23:59:59 +0000"),
  ])
  func writesTheDate(seconds: Int, offset: Int, text: String) {
    #expect(ServerClock(now: { seconds }, offset: { offset }).stamp() == text)
  }
}

@Suite("Answer.octets, RFC 5321 §4.2")
struct AnswerTests {
  @Test
  func writesTheCodeOnEveryLine() {
    let answer = Answer(250, .init(1, 5), ["one", "two"])
    #expect(answer.octets(withStatus: true) == Array("250-2.1.5 one\r\n250 2.1.5 two\r\n".utf8))
    #expect(answer.octets(withStatus: false) == Array("250-one\r\n250 two\r\n".utf8))
  }

  @Test
  func neverWritesWhatNoReplyMayHold() throws {
    let octets = Answer(500, .init(5, 2), octets: [[0x00, 0x0D, 0x0A, 0x1B, 0x7F, 0xC3, 0x09, 0x41]]).octets(withStatus: true)
    #expect(octets == Array("500 5.5.2 ??????\tA\r\n".utf8))
  }

  @Test
  func cutsALineAtTheLimit() {
    #expect(Answer(500, .init(5, 2), String(repeating: "x", count: 2000)).octets(withStatus: true).count == 512)
  }
}
