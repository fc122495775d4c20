import Foundation
import Reports
import Synchronization
import Testing

@testable import Conformance

/// A small suite and the events of a made-up run, for every form of report.
struct Scene {
  let suite: Suite

  init() throws {
    let register = SpecFile(
      name: "specs/requirements/rfc5321.yaml",
      text: """
        rfc: 5321
        title: Simple Mail Transfer Protocol
        requirements:
          - {id: 3.3-10, level: MUST, role: server, summary: RCPT before MAIL draws 503.}
          - {id: 4.2-3, level: SHOULD, role: server, summary: A reply has a text.}
        """
    )
    let transactions = SpecFile(
      name: "specs/rfc5321/3.3-mail-transactions.yaml",
      text: """
        rfc: 5321
        section: '3.3'
        title: Mail transactions
        cases:
          - id: rcpt-before-mail
            title: RCPT without a MAIL draws 503
            covers: [3.3-10]
            note: It matters.
            given: ehlo
            steps:
              - send: 'RCPT TO:<${recipient}>'
                expect: 503
          - id: data-before-mail
            title: DATA without a MAIL draws 503
            covers: [3.3-10]
            given: ehlo
            steps:
              - send: DATA
                expect: 503
        """
    )
    let replies = SpecFile(
      name: "specs/rfc5321/4.2-replies.yaml",
      text: """
        rfc: 5321
        section: '4.2'
        title: SMTP replies
        cases:
          - id: text
            title: A reply has a text
            covers: [4.2-3]
            given: ehlo
            each:
              - {name: noop, command: NOOP}
              - {name: rset, command: RSET}
              - {name: help, command: HELP}
            steps:
              - send: '${each.command}'
                expect: {code: 250, text: ok}
        """
    )
    suite = try Suite(files: [register, transactions, replies])
  }

  var context: ReportContext {
    ReportContext(
      head: RunHead(version: "0.0.0", specs: "sha256:00ff", started: "2026-11-24T02:20:00Z", strict: .must),
      register: suite.register,
      cases: suite.cases,
      command: { "smtpspec check 127.0.0.1:2525 --only \($0)" }
    )
  }

  static let facts = RunFacts(
    target: "127.0.0.1:2525",
    role: .mx,
    greeting: "mx.example.test ready",
    extensions: ["PIPELINING", "SIZE 1000"],
    cases: 5,
    seed: 7
  )

  /// The result of the case at a place of the suite.
  func result(_ place: Int, _ verdict: Verdict, transcript: [TranscriptEntry] = [], notes: [String] = []) -> CaseResult {
    CaseResult(
      testCase: suite.cases[place],
      verdict: verdict,
      duration: .microseconds(1_500),
      transcript: transcript,
      attempts: 1,
      notes: notes
    )
  }

  /// Every result of a run, one of each verdict but `latitude`.
  func wholeResults() -> [CaseResult] {
    let violation = Violation(step: 1, expected: "503", observed: "250 ok\\r\\n")
    let transcript = [
      TranscriptEntry(1, .received, "220 mx ready\r\n"), TranscriptEntry(3, .sent, "RCPT\r\n"),
      TranscriptEntry(4, .received, "250 ok\u{0}\u{1B}\\\r\n"), TranscriptEntry(5, .event, "the connection ended \u{202E}"),
    ]
    return [
      result(0, .violated(violation), transcript: transcript, notes: ["slow"]),
      result(1, .satisfied, transcript: transcript),
      result(2, .inconclusive("no answer"), transcript: transcript),
      result(3, .notApplicable("the target does not offer X")),
      result(4, .waived(reason: "known", violation), transcript: transcript),
    ]
  }

  /// A run with every kind of event.
  func wholeRun() -> [Event] {
    let results = wholeResults()
    var events: [Event] = [.runStarted(Self.facts)]
    for result in results {
      if result.verdict.kind != .notApplicable { events.append(.caseStarted(result.testCase.id)) }
      events.append(.caseFinished(result))
    }
    return events + [.note(hostileText), .runFinished(Self.summary(results, outcome: .violations))]
  }

  /// A summary that fits the results.
  static func summary(_ results: [CaseResult], notRun: Int = 0, outcome: Summary.Outcome) -> Summary {
    var summary = Summary()
    for result in results {
      summary.counts[result.verdict.kind, default: 0] += 1
      if result.verdict.kind == .violated { summary.violations[result.testCase.level, default: 0] += 1 }
    }
    summary.notRun = notRun
    summary.isPartial = notRun > 0
    summary.duration = .milliseconds(250)
    summary.outcome = outcome
    return summary
  }
}

/// What a report wrote, piece by piece.
final class Pieces: TextOutput, Sendable {
  private let pieces = Mutex<[String]>([])

  func write(_ text: String) {
    pieces.withLock { $0.append(text) }
  }

  var all: [String] { pieces.withLock { $0 } }
  var text: String { all.joined() }
}

extension TranscriptEntry {
  /// An entry of the first connection.
  init(_ milliseconds: Int, _ direction: Direction, _ text: String, on connection: String = "main") {
    self.init(at: .milliseconds(milliseconds), direction: direction, octets: Array(text.utf8), connection: connection)
  }
}

/// What a hostile server would like a terminal, a browser or a reader to obey.
let hostileText = "\u{1B}[2J\u{1B}]0;owned\u{07}\u{9B}31m<script>alert(1)</script>\u{202E}\u{2066}\r\u{8}\u{0}"

/// Whether a text holds nothing that a terminal or a reader's eye obeys, line feeds apart.
func isHarmless(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { scalar in
    guard scalar != "\n" else { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
    default: return true
    }
  }
}

/// The names of the types in the sources of Reports that say they conform to a protocol.
func conformers(to name: String) throws -> Set<String> {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Reports")
  let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
  var types: Set<String> = []
  for file in files where file.pathExtension == "swift" {
    let source = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    for match in source.matches(of: /(?:struct|enum|class) (\w+): ([^{\n]*)/) {
      let conformances = match.output.2.split { $0 == "," || $0 == " " }
      if conformances.contains(Substring(name)) { types.insert(String(match.output.1)) }
    }
  }
  return types
}
