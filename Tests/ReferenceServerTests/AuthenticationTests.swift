import Dialogue
import Testing
import Wire

@testable import ReferenceServer

extension Rehearsal {
  /// Sends a line of an authentication exchange.
  mutating func respond(_ line: String) -> Decision { decide(.response(Array(line.utf8))) }
}

/// The base64 of a text.
func base64(_ text: String) -> String { String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) }

@Suite("AUTH, RFC 4954 §4")
struct AuthenticationTests {
  static let alice = base64("\0alice\0correct horse")

  private func rehearsal(_ lines: String...) -> Rehearsal {
    var rehearsal = Rehearsal { $0.takesPasswordsInClear = true }
    for line in ["EHLO client.example"] + lines { _ = rehearsal.say(line) }
    return rehearsal
  }

  @Test(
    "what AUTH PLAIN draws",
    arguments: [
      (alice, 235), ("=", 535), ("*", 501), ("!!!!", 501), ("AAA", 501), (base64("\0alice\0wrong"), 535), (base64("\0nobody\0x"), 535),
      (base64("alice\0alice\0correct horse"), 235), (base64("bob\0alice\0correct horse"), 535), (base64("alice\0correct horse"), 535),
      (base64("\0alice\0correct horse\0"), 535), (base64("\0a\u{AD}lice\0correct horse"), 235), (base64("\0alice\0"), 535),
    ])
  func plain(response: String, code: Int) {
    var atOnce = rehearsal()
    #expect(atOnce.say("AUTH PLAIN \(response)").code == code)
    #expect(atOnce.state.dialogue.isAuthenticated == (code == 235))
    guard response != "=" else { return }
    var inSteps = rehearsal()
    let challenge = inSteps.say("AUTH PLAIN")
    #expect(challenge.answers.map { $0.octets(withStatus: true) } == [Array("334 \r\n".utf8)])
    #expect(inSteps.respond(response).code == code)
    #expect(inSteps.state.authentication == nil)
  }

  @Test("LOGIN asks for the name and the password")
  func login() {
    var rehearsal = rehearsal()
    #expect(rehearsal.say("AUTH LOGIN").answers.first?.octets(withStatus: true) == Array("334 \(base64("Username:"))\r\n".utf8))
    #expect(rehearsal.respond(base64("alice")).answers.first?.octets(withStatus: true) == Array("334 \(base64("Password:"))\r\n".utf8))
    #expect(rehearsal.respond(base64("correct horse")).code == 235)
    #expect(rehearsal.say("AUTH LOGIN").code == 503)
  }

  @Test("when AUTH is served", arguments: [("RSET", 235), ("MAIL FROM:<>", 503), ("HELO client.example", 503)])
  func order(before: String, code: Int) {
    var rehearsal = rehearsal(before)
    #expect(rehearsal.say("AUTH PLAIN \(Self.alice)").code == code)
  }

  @Test("without TLS there is no AUTH, unless it was configured")
  func inClear() {
    var rehearsal = Rehearsal("EHLO client.example")
    #expect(rehearsal.say("AUTH PLAIN \(Self.alice)").code == 504)
    rehearsal.state.dialogue.isEncrypted = true
    #expect(rehearsal.say("AUTH PLAIN \(Self.alice)").code == 235)
  }

  @Test("a client that fails too often is shown out, and not before its third failure")
  func failures() {
    var rehearsal = Rehearsal("EHLO client.example") {
      $0.takesPasswordsInClear = true
      $0.authenticationFailureLimit = 3
    }
    let wrong = "AUTH PLAIN \(base64("\0alice\0wrong"))"
    #expect([535, 535, 421] == (0..<3).map { _ in rehearsal.say(wrong).code })
  }

  @Test(
    "the parameter of MAIL, §5",
    arguments: [
      ("AUTH=<>", 250), ("AUTH=e+3Dmc2@example.com", 250), ("auth=<>", 250), ("AUTH", 501), ("AUTH=", 501), ("AUTH=e+3", 501),
      ("AUTH=@", 501), ("AUTH=<> AUTH=<>", 501), ("AUTH=e+0D+0A@example.com", 501),
    ])
  func submitter(parameter: String, code: Int) {
    var rehearsal = rehearsal()
    #expect(rehearsal.say("MAIL FROM:<a@b.example> \(parameter)").code == code)
  }
}
