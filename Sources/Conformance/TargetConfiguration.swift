package import Transport

/// What is tested, and what it offers the cases.
public struct TargetConfiguration: Sendable {
  /// Where it listens.
  package var endpoint: Endpoint
  /// What the target is for.
  public var role: TargetRole = .mx
  /// The name we give in EHLO.
  public var client = "client.example.org"
  /// A domain that the target takes mail for.
  public var domain: String?
  /// The reverse-path of our mail.
  public var sender = "sender@example.org"
  /// Accepted.
  public var recipient: String?
  /// Accepted too, another mailbox.
  public var recipient2: String?
  /// Refused: of the target's domain, unknown.
  public var unknownRecipient: String?
  /// Refused: of a domain that the target does not serve.
  public var foreignRecipient: String? = "someone@example.net"
  /// Accepted by RCPT and refused at delivery: over quota, say (RFC 2033 §4.2).
  public var failingRecipient: String?
  /// For the role `odmr`: a domain of the customer with no mail waiting, where ``domain`` has some.
  public var emptyDomain: String?
  /// Accepted, and its delivery fails at once and for good, at the target itself.
  public var undeliverableRecipient: String?
  /// Another one of this kind.
  public var undeliverableRecipient2: String?
  /// An address of the target in whose mailbox reports arrive; neither `recipient` nor an undeliverable one.
  public var localSender: String?
  /// The mailbox of `localSender`, and of nobody else.
  public var senderMailbox: MailboxConfiguration?
  /// The address of a mailing list, whose mail has the list's own reverse-path, as opposed to an alias (RFC 5321 §3.9.2).
  public var mailingList: String?
  /// Accepted after a MAIL with SMTPUTF8: its local part is not ASCII (RFC 6531).
  public var utf8Recipient: String?
  /// A domain of which the target knows that it takes no mail (RFC 7505).
  public var nullMXDomain: String?
  /// Accepted: a mailbox that had another owner in the year 2000, as the target knows (RFC 7293).
  public var reassignedRecipient: String?
  /// A mailing list, for EXPN.
  public var list: String?
  /// For AUTH.
  public var credentials: Credentials?
  /// How TLS is spoken.
  public var tls = TLSConfiguration()
  /// Where delivered mail can be read.
  public var mailbox: MailboxConfiguration?
  /// How to start the server, if smtpspec is to do that.
  public var server: ServerCommand?
  /// The program that is tested, where the target is a client.
  package var clientProgram: ClientProgram?
  /// Where we listen for a client or a relay; a free port of the loopback interface where nothing is said.
  package var listen: Endpoint?
  /// How long a relay lets mail wait at most before it tries again, if that is known.
  public var retryTime: Duration?
  /// Known violations.
  public var waivers: [Waiver] = []
  /// The file it was read from, if any.
  public var file: String?

  /// A target at this address: `host`, `host:port`, `[::1]:25`, `unix:/path`; port 25 where none is given.
  ///
  /// - Throws: ``ConfigurationError`` where the address has another shape.
  public init(address: String) throws(ConfigurationError) {
    do {
      self.endpoint = try Endpoint(parsing: address, defaultPort: 25)
    } catch {
      throw ConfigurationError(message: error.message)
    }
  }

  /// A target at this endpoint.
  package init(endpoint: Endpoint) {
    self.endpoint = endpoint
  }

  /// The address as people write it.
  public var address: String {
    if role == .client, let clientProgram { return clientProgram.name }
    return endpoint.description
  }

  /// A client: its endpoint is ours.
  package init(client: ClientProgram) {
    self.endpoint = .tcp(host: "127.0.0.1", port: 0)
    role = .client
    clientProgram = client
  }

  /// A client that is tested.
  package enum ClientProgram: Sendable {
    /// Run by `/bin/sh -c` for each message, its placeholders filled in.
    case command(String)
    /// In this process; its status is a process's.
    case builtIn(@Sendable (ClientTask) -> Int32)

    /// The command, or what stands for one.
    var name: String {
      switch self {
      case .command(let command): command
      case .builtIn: "the built-in client"
      }
    }
  }

  /// What a client or a relay has been told about TLS.
  public enum TLSPolicy: String, Sendable, CaseIterable {
    /// It uses none.
    case none
    /// It uses what is offered.
    case opportunistic
    /// It sends nothing without.
    case required
  }

  /// A name and its password; never printed.
  public struct Credentials: Sendable {
    /// The name.
    package let username: String
    /// Its password.
    package let password: String
    /// A bearer token, for OAUTHBEARER (RFC 7628).
    package let token: String?

    /// Name and password, for who logs in.
    package var login: (username: String, password: String) { (username, password) }

    /// Credentials as given by environment variable or file.
    public init(username: String, password: String, token: String? = nil) {
      self.username = username
      self.password = password
      self.token = token
    }
  }

  /// How TLS is spoken with the target.
  public struct TLSConfiguration: Sendable {
    /// Whether TLS begins with the connection (RFC 8314).
    public var isImplicit = false
    /// What a client or a relay has been told about TLS.
    public var policy = TLSPolicy.none
    /// Which certificates are believed.
    public var trust: Trust = .none
    /// The name sent as SNI and compared with the certificate.
    public var serverName: String?
    /// The certificate that we present where the server asks for one.
    package var identity: TLSIdentity?

    /// No constraints, STARTTLS.
    public init() {}

    /// Which certificates are believed.
    public enum Trust: Sendable, Equatable {
      case none, system
      /// A PEM file.
      case file(String)
    }
  }

  /// Where delivered mail can be read.
  public enum MailboxConfiguration: Sendable, Equatable {
    /// Maildir folders: the recipients' own.
    case maildir([String])
    /// Mbox files.
    case mbox([String])
    /// Commands that print a mailbox each: an mbox file, or one message.
    case command([String])
    /// What the target relays to us.
    case sink
  }

  /// How to start the server under test.
  public struct ServerCommand: Sendable, Equatable {
    /// Run by `/bin/sh -c`.
    public let command: String
    /// How long it may take until it answers.
    public let ready: Duration

    /// A command and the time it has to answer.
    public init(command: String, ready: Duration = .seconds(10)) {
      self.command = command
      self.ready = ready
    }
  }
}

/// What is wrong with a configuration or an address; shown as it is.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, where, and what to do.
  public let message: String

  /// An error with these words.
  public init(message: String) {
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
