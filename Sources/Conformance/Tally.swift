/// Adds up verdicts, and holds violations against the waivers.
package struct Tally {
  private let options: RunOptions
  private let cases: Int
  private var book: WaiverBook
  /// Violations that fail the run.
  private(set) var failures = 0
  /// Violations that would fail the run, and that only waivers out of date name.
  private var disputed = 0
  private var summary = Summary()
  /// Whether the run ended before every case was judged.
  package var isPartial = false

  /// A tally of nothing yet.
  ///
  /// - Parameters:
  ///   - options: What fails the run.
  ///   - waivers: The violations that are known.
  ///   - cases: The cases of the run.
  ///   - suite: The ids of every case there is.
  ///   - today: The day on which waivers must hold.
  init(options: RunOptions, waivers: [TargetConfiguration.Waiver], cases: [Case], suite: [String], today: Day? = .today()) {
    // A slow case that nobody asked for says nothing of its waiver.
    let decidable = cases.filter { options.slow || !$0.needs.slow }.map(\.id)
    self.init(options: options, waivers: waivers, cases: cases.count, decidable: decidable, suite: suite, today: today)
  }

  /// A tally of a run that was reported.
  ///
  /// - Parameters:
  ///   - options: What fails the run.
  ///   - waivers: The violations that are known.
  ///   - cases: How many cases the run has.
  ///   - decidable: The ids of those that say something of their waivers.
  ///   - suite: The ids of every case there is.
  package init(options: RunOptions, waivers: [TargetConfiguration.Waiver], cases: Int, decidable: [String], suite: [String]) {
    self.init(options: options, waivers: waivers, cases: cases, decidable: decidable, suite: suite, today: .today())
  }

  private init(
    options: RunOptions, waivers: [TargetConfiguration.Waiver], cases: Int, decidable: [String], suite: [String], today: Day?
  ) {
    self.options = options
    self.cases = cases
    book = WaiverBook(waivers, suite: suite, chosen: decidable, today: today)
  }

  /// Counts a result, which a waiver or the baseline may change.
  @discardableResult
  mutating func add(_ result: CaseResult) -> CaseResult {
    let verdict = add(result.testCase.id, level: result.testCase.level, result.verdict)
    guard verdict != result.verdict else { return result }
    return CaseResult(
      testCase: result.testCase, verdict: verdict, duration: result.duration, transcript: result.transcript, attempts: result.attempts,
      notes: result.notes)
  }

  /// Counts a verdict.
  ///
  /// - Parameters:
  ///   - id: The case.
  ///   - level: The strongest level of what it tests.
  ///   - verdict: What came of it.
  /// - Returns: The same, or `waived` where a waiver or the baseline knows the violation.
  package mutating func add(_ id: String, level: Level, _ verdict: Verdict) -> Verdict {
    var verdict = verdict
    let ruling = book.take(id, verdict)
    if case .violated(let violation) = verdict, let grounds = grounds(ruling, id) { verdict = .waived(reason: grounds, violation) }
    summary.counts[verdict.kind, default: 0] += 1
    guard verdict.kind == .violated else { return verdict }
    summary.violations[level, default: 0] += 1
    if level >= options.strict {
      if ruling == .disputed { disputed += 1 } else { failures += 1 }
    }
    return verdict
  }

  /// Why a violation does not count, `nil` where it does.
  private func grounds(_ ruling: WaiverBook.Ruling, _ id: String) -> String? {
    switch ruling {
    case .waived(let grounds): grounds
    case .disputed: nil
    case .unknown: options.baseline.contains(id) ? "violated in the baseline already" : nil
    }
  }

  /// Whether `--fail-fast` ends the run here.
  mutating func endsEarly(after result: CaseResult) -> Bool {
    guard options.failFast, failures + disputed > 0 else { return false }
    isPartial = true
    return true
  }

  /// The run's sum.
  ///
  /// - Parameters:
  ///   - duration: Wall time.
  ///   - outcome: What it comes to, where something else than the verdicts decides that.
  /// - Returns: The sum so far.
  package func summary(after duration: Duration, outcome: Summary.Outcome?) -> Summary {
    var summary = summary
    summary.duration = duration
    summary.notRun = max(0, cases - summary.counts.values.reduce(0, +))
    summary.isPartial = isPartial || summary.notRun > 0
    summary.staleWaivers = book.stale
    summary.outcome = outcome ?? verdict(summary)
    return summary
  }

  private func verdict(_ summary: Summary) -> Summary.Outcome {
    if failures > 0 { return .violations }
    if disputed > 0 { return .staleWaivers(summary.staleWaivers) }
    // Whoever asks the exit status must not take a run that was cut short for a conforming server.
    if summary.isPartial { return .nothingVerified("the run was stopped before its end, with no violation so far") }
    if !summary.staleWaivers.isEmpty { return .staleWaivers(summary.staleWaivers) }
    if let minimum = options.minimum, summary.verified < minimum {
      return .nothingVerified("only \(summary.verified) of at least \(minimum) cases were verified")
    }
    // With more parts than cases, some parts have none; the others verify.
    if cases == 0, options.shard != nil { return .conforming }
    return summary.verified > 0 ? .conforming : .nothingVerified("no case could be decided")
  }
}
