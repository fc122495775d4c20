/// What an RFC demands: one normative statement, its strength and whom it binds.
public struct Requirement: Sendable, Equatable {
  /// The statement's name, such as `RFC5321-3.3-10`.
  public let id: RequirementID
  /// The RFC's keyword, `NOT` included: `MUST NOT`.
  public let keyword: String
  /// The strength that a verdict on it has.
  public let level: Level
  /// Whom the statement binds.
  public let role: Role
  /// One line in our own words: what a conforming implementation does.
  public let summary: String
  /// Why no case tests it, where none can.
  public let untested: Untested?
  /// The reason in words, beside ``untested``.
  public let because: String?
  /// What a case of it waits for, where one could be and is not yet.
  public let awaits: String?

  /// Whom a statement binds.
  public enum Role: String, Sendable, CaseIterable {
    case server, client, relay, originator
    case submissionServer = "submission-server"
    case author, `operator`

    /// Whether it binds who sends mail to another server, and not the server.
    public var isSender: Bool { self == .client || self == .relay }
  }

  /// Why a statement has no case.
  public enum Untested: String, Sendable, CaseIterable {
    /// It binds somebody else than the server.
    case role
    /// Nothing of it shows on the wire or in the mailbox.
    case invisible
    /// It takes hours or days to see.
    case slow
    /// It is advice to people.
    case advice
    /// It defines a word.
    case definition
    /// It permits something; nothing can break it.
    case permission
  }
}

/// The strength of a requirement, and so of a verdict on it.
///
/// A violated `must` fails a run, a violated `should` warns, a `may` only informs (RFC 2119).
public enum Level: String, Sendable, CaseIterable, Comparable {
  case may, should, must

  /// Weak to strong: `may`, `should`, `must`.
  public static func < (one: Level, other: Level) -> Bool {
    one.rank < other.rank
  }

  private var rank: Int {
    switch self {
    case .may: 0
    case .should: 1
    case .must: 2
    }
  }
}

/// The name of a requirement: RFC, section and the place of its keyword in the section.
///
/// Written `RFC5321-3.3-10`; a duty stated in plain prose ends in a letter, `RFC1870-4-a`.
public struct RequirementID: Sendable, Hashable, CustomStringConvertible {
  /// The RFC's number.
  public let rfc: Int
  /// The section, `3.3` or `B`.
  public let section: String
  /// The place in the section: a number or a letter.
  public let place: String

  /// Reads `RFC5321-3.3-10`, or `3.3-10` where the RFC is known.
  ///
  /// - Returns: `nil` where the text has another shape.
  public init?(_ text: String, rfc known: Int? = nil) {
    var parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    if let first = parts.first, first.hasPrefix("RFC"), let number = Int(first.dropFirst(3)) {
      self.rfc = number
      parts.removeFirst()
    } else if let known {
      self.rfc = known
    } else {
      return nil
    }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.section = parts[0]
    self.place = parts[1]
  }

  /// The whole id, with its RFC.
  public var description: String {
    "RFC\(rfc)-\(section)-\(place)"
  }
}

/// Every requirement that `specs/requirements/` registers.
public struct Register: Sendable {
  /// In the files' order, which is the RFCs' own.
  public let requirements: [Requirement]
  /// Number → title of each RFC registered.
  public let titles: [Int: String]
  private let places: [RequirementID: Int]

  /// A register of these requirements; of two with one id the first counts.
  public init(requirements: [Requirement], titles: [Int: String]) {
    self.requirements = requirements
    self.titles = titles
    self.places = Dictionary(
      zip(requirements.map(\.id), requirements.indices),
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The requirement of this id, if it is registered.
  public subscript(id: RequirementID) -> Requirement? {
    places[id].map { requirements[$0] }
  }
}
