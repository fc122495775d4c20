import Testing
import Transport
import Wire

@testable import Conformance

@Suite("Secrets are never shown")
struct RedactionTests {
  private let redaction = Redaction([Array("pass".utf8), Array("pass\"word\\".utf8), Array("ab".utf8), [0xC3, 0xA9, 0x07]])

  @Test(arguments: [
    ("", ""), ("nothing", "nothing"), ("pass", "[redacted]"), ("a pass and a pass.", "a [redacted] and a [redacted]."),
    ("passpass", "[redacted][redacted]"), ("xpass\"word\\y", "x[redacted]y"), ("pas", "pas"), ("ab", "ab"), ("pasab", "pasab"),
  ])
  func octets(text: String, redacted: String) {
    #expect(redaction.redact(Array(text.utf8)) == Array(redacted.utf8))
  }

  @Test("in text a secret stands escaped")
  func text() {
    #expect(redaction.redact("535 pass\"word\\\\ is wrong\\r\\n") == "535 [redacted] is wrong\\r\\n")
    #expect(redaction.redact("a \\xc3\\xa9\\x07 b") == "a [redacted] b")
  }

  @Test("a secret that was sent in pieces, wherever it was cut", arguments: 0...6, 0...6)
  func pieces(first: Int, second: Int) {
    let octets = Array("[pass]".utf8)
    let (low, high) = (min(first, second), max(first, second))
    let pieces = [Array(octets[..<low]), Array(octets[low..<high]), Array(octets[high...])]
    #expect(redaction.redact(pieces: pieces).flatMap { $0 } == Array("[[redacted]]".utf8))
    #expect(redaction.redact(pieces: pieces).count == 3)
  }

  @Test("every verdict that quotes the server")
  func verdicts() {
    let violation = Violation(step: 1, expected: "235", observed: "535 pass\\r\\n")
    let shown = Violation(step: 1, expected: "235", observed: "535 [redacted]\\r\\n")
    #expect(redaction.redact(.violated(violation)) == .violated(shown))
    #expect(redaction.redact(.waived(reason: "known", violation)) == .waived(reason: "known", shown))
    #expect(redaction.redact(.latitude("step 1: pass")) == .latitude("step 1: [redacted]"))
    #expect(redaction.redact(.inconclusive("pass")) == .inconclusive("[redacted]"))
    #expect(redaction.redact(.satisfied) == .satisfied)
  }

  @Test("what a case makes of the password is a secret too")
  func encoded() throws {
    var target = TargetConfiguration(endpoint: .unix(path: "/nowhere"))
    target.credentials = TargetConfiguration.Credentials(username: "alice", password: "correct horse")
    var values = FixtureValues(target, survey: nil)
    let template = Template(parts: [
      .octets(Array("AUTH PLAIN ".utf8)),
      .repeated([.base64([.octets([0]), .fixture(.username), .octets([0]), .fixture(.password), .octets([0x78])])], times: 1),
    ])
    values.noteSecrets(of: template)
    let redaction = Redaction(values.secrets)
    #expect(redaction.redact(template.filled { values[$0] }) == Array("AUTH PLAIN [redacted]".utf8))
    for secret in ["correct horse", "\0alice\0correct horse"] {
      #expect(redaction.redact(Base64.encode(Array(secret.utf8))) == Redaction.mark)
    }
  }
}
