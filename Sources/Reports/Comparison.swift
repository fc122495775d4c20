import Conformance

/// What changed from one run to a later one.
package struct Comparison {
  /// One case whose verdict changed.
  struct Change {
    /// What came of it then; `nil` for a case that the old run does not have.
    let old: CaseRecord?
    /// What comes of it now; `nil` for a case that the new run does not have.
    let new: CaseRecord?

    /// The case.
    var facts: CaseFacts? { new?.facts ?? old?.facts }
  }

  private let old: RunRecord
  private let new: RunRecord
  /// Violated now, and not then; those that fail the run first.
  let broke: [Change]
  /// Violated then, and now found to be right.
  let mended: [Change]
  /// Verified then, and neither verified nor violated now.
  let lost: [Change]
  /// In the new run only.
  let added: [Change]
  /// In the old run only.
  let gone: [Change]
  /// How many are violated in both.
  let remaining: Int

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - old: The earlier one.
  ///   - new: The later one, whose `strict` says what a regression is.
  package init(old: RunRecord, new: RunRecord) {
    self.old = old
    self.new = new
    let strict = new.head.strict
    let both = new.inReadingOrder.compactMap { record in old[record.facts.id].map { Change(old: $0, new: record) } }
    let broken = both.filter { change in
      guard let now = change.new, let then = change.old, now.verdict.violation != nil else { return false }
      return then.verdict.violation == nil || (now.fails(strict: strict) && !then.fails(strict: strict))
    }
    broke = broken.filter { $0.new?.fails(strict: strict) == true } + broken.filter { $0.new?.fails(strict: strict) != true }
    mended = both.filter { $0.old?.verdict.violation != nil && $0.new?.isRight == true }
    lost = both.filter { $0.old?.isVerified == true && $0.new?.isVerified == false }
    added = new.inReadingOrder.filter { old[$0.facts.id] == nil }.map { Change(old: nil, new: $0) }
    gone = old.inReadingOrder.filter { new[$0.facts.id] == nil }.map { Change(old: $0, new: nil) }
    remaining =
      both.count { $0.old?.verdict.violation != nil && $0.new?.verdict.violation != nil }
      - broken.count { $0.old?.verdict.violation != nil }
  }

  /// What fails the run now and did not then.
  package var regressions: Int { broke.count { $0.new?.fails(strict: new.head.strict) == true } }

  /// Whether nothing can be said of some cases, because the new report is not of a whole run.
  package var isUndecided: Bool { new.incompleteness != nil }

  /// Why the two are not comparable to the letter; visible lines.
  package var reservations: [String] {
    let pairs: [(String, String, String)] = [
      ("specs", old.head.specs, new.head.specs), ("versions of smtpspec", old.head.version, new.head.version),
      ("roles", old.facts?.role.rawValue ?? "unknown", new.facts?.role.rawValue ?? "unknown"),
    ]
    var lines = pairs.filter { $0.1 != $0.2 }.map { what, then, now in
      "the \(what) differ: \(Visible.line(then.isEmpty ? "not told" : then, limit: 100)) then, \(Visible.line(now.isEmpty ? "not told" : now, limit: 100)) now"
    }
    if old.head.specs != new.head.specs { lines.append("so a case of the same name may ask for something else") }
    if let why = old.incompleteness { lines.append("the old report: \(Visible.line(why))") }
    if let why = new.incompleteness { lines.append("the new report: \(Visible.line(why))") }
    return lines
  }

  /// The comparison for a person.
  ///
  /// - Parameter style: The colours.
  /// - Returns: Visible lines.
  package func lines(style: Style) -> [String] {
    var lines = [style("old  ", .faint) + heading(of: old), style("new  ", .faint) + heading(of: new)]
    lines += reservations.map { style("note: \($0)", .doubtful) }
    let groups = [("Broke", broke), ("Mended", mended), ("No longer verified", lost), ("New", added), ("Gone", gone)]
    for (title, changes) in groups where !changes.isEmpty {
      lines += ["", style("\(title): \(changes.count)", .heading)]
      for change in changes.prefix(Self.limit) { lines += words(of: change, style: style) }
      if changes.count > Self.limit { lines.append("  and \(changes.count - Self.limit) more") }
    }
    if remaining > 0 { lines += ["", "\(remaining) violated in both"] }
    let count = regressions
    let verdict = count == 0 ? "No regression" : count == 1 ? "1 regression" : "\(count) regressions"
    return lines + ["", style(verdict, count == 0 ? .good : .bad) + (isUndecided ? style(" in what was judged", .doubtful) : "")]
  }

  /// The most changes of one kind that are shown.
  private static let limit = 200

  private func heading(of run: RunRecord) -> String {
    let cases = "\(run.results.count) \(run.results.count == 1 ? "case" : "cases")"
    return "\(run.heading), \(cases)" + (run.head.started.isEmpty ? "" : ", \(Visible.line(run.head.started, limit: 40))")
  }

  private func words(of change: Change, style: Style) -> [String] {
    guard let facts = change.facts else { return [] }
    let record = change.new ?? change.old
    let fails = record?.fails(strict: new.head.strict) == true
    let mark = record.map { style.mark($0.verdict.kind, fails: fails) } ?? ""
    let line =
      "  \(mark) \(style(Visible.padded(facts.level.words, to: 6), .faint)) \(Visible.line(facts.id))  \(Visible.line(facts.title))"
    guard let old = change.old, let new = change.new else { return [line] }
    let now = new.verdict.reason.isEmpty ? new.verdict.kind.words : "\(new.verdict.kind.words): \(new.verdict.reason)"
    return [line, style("      was \(old.verdict.kind.words), is \(now)", .faint)]
  }
}

extension CaseRecord {
  /// Whether the server was found to do what is demanded, or what is allowed.
  fileprivate var isRight: Bool { verdict.kind == .satisfied || verdict.kind == .latitude }

  /// Whether the case came to a decision about the server.
  fileprivate var isVerified: Bool { verdict.kind != .inconclusive && verdict.kind != .notApplicable }
}
