import Conformance

/// A matrix in Markdown: the counts, the cases that somebody violates, then all of them.
package struct MatrixMarkdownForm: MatrixForm {
  /// What `--report` calls it.
  package static let name = "markdown"
  /// It in a few words.
  package static let words = "Markdown"

  /// The form; there is nothing to choose.
  package init() {}

  /// The report.
  ///
  /// - Parameter matrix: Several runs.
  /// - Returns: All of its text.
  package func text(of matrix: Matrix) -> String {
    var lines = ["## \(matrix.rows.count) cases, \(matrix.servers.count) servers", ""]
    if !matrix.reservations.isEmpty { lines += MarkdownText.block(matrix.reservations) + [""] }
    lines += counts(matrix)
    lines += ["", Verdict.Kind.ordered.map { "\($0.mark) \($0.words)" }.joined(separator: " · ") + " · blank: no verdict"]
    let violated = matrix.rows.filter(\.isViolated)
    if !violated.isEmpty { lines += ["", "### Violated by at least one server: \(violated.count)", ""] + table(violated, matrix) }
    for (facts, rows) in matrix.sections {
      lines +=
        ["", "<details><summary>\(Markup.escaped(facts.place)): \(rows.count)</summary>", ""] + table(rows, matrix) + ["", "</details>"]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func head(_ first: String, _ matrix: Matrix) -> [String] {
    let names = matrix.servers.map { MarkdownText.escaped(Visible.line($0.name, limit: 80)) }
    return ["| \(first) | " + names.joined(separator: " | ") + " |", "|---|" + names.map { _ in ":-:|" }.joined()]
  }

  private func counts(_ matrix: Matrix) -> [String] {
    head("", matrix)
      + Verdict.Kind.ordered.map { kind in
        "| \(kind.words) | " + matrix.servers.map { String($0.run.counts[kind] ?? 0) }.joined(separator: " | ") + " |"
      }
  }

  private func table(_ rows: [Matrix.Row], _ matrix: Matrix) -> [String] {
    head("case", matrix)
      + rows.map { row in
        let marks = row.cells.enumerated().map { place, cell in
          cell.map { $0.fails(strict: matrix.servers[place].run.head.strict) ? "**\($0.verdict.kind.mark)**" : $0.verdict.kind.mark } ?? ""
        }
        return "| \(MarkdownText.escaped(Visible.line(row.facts.id))) | " + marks.joined(separator: " | ") + " |"
      }
  }
}
