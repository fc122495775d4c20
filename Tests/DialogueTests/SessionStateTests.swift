import Dialogue
import Testing
import Wire

@Suite("SessionState.advance, RFC 5321 §4.1.4")
struct SessionStateTests {
  private func state(after exchanges: [(Exchange, ReplyCode)]) -> SessionState {
    var state = SessionState()
    for (exchange, code) in exchanges { state.advance(exchange, on: code) }
    return state
  }

  private let transaction: [(Exchange, ReplyCode)] = [
    (.connection, 220), (.command(.ehlo), 250), (.command(.mail), 250), (.command(.rcpt), 250), (.command(.rcpt), 251),
  ]

  @Test
  func countsTheRecipientsThatWereAccepted() {
    #expect(state(after: transaction + [(.command(.rcpt), 550)]).transaction == .mail(recipients: 2))
  }

  @Test
  func knowsWhenMailDataFollows() {
    let data = state(after: transaction + [(.command(.data), 354)])
    #expect(data.expectsMailData)
    #expect(data.recipientCount == 2)
    #expect(!state(after: transaction + [(.command(.data), 554)]).expectsMailData)
  }

  @Test(arguments: [250, 451, 554] as [ReplyCode])
  func endsTheTransactionAfterTheMailDataWhateverTheVerdict(code: ReplyCode) {
    let after = state(after: transaction + [(.command(.data), 354), (.endOfMailData, code)])
    #expect(after == SessionState(channel: .open, hello: .ehlo))
  }

  @Test("RFC 3030 §2: chunks go on until the last, a refused one, or RSET")
  func knowsWhenChunksFollow() {
    let chunk = (Exchange.chunk(isLast: false), 250 as ReplyCode)
    #expect(state(after: transaction + [chunk, chunk]).transaction == .chunks(recipients: 2))
    #expect(state(after: transaction + [chunk]).isReceivingChunks)
    for end in [(Exchange.chunk(isLast: true), 250), (.chunk(isLast: false), 552), (.command(.rset), 250)] as [(Exchange, ReplyCode)] {
      #expect(state(after: transaction + [chunk, end]).transaction == .none)
    }
  }

  @Test(arguments: [Verb.rset, .ehlo, .helo])
  func dropsTheTransactionAfterAGreetingCommandOrReset(verb: Verb) {
    #expect(state(after: transaction + [(.command(verb), 250)]).transaction == .none)
  }

  @Test(arguments: [Verb.mail, .rset, .ehlo, .noop, .vrfy, .expn, .help, .data])
  func staysWhereItWasAfterARefusal(verb: Verb) {
    let before = state(after: transaction)
    var after = before
    after.advance(.command(verb), on: 503)
    #expect(after == before)
  }

  @Test(arguments: [Verb.noop, .vrfy, .expn, .help])
  func keepsTheTransactionThroughCommandsWithoutEffectOnIt(verb: Verb) {
    #expect(state(after: transaction + [(.command(verb), 250)]) == state(after: transaction))
  }

  @Test
  func endsWithQuitAndWith421() {
    #expect(state(after: transaction + [(.command(.quit), 221)]).channel == .closed)
    #expect(state(after: transaction + [(.command(.noop), 421)]).channel == .closed)
    #expect(state(after: transaction + [(.command(.noop), 421)]).transaction == .none)
  }

  @Test
  func forgetsTheClientAtTheHandshake() {
    var state = state(after: transaction + [(.command(.starttls), 220)])
    #expect(state.channel == .handshaking)
    state.completeHandshake()
    #expect(state == SessionState(channel: .open, isEncrypted: true))
  }

  @Test
  func waitsForQuitAfterARefusalAtTheDoor() {
    #expect(state(after: [(.connection, 554)]).channel == .refused)
    #expect(state(after: [(.connection, 554), (.command(.quit), 221)]).channel == .closed)
  }

  @Test
  func remembersAuthentication() {
    #expect(state(after: [(.connection, 220), (.command(.ehlo), 250), (.command(.auth), 235)]).isAuthenticated)
    #expect(!state(after: [(.connection, 220), (.command(.ehlo), 250), (.command(.auth), 334)]).isAuthenticated)
  }
}
