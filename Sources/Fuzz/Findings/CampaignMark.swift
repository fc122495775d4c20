/// How far a campaign has come, so that another can go on with it.
package struct CampaignMark: Sendable, Codable, Equatable {
  /// The seed of every choice.
  package let seed: UInt64
  /// The run to go on with.
  package let run: UInt64

  /// A mark.
  package init(seed: UInt64, run: UInt64) {
    self.seed = seed
    self.run = run
  }
}
