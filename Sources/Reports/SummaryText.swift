import Conformance

/// The end of a report: how many cases had which verdict, and what that means.
struct SummaryText {
  let context: ReportContext
  let style: Style

  /// The lines of a summary.
  func lines(of summary: Summary, results: [CaseResult]) -> [String] {
    guard !results.isEmpty else { return [meaning(of: summary)] }
    var lines = table(results) + obstacles(to: results)
    let ran = results.count == 1 ? "1 case" : "\(results.count) cases"
    lines.append("\(ran) in \(summary.duration.spoken)")
    if summary.notRun > 0 { lines[lines.count - 1] += style(", \(summary.notRun) not run", .doubtful) }
    if summary.isPartial, !isUndecided(summary) {
      lines.append(style("The run was stopped before its end: this report is partial.", .doubtful))
    }
    lines.append(meaning(of: summary))
    if case .staleWaivers = summary.outcome { return lines }
    if !summary.staleWaivers.isEmpty {
      lines.append(style("Besides, waivers are out of date:", .doubtful))
      lines += summary.staleWaivers.map { "  " + Visible.line($0) }
    }
    return lines
  }

  /// Whether the outcome says already that the run was cut short.
  private func isUndecided(_ summary: Summary) -> Bool {
    guard case .nothingVerified = summary.outcome else { return false }
    return summary.isPartial && !summary.counts.isEmpty
  }

  /// The outcome in words, with the exit status.
  private func meaning(of summary: Summary) -> String {
    let status = style(" (exit status \(summary.exitStatus))", .faint)
    let warnings = violations(of: summary) { $0 < context.strict }
    let warned = warnings.isEmpty ? "" : style(" Warnings: \(warnings) violated.", .doubtful)
    switch summary.outcome {
    case .conforming:
      let what = context.strict == .must ? "no MUST that was tested is violated." : "nothing from \(context.strict.words) up is violated."
      return style("Conforming: \(what)", .good) + warned + status
    case .violations:
      let counted = violations(of: summary) { $0 >= context.strict }
      return style("Not conforming: \(counted) violated.", .bad) + warned + status
    case .nothingVerified(let why):
      return style("\(isUndecided(summary) ? "Undecided" : "Nothing could be verified"): \(Visible.line(why)).", .doubtful) + warned
        + status
    case .staleWaivers(let waivers):
      let list = waivers.map { "  " + Visible.line($0) }.joined(separator: "\n")
      return style("Waivers are out of date:", .bad) + status + "\n" + list
    case .serverDied(let how):
      return style("The server under test died: \(Visible.line(how)).", .bad) + status
    }
  }

  /// `2 MUST, 1 SHOULD`: how many violations there were at the levels that are asked for.
  private func violations(of summary: Summary, at isWanted: (Level) -> Bool) -> String {
    let counted = Level.allCases.reversed().filter(isWanted).compactMap { level in
      summary.violations[level].flatMap { $0 == 0 ? nil : "\($0) \(level.words)" }
    }
    return counted.joined(separator: ", ")
  }

  /// What kept the most cases from being applicable, so that a reader sees what would let more of them run.
  private func obstacles(to results: [CaseResult]) -> [String] {
    var counts: [String: Int] = [:]
    for result in results where result.verdict.kind == .notApplicable { counts[result.verdict.reason, default: 0] += 1 }
    let common = counts.filter { $0.value >= Self.commonObstacle }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return common.prefix(Self.obstacleLimit).map { style("  \($0.value) not applicable: \($0.key)", .faint) }
  }

  /// A reason that so many cases share is worth a line.
  private static let commonObstacle = 5
  /// The most reasons that are named.
  private static let obstacleLimit = 3

  /// A row a verdict and a column a level, without rows and columns of zeros.
  private func table(_ results: [CaseResult]) -> [String] {
    let levels = Level.allCases.reversed().filter { level in results.contains { $0.testCase.level == level } }
    guard !levels.isEmpty else { return [] }
    let width = 8
    func right(_ text: String) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
    let first = 16
    var lines = [style(String(repeating: " ", count: first) + levels.map { right($0.words) }.joined() + right("all"), .faint)]
    for kind in Verdict.Kind.ordered {
      let those = results.filter { $0.verdict.kind == kind }
      guard !those.isEmpty else { continue }
      let counts = levels.map { level in those.count { $0.testCase.level == level } }
      let cells = counts.map { right($0 == 0 ? "·" : String($0)) }.joined() + right(String(those.count))
      let fails = those.contains { $0.verdict.fails(level: $0.testCase.level, strict: context.strict) }
      lines.append(style.mark(kind, fails: fails) + " " + Visible.padded(kind.words, to: first - 2) + cells)
    }
    return lines
  }
}

extension Level {
  /// The level as the RFCs write it.
  package var words: String { rawValue.uppercased() }
}
