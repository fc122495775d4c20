package import Transport

/// One test: octets to send and what to expect, citing the requirements it tests.
///
/// A row of a table (`each`, `segment`) is a case of its own.
public struct Case: Sendable {
  /// `rfc5321/3.3/rcpt-before-mail`, and for a row its name behind: never used again for something else.
  public let id: String
  /// What a conforming server does, in one sentence.
  public let title: String
  /// The RFC whose folder it stands in.
  public let rfc: Int
  /// The section of that RFC, `4.1.1.3`.
  public let section: String
  /// The section's title.
  public let sectionTitle: String
  /// The requirements it tests; never empty.
  public let covers: [RequirementID]
  /// The strongest level among them.
  public let level: Level
  /// What a failure means.
  public let kind: Kind
  /// CVE identifiers of known instances.
  public let cve: [String]
  /// Links to read.
  public let references: [String]
  /// What a reader of a violation should know.
  public let note: String?
  /// The spec file, as it was named when loaded.
  public let file: String
  /// The line where the case begins, from 1.
  public let line: Int
  /// The reference server's defects that this case must catch.
  public let convicts: [String]
  /// What must be there, or the case is not applicable.
  public let needs: Needs

  /// The state it starts in.
  package let given: Given
  /// What the target is given to send, where the case starts with that.
  package let assignment: Assignment
  /// How the octets of its steps are cut, where it says so.
  package let segmentation: Segmentation?
  /// What is done, in order.
  package let steps: [Step]
  /// The fixtures its octets and patterns name.
  package let fixtures: Set<Fixture>

  /// What a failure of a case means.
  public enum Kind: String, Sendable, CaseIterable {
    case conformance, vulnerability, interoperability
  }

  /// The state a case starts in.
  package enum Given: String, Sendable, CaseIterable {
    case connect, greeting, helo, ehlo, lhlo, mail, rcpt, data, tls, secured, authenticated, accepted
  }
}

/// What a case needs of its target.
public struct Needs: Sendable, Equatable {
  /// EHLO keywords that the server offers.
  public var extensions: [String] = []
  /// EHLO keywords that it does not offer.
  public var lacking: [String] = []
  /// SASL mechanisms that AUTH offers in the state the case starts in.
  public var mechanisms: [String] = []
  /// SASL mechanisms that AUTH does not offer there.
  public var absentMechanisms: [String] = []
  /// The target has been given a certificate to present under TLS.
  public var certificate = false
  /// Fixtures that the target names, beside those in the case's octets.
  public var fixtures: [Fixture] = []
  /// The target's role is one of these.
  public var roles: [TargetRole] = [.mx, .submission, .lmtp]
  /// What was delivered can be looked into.
  public var mailbox = false
  /// The reports that its sender gets can be looked into.
  public var reports = false
  /// The connection can be TLS.
  public var tls = false
  /// TLS begins with the connection (RFC 8314 §3.3).
  public var implicitTLS = false
  /// The target, where it is a client or a relay, sends nothing without TLS.
  public var requiredTLS = false
  /// The target, where it is a client or a relay, was told neither to use TLS nor to log in.
  public var plain = false
  /// It is known how soon the target tries again.
  public var retry = false
  /// The code that the server opens with; `nil` for 220, and for cases of the opening itself.
  public var opening: Int?
  /// No other case runs meanwhile.
  public var exclusive = false
  /// Off unless asked for.
  public var slow = false
}

/// What the target is for.
public enum TargetRole: String, Sendable, CaseIterable {
  /// Takes mail for its domains from anyone.
  case mx
  /// Takes mail from its users (RFC 6409).
  case submission
  /// Local delivery (RFC 2033).
  case lmtp
  /// Hands over mail to the customer who asks for it (RFC 2645).
  case odmr
  /// Sends mail: a program that is started for each message.
  case client
  /// Takes mail and sends it on, to us.
  case relay

  /// Whether it is what it sends that is judged.
  public var isSender: Bool { self == .client || self == .relay }
}

/// A value that a target offers and a case may use.
public enum Fixture: String, Sendable, CaseIterable {
  case hello, recipient, recipient2, sender, domain, host, postmaster, list, user, client, token, username, password, address
  case unknownRecipient = "unknown-recipient"
  case foreignRecipient = "foreign-recipient"
  case utf8Recipient = "utf8-recipient"
  case nullMXDomain = "null-mx-domain"
  case reassignedRecipient = "reassigned-recipient"
  case failingRecipient = "failing-recipient"
  case sizeLimit = "size-limit"
  case overSizeLimit = "over-size-limit"
  case holdLimit = "hold-limit"
  case overHoldLimit = "over-hold-limit"
  case holdDate = "hold-date"
  case mailLimit = "mail-limit"
  case rcptLimit = "rcpt-limit"
  case soon
  case shownMailbox = "shown-mailbox"
  case emptyDomain = "empty-domain"
  case capitalDomain = "capital-domain"
  case mailingList = "mailing-list"
  case shortByTime = "short-by-time"
  case localSender = "local-sender"
  case undeliverableRecipient = "undeliverable-recipient"
  case undeliverableRecipient2 = "undeliverable-recipient2"
  case authPlain = "auth-plain"
  case authLoginUser = "auth-login-user"
  case authLoginPassword = "auth-login-password"
  case bearerToken = "bearer-token"
}
