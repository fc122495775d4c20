import Conformance

/// SARIF 2.1.0, for code scanning.
///
/// A rule is a case: its id stays, and so do a result's fingerprints, which name the case and nothing of one run. Waived violations are
/// suppressed results; what was not decided, and what keeps the run from success, are notifications of the invocation.
package struct SARIFForm: RunForm {
  /// What `--report` calls it.
  package static let name = "sarif"
  /// It in a few words.
  package static let words = "SARIF 2.1.0, for code scanning"

  /// The form; there is nothing to choose.
  package init() {}

  /// The report.
  ///
  /// - Parameter run: A run, or as much of it as its report has.
  /// - Returns: All of its text.
  package func text(of run: RunRecord) -> String {
    let records = run.inReadingOrder.filter { $0.verdict.violation != nil || $0.verdict.kind == .inconclusive }
    let rules = records.map { rule(of: $0.facts) }
    let results = records.enumerated().compactMap { place, record in
      record.verdict.violation.map { result(of: record, $0, rule: place, strict: run.head.strict) }
    }
    let log = JSON.object([
      "$schema": .string(Self.schema),
      "version": .string("2.1.0"),
      "runs": .array([
        .object([
          "tool": .object([
            "driver": .object([
              "name": .string("smtpspec"),
              "version": .string(Visible.line(run.head.version, limit: 40)),
              "shortDescription": Self.message("Tells whether an SMTP server does what the RFCs say."),
              "rules": .array(rules),
            ])
          ]),
          "automationDetails": run.facts.map { .object(["id": .string("smtpspec/\($0.role.rawValue)/")]) },
          "invocations": .array([invocation(of: run)]),
          "results": .array(results),
          "columnKind": .string("unicodeCodePoints"),
          "properties": .object([
            "specs": run.head.specs.isEmpty ? nil : .string(run.head.specs),
            "target": run.facts.map { .string(Visible.line($0.target)) },
            "seed": run.facts.map { .string(String($0.seed)) },
            "incomplete": run.incompleteness.map { .string(Visible.line($0)) },
            "counts": .object(Verdict.Kind.ordered.map { .init(key: $0.rawValue, value: .int(run.counts[$0] ?? 0)) }),
          ]),
        ])
      ]),
    ])
    return log.line() + "\n"
  }

  /// Where the schema is published.
  static let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  private func rule(of facts: CaseFacts) -> JSON {
    let summaries = facts.requirements.map { requirement in
      "\(requirement.id) \(requirement.keyword.isEmpty ? facts.level.words : requirement.keyword)\(requirement.summary.isEmpty ? "" : ": \(requirement.summary)")"
    }
    let known = facts.cve.isEmpty ? [] : ["Known as \(facts.cve.joined(separator: ", "))."]
    let note = facts.note.map { [$0] } ?? []
    let help = ([facts.place] + summaries + note + known + ["smtpspec explain \(facts.id)"]).map { Visible.line($0) }
    let markdown =
      ["[\(MarkdownText.escaped(facts.place))](\(facts.link))", ""] + summaries.map { "- \(MarkdownText.escaped(Visible.line($0)))" }
      + (note + known).flatMap { ["", MarkdownText.escaped(Visible.line($0))] } + [
        "", MarkdownText.code("smtpspec explain \(Visible.line(facts.id))"),
      ]
    return .object([
      "id": .string(Visible.line(facts.id)),
      "shortDescription": Self.message(facts.title),
      "fullDescription": Self.message(summaries.isEmpty ? facts.title : summaries.joined(separator: " ")),
      "help": .object(["text": .string(help.joined(separator: "\n")), "markdown": .string(markdown.joined(separator: "\n"))]),
      "helpUri": .string(facts.link),
      "defaultConfiguration": .object(["level": .string(Self.level(facts.level))]),
      "properties": .object([
        "tags": .array((["rfc\(facts.rfc)", facts.kind.rawValue] + (facts.kind == .vulnerability ? ["security"] : [])).map { .string($0) })
      ]),
    ])
  }

  private func result(of record: CaseRecord, _ violation: Violation, rule: Int, strict: Level) -> JSON {
    let facts = record.facts
    let id = Visible.line(facts.id)
    let words =
      "\(Visible.line(facts.title)): expected \(Visible.line(violation.expected)), observed \(Visible.line(violation.observed, limit: 1_000))"
    var justification: JSON?
    if case .waived(let reason, _) = record.verdict {
      justification = .array([
        .object(["kind": .string("external"), "status": .string("accepted"), "justification": .string(Visible.line(reason))])
      ])
    }
    return .object([
      "ruleId": .string(id),
      "ruleIndex": .int(rule),
      "level": .string(record.fails(strict: strict) ? "error" : Self.level(facts.level)),
      "message": Self.message(words),
      "locations": .array([
        .object([
          "physicalLocation": .object([
            "artifactLocation": .object(["uri": .string(Self.uri(facts.file))]),
            "region": .object(["startLine": .int(max(1, facts.line))]),
          ]),
          "logicalLocations": .array([.object(["fullyQualifiedName": .string(facts.place), "kind": .string("section")])]),
        ])
      ]),
      "partialFingerprints": .object([
        "primaryLocationLineHash": .string(Digest.hexadecimal(of: Array("smtpspec \(id)".utf8)).prefix(16) + ":1"),
        "smtpspecCase/v1": .string(id),
      ]),
      "suppressions": justification,
      "properties": .object([
        "step": .int(violation.step), "again": record.again.map { .string(Visible.line($0, limit: 4_000)) },
        "transcript": .array(TranscriptText.inReport.lines(of: record.transcript).map { .string($0) }),
      ]),
    ])
  }

  private func invocation(of run: RunRecord) -> JSON {
    let faults = run.faults.map { fault in
      JSON.object(["level": .string("error"), "message": Self.message("\(fault.kind.rawValue): \(fault.message)")])
    }
    let interrupted = run.interrupted.map { id in
      JSON.object(["level": .string("error"), "message": Self.message("incomplete: \(id) began and has no verdict")])
    }
    let undecided = run.inReadingOrder.filter { $0.verdict.kind == .inconclusive }.map { record in
      JSON.object([
        "level": .string("note"), "message": Self.message("\(record.facts.id): \(JUnitForm.reason(record))"),
        "associatedRule": .object(["id": .string(Visible.line(record.facts.id))]),
      ])
    }
    return .object([
      "executionSuccessful": .bool(run.faults.isEmpty),
      "exitCode": run.exitStatus.map { .int(Int($0)) },
      "exitCodeDescription": .string(run.conclusion),
      "startTimeUtc": Self.isTime(run.head.started) ? .string(run.head.started) : nil,
      "toolExecutionNotifications": .array(faults + interrupted + undecided),
    ])
  }

  private static func level(_ level: Level) -> String {
    switch level {
    case .must: "error"
    case .should: "warning"
    case .may: "note"
    }
  }

  private static func message(_ text: String) -> JSON {
    .object(["text": .string(Visible.line(text, limit: 4_000))])
  }

  /// `2026-11-24T02:20:00Z`, as `smtpspec` writes it.
  private static func isTime(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z/) != nil
  }

  /// A path as a reference of RFC 3986.
  static func uri(_ path: String) -> String {
    path.utf8.reduce(into: "") { uri, octet in
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "/"),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        uri.unicodeScalars.append(Unicode.Scalar(octet))
      default:
        let digits = String(octet, radix: 16, uppercase: true)
        uri += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }
}
