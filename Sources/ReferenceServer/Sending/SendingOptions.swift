package import Transport
package import Wire

/// What a client has been told.
package struct SendingOptions: Sendable {
  /// What it does about TLS.
  package enum Policy: String, Sendable, CaseIterable {
    case none, opportunistic, required
  }

  /// The name in EHLO.
  package var hostName = "client.example.org"
  /// What it does about TLS.
  package var policy = Policy.none
  /// How TLS is spoken.
  package var tls = TLSOptions()
  /// The name and the password for AUTH, which goes over TLS alone.
  package var credentials: (username: String, password: String)?
  /// How long a reply may take (RFC 5321 §4.5.3.2).
  package var patience = Duration.seconds(300)

  /// A client that uses no TLS and does not log in.
  package init() {}
}

/// How a client goes about it; the values that a new one begins with are the conforming ones.
package struct SendingManner {
  /// A place in the dialogue: what is said, or whose reply is looked at.
  package enum Stage: String, Sendable {
    case greeting, hello, startTLS, authentication, mail, recipient, data, content, chunk, reset, quit
  }

  /// What it says to open the session, one after the other while the reply is 5yz (RFC 5321 §3.2).
  package var hellos = ["EHLO", "HELO"]
  /// Changes a command, its line end included, before it is sent.
  package var line: (_ line: inout [UInt8], _ stage: Stage) -> Void = { _, _ in }
  /// Makes the mail data of a message's content: doubles dots and adds the end (RFC 5321 §4.5.2).
  package var mailData: (_ content: [UInt8]) -> [UInt8] = DotStuffing.stuff
  /// Cuts a large message into chunks, for a server with CHUNKING (RFC 3030 §2).
  package var chunks: (_ content: [UInt8]) -> [OutgoingChunk] = OutgoingChunk.cut
  /// The code that a reply counts as.
  package var code: (_ reply: Reply, _ stage: Stage) -> Int = { reply, _ in Int(reply.code.value) }
  /// What it reads of the reply to EHLO: keywords in any letter case (RFC 5321 §4.1.1.1).
  package var keywords: (_ keywords: [EhloKeyword]) -> [EhloKeyword] = { $0 }
  /// Whether it takes an extension for offered.
  package var takesForOffered: (_ keyword: String, _ isOffered: Bool) -> Bool = { $1 }
  /// Whether it waits for the greeting (RFC 5321 §4.3.1).
  package var awaitsGreeting = true
  /// Whether it waits for the reply to a command before the next; RFC 2920 §3.1 lets groups go together.
  package var awaitsReply: (_ stage: Stage, _ offersPipelining: Bool) -> Bool = { stage, offered in
    !(offered && (stage == .mail || stage == .recipient))
  }
  /// Whether a reply ends at its first line's end, though a hyphen says that it goes on: it does not (RFC 5321 §4.2.1).
  package var takesFirstLine = false
  /// Whether it says EHLO again under TLS, and forgets what was offered before (RFC 3207 §4.2).
  package var startsAfresh = true
  /// Whether it reads under TLS what came in clear before.
  package var keepsClearReplies = false
  /// Whether it sends mail in clear where TLS is required and not to be had.
  package var goesOnInClear = false
  /// Whether it logs in without TLS.
  package var showsPassword = false
  /// Whether it ends with QUIT, and waits for the reply (RFC 5321 §4.1.1.10).
  package var saysQuit = true
  /// Whether it waits for that reply.
  package var awaitsFarewell = true
  /// Whether it goes on after a refusal at a stage.
  package var ignoresRefusal: (_ stage: Stage) -> Bool = { _ in false }
  /// Whether it sends a message that the server cannot take as it is: never.
  package var sendsUnfit = false
  /// Whether it is content with a status of its own making.
  package var outcome: (_ outcome: ShipmentOutcome) -> ShipmentOutcome = { $0 }

  /// The conforming manner.
  package init() {}

  /// The manner of a client with these defects.
  package init(_ defects: [Defect]) {
    self = Seams(defects).sending()
  }
}
