import Dialogue
import ReferenceServer
import Testing
import Transport
import Wire

@Suite("MT-PRIORITY, FUTURERELEASE, REQUIRETLS and LIMITS, RFC 6710, 4865, 8689 and 9422")
struct HandlingTests {
  /// A submission server after a login.
  private static func submission() -> Rehearsal {
    var rehearsal = Rehearsal("EHLO client.example") { $0.service = .submission }
    rehearsal.state.dialogue.isAuthenticated = true
    return rehearsal
  }

  @Test(
    "the reply to a priority",
    arguments: [
      ("MT-PRIORITY=0", 250), ("MT-PRIORITY=-9", 250), ("mt-priority=9", 250), ("MT-PRIORITY", 501), ("MT-PRIORITY=10", 501),
      ("MT-PRIORITY=-0", 501), ("MT-PRIORITY=-", 501), ("MT-PRIORITY=+1", 501), ("MT-PRIORITY=01", 501),
      ("MT-PRIORITY=0 MT-PRIORITY=0", 501),
    ])
  func priorities(parameters: String, code: Int) {
    var rehearsal = Rehearsal("EHLO client.example")
    #expect(rehearsal.say("MAIL FROM:<> \(parameters)").code == code)
  }

  @Test("only who has said who he is gets a priority above 0, and others are told")
  func grantsPriorities() {
    var stranger = Rehearsal("EHLO client.example")
    let answer = stranger.say("MAIL FROM:<> MT-PRIORITY=5").answers[0]
    #expect(answer.status == .init(3, 6))
    #expect(answer.lines[0].starts(with: "0 ".utf8))
    #expect(stranger.state.handling.priority == 0)
    var user = Self.submission()
    #expect(user.say("MAIL FROM:<> MT-PRIORITY=5").answers[0].status == .init(1, 0))
    #expect(user.state.handling.priority == 5)
    #expect(user.say("RSET").next.handling == Handling())
  }

  @Test(
    "the reply to a hold parameter, at 2001-09-09T01:46:40Z",
    arguments: [
      ("HOLDFOR=1", 250), ("HOLDFOR=604800", 250), ("HOLDFOR=604801", 501), ("HOLDFOR=0", 501), ("HOLDFOR=01", 501), ("HOLDFOR", 501),
      ("HOLDFOR=9999999999", 501), ("HOLDUNTIL=2001-09-09T01:46:41Z", 250), ("HOLDUNTIL=2001-09-16T01:46:40Z", 250),
      ("HOLDUNTIL=2001-09-16T01:46:41Z", 501), ("HOLDUNTIL=2001-09-09T01:46:40Z", 501), ("HOLDUNTIL=2001-09-10", 501),
      ("HOLDFOR=1 HOLDFOR=1", 501), ("HOLDFOR=1 HOLDUNTIL=2001-09-10T00:00:00Z", 501),
    ])
  func holds(parameters: String, code: Int) {
    var rehearsal = Self.submission()
    #expect(rehearsal.say("MAIL FROM:<> \(parameters)").code == code)
    var relay = Rehearsal("EHLO client.example")
    #expect(relay.say("MAIL FROM:<> \(parameters)").code == 555)
  }

  @Test("a held message is stored when its time has come, and not before")
  func releases() throws {
    let running = try RunningServer {
      $0.service = .submission
      $0.takesPasswordsInClear = true
      $0.clock = .system
    }
    let login = Base64.encode(Array("\0alice\0correct horse".utf8))
    var session = try running.connect()
    #expect(session.nextCode() == 220)
    for line in ["EHLO client.example", "AUTH PLAIN \(String(decoding: login, as: UTF8.self))", "MAIL FROM:<alice@example.test> HOLDFOR=1"]
    {
      #expect([250, 235].contains(try session.say(line)))
    }
    #expect(try session.say("RCPT TO:<alice@example.test>") == 250)
    #expect(try session.say("DATA") == 354)
    #expect(try session.say("Subject: held\r\n\r\nbody\r\n.") == 250)
    #expect(try running.mailbox("alice").isEmpty)
    let deadline = Deadline.after(.seconds(20))
    while try running.mailbox("alice").isEmpty, !deadline.hasPassed { _ = Interrupt().wait(until: .after(.milliseconds(50))) }
    #expect(try running.mailbox("alice").count == 1)
    session.close()
  }

  @Test("REQUIRETLS is known under TLS alone")
  func requiresTLS() {
    var rehearsal = Rehearsal("EHLO client.example")
    #expect(rehearsal.say("MAIL FROM:<> REQUIRETLS").code == 555)
    rehearsal.state.dialogue.isEncrypted = true
    #expect(rehearsal.say("MAIL FROM:<> REQUIRETLS=1").code == 501)
    #expect(rehearsal.say("MAIL FROM:<> REQUIRETLS").next.handling.requiresTLS)
  }

  @Test("the transaction beyond the limit ends the session")
  func limitsTransactions() {
    var rehearsal = Rehearsal("EHLO client.example") { $0.transactionLimit = 2 }
    for _ in 0..<2 {
      #expect(rehearsal.say("MAIL FROM:<>").code == 250)
      #expect(rehearsal.say("RSET").code == 250)
    }
    let last = rehearsal.say("MAIL FROM:<>")
    #expect(last.code == 421)
    #expect(last.effect == .close)
  }
}
