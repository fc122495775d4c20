import Conformance
import Fuzz
import ReferenceServer
import Testing

@Suite("The libraries, as their documentation shows them")
struct LibraryTests {
  @Test("Conformance: some cases against a server")
  func conformance() throws {
    let server = Server(configuration: Configuration(), defects: [try Defect.named("accepts-rcpt-before-mail")])
    let port = try server.start()
    defer { server.stop() }
    let suite = try Suite.embedded()
    let cases = try Selection(only: ["rfc5321/3.3/rcpt-before-mail"], skip: []).cases(of: suite.cases)
    var target = try TargetConfiguration(address: "127.0.0.1:\(port)")
    target.recipient = "alice@example.test"
    var runner = Runner(cases: cases, of: suite.cases, target: target)
    var violated: [String] = []
    let summary = runner.run { event in
      if case .caseFinished(let result) = event, result.verdict.violation != nil { violated.append(result.testCase.id) }
    }
    #expect(violated == ["rfc5321/3.3/rcpt-before-mail"] && summary.outcome == .violations)
  }

  @Test("Fuzz: a script is what its text says")
  func fuzz() {
    let script = Script(decoding: Array("EHLO client.example.org\r\nMAIL FROM:<>\r\n".utf8))
    #expect(Script(decoding: Array(script.text.utf8)) == script)
  }
}
