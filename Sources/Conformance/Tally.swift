import Foundation

/// Adds up verdicts, and holds violations against the waivers.
struct Tally {
  private let options: RunOptions
  private let waivers: [TargetConfiguration.Waiver]
  private let cases: Int
  private var used: Set<Int> = []
  /// Violations that fail the run.
  private(set) var failures = 0
  private var judged: Set<String> = []
  private var summary = Summary()
  var isPartial = false

  init(options: RunOptions, waivers: [TargetConfiguration.Waiver], cases: Int) {
    self.options = options
    self.waivers = waivers
    self.cases = cases
  }

  /// Counts a result, which a waiver may change.
  @discardableResult
  mutating func add(_ result: CaseResult) -> CaseResult {
    var result = result
    judged.insert(result.testCase.id)
    if case .violated(let violation) = result.verdict, let reason = waive(result.testCase.id, violation) {
      result = CaseResult(
        testCase: result.testCase, verdict: .waived(reason: reason, violation), duration: result.duration,
        transcript: result.transcript, attempts: result.attempts, notes: result.notes)
    }
    summary.counts[result.verdict.kind, default: 0] += 1
    if result.verdict.kind == .violated {
      summary.violations[result.testCase.level, default: 0] += 1
      if result.testCase.level >= options.strict { failures += 1 }
    }
    return result
  }

  /// Whether `--fail-fast` ends the run here.
  mutating func endsEarly(after result: CaseResult) -> Bool {
    guard options.failFast, failures > 0 else { return false }
    isPartial = true
    return true
  }

  private mutating func waive(_ id: String, _ violation: Violation) -> String? {
    for (place, waiver) in waivers.enumerated() {
      let glob = Glob(waiver.cases)
      guard glob.matches(id) || glob.matchesFolder(of: id), !Self.isPast(waiver.until) else { continue }
      if let observed = waiver.observed, !violation.observed.contains(observed) { continue }
      used.insert(place)
      return waiver.reason
    }
    return nil
  }

  /// Whether the day lies behind us; a waiver holds on its last day.
  private static func isPast(_ until: String?) -> Bool {
    guard let until else { return false }
    let formatter = DateFormatter()
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyy-MM-dd"
    return formatter.string(from: Date()) > until
  }

  /// The run's sum; `outcome` where something else than the verdicts decides it.
  func summary(after duration: Duration, outcome: Summary.Outcome?) -> Summary {
    var summary = summary
    summary.duration = duration
    summary.notRun = max(0, cases - summary.counts.values.reduce(0, +))
    summary.isPartial = isPartial || summary.notRun > 0
    summary.outcome = outcome ?? verdict(summary)
    return summary
  }

  private func verdict(_ summary: Summary) -> Summary.Outcome {
    if failures > 0 { return .violations }
    // Whoever asks the exit status must not take a run that was cut short for a conforming server.
    if summary.isPartial { return .nothingVerified("the run was stopped before its end, with no violation so far") }
    if !stale.isEmpty { return .staleWaivers(stale) }
    let verified = [Verdict.Kind.satisfied, .latitude, .violated, .waived].reduce(0) { $0 + (summary.counts[$1] ?? 0) }
    return verified > 0 ? .conforming : .nothingVerified("no case could be decided")
  }

  /// The waivers that matched no violation, though a case that they name ran.
  private var stale: [String] {
    waivers.indices.filter { place in
      let glob = Glob(waivers[place].cases)
      return !used.contains(place) && judged.contains { glob.matches($0) || glob.matchesFolder(of: $0) }
    }.map { place in
      let waiver = waivers[place]
      let past = Self.isPast(waiver.until) ? ", which held until \(waiver.until ?? "")" : ""
      return "the waiver for '\(waiver.cases)'\(past) matches no violation any more"
    }
  }
}
