import Dialogue
import Testing
import Wire

@Suite("Exchange.permitted, RFC 5321 §4.3.2")
struct PermittedCodesTests {
  static let greeted = SessionState(channel: .open)
  static let hello = SessionState(channel: .open, hello: .ehlo)
  static let mail = SessionState(channel: .open, hello: .ehlo, transaction: .mail(recipients: 0))
  static let recipient = SessionState(channel: .open, hello: .ehlo, transaction: .mail(recipients: 1))
  static let encrypted = SessionState(channel: .open, hello: .ehlo, isEncrypted: true)
  static let refused = SessionState(channel: .refused)

  struct Row: Sendable, CustomTestStringConvertible {
    let exchange: Exchange
    let state: SessionState
    let code: ReplyCode
    let fit: PermittedCodes.Fit
    var testDescription: String { "\(exchange) \(code) \(fit)" }

    init(_ exchange: Exchange, _ state: SessionState, _ code: ReplyCode, _ fit: PermittedCodes.Fit) {
      self.exchange = exchange
      self.state = state
      self.code = code
      self.fit = fit
    }
  }

  static let rows = [
    Row(.connection, SessionState(), 220, .usual),
    Row(.connection, SessionState(), 554, .usual),
    Row(.connection, SessionState(), 421, .usual),
    Row(.connection, SessionState(), 354, .wrong),
    Row(.command(.ehlo), greeted, 250, .usual),
    Row(.command(.ehlo), greeted, 502, .usual),
    Row(.command(.ehlo), recipient, 250, .usual),
    Row(.command(.ehlo), greeted, 503, .tolerated),
    Row(.command(.ehlo), greeted, 220, .unlisted),
    Row(.command(.ehlo), greeted, 354, .wrong),
    Row(.command(.mail), hello, 250, .usual),
    Row(.command(.mail), hello, 555, .usual),
    Row(.command(.mail), greeted, 503, .usual),
    Row(.command(.mail), greeted, 250, .tolerated),
    Row(.command(.mail), mail, 503, .usual),
    Row(.command(.mail), mail, 250, .tolerated),
    Row(.command(.mail), hello, 354, .wrong),
    Row(.chunk(isLast: false), recipient, 250, .usual),
    Row(.chunk(isLast: true), recipient, 552, .usual),
    Row(.chunk(isLast: true), recipient, 354, .wrong),
    Row(.chunk(isLast: true), mail, 503, .usual),
    Row(.chunk(isLast: true), mail, 554, .usual),
    Row(.chunk(isLast: false), hello, 250, .wrong),
    Row(.command(.rcpt), mail, 250, .usual),
    Row(.command(.rcpt), mail, 551, .usual),
    Row(.command(.rcpt), hello, 503, .usual),
    Row(.command(.rcpt), hello, 250, .wrong),
    Row(.command(.rcpt), greeted, 251, .wrong),
    Row(.command(.data), recipient, 354, .usual),
    Row(.command(.data), recipient, 250, .wrong),
    Row(.command(.data), mail, 554, .usual),
    Row(.command(.data), mail, 354, .tolerated),
    Row(.command(.data), hello, 503, .usual),
    Row(.command(.data), hello, 354, .wrong),
    Row(.endOfMailData, recipient, 250, .usual),
    Row(.endOfMailData, recipient, 552, .usual),
    Row(.endOfMailData, recipient, 354, .wrong),
    Row(.command(.rset), greeted, 250, .usual),
    Row(.command(.rset), greeted, 550, .unlisted),
    Row(.command(.noop), greeted, 250, .usual),
    Row(.command(.quit), greeted, 221, .usual),
    Row(.command(.quit), refused, 221, .usual),
    Row(.command(.noop), refused, 503, .usual),
    Row(.command(.mail), refused, 250, .wrong),
    Row(.command(.vrfy), greeted, 252, .usual),
    Row(.command(.expn), greeted, 502, .usual),
    Row(.command(.help), greeted, 214, .usual),
    Row(.command(.starttls), hello, 220, .usual),
    Row(.command(.starttls), encrypted, 503, .usual),
    Row(.command(.starttls), encrypted, 220, .wrong),
    Row(.unrecognized, hello, 500, .usual),
    Row(.unrecognized, hello, 250, .wrong),
    Row(.command(.noop), greeted, 199, .wrong),
    Row(.command(.noop), greeted, 260, .wrong),
  ]

  @Test(arguments: rows)
  func saysHowACodeFits(row: Row) {
    #expect(row.exchange.permitted(in: row.state).fit(of: row.code) == row.fit)
  }

  @Test(arguments: [Verb.ehlo, .helo, .mail, .rcpt, .data, .rset, .noop, .quit, .vrfy, .expn, .help, .starttls])
  func letsAnyCommandDrawTheGeneralCodes(verb: Verb) {
    let permitted = Exchange.command(verb).permitted(in: Self.hello)
    for code: ReplyCode in [421, 500, 501] { #expect(permitted.fit(of: code) == .usual) }
  }
}
