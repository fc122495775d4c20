/// Adds up verdicts, and holds violations against the waivers.
struct Tally {
  private let options: RunOptions
  private let cases: Int
  private var book: WaiverBook
  /// Violations that fail the run.
  private(set) var failures = 0
  /// Violations that would fail the run, and that only waivers out of date name.
  private var disputed = 0
  private var summary = Summary()
  var isPartial = false

  /// A tally of nothing yet.
  ///
  /// - Parameters:
  ///   - options: What fails the run.
  ///   - waivers: The violations that are known.
  ///   - cases: The cases of the run.
  ///   - suite: The ids of every case there is.
  ///   - today: The day on which waivers must hold.
  init(options: RunOptions, waivers: [TargetConfiguration.Waiver], cases: [Case], suite: [String], today: Day? = .today()) {
    self.options = options
    self.cases = cases.count
    // A slow case that nobody asked for says nothing of its waiver.
    let chosen = cases.filter { options.slow || !$0.needs.slow }.map(\.id)
    book = WaiverBook(waivers, suite: suite, chosen: chosen, today: today)
  }

  /// Counts a result, which a waiver or the baseline may change.
  @discardableResult
  mutating func add(_ result: CaseResult) -> CaseResult {
    let ruling = book.take(result.testCase.id, result.verdict)
    var result = result
    if case .violated(let violation) = result.verdict, let grounds = grounds(ruling, result.testCase.id) {
      result = CaseResult(
        testCase: result.testCase, verdict: .waived(reason: grounds, violation), duration: result.duration,
        transcript: result.transcript, attempts: result.attempts, notes: result.notes)
    }
    summary.counts[result.verdict.kind, default: 0] += 1
    if result.verdict.kind == .violated {
      summary.violations[result.testCase.level, default: 0] += 1
      if result.testCase.level >= options.strict {
        if ruling == .disputed { disputed += 1 } else { failures += 1 }
      }
    }
    return result
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

  /// The run's sum; `outcome` where something else than the verdicts decides it.
  func summary(after duration: Duration, outcome: Summary.Outcome?) -> Summary {
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
