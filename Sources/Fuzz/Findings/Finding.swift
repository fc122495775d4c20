import Wire

/// A result of a campaign that is worth a person's time.
///
/// It is made for every kind of campaign: against a server, a client or a parser, and for a difference between two of them.
package struct Finding: Sendable, Equatable {
  /// How bad it is where it is true.
  package enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    /// What the RFCs leave open, or what nobody is harmed by.
    case note
    /// Outside the grammar, or a breach that a peer can live with.
    case low
    /// Breaks a MUST: a peer loses step or is told something untrue.
    case medium
    /// Mail or secrets are lost or shown, commands are smuggled, one session stops.
    case high
    /// The process is gone, or serves nobody any more.
    case critical

    /// The order from ``note`` up.
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// How sure it is that it is no mistake of ours.
  package enum Confidence: String, Sendable, Codable, CaseIterable {
    /// Seen again on a fresh connection, and there is no other reading.
    case certain
    /// Seen again, and decided by a section.
    case firm
    /// Seen again, by comparing two runs.
    case compared
    /// Seen once, or not to be tried again.
    case tentative
  }

  /// What makes it happen.
  package enum Input: Sendable, Equatable {
    /// A dialogue, event by event.
    case script(Script)
    /// Octets for a parser.
    case octets([UInt8])

    /// The octets that go over the wire, or into the parser.
    package var octets: [UInt8] {
      switch self {
      case .script(let script): Array(script.connections.joined())
      case .octets(let octets): octets
      }
    }
  }

  /// What was fuzzed: `server`, `client`, `parser` or `diff`.
  package var subject: String
  /// The oracle's name, a slug such as `reply-count`.
  package var oracle: String
  /// What findings with one cause have in common; the store keeps one finding of each.
  package var bucket: String
  /// One line for a table.
  package var summary: String
  /// What decides, such as `RFC 5321 §4.2`, or `open` where the RFCs leave it so.
  package var clause: String
  /// How bad it is.
  package var severity: Severity
  /// How sure it is.
  package var confidence: Confidence
  /// What the clause has happen.
  package var expected: String
  /// What happened.
  package var observed: String
  /// What makes it happen, as small as it could be made.
  package var input: Input
  /// The script played in another way, where the finding is a difference between two plays.
  package var variant: Script?
  /// What went over the wire, made visible; empty where nothing did.
  package var transcript = ""
  /// Who was fuzzed, as a person wrote it.
  package var target: String
  /// The seed of the campaign.
  package var seed: UInt64
  /// The run that met it.
  package var run: UInt64
  /// Whether what was fuzzed is dead, by this.
  package var isDeath = false
  /// A POSIX shell script that shows it without smtpspec, where there can be one.
  package var reproducer: String?
  /// A case in the format of `specs/`, where one fits.
  package var specCase: String?

  /// A finding with what every one has.
  package init(
    subject: String, oracle: String, bucket: String, summary: String, clause: String, severity: Severity, confidence: Confidence,
    expected: String, observed: String, input: Input, target: String, seed: UInt64, run: UInt64
  ) {
    self.subject = subject
    self.oracle = oracle
    self.bucket = bucket
    self.summary = summary
    self.clause = clause
    self.severity = severity
    self.confidence = confidence
    self.expected = expected
    self.observed = observed
    self.input = input
    self.target = target
    self.seed = seed
    self.run = run
  }

  /// The name of its folder: the oracle, and a number made of the bucket.
  package var name: String {
    var signature = Signature()
    signature.add(subject)
    signature.add(bucket)
    let word = oracle.utf8.allSatisfy { $0.isLetterOrDigit || $0 == .hyphen } ? oracle : "finding"
    return word + "-" + signature.hex
  }
}
