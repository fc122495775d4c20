import Foundation
import Testing

@Suite("A TLS handshake that could not be tried tells nothing of the server")
struct HandshakeTests {
  @Test("Versions that cannot be offered leave a case undecided that expects the handshake to fail")
  func staysUndecided() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let requirement = "{id: 1-1, level: MUST, role: server, summary: There is no TLS.}"
    try scratch.write("rfc: 99999\ntitle: Another\nrequirements: [\(requirement)]", to: "specs/requirements/rfc99999.yaml")
    let steps = "[{send: STARTTLS, assume: 220}, {starttls: {minimum: '1.3', maximum: '1.2'}, expect: close}]"
    let testCase = "{id: none, title: No TLS, covers: [1-1], given: ehlo, steps: \(steps)}"
    try scratch.write("rfc: 99999\nsection: '1'\ntitle: TLS\ncases: [\(testCase)]", to: "specs/rfc99999/1.yaml")
    let outcome = try Tool.run(["check", "--specs", scratch.file("specs").path, "--json=-"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("\"verdict\":\"inconclusive\""), "\(outcome.output)")
    #expect(outcome.output.contains("the TLS handshake failed: these TLS options cannot be used"), "\(outcome.output)")
  }
}
