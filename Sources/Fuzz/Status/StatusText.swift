import Wire

/// A campaign's progress in words.
package enum StatusText {
  /// One line, for a pipe.
  package static func line(_ progress: CampaignProgress) -> String {
    var parts = [
      time(progress.elapsed), "\(progress.runs) runs", "\(rate(progress.rate))/s", "\(progress.states) states", "\(progress.corpus) kept",
    ]
    parts.append("\(progress.findingCount) new finding\(progress.findingCount == 1 ? "" : "s")\(byOracle(progress))")
    if let since = progress.sinceLastFinding { parts.append("last \(time(since)) ago") }
    return (parts + progress.remarks.map { Escaped.show($0, limit: 100) }).joined(separator: ", ")
  }

  /// A few lines, for a terminal.
  package static func screen(_ progress: CampaignProgress, title: String) -> [String] {
    let never = "never"
    var lines = [
      Escaped.show(title, limit: 76),
      "  time      \(padded(time(progress.elapsed)))  runs      \(progress.runs)",
      "  rate      \(padded(rate(progress.rate) + "/s"))  states    \(progress.states), \(progress.corpus) kept",
      "  last new state \(progress.sinceLastState.map { time($0) + " ago" } ?? never)",
      "  findings  \(padded(String(progress.findingCount)))  last      \(progress.sinceLastFinding.map { time($0) + " ago" } ?? never)",
    ]
    lines += progress.findings.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "    \($0.value)  \(Escaped.show($0.key, limit: 60))"
    }
    return lines + progress.remarks.map { "  " + Escaped.show($0, limit: 76) }
  }

  /// A time as people say it: `42s`, `3min 05s`, `2h 07min`.
  package static func time(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3_600 { return "\(seconds / 60)min \(two(seconds % 60))s" }
    return "\(seconds / 3_600)h \(two(seconds / 60 % 60))min"
  }

  private static func rate(_ rate: Double) -> String {
    rate >= 100 ? String(Int(rate.rounded())) : String((rate * 10).rounded() / 10)
  }

  private static func padded(_ text: String) -> String { text + String(repeating: " ", count: max(0, 14 - text.count)) }

  private static func byOracle(_ progress: CampaignProgress) -> String {
    guard !progress.findings.isEmpty else { return "" }
    return " (" + progress.findings.sorted { $0.key < $1.key }.map { "\(Escaped.show($0.key)) \($0.value)" }.joined(separator: ", ") + ")"
  }
}
