package import Conformance

/// The report for a person: a tree by RFC and section, then every violation in full, then what it comes to.
package struct ConsoleReport: Report {
  private let out: any TextOutput
  private let context: ReportContext
  private let options: Options
  private let style: Style
  private var outline: Outline
  private var progress: ProgressLine
  private var running: [String] = []
  private var shownRFC: Int?
  private var drawnAt: ContinuousClock.Instant?
  private static let pause = Duration.milliseconds(100)

  /// How the report looks.
  package struct Options: Sendable {
    /// Whether every case has a line, or only those that are not satisfied.
    package var isVerbose = false
    /// Whether it is coloured.
    package var isColored = false
    /// How wide the terminal is, asked anew before each drawing; `nil` in a pipe, where no progress is drawn.
    package var columns: (@Sendable () -> Int?)?
    /// What time it is: the progress is drawn ten times a second at most.
    package var now: @Sendable () -> ContinuousClock.Instant = { ContinuousClock().now }

    /// Plain, short, for a pipe.
    package init() {}
  }

  /// A report of a run that has not begun.
  ///
  /// - Parameters:
  ///   - out: Where it goes.
  ///   - context: What is known of the run.
  ///   - options: How it looks.
  package init(to out: any TextOutput, context: ReportContext, options: Options) {
    self.out = out
    self.context = context
    self.options = options
    self.style = Style(isColored: options.isColored)
    self.outline = Outline(cases: context.cases)
    self.progress = ProgressLine(total: context.cases.count)
  }

  /// Writes what a person should see of the event.
  ///
  /// - Parameter event: What happened.
  /// - Throws: ``OutputError`` where it cannot be written.
  package mutating func receive(_ event: Event) throws(OutputError) {
    switch event {
    case .runStarted(let facts):
      try write(heading(of: facts))
    case .caseStarted(let id):
      running.append(id)
      try draw()
    case .caseFinished(let result):
      running.removeAll { $0 == result.testCase.id }
      progress.count(isViolated: result.verdict.kind == .violated)
      outline.add(kept(result))
      let sections = outline.ready(atEnd: false)
      if !sections.isEmpty { try write(sections.flatMap { lines(of: $0) }) }
      try draw()
    case .note(let words):
      try write([style("note: \(Visible.line(words))", .doubtful)])
      try draw()
    case .runFinished(let summary):
      let results = outline.results
      var lines = outline.ready(atEnd: true).flatMap { self.lines(of: $0) }
      lines += violations(results)
      lines += [""] + SummaryText(context: context, style: style).lines(of: summary, results: results)
      try write(lines)
    }
  }

  /// The result without what the report will not show: a satisfied case's conversation is not kept in memory.
  private func kept(_ result: CaseResult) -> CaseResult {
    if result.verdict.kind == .violated { return result }
    return CaseResult(
      testCase: result.testCase,
      verdict: result.verdict,
      duration: result.duration,
      transcript: [],
      attempts: result.attempts,
      notes: result.notes
    )
  }

  private func heading(of facts: RunFacts) -> [String] {
    let part = facts.shard.map { ", part \($0)" } ?? ""
    let count = facts.cases == 1 ? "1 case" : "\(facts.cases) cases"
    var lines = [
      style("smtpspec \(context.version)", .heading)
        + "  \(Visible.line(facts.target)) as \(facts.role.rawValue), \(count)\(part), seed \(facts.seed)"
    ]
    if !facts.greeting.isEmpty { lines.append(style("greeting    ", .faint) + Visible.line(facts.greeting, limit: 300)) }
    if !facts.extensions.isEmpty {
      lines.append(style("extensions  ", .faint) + Visible.line(facts.extensions.joined(separator: ", "), limit: 1_000))
    }
    return lines
  }

  private mutating func write(_ lines: [String]) throws(OutputError) {
    drawnAt = nil
    try out.write(progress.cleared() + lines.map { $0 + "\n" }.joined())
  }

  private mutating func draw() throws(OutputError) {
    guard options.columns != nil else { return }
    let now = options.now()
    if let drawnAt, now - drawnAt < Self.pause { return }
    guard let columns = options.columns?() else { return }
    drawnAt = now
    try out.write(progress.drawn(current: Visible.line(running.first ?? ""), columns: columns))
  }

  private func violations(_ results: [CaseResult]) -> [String] {
    let text = ViolationText(strict: context.strict, style: style)
    let violated = results.filter { $0.verdict.kind == .violated }
    let failing = violated.filter { $0.verdict.fails(level: $0.testCase.level, strict: context.strict) }
    let warning = violated.filter { !$0.verdict.fails(level: $0.testCase.level, strict: context.strict) }
    var lines: [String] = []
    var number = 0
    for (title, group) in [("Violations", failing), ("Warnings: violations that do not fail the run", warning)] where !group.isEmpty {
      lines += ["", style(title, .heading)]
      for result in group {
        number += 1
        lines += [""] + text.lines(of: CaseRecord(result, context: context), number: number)
      }
    }
    return lines
  }

  private mutating func lines(of section: Outline.Section) -> [String] {
    // Of a run that was stopped: the summary counts what did not run.
    guard !section.results.isEmpty else { return [] }
    var lines: [String] = []
    if shownRFC != section.rfc {
      shownRFC = section.rfc
      let title = context.register.titles[section.rfc].map { " " + Visible.line($0) } ?? ""
      lines += ["", style("RFC \(section.rfc)\(title)", .heading)]
    }
    let text = SectionText(context: context, style: style, isVerbose: options.isVerbose)
    return lines + text.lines(of: section, results: outline.results(of: section), columns: (outline.numberColumns, outline.titleColumns))
  }
}
