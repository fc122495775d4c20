package import Transport
package import Wire

/// What one reference server is: its names, its mailboxes, its limits and what it offers.
package struct Configuration: Sendable {
  /// What it is for.
  package var service = Service.mx
  /// The server's own name, in the greeting and in trace fields.
  package var hostName = "mx.example.test"
  /// The domains it delivers for.
  package var domains = ["example.test"]
  /// The local parts it has mailboxes for, in lower case; each is a folder's name in the Maildir.
  package var users = ["alice", "bob", "carol", "dave", "j\u{F6}rg", "postmaster"]
  /// Local parts whose mailboxes take nothing any more, in lower case: mail for them is accepted, and its delivery fails for good.
  package var formerUsers = ["gone", "left"]
  /// Users whose mailboxes take no more: found out at delivery, as LMTP lets a server say of each recipient (RFC 2033 §4.2).
  package var fullMailboxes: Set<String> = []
  /// The customer's domains, and the mail that waits for each; it is offered anew in every session (RFC 2645).
  package var queues: [String: [QueuedMessage]] = [:]
  /// A user's full name, for VRFY.
  package var fullNames = [
    "alice": "Alice Example", "bob": "Bob Example", "carol": "Carol Example", "dave": "Dave Example", "j\u{F6}rg": "J\u{F6}rg Example",
    "postmaster": "Postmaster",
  ]
  /// The passwords of those users who can authenticate (RFC 4954).
  package var passwords = ["alice": "correct horse", "bob": "battery staple"]
  /// The bearer tokens that are good, and whose they are (RFC 7628).
  package var bearerTokens = ["mF_9.B5f-4.1JqM": "alice"]
  /// The client certificates that are known by their SHA-256 fingerprints, and whose they are (RFC 4422, EXTERNAL).
  package var clientCertificates: [String: String] = [:]
  /// How often SCRAM hashes a password (RFC 5802 §5.1).
  package var scramIterations = 4096
  /// Makes what a challenge has that was never in another.
  package var makeNonce: @Sendable () -> [UInt8] = Nonce.random
  /// The mechanisms of AUTH, in the order in which EHLO lists them.
  package var mechanisms = Mechanism.allCases
  /// Whether PLAIN and LOGIN are to be had without TLS, though they show the password (RFC 4954 §4, RFC 4616 §5).
  package var takesPasswordsInClear = false
  /// Mailing lists: the name, and the users it reaches.
  package var lists = ["team": ["alice", "bob"]]
  /// Domains that say by a null MX that they take no mail (RFC 7505); this server asks no DNS.
  package var nullMXDomains = ["null-mx.example.net"]
  /// The local part that a list's mail names as its return path (RFC 5321 §3.9.2).
  package var listOwner = "postmaster"
  /// Since when users whose mailbox had another owner before have it, in seconds since 1970 (RFC 7293): dave's is of 2020.
  package var reassignedMailboxes = ["dave": 1_577_836_800]
  /// What it offers, where nothing else forbids it: see ``offers(_:)``.
  package var extensions = Set(ServiceExtension.allCases)
  /// A server of RFC 821 alone, which does not know EHLO.
  package var isHeloOnly = false
  /// The code it opens with; one that is not 220 is 554 (RFC 5321 §3.1) or 521 (RFC 7504 §3), and then it waits for QUIT.
  package var openingCode = 220
  /// Its certificate; without one there is no TLS.
  package var tlsIdentity: TLSIdentity?
  /// The versions and ciphers of TLS that it allows.
  package var tlsOptions = TLSServerOptions()
  /// Whether a connection begins with the TLS handshake.
  package var isImplicitTLS = false
  /// The folder with one Maildir a user; without it a message is accepted and dropped.
  package var maildir: String?
  /// What all messages stored since the start may take, in octets.
  package var storageLimitInOctets = 256 * 1024 * 1024

  /// The longest message content in octets; SIZE announces it.
  package var sizeLimitInOctets = 1024 * 1024
  /// The longest command line in octets with its CRLF (RFC 5321 §4.5.3.1.4); MAIL has what SIZE, BODY and AUTH add on top.
  package var commandLineLimitInOctets = 512
  /// What SIZE (RFC 1870 §4: 26), BODY (RFC 6152 §2: 17), its value BINARYMIME (RFC 3030 §3: 16), SMTPUTF8 (RFC 6531 §3.1: 10), AUTH
  /// (RFC 4954 §3: 500) and BY (RFC 2852 §2: 17) add to the length of MAIL.
  package var mailLineExtraInOctets = 26 + 17 + 16 + 10 + 500 + 17
  /// What MT-PRIORITY (RFC 6710 §3: 15), HOLDFOR and HOLDUNTIL (RFC 4865 §3: 34) and REQUIRETLS (RFC 8689 §2: 11) add to it.
  package var handlingLineExtraInOctets = 15 + 34 + 11
  /// What NOTIFY and ORCPT add to the length of RCPT; a server with DSN lets MAIL have no less (RFC 3461 §5.4).
  package var statusLineExtraInOctets = Limits.statusParameters
  /// What RRVS (RFC 7293 §3.1: 33) adds to the length of RCPT.
  package var recipientLineExtraInOctets = 33
  /// The longest line of an authentication exchange in octets with its CRLF (RFC 4954 §4).
  package var responseLimitInOctets = 12_288
  /// Failures of AUTH in one session before 421 ends it: never below 3 (RFC 4954 §9).
  package var authenticationFailureLimit = 20
  /// The least time in which it undertakes to deliver a message or return it, in seconds; DELIVERBY announces it (RFC 2852 §3).
  package var minimumByTime = 30
  /// A line that goes on for so many octets ends the session.
  package var endlessLineLimitInOctets = 16 * 1024 * 1024
  /// The longest line of message content in octets with its CRLF; `nil`, which §4.5.3.1 prefers, for no limit.
  package var textLineLimitInOctets: Int?
  /// RCPT commands that one transaction holds: never below 100 (RFC 5321 §4.5.3.1.8).
  package var recipientLimit = 200
  /// Transactions that one session may begin; LIMITS announces it (RFC 9422).
  package var transactionLimit = 400
  /// How long a message may be held before its release (RFC 4865 §3).
  package var holdLimitInSeconds = 7 * 86_400
  /// Messages held at once; more are refused with 452.
  package var heldMessageLimit = 32
  /// Received fields beyond which a message is taken to run in circles (RFC 5321 §6.3).
  package var hopLimit = 100
  /// Commands drawing 500–504 in one session before 421 ends it.
  package var badCommandLimit = 250
  /// Connections at once; who comes beyond is turned away with 421.
  package var connectionLimit = 200
  /// How long a client may be silent (RFC 5321 §4.5.3.2.7).
  package var idleTimeout = Duration.seconds(300)
  /// Where mail for other domains goes; without it, none is taken.
  package var nextHop: Endpoint?
  /// The domains whose mail goes there.
  package var relayDomains = ["relayed.example.net"]
  /// What it has been told as a client of the next server.
  package var sending = SendingOptions()
  /// How long mail that was refused for now waits: half an hour at least (RFC 5321 §4.5.4.1).
  package var relayInterval = Duration.seconds(1_800)
  /// When it is given up: after four to five days at least.
  package var relayLifetime = Duration.seconds(5 * 86_400)
  /// Where the dates of trace fields come from.
  package var clock = ServerClock.system

  /// The default world: one domain, six users, one list; a server of LMTP has one more user, whose mailbox is full.
  package init(_ service: Service = .mx) {
    self.service = service
    if service == .odmr { queues = ["example.test": QueuedMessage.samples, "empty.example.test": []] }
    guard service == .lmtp else { return }
    users.append("full")
    fullMailboxes = ["full"]
  }

  /// How much longer than ``commandLineLimitInOctets`` a line of a verb may be, for the parameters that extensions bring.
  package func lineExtraInOctets(for verb: Verb?) -> Int {
    let status = offers(.deliveryStatus) ? statusLineExtraInOctets : 0
    switch verb {
    case .mail: return mailLineExtraInOctets + handlingLineExtraInOctets + status
    case .rcpt: return recipientLineExtraInOctets + status
    default: return 0
    }
  }

  /// Whether it offers an extension, whatever the state of the session.
  package func offers(_ serviceExtension: ServiceExtension) -> Bool {
    if isHeloOnly { return serviceExtension == .expand || serviceExtension == .help }
    // Submission must not offer it (RFC 6409 §7), and local delivery has no queue.
    if serviceExtension == .remoteQueue, service == .submission || service == .lmtp { return false }
    // RFC 2645 is a restricted profile, with one command of its own.
    if service == .odmr, ![.onDemandRelay, .authentication, .startTLS, .enhancedStatusCodes].contains(serviceExtension) { return false }
    if serviceExtension == .onDemandRelay, service != .odmr { return false }
    if serviceExtension == .futureRelease, service != .submission { return false }
    if serviceExtension == .startTLS, tlsIdentity == nil || isImplicitTLS { return false }
    if serviceExtension == .internationalizedEmail, !extensions.contains(.eightBitMIME) { return false }
    if serviceExtension == .binaryMIME, !extensions.contains(.chunking) { return false }
    return extensions.contains(serviceExtension)
  }
}
