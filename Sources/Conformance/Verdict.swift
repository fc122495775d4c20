/// What an observation means for a case.
public enum Verdict: Sendable, Equatable {
  /// The server did what is demanded.
  case satisfied
  /// It did not.
  case violated(Violation)
  /// It did something else that is allowed.
  case latitude(String)
  /// The case could not decide, and why.
  case inconclusive(String)
  /// The target does not offer what the case needs.
  case notApplicable(String)
  /// Violated, and known: a waiver of the target's names it.
  case waived(reason: String, Violation)

  /// The kinds of verdict, without what they carry.
  public enum Kind: String, Sendable, CaseIterable {
    case satisfied, violated, latitude, inconclusive, waived
    case notApplicable = "not-applicable"
  }

  /// Which kind this is.
  public var kind: Kind {
    switch self {
    case .satisfied: .satisfied
    case .violated: .violated
    case .latitude: .latitude
    case .inconclusive: .inconclusive
    case .notApplicable: .notApplicable
    case .waived: .waived
    }
  }

  /// The violation behind a `violated` or `waived` verdict.
  public var violation: Violation? {
    switch self {
    case .violated(let violation), .waived(_, let violation): violation
    case .satisfied, .latitude, .inconclusive, .notApplicable: nil
    }
  }
}

/// How a server broke a requirement.
///
/// What the server sent is escaped here already.
public struct Violation: Sendable, Equatable {
  /// The step, from 1; the count of steps plus 1 for what came after the last.
  public let step: Int
  /// What the case demands.
  public let expected: String
  /// What came instead.
  public let observed: String

  /// A violation at a step.
  public init(step: Int, expected: String, observed: String) {
    self.step = step
    self.expected = expected
    self.observed = observed
  }
}

/// One moment of a conversation, for people to read.
///
/// Secrets are redacted already.
public struct TranscriptEntry: Sendable, Equatable {
  /// Time since the connection began.
  public let at: Duration
  /// Who sent it, or what happened.
  public let direction: Direction
  /// Sent or received octets, or an event's words in UTF-8; not escaped yet.
  public let octets: [UInt8]
  /// The connection's name where a case has several; `main` is the first.
  public let connection: String

  /// Who sent something, or that something happened.
  public enum Direction: String, Sendable {
    case sent, received, event
  }

  /// An entry with these octets.
  public init(at: Duration, direction: Direction, octets: [UInt8], connection: String) {
    self.at = at
    self.direction = direction
    self.octets = octets
    self.connection = connection
  }
}

/// What came of one case.
public struct CaseResult: Sendable {
  /// The case that ran.
  public let testCase: Case
  /// What it means.
  public let verdict: Verdict
  /// Wall time of the last attempt.
  public let duration: Duration
  /// The conversation of the attempt that the verdict comes from; several connections are interleaved in time.
  public let transcript: [TranscriptEntry]
  /// How often the case ran before it was judged; 0 where it did not.
  public let attempts: Int
  /// What is worth noting beside the verdict.
  public let notes: [String]

  /// A result with these parts.
  public init(
    testCase: Case, verdict: Verdict, duration: Duration, transcript: [TranscriptEntry], attempts: Int, notes: [String]
  ) {
    self.testCase = testCase
    self.verdict = verdict
    self.duration = duration
    self.transcript = transcript
    self.attempts = attempts
    self.notes = notes
  }
}
