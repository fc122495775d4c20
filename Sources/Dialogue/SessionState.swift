/// Where one SMTP session stands, as both ends must see it.
///
/// The state is a plain value. ``advance(_:on:)`` moves it by an exchange and the code that the server answered with;
/// ``permitted(in:)`` of ``Exchange`` says which codes may come.
/// - SeeAlso: RFC 5321 §2.3.6, §4.1.4.
package struct SessionState: Sendable, Hashable {
  /// How far the channel itself has come.
  package enum Channel: Sendable, Hashable {
    /// Connected; the server has not spoken yet.
    case connected
    /// The server said 220.
    case open
    /// The server said 554 instead of 220 and now only waits for QUIT (§3.1).
    case refused
    /// STARTTLS drew 220: the next octets are the TLS handshake's.
    case handshaking
    /// The server said 221 or 421.
    case closed
  }

  /// Which greeting command holds, if any.
  package enum Hello: Sendable, Hashable {
    case none, helo, ehlo, lhlo

    /// Whether extensions were offered: by the reply to EHLO, or to LHLO (RFC 2033 §4.1).
    package var isExtended: Bool { self == .ehlo || self == .lhlo }
  }

  /// How far the mail transaction has come.
  package enum Transaction: Sendable, Hashable {
    /// No MAIL is in force.
    case none
    /// MAIL was accepted; so many RCPT were.
    case mail(recipients: Int)
    /// DATA drew 354: what follows is mail data.
    case data(recipients: Int)
    /// A chunk was accepted, and more are to come (RFC 3030 §2).
    case chunks(recipients: Int)
  }

  /// How far the channel has come.
  package var channel: Channel
  /// Which greeting command holds.
  package var hello: Hello
  /// How far the mail transaction has come.
  package var transaction: Transaction
  /// Whether TLS is active.
  package var isEncrypted: Bool
  /// Whether AUTH was accepted (RFC 4954 §4).
  package var isAuthenticated: Bool

  /// A session as it begins: connected, and nothing said.
  package init(
    channel: Channel = .connected,
    hello: Hello = .none,
    transaction: Transaction = .none,
    isEncrypted: Bool = false,
    isAuthenticated: Bool = false
  ) {
    self.channel = channel
    self.hello = hello
    self.transaction = transaction
    self.isEncrypted = isEncrypted
    self.isAuthenticated = isAuthenticated
  }

  /// The number of recipients that the transaction holds.
  package var recipientCount: Int {
    switch transaction {
    case .none: 0
    case .mail(let count), .data(let count), .chunks(let count): count
    }
  }

  /// Whether a part of the message has come in chunks (RFC 3030 §2).
  package var isReceivingChunks: Bool {
    if case .chunks = transaction { return true }
    return false
  }

  /// Whether what the client sends next is mail data instead of a command.
  package var expectsMailData: Bool {
    if case .data = transaction { return true }
    return false
  }
}
