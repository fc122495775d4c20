/// What a run has against the server, and how it came to it.
struct Claim: Sendable {
  /// What it is.
  var suspicion: Suspicion
  /// What was played.
  var script: Script
  /// The relation that was asked, where two plays were compared.
  var relation: (any RelationOracle.Type)?
  /// The seed of the variant's choices.
  var variantSeed: UInt64 = 0
  /// The run.
  var run: UInt64
}
