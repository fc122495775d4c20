import Dialogue
import ReferenceServer
import Testing
import Wire

@Suite("On-demand mail relay, RFC 2645")
struct OnDemandRelayTests {
  private static func session(authenticated: Bool = true) -> Rehearsal {
    var rehearsal = Rehearsal("EHLO client.example") { $0 = Configuration(.odmr) }
    rehearsal.state.dialogue.isAuthenticated = authenticated
    return rehearsal
  }

  @Test(
    "the reply to each request",
    arguments: [
      ("ATRN", 250), ("ATRN example.test", 250), ("atrn EXAMPLE.test", 250), ("ATRN empty.example.test,example.test", 250),
      ("ATRN empty.example.test", 453), ("ATRN example.net", 450), ("ATRN example.test,example.net", 450), ("ATRN localname", 501),
      ("ATRN example.test,", 501), ("ATRN example.test, example.net", 501), ("MAIL FROM:<>", 502), ("VRFY alice", 502),
      ("HELO a.example", 502),
      ("NOOP", 250), ("RSET", 250), ("QUIT", 221),
    ])
  func replies(line: String, code: Int) {
    var rehearsal = Self.session()
    #expect(rehearsal.say(line).code == code)
  }

  @Test("without a login ATRN draws 530, and elsewhere it is not implemented")
  func needsALogin() {
    var rehearsal = Self.session(authenticated: false)
    #expect(rehearsal.say("ATRN example.net").code == 530)
    var relay = Rehearsal("EHLO client.example")
    #expect(relay.say("ATRN").code == 502)
  }

  /// What the client's side says to these replies, up to its end.
  private func conversation(_ replies: [String]) throws -> [String] {
    let sender = try #require(Path(Array("<a@b.example>".utf8)))
    let recipients = ["<c@d.example>", "<e@d.example>"].compactMap { Path(Array($0.utf8)) }.map { ForwardPath.path($0) }
    let message = QueuedMessage(reversePath: .path(sender), recipients: recipients, content: Array("A: b\r\n\r\n.c\r\n".utf8))
    var outgoing = Outgoing(hostName: "mx.example.test", messages: [message])
    var lines: [String] = []
    for text in replies {
      let parsed = try #require(try Reply.parse(Array("\(text)\r\n".utf8).span))
      guard let octets = outgoing.answer(parsed.reply) else { return lines }
      lines.append(String(decoding: octets, as: UTF8.self).split(separator: "\r\n").first.map(String.init) ?? "")
      if octets.count > 40, octets.starts(with: "A: b".utf8) { #expect(octets == Array("A: b\r\n\r\n..c\r\n.\r\n".utf8)) }
    }
    return lines
  }

  @Test("a message goes out command by command")
  func sends() throws {
    #expect(
      try conversation(["220 a", "250 a", "250 ok", "250 ok", "250 ok", "354 go", "250 ok", "221 bye"]) == [
        "EHLO mx.example.test", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "RCPT TO:<e@d.example>", "DATA", "A: b", "QUIT",
      ])
  }

  @Test(
    "a refusal ends what it must",
    arguments: [
      (["554 no"], "QUIT"), (["220 a", "502 no"], "HELO mx.example.test"), (["220 a", "450 no"], "QUIT"),
      (["220 a", "250 a", "550 no"], "QUIT"),
      (["220 a", "250 a", "250 ok", "550 no", "250 ok"], "DATA"), (["220 a", "250 a", "250 ok", "550 no", "550 no"], "RSET"),
      (["220 a", "250 a", "250 ok", "250 ok", "250 ok", "554 no"], "RSET"),
    ])
  func refusals(replies: [String], last: String) throws {
    #expect(try conversation(replies).last == last)
  }

  @Test("421 ends the connection")
  func closes() throws {
    #expect(try conversation(["220 a", "421 bye"]) == ["EHLO mx.example.test"])
  }
}
