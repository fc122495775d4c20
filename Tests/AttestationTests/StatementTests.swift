import Attestation
import Foundation
import Reports
import Testing

@testable import Conformance

@Suite("Statements about a build")
struct StatementTests {
  private static let build = Subject(name: "mta", digest: String(repeating: "ab", count: 32))

  /// A run of four cases, two MUST and two SHOULD, with these verdicts.
  private func run(_ verdicts: [Verdict], strict: Level = .must) throws -> RunRecord {
    let register = SpecFile(
      name: "specs/requirements/rfc5321.yaml",
      text: """
        rfc: 5321
        title: SMTP
        requirements:
          - {id: 3.3-10, level: MUST, role: server, summary: RCPT before MAIL draws 503.}
          - {id: 3.3-11, level: SHOULD, role: server, summary: A reply has a text.}
        """)
    let cases = SpecFile(
      name: "specs/rfc5321/3.3.yaml",
      text: """
        rfc: 5321
        section: '3.3'
        title: Mail transactions
        cases:
          - {id: a, title: A, covers: [3.3-10], steps: [{send: NOOP, expect: 250}]}
          - {id: b, title: B, covers: [3.3-10], steps: [{send: NOOP, expect: 250}]}
          - {id: c, title: C, covers: [3.3-11], steps: [{send: NOOP, expect: 250}]}
          - {id: d, title: D, covers: [3.3-11], steps: [{send: NOOP, expect: 250}]}
        """)
    let suite = try Conformance.Suite(files: [register, cases])
    let head = RunHead(version: "0.0.0", specs: suite.digest, started: "2026-11-24T02:20:00Z", strict: strict)
    let context = ReportContext(head: head, register: suite.register, cases: suite.cases, command: { $0 })
    var run = RunRecord(head: head)
    for (testCase, verdict) in zip(suite.cases, verdicts) {
      let result = CaseResult(testCase: testCase, verdict: verdict, duration: .zero, transcript: [], attempts: 1, notes: [])
      run.add(EventRecord(.caseFinished(result), context: context))
    }
    return run
  }

  private static let violation = Violation(step: 1, expected: "503", observed: "250")

  private func statement(_ verdicts: [Verdict], strict: Level = .must) throws -> Statement {
    Statement(
      try run(verdicts, strict: strict), subjects: [Self.build],
      configuration: [
        Statement.Resource(name: "specs", digest: String(repeating: "0", count: 64), annotations: .object(["profile": .string("mx")]))
      ])
  }

  private func names(_ ids: [String]) -> [String] {
    ids.map { String($0.suffix(1)) }
  }

  @Test("a run without blemish has passed")
  func passed() throws {
    let statement = try statement([.satisfied, .latitude("521"), .satisfied, .notApplicable("no TLS")])
    #expect(statement.result == .passed)
    #expect(names(statement.passed) == ["a", "b", "c"])
    #expect(statement.warned.isEmpty && statement.failed.isEmpty)
  }

  @Test("what is waived, undecided or below the level that fails a run is a warning")
  func warned() throws {
    let statement = try statement([
      .satisfied, .waived(reason: "known", Self.violation), .inconclusive("busy"), .violated(Self.violation),
    ])
    #expect(statement.result == .warned)
    #expect(names(statement.warned) == ["b", "c", "d"])
  }

  @Test("a violation that fails the run fails the statement, by the level that was asked for")
  func failed() throws {
    let verdicts: [Verdict] = [.satisfied, .violated(Self.violation), .satisfied, .violated(Self.violation)]
    #expect(try names(statement(verdicts).failed) == ["b"])
    let strict = try statement(verdicts, strict: .should)
    #expect(names(strict.failed) == ["b", "d"] && strict.result == .failed)
  }

  private func sign(_ text: String, type: String = Envelope.statementType) -> Envelope {
    Envelope(payloadType: type, payload: Array(text.utf8), signatures: [.init(keyID: "", octets: [1, 2, 3])])
  }

  @Test("a statement and its envelope are read as they were written")
  func roundTrips() throws {
    let written = try statement([.satisfied, .violated(Self.violation)])
    let envelope = sign(written.json.line())
    #expect(try Envelope(Array(envelope.json.line().utf8)) == envelope)
    #expect(try Statement(envelope) == written)
  }

  @Test(
    "what is no envelope is told so",
    arguments: [
      ("", "it is no JSON from octet 1 on"), ("{}", "it is no DSSE envelope"), ("[1]", "it is no DSSE envelope"),
      (#"{"payloadType":"a","payload":"!","signatures":[]}"#, "its payload is no base64"),
      (#"{"payloadType":"a","payload":"","signatures":[{"sig":"="}]}"#, "a signature of it is no base64"),
      (#"{"payloadType":"a","payload":"","signatures":[{}]}"#, "a signature of it is no base64"),
    ])
  func noEnvelopes(text: String, words: String) {
    #expect { try Envelope(Array(text.utf8)) } throws: { ($0 as? StatementError)?.message.hasPrefix(words) == true }
  }

  @Test("base64 may have the alphabet of URLs, and lack its padding", arguments: ["+/+/AA==", "-_-_AA", "-_-_AA=="])
  func alphabets(text: String) throws {
    let envelope = try Envelope(Array(#"{"payloadType":"a","payload":"\#(text)","signatures":[]}"#.utf8))
    #expect(envelope.payload == [0xFB, 0xFF, 0xBF, 0x00])
  }

  @Test(
    "what is no statement of ours, or contradicts itself, is refused",
    arguments: [
      (#""_type":"https://in-toto.io/Statement/v1""#, #""_type":"https://in-toto.io/Statement/v9""#, "its statement is of the type"),
      ("test-result/v0.1", "vuln/v0.1", "its predicate is of the type"), (#""subject":[{"#, #""subject":[],"s":[{"#, "it is about nothing"),
      (#""result":"FAILED""#, #""result":"PASSED""#, "it contradicts itself: the result is PASSED, with 1 failed"),
      (#""result":"FAILED""#, #""result":"GOOD""#, "it has no result"),
      (#""configuration""#, #""configured""#, "it does not say what was tested"),
      (#""sha256":"abab"#, #""sha512":"abab"#, "a subject of it has no SHA-256"),
      (#""failedTests":["#, #""failedTests":[1,"#, "'failedTests' is no list"),
    ])
  func refuses(part: String, other: String, words: String) throws {
    let text = try statement([.satisfied, .violated(Self.violation)]).json.line()
    #expect(text.contains(part))
    #expect { try Statement(sign(text.replacing(part, with: other))) } throws: {
      ($0 as? StatementError)?.message.hasPrefix(words) == true
    }
  }

  @Test("a payload of another type is not read")
  func otherPayload() throws {
    let text = try statement([.satisfied]).json.line()
    #expect(throws: StatementError("it holds 'text/plain', not an in-toto statement")) { try Statement(sign(text, type: "text/plain")) }
    #expect(throws: StatementError("its statement is no JSON from octet 1 on")) { try Statement(sign("x")) }
  }
}
