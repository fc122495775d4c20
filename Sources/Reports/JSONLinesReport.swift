package import Conformance
import Wire

/// The report for programs: one JSON object a line, written as it happens, whose schema `docs/events.md` describes.
package struct JSONLinesReport: Report {
  /// The schema of the lines; its number rises when a reader of the old ones would misread the new.
  package static let schema = "smtpspec.events/1"

  private let out: any TextOutput
  private let version: String
  private var isFirst = true

  /// A report of a run that has not begun.
  ///
  /// - Parameters:
  ///   - out: Where it goes.
  ///   - context: What is known of the run.
  package init(to out: any TextOutput, context: ReportContext) {
    self.out = out
    self.version = context.version
  }

  /// Writes the event as one line.
  ///
  /// - Parameter event: What happened.
  /// - Throws: ``OutputError`` where it cannot be written.
  package mutating func receive(_ event: Event) throws(OutputError) {
    var members = Self.members(of: event)
    if isFirst {
      isFirst = false
      let head = [JSON.Member(key: "schema", value: .string(Self.schema)), JSON.Member(key: "smtpspec", value: .string(version))]
      members.insert(contentsOf: head, at: 0)
    }
    try out.write(JSON.object(members).line() + "\n")
  }

  private static func members(of event: Event) -> [JSON.Member] {
    let value: JSON
    switch event {
    case .runStarted(let facts): value = object(facts)
    case .caseStarted(let id): value = .object(["event": .string("case-started"), "case": .string(id)])
    case .caseFinished(let result): value = object(result)
    case .note(let words): value = .object(["event": .string("note"), "text": .string(words)])
    case .runFinished(let summary): value = object(summary)
    }
    guard case .object(let members) = value else { return [] }
    return members
  }

  private static func object(_ facts: RunFacts) -> JSON {
    .object([
      "event": .string("run-started"),
      "target": .string(facts.target),
      "role": .string(facts.role.rawValue),
      "greeting": .string(facts.greeting),
      "extensions": .array(facts.extensions.map { .string($0) }),
      "cases": .int(facts.cases),
      // A seed may need all of 64 bits, which many readers' numbers do not have.
      "seed": .string(String(facts.seed)),
      "shard": facts.shard.map { .object(["index": .int($0.index), "count": .int($0.count)]) },
    ])
  }

  private static func object(_ result: CaseResult) -> JSON {
    let testCase = result.testCase
    let isPlain = result.verdict.kind == .satisfied || result.transcript.isEmpty
    return .object([
      "event": .string("case-finished"),
      "case": .string(testCase.id),
      "verdict": .string(result.verdict.kind.rawValue),
      "title": .string(testCase.title),
      "rfc": .int(testCase.rfc),
      "section": .string(testCase.section),
      "level": .string(testCase.level.rawValue),
      "kind": .string(testCase.kind.rawValue),
      "covers": .array(testCase.covers.map { .string($0.description) }),
      "cve": testCase.cve.isEmpty ? nil : .array(testCase.cve.map { .string($0) }),
      "file": .string(testCase.file),
      "line": .int(testCase.line),
      "reason": reason(of: result.verdict).map { .string($0) },
      "violation": result.verdict.violation.map { violation in
        .object([
          "step": .int(violation.step), "expected": .string(violation.expected), "observed": .string(violation.observed),
        ])
      },
      "milliseconds": .milliseconds(result.duration),
      "attempts": .int(result.attempts),
      "notes": result.notes.isEmpty ? nil : .array(result.notes.map { .string($0) }),
      "transcript": isPlain ? nil : .array(result.transcript.map { object($0) }),
    ])
  }

  private static func reason(of verdict: Verdict) -> String? {
    switch verdict {
    case .satisfied, .violated: nil
    case .latitude(let words), .inconclusive(let words), .notApplicable(let words): words
    case .waived(let reason, _): reason
    }
  }

  private static func object(_ entry: TranscriptEntry) -> JSON {
    let text = entry.direction == .event ? String(decoding: entry.octets, as: UTF8.self) : Escaped.show(entry.octets)
    return .object([
      "at": .milliseconds(entry.at),
      "connection": .string(entry.connection),
      entry.direction.rawValue: .string(text),
    ])
  }

  private static func object(_ summary: Summary) -> JSON {
    let (outcome, detail): (String, JSON?) =
      switch summary.outcome {
      case .conforming: ("conforming", nil)
      case .violations: ("violations", nil)
      case .nothingVerified(let why): ("nothing-verified", .string(why))
      case .staleWaivers(let waivers): ("stale-waivers", .array(waivers.map { .string($0) }))
      case .serverDied(let how): ("server-died", .string(how))
      }
    return .object([
      "event": .string("run-finished"),
      "outcome": .string(outcome),
      "detail": detail,
      "exitStatus": .int(Int(summary.exitStatus)),
      "counts": .object(Verdict.Kind.ordered.map { JSON.Member(key: $0.rawValue, value: .int(summary.counts[$0] ?? 0)) }),
      "violations": .object(Level.allCases.reversed().map { JSON.Member(key: $0.rawValue, value: .int(summary.violations[$0] ?? 0)) }),
      "notRun": .int(summary.notRun),
      "isPartial": .bool(summary.isPartial),
      "staleWaivers": summary.staleWaivers.isEmpty ? nil : .array(summary.staleWaivers.map { .string($0) }),
      "milliseconds": .milliseconds(summary.duration),
    ])
  }
}
