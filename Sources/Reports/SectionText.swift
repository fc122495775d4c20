import Conformance

/// One section of the tree: its heading with counts, and a line for each case that a reader should see.
struct SectionText {
  let context: ReportContext
  let style: Style
  let isVerbose: Bool

  /// The lines of a section; the columns are the widest number's and title's of the run.
  func lines(of section: Outline.Section, results: [CaseResult], columns: (number: Int, title: Int)) -> [String] {
    let number = Visible.padded("§" + Visible.line(section.number), to: columns.number + 1)
    let title = Visible.padded(Visible.line(section.title), to: columns.title)
    let missing = section.places.count - results.count
    var counts = Verdict.Kind.ordered.compactMap { kind in
      let count = results.count { $0.verdict.kind == kind }
      return count == 0 ? nil : "\(count) \(kind.words)"
    }
    if missing > 0 { counts.append("\(missing) not run") }
    let heading = "  \(mark(of: results)) \(style(number, .heading)) \(title)  " + style(counts.joined(separator: ", "), .faint)
    let cases = isVerbose ? results.map { line(of: $0) } : exceptions(results)
    return [heading] + cases
  }

  /// The worst verdict stands for the section.
  private func mark(of results: [CaseResult]) -> String {
    let violated = results.filter { $0.verdict.kind == .violated }
    if !violated.isEmpty { return style.mark(.violated, fails: violated.contains { fails($0) }) }
    let kinds = Set(results.map(\.verdict.kind))
    let order: [Verdict.Kind] = [.inconclusive, .waived, .satisfied, .latitude, .notApplicable]
    return order.first { kinds.contains($0) }.map { style.mark($0, fails: false) } ?? style("–", .faint)
  }

  /// Every case that is not satisfied; those that are not applicable for one reason share a line.
  private func exceptions(_ results: [CaseResult]) -> [String] {
    var lines: [String] = []
    var reasons: [String] = []
    var ids: [String: [String]] = [:]
    for result in results {
      switch result.verdict.kind {
      case .satisfied: continue
      case .notApplicable:
        let reason = result.verdict.reason
        if ids[reason] == nil { reasons.append(reason) }
        ids[reason, default: []].append(shortName(of: result.testCase))
      case .violated, .latitude, .inconclusive, .waived: lines.append(line(of: result))
      }
    }
    for reason in reasons {
      let names = ids[reason] ?? []
      let list = names.count > 3 ? names.prefix(2).joined(separator: ", ") + " and \(names.count - 2) more" : names.joined(separator: ", ")
      lines.append("      " + style.mark(.notApplicable, fails: false) + style(" \(list) — \(reason)", .faint))
    }
    return lines
  }

  private func line(of result: CaseResult) -> String {
    let testCase = result.testCase
    let mark = style.mark(result.verdict.kind, fails: fails(result))
    let level = Visible.padded(testCase.level.words, to: 6)
    var line = "      \(mark) \(style(level, .faint)) \(Visible.line(testCase.id))  \(Visible.line(testCase.title))"
    let reason = result.verdict.reason
    if result.verdict.kind != .violated, !reason.isEmpty { line += style(" — \(reason)", .faint) }
    if isVerbose, result.attempts > 0 { line += style("  \(result.duration.spoken)", .faint) }
    return line
  }

  private func fails(_ result: CaseResult) -> Bool {
    result.verdict.fails(level: result.testCase.level, strict: context.strict)
  }

  /// The last part of an id: the section stands above it.
  private func shortName(of testCase: Case) -> String {
    let prefix = "rfc\(testCase.rfc)/\(testCase.section)/"
    return Visible.line(testCase.id.hasPrefix(prefix) ? String(testCase.id.dropFirst(prefix.count)) : testCase.id)
  }
}
