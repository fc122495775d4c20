/// What happens in a run, in order, one at a time.
public enum Event: Sendable {
  /// The target answered, and the cases are chosen.
  case runStarted(RunFacts)
  /// A case begins; its id.
  case caseStarted(String)
  /// A case is judged.
  case caseFinished(CaseResult)
  /// Something worth a line: the target slowed down, a canary failed.
  case note(String)
  /// The run is over, or was stopped.
  case runFinished(Summary)
}

/// What is known when a run begins.
public struct RunFacts: Sendable, Equatable {
  /// The target's address as people write it.
  public let target: String
  /// Its role.
  public let role: TargetRole
  /// The text of its 220, escaped.
  public let greeting: String
  /// The EHLO keywords with their parameters, escaped; empty for a server without EHLO.
  public let extensions: [String]
  /// How many cases will run or be judged not applicable.
  public let cases: Int
  /// The seed of every random choice.
  public let seed: UInt64
  /// Which part of a larger run this is; `nil` for a run of its own.
  public let shard: Shard?
  /// The violations that are known; those of another part of the run, too.
  public let waivers: [TargetConfiguration.Waiver]

  /// Facts of a run.
  public init(
    target: String, role: TargetRole, greeting: String, extensions: [String], cases: Int, seed: UInt64, shard: Shard? = nil,
    waivers: [TargetConfiguration.Waiver] = []
  ) {
    self.target = target
    self.role = role
    self.greeting = greeting
    self.extensions = extensions
    self.cases = cases
    self.seed = seed
    self.shard = shard
    self.waivers = waivers
  }
}

/// What a run came to.
public struct Summary: Sendable, Equatable {
  /// How many cases had each kind of verdict.
  public package(set) var counts: [Verdict.Kind: Int] = [:]
  /// How many violations there were at each level.
  public package(set) var violations: [Level: Int] = [:]
  /// Cases chosen that never ran, because the run was stopped.
  public package(set) var notRun = 0
  /// Waivers that are out of date, each with where it stands, why, and what to do; whatever the outcome is.
  public package(set) var staleWaivers: [String] = []
  /// Wall time.
  public package(set) var duration: Duration = .zero
  /// What it means.
  public package(set) var outcome: Outcome = .nothingVerified("no case ran")
  /// True where Ctrl-C, a deadline or `--fail-fast` ended it early.
  public package(set) var isPartial = false

  /// How many cases came to a decision about the server: those that are satisfied, violated, waived, or took a latitude.
  public var verified: Int {
    [Verdict.Kind.satisfied, .latitude, .violated, .waived].reduce(0) { $0 + (counts[$1] ?? 0) }
  }

  /// An empty summary: nothing verified.
  public init() {}

  /// What a run means, and with it the process's exit status.
  public enum Outcome: Sendable, Equatable {
    case conforming
    case violations
    /// Nothing was verified, and why.
    case nothingVerified(String)
    /// Waivers that are out of date, and no violation that none of them names.
    case staleWaivers([String])
    /// The server under test died, and how that showed.
    case serverDied(String)
  }

  /// The exit status of the design: 0 conforming, 1 violations, 3 nothing verified, 4 stale waivers, 5 server died.
  public var exitStatus: Int32 {
    switch outcome {
    case .conforming: 0
    case .violations: 1
    case .nothingVerified: 3
    case .staleWaivers: 4
    case .serverDied: 5
    }
  }
}
