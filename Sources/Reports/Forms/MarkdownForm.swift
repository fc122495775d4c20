import Conformance

/// Markdown as GitHub and GitLab show it: the summary of a job, or a comment.
package struct MarkdownForm: RunForm {
  /// What `--report` calls it.
  package static let name = "markdown"
  /// It in a few words.
  package static let words = "Markdown, for the summary of a job"

  /// The form; there is nothing to choose.
  package init() {}

  /// The most violations that are told in full: a job's summary takes a mebibyte.
  private static let detailLimit = 50

  /// The report.
  ///
  /// - Parameter run: A run, or as much of it as its report has.
  /// - Returns: All of its text.
  package func text(of run: RunRecord) -> String {
    var lines = ["## \(MarkdownText.escaped(run.conclusion))", "", MarkdownText.code(run.heading)]
    if let facts = run.facts, !facts.greeting.isEmpty {
      lines[lines.count - 1] += ", which greets with \(MarkdownText.code(Visible.line(facts.greeting, limit: 300)))"
    }
    for fault in run.faults { lines += ["", "> **\(fault.kind.rawValue)**: \(MarkdownText.code(fault.message))"] }
    if !run.interrupted.isEmpty { lines += ["", "Began and has no verdict: \(list(run.interrupted))"] }
    lines += [""] + table(run)
    let violated = run.inReadingOrder.filter { $0.verdict.kind == .violated }
    lines += group("Violations", violated.filter { $0.fails(strict: run.head.strict) }, run)
    lines += group("Warnings: violations that do not fail the run", violated.filter { !$0.fails(strict: run.head.strict) }, run)
    let others: [(Verdict.Kind, String)] = [(.waived, "Waived"), (.inconclusive, "Inconclusive"), (.latitude, "Latitude taken")]
    for (kind, title) in others { lines += reasons(title, run.inReadingOrder.filter { $0.verdict.kind == kind }) }
    if !run.head.specs.isEmpty { lines += ["", "Specs \(MarkdownText.code(Visible.line(run.head.specs, limit: 100)))."] }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A row an RFC and a column a verdict.
  private func table(_ run: RunRecord) -> [String] {
    let kinds = Verdict.Kind.ordered.filter { (run.counts[$0] ?? 0) > 0 }
    guard !kinds.isEmpty else { return ["No case was judged."] }
    var lines = ["| | " + kinds.map(\.words).joined(separator: " | ") + " |", "|---|" + kinds.map { _ in "--:|" }.joined()]
    for rfc in Set(run.results.map(\.facts.rfc)).sorted() {
      let those = run.results.filter { $0.facts.rfc == rfc }
      let title = run.titles[rfc].map { " " + MarkdownText.escaped(Visible.line($0)) } ?? ""
      lines.append(
        "| RFC \(rfc)\(title) | " + kinds.map { kind in count(those.count { $0.verdict.kind == kind }) }.joined(separator: " | ") + " |")
    }
    return lines + ["| **all** | " + kinds.map { "**\(run.counts[$0] ?? 0)**" }.joined(separator: " | ") + " |"]
  }

  private func count(_ number: Int) -> String { number == 0 ? "·" : String(number) }

  private func group(_ title: String, _ records: [CaseRecord], _ run: RunRecord) -> [String] {
    guard !records.isEmpty else { return [] }
    var lines = ["", "### \(title)"]
    for record in records.prefix(Self.detailLimit) {
      let facts = record.facts
      let name = "<code>\(Markup.escaped(Visible.line(facts.id)))</code> \(Markup.escaped(Visible.line(facts.title)))"
      lines += ["", "<details><summary>\(facts.level.words) \(name)</summary>", ""]
      lines += MarkdownText.block(ViolationText(strict: run.head.strict).details(of: record))
      lines += ["", "[\(MarkdownText.escaped(facts.place))](\(facts.link))", "", "</details>"]
    }
    if records.count > Self.detailLimit { lines += ["", "\(records.count - Self.detailLimit) more are in the other reports."] }
    return lines
  }

  private func reasons(_ title: String, _ records: [CaseRecord]) -> [String] {
    guard !records.isEmpty else { return [] }
    var lines = ["", "<details><summary>\(title): \(records.count)</summary>", ""]
    for record in records.prefix(200) {
      lines.append("- \(MarkdownText.code(Visible.line(record.facts.id))): \(MarkdownText.code(record.verdict.reason))")
    }
    if records.count > 200 { lines.append("- and \(records.count - 200) more") }
    return lines + ["", "</details>"]
  }

  private func list(_ ids: [String]) -> String {
    ids.prefix(20).map { MarkdownText.code(Visible.line($0)) }.joined(separator: ", ")
      + (ids.count > 20 ? " and \(ids.count - 20) more" : "")
  }
}

/// Text that Markdown shows as it stands.
enum MarkdownText {
  /// Visible text in which no character begins markup, outside code.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "!", "|", "&", "~", "$", "@", ":", "=", "+", "(", ")":
        escaped += "&#\(scalar.value);"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A code span, in which nothing is markup, a link or a mention.
  ///
  /// Not for the cells of a table.
  static func code(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestRun(in: text) + 1)
    // One space on each side is taken off again, and keeps a backtick of the text away from the fence.
    return "\(fence) \(text) \(fence)"
  }

  /// A block of code.
  static func block(_ lines: [String]) -> [String] {
    let fence = String(repeating: "`", count: max(3, (lines.map(longestRun).max() ?? 0) + 1))
    return [fence + "text"] + lines + [fence]
  }

  private static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
