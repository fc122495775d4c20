package import Dialogue
package import Wire

/// What the server knows of one session.
package struct ServerState: Sendable, Equatable {
  /// A recipient that was accepted.
  package struct Recipient: Sendable, Equatable {
    /// The path as RCPT had it.
    package var path: ForwardPath
    /// The mailboxes it reaches: one of the configuration's users, or a list's.
    package var users: [String]
    /// The list's name, where it is one.
    package var list: String?
    /// What the sender wants to be told; `nil` where RCPT did not say (RFC 3461 §4.1).
    package var notify: NotifyConditions?
    /// The address as the sender gave it, where RCPT said so (RFC 3461 §4.2).
    package var originalRecipient: OriginalRecipient?

    /// Whether the message is sent on for it.
    package var isRelayed = false
    /// The time that RRVS named (RFC 7293 §3.1).
    package var validSince: ValidSince?

    /// A recipient at this path.
    package init(path: ForwardPath, users: [String], list: String? = nil) {
      self.path = path
      self.users = users
      self.list = list
    }
  }

  /// The cipher suite of TLS by its registered name; `nil` in clear (RFC 8314 §4.3).
  package var cipherSuite: String?
  /// Where the session stands in the protocol.
  package var dialogue = SessionState()
  /// The argument of HELO or EHLO as it came.
  package var clientName: [UInt8] = []
  /// MAIL's path; `nil` outside a transaction.
  package var reversePath: ReversePath?
  /// The recipients that were accepted, in order.
  package var recipients: [Recipient] = []
  /// RCPT commands of this transaction that were refused.
  package var refusedRecipients = 0
  /// The size that MAIL declared, in octets; a number that no `Int` holds counts as the largest (RFC 1870 §6).
  package var declaredSize: Int?
  /// What MAIL declared the body to be (RFC 6152 §2, RFC 3030 §3).
  package var body = BodyType.sevenBit
  /// The authentication exchange that goes on: the client's next line is a response (RFC 4954 §4).
  package var authentication: AuthenticationExchange?
  /// The user whose certificate the client has shown in the TLS handshake.
  package var certificateUser: String?
  /// How often AUTH has failed in this session.
  package var authenticationFailures = 0
  /// How much of the message a report on its failure returns, where MAIL said so (RFC 3461 §4.3).
  package var returns: ReturnedContent?
  /// The time for delivery, where MAIL had one (RFC 2852 §4).
  package var deliverBy: DeliverBy?
  /// The moment at which the time for delivery is over, in seconds since 1970.
  package var deliverByTime: Int?
  /// The identifier of the envelope, decoded, where MAIL had one (RFC 3461 §4.4).
  package var envelopeID: [UInt8]?
  /// Whether MAIL had SMTPUTF8 (RFC 6531 §3.4).
  package var isInternationalized = false
  /// How MAIL asked for the message to be handled; the priority is the one that was granted.
  package var handling = Handling()
  /// Transactions so far that MAIL began.
  package var transactions = 0
  /// Commands so far that drew 500–504.
  package var badCommands = 0
  /// Messages so far that were accepted.
  package var messages = 0

  /// The client's address as a literal, brackets included, from the connection; `nil` where it has none.
  package let peerLiteral: String?
  /// The literal of the address that the client connected to.
  package let localLiteral: String?
  /// The session's number since the server's start.
  package let session: Int

  /// The state of a session that has just begun.
  package init(session: Int = 1, peerLiteral: String? = nil, localLiteral: String? = nil) {
    self.session = session
    self.peerLiteral = peerLiteral
    self.localLiteral = localLiteral
  }

  /// Drops the transaction with all its buffers (RFC 5321 §4.1.1.5).
  package mutating func clearTransaction() {
    dialogue.transaction = .none
    reversePath = nil
    recipients = []
    refusedRecipients = 0
    declaredSize = nil
    body = .sevenBit
    isInternationalized = false
    returns = nil
    envelopeID = nil
    handling = Handling()
    deliverBy = nil
    deliverByTime = nil
  }

  /// Forgets all that the client said in clear (RFC 3207 §4.2).
  package mutating func completeHandshake() {
    clearTransaction()
    clientName = []
    authentication = nil
    dialogue.completeHandshake()
  }
}
