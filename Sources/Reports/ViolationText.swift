import Conformance

/// A violation in full: what is demanded, what came, the conversation, and how to see it again.
struct ViolationText {
  /// The lowest level whose violation fails the run.
  let strict: Level
  /// The colours.
  var style = Style(isColored: false)
  /// How many columns the names before the values take.
  private static let label = 11

  /// The lines of one violation under a heading with its number.
  func lines(of record: CaseRecord, number: Int) -> [String] {
    guard record.verdict.violation != nil else { return [] }
    let facts = record.facts
    let role: Style.Role = record.fails(strict: strict) ? .bad : .doubtful
    let heading = "\(style("\(number))", .heading)) \(style(Visible.line(facts.id), role))  \(Visible.line(facts.title))"
    return [heading] + details(of: record).map { "   " + $0 }
  }

  /// Everything about a case but its name, for one that took any turn.
  func details(of record: CaseRecord) -> [String] {
    let facts = record.facts
    var lines = facts.requirements.map { requirement in
      let keyword = requirement.keyword.isEmpty ? facts.level.words : requirement.keyword
      return style("\(Visible.line(requirement.id)) \(Visible.line(keyword))", .heading) + "  " + Visible.line(requirement.summary)
    }
    var fields = [("section", facts.place)]
    if let violation = record.verdict.violation {
      fields.append(("expected", Visible.line(violation.expected) + style("  (step \(violation.step))", .faint)))
      fields.append(("observed", Visible.line(violation.observed, limit: 1_000)))
    }
    switch record.verdict {
    case .satisfied, .violated: break
    case .waived(let reason, _): fields.append(("waived", Visible.line(reason)))
    case .latitude(let why), .inconclusive(let why), .notApplicable(let why): fields.append(("because", Visible.line(why, limit: 1_000)))
    }
    if facts.kind != .conformance { fields.append(("kind", facts.kind.rawValue)) }
    if !facts.cve.isEmpty { fields.append(("known as", Visible.line(facts.cve.joined(separator: ", ")))) }
    if let note = facts.note { fields.append(("note", Visible.line(note))) }
    fields += record.notes.map { ("noted", Visible.line($0)) }
    if record.attempts > 1 { fields.append(("attempts", String(record.attempts))) }
    lines += fields.map { field($0.0, $0.1) }
    if !record.transcript.isEmpty {
      lines.append(field("transcript", ""))
      lines += TranscriptText.inReport.lines(of: record.transcript, style: style).map { "  " + $0 }
    }
    lines.append(field("case", "\(Visible.line(facts.file)):\(facts.line)"))
    if let again = record.again { lines.append(field("again", Visible.line(again, limit: 4_000))) }
    return lines
  }

  private func field(_ name: String, _ value: String) -> String {
    value.isEmpty ? style(name, .faint) : style(Visible.padded(name, to: Self.label), .faint) + value
  }
}
