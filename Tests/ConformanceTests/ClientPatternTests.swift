import Testing
import Wire

@testable import Conformance

@Suite("What a peer says where it is the client")
struct ClientPatternTests {
  private let context = MatchContext(values: { $0 == .client ? Array("client.example".utf8) : nil }, offersEnhancedCodes: false)

  private func pattern(_ text: String) throws -> Pattern {
    let register = "rfc: 5321\ntitle: A\nrequirements:\n  - {id: 3.3-1, level: MUST, role: server, summary: A.}"
    let cases = "rfc: 5321\nsection: '3.3'\ntitle: A\ncases:\n  - {id: a, title: A, covers: [3.3-1], steps: [{expect: \(text)}]}"
    let suite = try Suite(files: [
      SpecFile(name: "specs/requirements/a.yaml", text: register), SpecFile(name: "specs/rfc5321/a.yaml", text: cases),
    ])
    return try #require(suite.cases.first?.steps.first?.patterns.first)
  }

  @Test(
    "commands",
    arguments: [
      ("{command: EHLO}", "EHLO a.example\r\n", true), ("{command: 'HELO | EHLO'}", "ehlo a.example\r\n", true),
      ("{command: EHLO}", "HELO a.example\r\n", false), ("{command: any}", "FOO\r\n", true),
      ("{command: EHLO, argument: '${client}'}", "EHLO CLIENT.example\r\n", true),
      ("{command: MAIL, excludes: '='}", "MAIL FROM:<> SIZE=1\r\n", false), ("{command: MAIL, excludes: '='}", "MAIL FROM:<>\r\n", true),
      ("{command: MAIL, well-formed: true}", "MAIL FROM:<a@b.example>\r\n", true),
      ("{command: MAIL, well-formed: true}", "MAIL FROM: <a@b.example>\r\n", false),
      ("{command: QUIT, well-formed: true}", "QUIT\n", false), ("{command: QUIT}", "QUIT\n", true),
    ])
  func commands(text: String, line: String, fits: Bool) throws {
    #expect(try pattern(text).expected == .command)
    #expect(try pattern(text).matches(.command(Array(line.utf8)), in: context) == fits)
  }

  @Test(
    "messages",
    arguments: [
      ("{message: {contains: '\\r\\n.b'}}", "a\r\n..b\r\n.\r\n", true), ("{message: {excludes: '..b'}}", "a\r\n..b\r\n.\r\n", true),
      ("{message: {contains: x}}", "a\r\n.\r\n", false), ("{message: {well-formed: true}}", "a\r\n..b\r\n.\r\n", true),
      ("{message: {well-formed: true}}", ".\r\n", true), ("{message: {well-formed: true}}", "a\r\n.b\r\n.\r\n", false),
      ("{message: {well-formed: true}}", "a\nb\r\n.\r\n", false), ("{message: {well-formed: true}}", "a\rb\r\n.\r\n", false),
    ])
  func messages(text: String, data: String, fits: Bool) throws {
    #expect(try pattern(text).expected == .message)
    #expect(try pattern(text).matches(.message(Array(data.utf8)), in: context) == fits)
  }
}
