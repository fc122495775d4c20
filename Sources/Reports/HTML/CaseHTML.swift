import Conformance
import Wire

/// What the page says of one case: what is demanded, what came, and the conversation.
struct CaseHTML {
  let record: CaseRecord
  /// The most rows of a conversation, and the most octets of one row.
  private static let limits = (rows: 400, octets: 2_000)

  /// The content of the case's box.
  var text: String {
    let facts = record.facts
    var html = ""
    if !facts.requirements.isEmpty {
      let rows = facts.requirements.map { requirement in
        let keyword = requirement.keyword.isEmpty ? facts.level.words : requirement.keyword
        return "<li><code>\(Markup.escaped(Visible.line(requirement.id)))</code> <b>\(Markup.escaped(Visible.line(keyword)))</b> "
          + Markup.escaped(Visible.line(requirement.summary)) + "</li>\n"
      }
      html += "<ul class=\"requirements\">\n" + rows.joined() + "</ul>\n"
    }
    html += "<dl>\n" + fields.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>\n" }.joined() + "</dl>\n"
    if !record.transcript.isEmpty { html += transcript }
    if let again = record.again {
      html += "<p>Run it again:</p>\n" + HTML.element("code", class: "again", Visible.line(again, limit: 4_000)) + "\n"
    }
    return html
  }

  private var fields: [(String, String)] {
    let facts = record.facts
    var fields: [(String, String)] = []
    if let violation = record.verdict.violation {
      fields.append(
        (
          "expected",
          HTML.element("code", Visible.line(violation.expected)) + HTML.element("span", class: "faint", " step \(violation.step)")
        ))
      fields.append(("observed", "<code>\(HTML.octets(Visible.line(violation.observed)))</code>"))
    }
    switch record.verdict {
    case .satisfied, .violated: break
    case .waived(let reason, _): fields.append(("waived", Markup.escaped(Visible.line(reason))))
    case .latitude(let why), .inconclusive(let why), .notApplicable(let why): fields.append(("because", Markup.escaped(Visible.line(why))))
    }
    if facts.kind != .conformance { fields.append(("kind", facts.kind.rawValue)) }
    if !facts.cve.isEmpty { fields.append(("known as", Markup.escaped(Visible.line(facts.cve.joined(separator: ", "))))) }
    if let note = facts.note { fields.append(("note", Markup.escaped(Visible.line(note)))) }
    fields += record.notes.map { ("noted", Markup.escaped(Visible.line($0))) }
    if record.attempts > 0 { fields.append(("took", record.duration.spoken + (record.attempts > 1 ? ", attempt \(record.attempts)" : ""))) }
    return fields + [("written in", HTML.element("code", "\(Visible.line(facts.file)):\(facts.line)"))]
  }

  private var transcript: String {
    let text = TranscriptText.inReport
    let rows = text.rows(of: record.transcript)
    let names = Set(rows.map(\.connection))
    var html = timeline(rows) + "<ol class=\"transcript\" tabindex=\"0\" aria-label=\"Conversation\">\n"
    for (place, row) in rows.enumerated() {
      if place == Self.limits.rows {
        html += "<li class=\"event\"><span class=\"at\"></span><span>…</span><span>\(rows.count - place) rows left out</span></li>\n"
        break
      }
      let at = row.continues ? "" : row.at.millisecondsText(decimals: 1) + " ms"
      let (arrow, words): (String, String) =
        switch row.direction {
        case .sent: ("→", HTML.octets(Escaped.show(row.octets, limit: Self.limits.octets)))
        case .received: ("←", HTML.octets(Escaped.show(row.octets, limit: Self.limits.octets)))
        case .event: ("·", Markup.escaped(Visible.line(String(decoding: row.octets, as: UTF8.self), limit: Self.limits.octets)))
        }
      let on = names.count > 1 ? HTML.element("span", class: "on", Visible.line(row.connection, limit: 40) + " ") : ""
      let parts = row.parts > 1 ? HTML.element("span", class: "on", " (in \(row.parts) parts)") : ""
      html +=
        "<li class=\"\(row.direction.rawValue)\"><span class=\"at\">\(at)</span><span>\(arrow)</span><span>\(on)\(words)\(parts)</span></li>\n"
    }
    return html + "</ol>\n"
  }

  /// Where on a line of a thousand units a moment stands; to the microsecond, as the events have it.
  private static func place(of moment: Duration, before last: Duration) -> Int64 {
    func microseconds(_ duration: Duration) -> Int64 {
      max(0, min(duration.components.seconds, 1 << 30)) * 1_000_000 + max(0, duration.components.attoseconds) / 1_000_000_000_000
    }
    return 5 + min(990, microseconds(moment) * 990 / max(1, microseconds(last)))
  }

  /// When what was said: above the line what smtpspec sent, below it what it received.
  private func timeline(_ rows: [TranscriptText.Row]) -> String {
    let last = rows.map(\.at).max() ?? .zero
    guard last > .zero, rows.count > 1 else { return "" }
    let shown = rows.prefix(Self.limits.rows)
    func path(_ direction: TranscriptEntry.Direction, _ stroke: String) -> String {
      let places = shown.filter { $0.direction == direction && !$0.continues }.map { Self.place(of: $0.at, before: last) }
      let marks = places.isEmpty ? "" : places.map { "M\($0) \(stroke)" }.joined()
      return marks.isEmpty ? "" : "<path class=\"\(direction.rawValue)\" d=\"\(marks)\"/>"
    }
    let end = last.spoken
    return
      "<div class=\"time\"><span>0</span><svg viewBox=\"0 0 1000 22\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Timeline: \(rows.count) rows in \(end)\">"
      + path(.sent, "1v9") + path(.received, "12v9") + path(.event, "7v8") + "</svg><span>\(end)</span></div>\n"
  }
}
