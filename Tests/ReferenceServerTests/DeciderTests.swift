import Dialogue
import ReferenceServer
import Testing
import Transport
import Wire

/// Sends lines to the decisions alone, without a connection.
struct Rehearsal {
  var configuration = Configuration()
  var state = ServerState(peerLiteral: "[192.0.2.7]", localLiteral: "[192.0.2.25]")

  init(_ lines: String..., configure: (inout Configuration) -> Void = { _ in }) {
    configuration.clock = ServerClock(now: { 1_000_000_000 }, offset: { 7200 })
    configure(&configuration)
    _ = decide(.connection)
    for line in lines { _ = say(line) }
  }

  /// Decides on a line and goes where the decision leads.
  mutating func say(_ line: String) -> Decision {
    do throws(CommandSyntaxError) {
      return decide(.command(try Command.parse(line: Array(line.utf8), tolerating: Manner().tolerance)))
    } catch {
      return decide(.invalid(error))
    }
  }

  /// Ends the mail data.
  mutating func send(_ content: String) -> Decision {
    decide(.message(MailContent(octets: Array(content.utf8), sizeInOctets: content.utf8.count)))
  }

  mutating func decide(_ input: Input) -> Decision {
    let decision = Decider(state, under: configuration).decide(input)
    state = decision.next
    return decision
  }
}

@Suite("Decider, RFC 5321 §4.1 and §4.3")
struct DeciderTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let before: [String]
    let line: String
    let code: Int
    var testDescription: String { "\(before.last ?? "") → \(line.prefix(40)) → \(code)" }

    init(_ before: [String], _ line: String, _ code: Int) {
      self.before = before
      self.line = line
      self.code = code
    }
  }

  static let ehlo = ["EHLO client.example"]
  static let mail = ehlo + ["MAIL FROM:<a@b.example>"]
  static let rcpt = mail + ["RCPT TO:<alice@example.test>"]
  static let refused = mail + ["RCPT TO:<nobody@example.test>"]

  static let sequence = [
    Row([], "MAIL FROM:<a@b.example>", 503),
    Row([], "NOOP", 250),
    Row([], "RSET", 250),
    Row([], "VRFY alice", 250),
    Row([], "EXPN team", 250),
    Row([], "HELP", 214),
    Row([], "QUIT", 221),
    Row(ehlo, "RCPT TO:<alice@example.test>", 503),
    Row(ehlo, "DATA", 503),
    Row(mail, "MAIL FROM:<a@b.example>", 503),
    Row(mail, "DATA", 503),
    Row(refused, "DATA", 554),
    Row(rcpt, "DATA", 354),
    Row(rcpt + ["RSET"], "DATA", 503),
    Row(rcpt + ["EHLO client.example"], "DATA", 503),
    Row(rcpt + ["HELO client.example"], "DATA", 503),
    Row(rcpt + ["VRFY nobody"], "DATA", 354),
    Row(["HELO client.example"], "MAIL FROM:<>", 250),
  ]

  static let syntax = [
    Row(ehlo, "", 500),
    Row(ehlo, "FOO", 500),
    Row(ehlo, "XFOO bar", 500),
    Row(ehlo, "NOOP\0x", 500),
    Row(ehlo, "TURN", 502),
    Row(ehlo, "SEND FROM:<a@b.example>", 502),
    Row(ehlo, "AUTH PLAIN", 504),
    Row([], "EHLO", 501),
    Row([], "EHLO two words", 501),
    Row([], "EHLO [192.0.2.1] said so", 250),
    Row([], "EHLO [192.0.2.300]", 501),
    Row(ehlo, "RSET now", 501),
    Row(ehlo, "DATA now", 501),
    Row(ehlo, "QUIT now", 501),
    Row(ehlo, "STARTTLS now", 502),
    Row(ehlo, "rset  ", 250),
    Row(ehlo, "MAIL FROM: <a@b.example>", 501),
    Row(ehlo, "MAIL FROM:a@b.example", 501),
    Row(ehlo, "mail from:<a@b.example>", 250),
    Row(ehlo, "MAIL FROM:<>", 250),
    Row(ehlo, "MAIL FROM:<@relay.example,@other.example:a@b.example>", 250),
    Row(ehlo, "MAIL FROM:<a@b.example> FOO=bar", 555),
    Row(ehlo, "MAIL FROM:<a@b.example> =", 501),
    Row(ehlo, "MAIL FROM:<a@b.example> BODY=8BITMIME SIZE=1", 250),
    Row(ehlo, "MAIL FROM:<a@b.example> body=7bit", 250),
    Row(ehlo, "MAIL FROM:<a@b.example> BODY=9BIT", 555),
    Row(ehlo, "MAIL FROM:<a@b.example> BODY=7BIT BODY=7BIT", 501),
    Row(ehlo, "MAIL FROM:<a@b.example> SIZE=1048576", 250),
    Row(ehlo, "MAIL FROM:<a@b.example> SIZE=1048577", 552),
    Row(ehlo, "MAIL FROM:<a@b.example> SIZE=18446744073709551617", 552),
    Row(ehlo, "MAIL FROM:<a@b.example> SIZE=00000000000000000001", 250),
    Row(ehlo, "MAIL FROM:<a@b.example> SIZE=100000000000000000000", 501),
    Row(ehlo, "MAIL FROM:<a@b.example> SIZE", 501),
    Row(ehlo, "MAIL FROM:<a@b.example> SIZE=1 SIZE=1", 501),
    Row(["HELO client.example"], "MAIL FROM:<a@b.example> SIZE=1", 555),
    Row(ehlo, "MAIL FROM:<\(String(repeating: "a", count: 64))@b.example>", 250),
    Row(ehlo, "MAIL FROM:<\(String(repeating: "a", count: 65))@b.example>", 501),
  ]

  static let recipients = [
    Row(mail, "RCPT TO:<ALICE@EXAMPLE.TEST>", 250),
    Row(mail, "RCPT TO:<\"alice\"@example.test>", 250),
    Row(mail, "RCPT TO:<\"\\a\\lice\"@example.test>", 250),
    Row(mail, "RCPT TO:<team@example.test>", 250),
    Row(mail, "RCPT TO:<Postmaster>", 250),
    Row(mail, "RCPT TO:<POSTMASTER@example.test>", 250),
    Row(mail, "RCPT TO:<alice@[192.0.2.25]>", 250),
    Row(mail, "RCPT TO:<alice@[192.0.2.26]>", 550),
    Row(mail, "RCPT TO:<@relay.example:alice@example.test>", 250),
    Row(mail, "RCPT TO:<@example.test:x@elsewhere.example>", 550),
    Row(mail, "RCPT TO:<x%elsewhere.example@example.test>", 550),
    Row(mail, "RCPT TO:<postmaster@elsewhere.example>", 550),
    Row(mail, "RCPT TO:<alice@example.test> WHATEVER=NOW", 555),
    Row(mail, "RCPT TO:<>", 501),
    Row(mail, "RCPT TO:<alice>", 501),
  ]

  static let inquiries = [
    Row([], "VRFY Alice@example.test", 250),
    Row([], "VRFY <alice@example.test>", 250),
    Row([], "VRFY team", 250),
    Row([], "VRFY nobody", 550),
    Row([], "VRFY alice@elsewhere.example", 550),
    Row([], "VRFY alice@b@c", 501),
    Row([], "VRFY", 501),
    Row([], "EXPN alice", 250),
    Row([], "EXPN nothing", 550),
    Row([], "HELP mail", 214),
    Row([], "HELP foo", 504),
  ]

  @Test(arguments: sequence + syntax + recipients + inquiries)
  func answersWithTheCode(row: Row) {
    var rehearsal = Rehearsal()
    for line in row.before { _ = rehearsal.say(line) }
    #expect(rehearsal.say(row.line).code == row.code)
  }

  /// What RFC 2034 §4 says of every reply: an enhanced code of the same class, but not on greetings, HELO, EHLO and 3yz.
  @Test(arguments: sequence + syntax + recipients + inquiries)
  func putsEnhancedCodesWhereTheyBelong(row: Row) throws {
    var rehearsal = Rehearsal()
    for line in row.before { _ = rehearsal.say(line) }
    let answer = try #require(rehearsal.say(row.line).answers.first)
    let octets = answer.octets(withStatus: true)
    let (reply, length) = try #require(try Reply.parse(octets.span))
    #expect(length == octets.count)
    let isHello = row.line.uppercased().hasPrefix("EHLO") || row.line.uppercased().hasPrefix("HELO")
    if row.code == 354 || (isHello && row.code == 250) {
      #expect(reply.enhancedCode == nil)
    } else {
      #expect(reply.enhancedCode.map { Int($0.class) } == row.code / 100)
    }
  }

  /// A command that is refused leaves the session as it was (RFC 5321 §4.1.4).
  @Test(arguments: (sequence + syntax + recipients).filter { $0.code >= 500 })
  func staysWhereItWasAfterARefusal(row: Row) {
    var rehearsal = Rehearsal()
    for line in row.before { _ = rehearsal.say(line) }
    let before = rehearsal.state
    _ = rehearsal.say(row.line)
    #expect(rehearsal.state.dialogue == before.dialogue)
    #expect(rehearsal.state.recipients == before.recipients)
    #expect(rehearsal.state.reversePath == before.reversePath)
  }

  /// Every reply is one that the state machine of Dialogue permits.
  @Test(arguments: sequence + recipients + inquiries)
  func answersWhatTheDialoguePermits(row: Row) throws {
    var rehearsal = Rehearsal()
    for line in row.before { _ = rehearsal.say(line) }
    let verb = try #require(Verb(row.line.utf8.prefix { $0 != .space }))
    let permitted = Exchange.command(verb).permitted(in: rehearsal.state.dialogue)
    let code = try #require(ReplyCode(rehearsal.say(row.line).code))
    #expect(permitted.fit(of: code) == .usual)
  }

  @Test
  func listsItsExtensions() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    var rehearsal = Rehearsal { $0.tlsIdentity = identity }
    let keywords = [
      "PIPELINING",
      "SIZE 1048576",
      "8BITMIME",
      "SMTPUTF8",
      "CHUNKING",
      "BINARYMIME",
      "DSN",
      "ETRN",
      "MT-PRIORITY",
      "LIMITS MAILMAX=400 RCPTMAX=200",
      "DELIVERBY 30",
      "RRVS",
      "STARTTLS",
      "AUTH CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256",
      "ENHANCEDSTATUSCODES",
      "EXPN",
      "HELP",
    ]
    #expect(rehearsal.say("EHLO client.example").texts == ["mx.example.test greets client.example"] + keywords)
    _ = rehearsal.say("STARTTLS")
    _ = rehearsal.decide(.secured)
    #expect(rehearsal.say("EHLO client.example").texts.contains("STARTTLS") == false)
    #expect(rehearsal.say("STARTTLS").code == 503)
  }

  @Test
  func forgetsTheClientAtTheHandshake() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    var rehearsal = Rehearsal("EHLO client.example", "MAIL FROM:<a@b.example>") { $0.tlsIdentity = identity }
    let decision = rehearsal.say("STARTTLS")
    #expect(decision.code == 220)
    #expect(decision.effect == .startTLS)
    _ = rehearsal.decide(.secured)
    #expect(rehearsal.state.clientName.isEmpty)
    #expect(rehearsal.say("MAIL FROM:<a@b.example>").code == 503)
  }

  @Test
  func endsTheSessionAfterTooManyBadCommands() {
    var rehearsal = Rehearsal("EHLO client.example") { $0.badCommandLimit = 3 }
    #expect((0..<3).map { _ in rehearsal.say("FOO").code } == [500, 500, 500])
    let last = rehearsal.say("FOO")
    #expect(last.code == 421)
    #expect(last.effect == .close)
  }

  @Test
  func refusesRecipientsBeyondTheLimit() {
    var rehearsal = Rehearsal("EHLO client.example", "MAIL FROM:<>") { $0.recipientLimit = 100 }
    #expect((0..<100).allSatisfy { _ in rehearsal.say("RCPT TO:<alice@example.test>").code == 250 })
    #expect(rehearsal.say("RCPT TO:<bob@example.test>").code == 452)
    #expect(rehearsal.state.recipients.count == 100)
    #expect(rehearsal.say("DATA").code == 354)
  }

  @Test
  func servesRFC821AloneWhereAskedTo() {
    var rehearsal = Rehearsal { $0.isHeloOnly = true }
    #expect(rehearsal.say("EHLO client.example").code == 500)
    #expect(rehearsal.say("HELO client.example").code == 250)
    #expect(rehearsal.say("STARTTLS").code == 500)
    #expect(rehearsal.say("MAIL FROM:<a@b.example> SIZE=1").code == 501)
    #expect(rehearsal.say("MAIL FROM:<a@b.example>").code == 250)
  }

  @Test
  func waitsForQuitWhereItTakesNoMail() {
    var rehearsal = Rehearsal { $0.openingCode = 554 }
    #expect(rehearsal.state.dialogue.channel == .refused)
    #expect(rehearsal.say("EHLO client.example").code == 503)
    #expect(rehearsal.say("FOO").code == 503)
    #expect(rehearsal.say("QUIT").effect == .close)
  }
}

extension Decision {
  /// The text of each line of the first reply.
  var texts: [String] { (answers.first?.lines ?? []).map { String(decoding: $0, as: UTF8.self) } }
}
