import Conformance

/// A matrix on one page: a row a case, a column a server, filters, search, and the reason behind each mark.
package struct MatrixHTMLForm: MatrixForm {
  /// What `--report` calls it.
  package static let name = "html"
  /// It in a few words.
  package static let words = "one self-contained page for people"

  /// The form; there is nothing to choose.
  package init() {}

  /// The report.
  ///
  /// - Parameter matrix: Several runs.
  /// - Returns: All of its text.
  package func text(of matrix: Matrix) -> String {
    let title = "\(matrix.rows.count) cases, \(matrix.servers.count) servers"
    var body = "<a class=\"skip\" href=\"#cases\">Skip to the cases</a>\n<header>\n" + HTML.element("h1", title) + "\n"
    if !matrix.reservations.isEmpty {
      body += "<ul class=\"faults\">\n" + matrix.reservations.map { HTML.element("li", $0) + "\n" }.joined() + "</ul>\n"
    }
    body += counts(matrix) + "</header>\n" + tools(matrix) + "<main id=\"cases\">\n"
    let heads = matrix.servers.map { HTML.element("th", Visible.line($0.name, limit: 80)) }.joined()
    var shownRFC: Int?
    for (facts, rows) in matrix.sections {
      if shownRFC != facts.rfc {
        if shownRFC != nil { body += "</section>\n" }
        shownRFC = facts.rfc
        body +=
          "<section>\n<h2>\(Markup.escaped("RFC \(facts.rfc)" + (matrix.titles[facts.rfc].map { " " + Visible.line($0) } ?? "")))</h2>\n"
      }
      let heading = "§\(Visible.line(facts.section)) \(Visible.line(facts.sectionTitle))"
      body +=
        "<section class=\"frame\" data-rfc=\"\(facts.rfc)\"><h3>\(Markup.escaped(heading))</h3>\n<table class=\"matrix\"><thead><tr><th>case</th>\(heads)</tr></thead><tbody>\n"
      for row in rows { body += entry(row, matrix) }
      body += "</tbody></table></section>\n"
    }
    body += (shownRFC == nil ? "" : "</section>\n") + "</main>\n"
    body +=
      "<dialog id=\"why\" aria-label=\"Reason\"><p id=\"what\"></p><p><code id=\"reason\"></code></p><form method=\"dialog\"><button>Close</button></form></dialog>\n"
    return HTMLPage(title: title, body: body, script: HTMLScript.matrix).text
  }

  /// A row a server, a column a verdict.
  private func counts(_ matrix: Matrix) -> String {
    var html = "<div class=\"frame\"><table class=\"matrix\"><thead><tr><th>server</th>"
    html += Verdict.Kind.ordered.map { "<th>\($0.mark) <span class=\"long\">\($0.words)</span></th>" }.joined() + "</tr></thead><tbody>\n"
    for server in matrix.servers {
      html += "<tr><th scope=\"row\">" + HTML.element("b", Visible.line(server.name, limit: 80))
      if let facts = server.run.facts { html += " " + HTML.element("span", class: "faint", Visible.line(facts.target, limit: 100)) }
      html += "</th>" + Verdict.Kind.ordered.map { HTML.element("td", String(server.run.counts[$0] ?? 0)) }.joined() + "</tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }

  private func tools(_ matrix: Matrix) -> String {
    """
    <div class="tools" role="search">
    <label>Search <input type="search" id="search" autocomplete="off" spellcheck="false"></label>
    <label>Show <select id="which"><option value="">all cases</option><option value="violated">violated by one at least</option>\
    <option value="differs">where servers differ</option></select></label>
    <label>RFC <select id="rfc"><option value="">all</option>\(Set(matrix.rows.map(\.facts.rfc)).sorted().map { "<option value=\"\($0)\">\($0)</option>" }.joined())</select></label>
    <output id="shown" class="faint">\(matrix.rows.count) cases</output>
    </div>

    """
  }

  private func entry(_ row: Matrix.Row, _ matrix: Matrix) -> String {
    let kinds = [row.isViolated ? "violated" : nil, row.differs ? "differs" : nil].compactMap { $0 }.joined(separator: " ")
    var html = "<tr class=\"row\"\(kinds.isEmpty ? "" : " data-is=\"\(kinds)\"")><th scope=\"row\">"
    html +=
      HTML.element("code", Visible.line(row.facts.id)) + " " + HTML.element("span", class: "faint", Visible.line(row.facts.title)) + "</th>"
    for (place, cell) in row.cells.enumerated() {
      guard let cell else {
        html += "<td class=\"missing\"></td>"
        continue
      }
      let kind = cell.verdict.kind
      let role = kind.rawValue + (cell.fails(strict: matrix.servers[place].run.head.strict) ? " fails" : "")
      if cell.verdict.reason.isEmpty {
        html += "<td class=\"\(role)\">\(kind.mark)</td>"
      } else {
        html +=
          "<td class=\"\(role)\"><button type=\"button\" data-why=\"\(Markup.escaped(cell.verdict.reason))\" aria-label=\"\(kind.words)\">\(kind.mark)</button></td>"
      }
    }
    return html + "</tr>\n"
  }
}
