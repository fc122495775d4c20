import Conformance

/// GitHub's workflow commands: an annotation for each violation and each fault of the run, as many as GitHub shows.
package struct GitHubForm: RunForm {
  /// What `--report` calls it.
  package static let name = "github"
  /// It in a few words.
  package static let words = "annotations of a GitHub workflow, for standard output"

  /// The form; there is nothing to choose.
  package init() {}

  /// GitHub keeps so many annotations of one kind from one step.
  private static let limit = 10

  /// The report.
  ///
  /// - Parameter run: A run, or as much of it as its report has.
  /// - Returns: All of its text.
  package func text(of run: RunRecord) -> String {
    let violated = run.inReadingOrder.filter { $0.verdict.kind == .violated }
    var errors = run.faults.map { annotation("error", title: "smtpspec: \($0.kind.rawValue)", $0.message) }
    errors += violated.filter { $0.fails(strict: run.head.strict) }.map { annotation("error", $0) }
    let warnings = violated.filter { !$0.fails(strict: run.head.strict) }.map { annotation("warning", $0) }
    let counts = run.counts
    let summary = Verdict.Kind.ordered.compactMap { kind in counts[kind].map { "\($0) \(kind.words)" } }.joined(separator: ", ")
    let notice = annotation("notice", title: run.heading, "\(run.conclusion). \(summary.isEmpty ? "No case was judged." : summary)")
    return (bounded(errors, "error") + bounded(warnings, "warning") + [notice]).map { $0 + "\n" }.joined()
  }

  private func annotation(_ kind: String, _ record: CaseRecord) -> String {
    let title = "\(Visible.line(record.facts.id)): \(Visible.line(record.facts.title))"
    return annotation(kind, title: title, "\(record.facts.level.words), \(record.facts.place): \(record.verdict.reason)")
  }

  private func annotation(_ kind: String, title: String, _ message: String) -> String {
    "::\(kind) title=\(Self.property(title))::\(Self.data(message))"
  }

  /// The first of them, and a last one that counts the others.
  private func bounded(_ annotations: [String], _ kind: String) -> [String] {
    guard annotations.count > Self.limit else { return annotations }
    let rest = annotations.count - Self.limit + 1
    let more = annotation(kind, title: "smtpspec: \(rest) more", "\(rest) more of this kind are in the other reports")
    return annotations.prefix(Self.limit - 1) + [more]
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
