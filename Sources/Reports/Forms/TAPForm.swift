import Conformance

/// The Test Anything Protocol, version 14.
///
/// A point a case, numbered in the order of the RFCs. Violations that are waived or only warn are `TODO`, what was not decided is `SKIP`; what
/// keeps the run itself from success is a point that is not ok, and a report that ends before its run bails out.
package struct TAPForm: RunForm {
  /// What `--report` calls it.
  package static let name = "tap"
  /// It in a few words.
  package static let words = "TAP 14, the Test Anything Protocol"

  /// The form; there is nothing to choose.
  package init() {}

  /// The report.
  ///
  /// - Parameter run: A run, or as much of it as its report has.
  /// - Returns: All of its text.
  package func text(of run: RunRecord) -> String {
    let records = run.inReadingOrder
    let faults = run.faults.filter { $0.kind != .incomplete }
    // What did not run is missing from the points, and the plan says so.
    let judged = max(records.count, run.facts?.cases ?? 0)
    var lines = ["TAP version 14", "1..\(judged + faults.count)", "# \(run.heading)"]
    if !run.head.specs.isEmpty { lines.append("# specs \(Visible.line(run.head.specs, limit: 100))") }
    for (place, record) in records.enumerated() { lines += point(place + 1, record, strict: run.head.strict) }
    for (place, fault) in faults.enumerated() {
      lines += [
        "not ok \(judged + place + 1) - smtpspec/\(fault.kind.rawValue)", "  ---", "  message: \(Self.quoted(fault.message))", "  ...",
      ]
    }
    lines += run.notes.map { "# \(Visible.line($0))" }
    if let why = run.incompleteness { lines.append("Bail out! \(Self.escaped(Visible.line(why)))") }
    return lines.map { $0 + "\n" }.joined()
  }

  private func point(_ number: Int, _ record: CaseRecord, strict: Level) -> [String] {
    let name = "\(number) - \(Self.escaped(Visible.line(record.facts.id))) \(Self.escaped(Visible.line(record.facts.title)))"
    switch record.verdict.kind {
    case .satisfied: return ["ok \(name)"]
    case .latitude: return ["ok \(name)"] + diagnostics(record, strict: strict)
    case .notApplicable: return ["ok \(name) # SKIP \(Self.escaped(JUnitForm.reason(record)))"]
    case .inconclusive: return ["ok \(name) # SKIP \(Self.escaped(JUnitForm.reason(record)))"] + diagnostics(record, strict: strict)
    case .waived: return ["not ok \(name) # TODO \(Self.escaped(record.verdict.reason))"] + diagnostics(record, strict: strict)
    case .violated:
      let directive = record.fails(strict: strict) ? "" : " # TODO a \(record.facts.level.words) does not fail the run"
      return ["not ok \(name)\(directive)"] + diagnostics(record, strict: strict)
    }
  }

  /// A block of YAML under a point.
  private func diagnostics(_ record: CaseRecord, strict: Level) -> [String] {
    let facts = record.facts
    var fields = [("verdict", record.verdict.kind.rawValue), ("level", facts.level.words), ("section", facts.place)]
    if let violation = record.verdict.violation {
      fields += [("expected", violation.expected), ("observed", violation.observed), ("step", String(violation.step))]
    } else {
      fields.append(("because", record.verdict.reason))
    }
    fields += [("at", "\(facts.file):\(facts.line)"), ("duration_ms", record.duration.millisecondsText(decimals: 3))]
    if let again = record.again { fields.append(("again", again)) }
    var lines = ["  ---"] + fields.map { "  \($0.0): \(Self.quoted(Visible.line($0.1, limit: 4_000)))" }
    let transcript = TranscriptText.inReport.lines(of: record.transcript)
    if !transcript.isEmpty { lines += ["  transcript:"] + transcript.map { "    - \(Self.quoted($0))" } }
    return lines + ["  ..."]
  }

  /// A description or a reason, in which no `#` begins a directive.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
  }

  /// A YAML scalar in single quotes, where nothing but the quote itself has a meaning.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}
