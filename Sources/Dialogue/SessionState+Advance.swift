package import Wire

extension SessionState {
  /// Moves the session by one exchange.
  ///
  /// A code of a refusal (4yz, 5yz) leaves the state as it was, save 421, which closes, and the end of the mail data, which ends the
  /// transaction whatever the verdict on the message is, and a refused chunk, after which nothing but RSET is sure (RFC 3030 §2).
  /// - Parameters:
  ///   - exchange: What was answered.
  ///   - code: What it was answered with; only the codes' meanings of §4.3.2 are looked at, and a positive code that an exchange cannot
  ///     draw counts as its success.
  /// - SeeAlso: RFC 5321 §4.1.1, §4.1.4; RFC 3207 §4.2.
  package mutating func advance(_ exchange: Exchange, on code: ReplyCode) {
    if code.value == 421 {
      close()
      return
    }
    switch exchange {
    case .connection: open(on: code)
    case .endOfMailData: transaction = .none
    case .chunk(let isLast): transaction = code.value / 100 == 2 && !isLast ? .chunks(recipients: recipientCount) : .none
    case .unrecognized: break
    case .command(let verb): advance(verb, on: code)
    }
  }

  /// Puts a session whose TLS handshake succeeded back to where a new connection stands after its greeting (RFC 3207 §4.2).
  package mutating func completeHandshake() {
    self = SessionState(channel: .open, isEncrypted: true)
  }

  /// Ends the session: the transaction in progress, if any, is dropped.
  package mutating func close() {
    channel = .closed
    transaction = .none
  }

  private mutating func open(on code: ReplyCode) {
    switch code.value / 100 {
    case 2: channel = .open
    case 5: channel = .refused
    default: break
    }
  }

  private mutating func advance(_ verb: Verb, on code: ReplyCode) {
    let severity = code.value / 100
    switch (verb, severity) {
    case (.ehlo, 2): begin(.ehlo)
    case (.helo, 2): begin(.helo)
    case (.lhlo, 2): begin(.lhlo)
    case (.mail, 2): transaction = .mail(recipients: 0)
    case (.rcpt, 2): transaction = .mail(recipients: recipientCount + 1)
    case (.data, 3): transaction = .data(recipients: recipientCount)
    case (.rset, 2): transaction = .none
    case (.quit, 2): close()
    case (.starttls, 2): channel = .handshaking
    case (.auth, 2): isAuthenticated = true
    default: break
    }
  }

  private mutating func begin(_ greeting: Hello) {
    hello = greeting
    transaction = .none
  }
}
