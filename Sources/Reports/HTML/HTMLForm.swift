import Conformance

/// One page for people: verdicts by RFC and section, filters, search, and the conversation of each case.
///
/// Everything stands in the page before its script runs, so it can be read without one.
package struct HTMLForm: RunForm {
  /// What `--report` calls it.
  package static let name = "html"
  /// It in a few words.
  package static let words = "one self-contained page for people"

  /// The form; there is nothing to choose.
  package init() {}

  /// The report.
  ///
  /// - Parameter run: A run, or as much of it as its report has.
  /// - Returns: All of its text.
  package func text(of run: RunRecord) -> String {
    let records = run.inReadingOrder
    var body = "<a class=\"skip\" href=\"#cases\">Skip to the cases</a>\n" + head(of: run) + tools(run, records) + "<main id=\"cases\">\n"
    var rest = records[...]
    while let first = rest.first?.facts {
      let those = rest.prefix { $0.facts.rfc == first.rfc }
      body += rfc(first.rfc, Array(those), run)
      rest = rest.dropFirst(those.count)
    }
    body += "</main>\n"
    return HTMLPage(title: "\(run.conclusion) – \(run.heading)", body: body, script: HTMLScript.run).text
  }

  private func head(of run: RunRecord) -> String {
    let role = run.faults.isEmpty && run.failures.isEmpty ? "good" : run.failures.isEmpty ? "doubt" : "bad"
    var html = "<header>\n" + HTML.element("h1", class: role, run.conclusion) + "\n"
    let faults =
      run.faults.map { "\($0.kind.rawValue): \($0.message)" } + run.interrupted.map { "\(Visible.line($0)) began and has no verdict" }
    if !faults.isEmpty { html += "<ul class=\"faults\">\n" + faults.map { HTML.element("li", $0) + "\n" }.joined() + "</ul>\n" }
    var rows: [(String, String)] = []
    if let facts = run.facts {
      rows.append(("target", "\(facts.target) as \(facts.role.rawValue)" + (facts.shard.map { ", part \($0)" } ?? "")))
      rows += [("greeting", facts.greeting), ("extensions", facts.extensions.joined(separator: ", ")), ("seed", String(facts.seed))]
    }
    rows += [
      ("started", run.head.started), ("took", run.summary?.duration.spoken ?? ""), ("smtpspec", run.head.version),
      ("specs", run.head.specs),
    ]
    rows += run.notes.map { ("note", $0) }
    let shown = rows.filter { !$0.1.isEmpty }.map { HTML.element("dt", $0.0) + HTML.element("dd", Visible.line($0.1)) + "\n" }
    return html + "</header>\n" + violations(run) + "<dl>\n" + shown.joined() + "</dl>\n"
  }

  /// What failed, each with a way to its place below.
  private func violations(_ run: RunRecord) -> String {
    let violated = run.inReadingOrder.filter { $0.verdict.kind == .violated }.map { ($0, $0.fails(strict: run.head.strict)) }
    guard !violated.isEmpty else { return "" }
    let ordered = violated.filter(\.1) + violated.filter { !$0.1 }
    let items = ordered.prefix(Self.listLimit).map { record, fails in
      let id = Visible.line(record.facts.id)
      return
        "<li><a href=\"#\(Self.reference(id))\"><code>\(Markup.escaped(id))</code></a> \(Markup.escaped(Visible.line(record.facts.title)))"
        + HTML.element("span", class: fails ? "bad" : "doubt", " \(record.facts.level.words)") + "</li>\n"
    }
    let rest = violated.count - items.count
    let more = rest > 0 ? HTML.element("li", "and \(rest) more") + "\n" : ""
    let failing = violated.count { $0.1 }
    let title = "\(failing) violated" + (failing < violated.count ? ", and \(violated.count - failing) that do not fail the run" : "")
    return
      "<details\(violated.count > 12 ? "" : " open")><summary>\(title)</summary>\n<ul class=\"failed\">\n\(items.joined())\(more)</ul></details>\n"
  }

  /// The most violations that are listed before the cases.
  private static let listLimit = 200

  /// A fragment of RFC 3986 that names an element.
  private static func reference(_ id: String) -> String {
    id.replacing("%", with: "%25").replacing("\"", with: "%22").replacing(" ", with: "%20").replacing("<", with: "%3C").replacing(
      "&", with: "%26")
  }

  private func tools(_ run: RunRecord, _ records: [CaseRecord]) -> String {
    var html =
      "<div class=\"tools\" role=\"search\">\n<label>Search <input type=\"search\" id=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label>\n"
    let kinds = Verdict.Kind.ordered.filter { (run.counts[$0] ?? 0) > 0 }
    html += boxes("Verdict", "verdict", kinds.map { ($0.rawValue, "\($0.mark) \($0.words) \(run.counts[$0] ?? 0)") })
    let levels = Level.allCases.reversed().filter { level in records.contains { $0.facts.level == level } }
    html += boxes("Level", "level", levels.map { ($0.rawValue, $0.words) })
    html += "<label>RFC <select id=\"rfc\"><option value=\"\">all</option>"
    html += Set(records.map(\.facts.rfc)).sorted().map { "<option value=\"\($0)\">\($0)</option>" }.joined()
    html += "</select></label>\n<button type=\"button\" id=\"fold\">Open or close all</button>\n"
    return html + "<output id=\"shown\" class=\"faint\">\(records.count) cases</output>\n</div>\n"
  }

  private func boxes(_ legend: String, _ kind: String, _ values: [(String, String)]) -> String {
    let boxes = values.map { value, words in
      "<label><input type=\"checkbox\" data-kind=\"\(kind)\" value=\"\(value)\" checked>\(Markup.escaped(words))</label>\n"
    }
    return "<fieldset><legend class=\"hidden\">\(legend)</legend>\n" + boxes.joined() + "</fieldset>\n"
  }

  private func rfc(_ number: Int, _ records: [CaseRecord], _ run: RunRecord) -> String {
    let title = "RFC \(number)" + (run.titles[number].map { " " + Visible.line($0) } ?? "")
    var html = "<section>\n<h2>\(Markup.escaped(title)) \(counts(records))</h2>\n"
    var rest = records[...]
    while let first = rest.first?.facts {
      let those = rest.prefix { $0.facts.section == first.section }
      let heading = "§\(Visible.line(first.section)) \(Visible.line(first.sectionTitle))"
      html +=
        "<section>\n<h3><a href=\"\(Markup.escaped(first.link))\" rel=\"noreferrer\">\(Markup.escaped(heading))</a> \(counts(Array(those)))</h3>\n"
      html += those.map { entry($0, strict: run.head.strict) }.joined() + "</section>\n"
      rest = rest.dropFirst(those.count)
    }
    return html + "</section>\n"
  }

  private func counts(_ records: [CaseRecord]) -> String {
    let words = Verdict.Kind.ordered.compactMap { kind in
      let count = records.count { $0.verdict.kind == kind }
      return count == 0 ? nil : "\(count) \(kind.words)"
    }
    return HTML.element("span", class: "counts", words.joined(separator: ", "))
  }

  private func entry(_ record: CaseRecord, strict: Level) -> String {
    let facts = record.facts
    let kind = record.verdict.kind
    var html = "<details class=\"case \(kind.rawValue)\(record.fails(strict: strict) ? " fails" : "")\""
    html += " id=\"\(Markup.escaped(Visible.line(facts.id)))\" data-verdict=\"\(kind.rawValue)\" data-level=\"\(facts.level.rawValue)\""
    html += " data-rfc=\"\(facts.rfc)\"><summary>\(HTML.mark(kind))<span class=\"level\">\(facts.level.words)</span><span class=\"rest\">"
    html += HTML.element("code", Visible.line(facts.id)) + " " + Markup.escaped(Visible.line(facts.title))
    if !record.verdict.reason.isEmpty { html += HTML.element("span", class: "reason", record.verdict.reason) }
    return html + "</span></summary><div class=\"body\">\n" + CaseHTML(record: record).text + "</div></details>\n"
  }
}
