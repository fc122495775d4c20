import Conformance

/// A violation in full: what is demanded, what came, the conversation, and how to see it again.
struct ViolationText {
  let context: ReportContext
  let style: Style
  /// How many columns the names before the values take.
  private static let label = 11

  /// The lines of one violation.
  func lines(of result: CaseResult, number: Int) -> [String] {
    guard let violation = result.verdict.violation else { return [] }
    let testCase = result.testCase
    let fails = result.verdict.fails(level: testCase.level, strict: context.strict)
    var lines = [
      "\(style("\(number))", .heading)) \(style(Visible.line(testCase.id), fails ? .bad : .doubtful))  \(Visible.line(testCase.title))"
    ]
    for id in testCase.covers {
      let requirement = context.register[id]
      let keyword = requirement.map(\.keyword) ?? testCase.level.rawValue.uppercased()
      lines.append("   " + style("\(id) \(keyword)", .heading) + "  " + Visible.line(requirement?.summary ?? ""))
    }
    var fields = [
      ("section", "RFC \(testCase.rfc) §\(Visible.line(testCase.section)) \(Visible.line(testCase.sectionTitle))"),
      ("expected", Visible.line(violation.expected) + place(of: violation, in: testCase)),
      ("observed", Visible.line(violation.observed, limit: 1_000)),
    ]
    if case .waived(let reason, _) = result.verdict { fields.append(("waived", Visible.line(reason))) }
    if testCase.kind != .conformance { fields.append(("kind", testCase.kind.rawValue)) }
    if !testCase.cve.isEmpty { fields.append(("known as", Visible.line(testCase.cve.joined(separator: ", ")))) }
    if let note = testCase.note { fields.append(("note", Visible.line(note))) }
    fields += result.notes.map { ("noted", Visible.line($0)) }
    if result.attempts > 1 { fields.append(("attempts", String(result.attempts))) }
    lines += fields.map { field($0.0, $0.1) }
    if !result.transcript.isEmpty {
      lines.append(field("transcript", ""))
      lines += TranscriptText.inReport.lines(of: result.transcript, style: style).map { "     " + $0 }
    }
    lines.append(field("case", "\(Visible.line(testCase.file)):\(testCase.line)"))
    lines.append(field("again", context.command(testCase.id)))
    return lines
  }

  private func field(_ name: String, _ value: String) -> String {
    value.isEmpty ? "   " + style(name, .faint) : "   " + style(Visible.padded(name, to: Self.label), .faint) + value
  }

  private func place(of violation: Violation, in testCase: Case) -> String {
    style("  (step \(violation.step))", .faint)
  }
}
