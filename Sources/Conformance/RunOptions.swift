/// How a run goes about it.
public struct RunOptions: Sendable {
  /// The most connections at once; the runner starts lower and rises while the target keeps up.
  public var jobs = 16
  /// The time a reply may take.
  public var timeout: Duration = .seconds(10)
  /// How long nothing must come before it counts as silence; `nil` for four times what a plain message takes, 100 ms to 2 s.
  public var silence: Duration?
  /// The time a case may take.
  public var caseLimit: Duration = .seconds(60)
  /// The time the run may take; what has not run by then is not run.
  public var runLimit: Duration?
  /// Stop at the first violation that fails the run.
  public var failFast = false
  /// The lowest level at which a violation fails the run.
  public var strict: Level = .must
  /// How often each case runs; a verdict that differs between two runs is inconclusive.
  public var repetitions = 1
  /// Run the cases marked slow, too.
  public var slow = false
  /// The most new connections a second.
  public var rate: Double?
  /// The seed of every random choice.
  public var seed: UInt64 = 1
  /// The ids of cases that are known to be violated: they fail no run.
  public var baseline: Set<String> = []
  /// The fewest cases that must be verified, or else the run says that nothing was.
  public var minimum: Int?
  /// Which part of a larger run the cases are; the events tell it.
  public var shard: Shard?

  /// The defaults.
  public init() {}
}
