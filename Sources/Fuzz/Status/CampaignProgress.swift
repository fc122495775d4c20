/// How far a campaign has come.
package struct CampaignProgress: Sendable, Equatable {
  /// Runs so far.
  package var runs: UInt64 = 0
  /// Since the campaign began.
  package var elapsed = Duration.zero
  /// Different things reached so far.
  package var states = 0
  /// How many inputs are kept.
  package var corpus = 0
  /// New findings by the name of their oracle.
  package var findings: [String: Int] = [:]
  /// How long ago the last new finding was.
  package var sinceLastFinding: Duration?
  /// How long ago something new was reached.
  package var sinceLastState: Duration?
  /// What else a campaign has to say, a line each.
  package var remarks: [String] = []

  /// A campaign that begins.
  package init() {}

  /// Runs a second, over the whole time.
  package var rate: Double { elapsed > .zero ? Double(runs) / (elapsed / .seconds(1)) : 0 }

  /// All new findings.
  package var findingCount: Int { findings.values.reduce(0, +) }
}
