import Dialogue
import ReferenceServer
import Testing
import Wire

@Suite("LMTP, RFC 2033 §4")
struct LocalDeliveryTests {
  private static let mail = ["LHLO client.example", "MAIL FROM:<a@b.example>"]

  private func rehearsal(_ lines: [String]) -> Rehearsal {
    var rehearsal = Rehearsal { $0 = Configuration(.lmtp) }
    for line in lines { _ = rehearsal.say(line) }
    return rehearsal
  }

  @Test(
    "LHLO stands where EHLO and HELO stood",
    arguments: [
      ([], "LHLO client.example", 250), ([], "EHLO client.example", 500), ([], "HELO client.example", 500), ([], "EHLO", 500),
      ([], "MAIL FROM:<a@b.example>", 503), (mail, "RCPT TO:<alice@example.test>", 250), (mail, "DATA", 503),
      (mail + ["RCPT TO:<nobody@example.test>"], "DATA", 503), (mail + ["RCPT TO:<full@example.test>"], "DATA", 354),
      (mail + ["RCPT TO:<alice@example.test>"], "BDAT 0", 250),
    ])
  func codes(before: [String], line: String, code: Int) {
    var rehearsal = rehearsal(before)
    #expect(rehearsal.say(line).code == code)
  }

  @Test("the end of the data draws a reply for each accepted RCPT, in order; one may fail alone")
  func repliesForEach() {
    let names = ["alice", "nobody", "full", "bob", "alice"]
    var rehearsal = rehearsal(Self.mail + names.map { "RCPT TO:<\($0)@example.test>" } + ["DATA"])
    let decision = rehearsal.send("Subject: x\r\n\r\nx\r\n")
    #expect(decision.answers.map(\.code) == [250, 552, 250, 250])
    guard case .deliver(let copies) = decision.effect else {
      Issue.record("nothing is delivered")
      return
    }
    #expect(copies.map(\.user) == ["alice", "bob"])
    #expect(copies.allSatisfy { String(decoding: $0.received, as: UTF8.self).contains(" with LMTP id ") })
  }

  @Test("what is refused is refused to each recipient, and BDAT LAST without any draws nothing")
  func refusals() {
    var large = rehearsal(Self.mail + ["RCPT TO:<alice@example.test>", "RCPT TO:<bob@example.test>", "DATA"])
    let content = MailContent(octets: [], sizeInOctets: Configuration().sizeLimitInOctets + 1)
    #expect(large.decide(.message(content)).answers.map(\.code) == [552, 552])
    var nobody = rehearsal(Self.mail + ["RCPT TO:<nobody@example.test>"])
    let chunk = Chunk(sizeInOctets: 1, isLast: true, message: MailContent(octets: [120], sizeInOctets: 1))
    #expect(nobody.decide(.chunk(chunk)).answers.isEmpty)
    #expect(nobody.state.dialogue.transaction == .none)
  }
}

@Suite("Submission, RFC 6409 §4.3")
struct SubmissionTests {
  @Test("MAIL draws 530 until the client has authenticated")
  func login() {
    var rehearsal = Rehearsal("EHLO client.example") {
      $0 = Configuration(.submission)
      $0.takesPasswordsInClear = true
    }
    #expect(rehearsal.say("MAIL FROM:<a@b.example>").code == 530)
    let response = Base64.encode(Array("\0alice\0correct horse".utf8))
    #expect(rehearsal.say("AUTH PLAIN " + String(decoding: response, as: UTF8.self)).code == 235)
    #expect(rehearsal.say("MAIL FROM:<a@b.example>").code == 250)
  }
}

@Suite("What a submission server does to a message, RFC 6409 §4.2, §5.1 and §8")
struct CompletionTests {
  private func decision(_ content: String) -> Decision {
    var rehearsal = Rehearsal { $0 = Configuration(.submission) }
    rehearsal.state.dialogue.isAuthenticated = true
    for line in ["EHLO client.example", "MAIL FROM:<a@b.example>", "RCPT TO:<alice@example.test>", "DATA"] { _ = rehearsal.say(line) }
    return rehearsal.send(content)
  }

  @Test(
    arguments: [
      ("From: <a@unqualified>\r\n\r\nx\r\n", 554), ("To: a@b@c.example\r\n\r\nx\r\n", 554),
      ("To: undisclosed-recipients:;\r\n\r\nx\r\n", 250),
      ("From: \"Smith, A\" <a@b.example>\r\n\r\nx\r\n", 250), ("Cc: <a@b.example>, c@d.example\r\n\r\nx\r\n", 250),
    ])
  func addresses(content: String, code: Int) {
    #expect(decision(content).code == code)
  }

  @Test("what is missing is added, and what is there stays")
  func completes() throws {
    func delivered(_ content: String) throws -> String {
      guard case .deliver(let copies) = decision(content).effect else { return "nothing" }
      return String(decoding: try #require(copies.first).content, as: UTF8.self)
    }
    let bare = try delivered("Subject: x\r\n\r\nx\r\n")
    #expect(bare.contains("Date: ") && bare.contains("From: <a@b.example>\r\n") && bare.contains("Message-ID: <"))
    #expect(bare.hasSuffix("Subject: x\r\n\r\nx\r\n"))
    let whole = "From: <c@d.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@d.example>\r\n\r\nx\r\n"
    #expect(try delivered(whole) == whole)
    #expect(try !delivered("Message-ID: none\r\n\r\nx\r\n").contains("none"))
  }

  @Test("a domain of one label is refused in the envelope")
  func envelope() {
    var rehearsal = Rehearsal { $0 = Configuration(.submission) }
    rehearsal.state.dialogue.isAuthenticated = true
    _ = rehearsal.say("EHLO client.example")
    #expect(rehearsal.say("MAIL FROM:<a@unqualified>").code == 554)
    #expect(rehearsal.say("MAIL FROM:<a@b.example>").code == 250)
    #expect(rehearsal.say("RCPT TO:<a@unqualified>").code == 554)
    #expect(rehearsal.say("RCPT TO:<alice@[192.0.2.25]>").code == 250)
  }
}
