import Dialogue
import Wire

extension Defect {
  /// Faults in the order of commands.
  static let sequenceDefects: [Defect] = [
    .remembering("accepts-rcpt-before-mail", "RFC 5321 §3.3", "RCPT without a MAIL draws 250, and the recipient counts once MAIL comes.") {
      var early: [ServerState.Recipient] = []
      return { decision, context in
        switch context.verb {
        case .rcpt where decision.code == 503 && !context.isInTransaction:
          let other = context.redecide { $0.dialogue.transaction = .mail(recipients: 0) }
          guard other.code == 250 else { return }
          decision.answers = other.answers
          early += other.next.recipients
        case .mail where decision.code == 250 && !early.isEmpty:
          decision.next.recipients = early
          decision.next.dialogue.transaction = .mail(recipients: early.count)
          early = []
        default: break
        }
      }
    },
    .deciding("accepts-data-before-mail", "RFC 5321 §3.3", "DATA without a MAIL draws 354, and the end of the data 250.") {
      decision, context in
      if context.verb == .data, decision.code == 503, !context.isInTransaction { decision.beginData() }
      decision.acceptOrphan(in: context)
    },
    .deciding("accepts-data-without-rcpt", "RFC 5321 §3.3", "DATA right after MAIL draws 354, and the end of the data 250.") {
      decision, context in
      if context.verb == .data, decision.code == 503, context.isInTransaction { decision.beginData() }
      decision.acceptOrphan(in: context)
    },
    .deciding(
      "accepts-data-without-recipients", "RFC 5321 §3.3", "DATA without an accepted recipient draws 354, and the end of the data 250."
    ) { decision, context in
      if context.verb == .data, [503, 554].contains(decision.code), context.isInTransaction { decision.beginData() }
      decision.acceptOrphan(in: context)
    },
    .deciding("counts-refused-recipients", "RFC 5321 §3.3", "A RCPT that was refused counts as a recipient all the same.") {
      decision, context in
      if context.verb == .rcpt, decision.code >= 500, context.isInTransaction { decision.countRecipient() }
    },
    .deciding("refused-rcpt-drops-recipients", "RFC 5321 §4.1.1.3", "A refused RCPT clears the recipients accepted before it.") {
      decision, context in
      guard context.verb == .rcpt, decision.code >= 500, context.isInTransaction else { return }
      decision.next.recipients = []
      decision.next.dialogue.transaction = .mail(recipients: 0)
    },
    .deciding("resets-on-refused-recipient", "RFC 5321 §4.1.1.3", "A RCPT that draws 550 ends the transaction.") { decision, context in
      if context.verb == .rcpt, decision.code == 550 { decision.next.clearTransaction() }
    },
    .deciding("resets-on-malformed-rcpt", "RFC 5321 §4.1.4", "A RCPT with a syntax error ends the transaction.") { decision, context in
      if context.syntaxError?.verb == .rcpt { decision.next.clearTransaction() }
    },
    .deciding("resets-on-unknown-command", "RFC 5321 §4.1.4", "An unknown verb ends the transaction.") { decision, context in
      if context.isUnrecognized { decision.next.clearTransaction() }
    },
    .deciding("resets-on-data-without-recipients", "RFC 5321 §4.1.4", "DATA that is refused for want of recipients ends the transaction.") {
      decision, context in
      guard context.verb == .data, [503, 554].contains(decision.code), context.isInTransaction else { return }
      decision.say(503, .init(5, 1), "No recipients")
      decision.next.clearTransaction()
    },
    .deciding("refused-mail-opens-transaction", "RFC 5321 §4.1.4", "A MAIL that was refused opens a transaction all the same.") {
      decision, context in
      if context.verb == .mail, decision.code >= 500, !context.isInTransaction { decision.openTransaction() }
    },
    .deciding("refused-mail-begins-transaction", "RFC 5321 §4.1.4", "A MAIL with a syntax error begins a transaction all the same.") {
      decision, context in
      if context.syntaxError?.verb == .mail, !context.isInTransaction { decision.openTransaction() }
    },
    .deciding("forgets-transaction-on-nested-mail", "RFC 5321 §4.1.4", "A second MAIL draws 503 and ends the transaction.") {
      decision, context in
      if context.verb == .mail, context.isInTransaction { decision.next.clearTransaction() }
    },
    .deciding("nested-mail-keeps-recipients", "RFC 5321 §4.1.1.2", "A second MAIL draws 250 and keeps the recipients so far.") {
      decision, context in
      guard context.verb == .mail, context.isInTransaction else { return }
      decision = context.redecide { $0.clearTransaction() }
      guard decision.code == 250 else { return }
      decision.next.recipients = context.before.recipients
      decision.next.dialogue.transaction = .mail(recipients: context.before.recipients.count)
    },
    .deciding("keeps-transaction-after-data", "RFC 5321 §4.1.1.4", "Sender and recipients stay after the end of the data.") {
      decision, context in
      if context.content != nil { decision.keepTransaction(of: context.before) }
    },
    .deciding("keeps-transaction-after-refused-data", "RFC 5321 §4.1.1.4", "Sender and recipients stay after a message that was refused.") {
      decision, context in
      if context.content != nil, decision.code >= 500 { decision.keepTransaction(of: context.before) }
    },
    .remembering("one-message-a-session", "RFC 821 §3.1", "After one message MAIL draws 503 for the rest of the connection.") {
      var hasHadOne = false
      return { decision, context in
        if context.content != nil, decision.code == 250 { hasHadOne = true }
        if context.verb == .mail, hasHadOne { decision.refuse(503, .init(5, 1), in: context) }
      }
    },
    .deciding("wants-hello-before-each-mail", "RFC 5321 §4.1.4", "After a message MAIL draws 503 until a new EHLO.") { decision, context in
      if context.content != nil { decision.next.dialogue.hello = .none }
    },
    .wantsHello(
      "wants-hello-before-everything", "Before HELO or EHLO every command but these draws 503.",
      before: Set(Verb.allCases).subtracting([.helo, .ehlo]), andUnknown: true),
    .wantsHello("wants-hello-before-rset", "RSET before HELO or EHLO draws 503.", before: [.rset]),
    .wantsHello("wants-hello-before-vrfy", "VRFY before HELO or EHLO draws 503.", before: [.vrfy]),
    .wantsHello("wants-hello-before-expn", "EXPN before HELO or EHLO draws 503.", before: [.expn]),
    .wantsHello("wants-hello-before-help", "HELP before HELO or EHLO draws 503.", before: [.help]),
    .wantsHello("wants-hello-before-noop", "NOOP before HELO or EHLO draws 503.", before: [.noop]),
    .deciding("drops-connection-on-mail-before-hello", "RFC 5321 §4.1.4", "MAIL before HELO or EHLO closes the connection without a reply.")
    { decision, context in
      if context.verb == .mail, context.before.dialogue.hello == .none { decision.hangUp() }
    },
    .deciding("no-order-after-helo", "RFC 821 §4.1.1", "After HELO, RCPT and DATA are taken in any order.") { decision, context in
      guard context.before.dialogue.hello == .helo else { return }
      if context.verb == .rcpt, decision.code == 503 {
        decision.answers = context.redecide { $0.dialogue.transaction = .mail(recipients: 0) }.answers
      }
      if context.verb == .data, [503, 554].contains(decision.code) { decision.beginData() }
      decision.acceptOrphan(in: context)
    },
    .deciding("refused-rcpt-ends-transaction-after-helo", "RFC 821 §4.1.1", "After HELO, a refused RCPT ends the transaction.") {
      decision, context in
      if context.before.dialogue.hello == .helo, context.verb == .rcpt, decision.code == 550 { decision.next.clearTransaction() }
    },
    .deciding("side-commands-reset", "RFC 821 §4.1.1", "NOOP, VRFY, EXPN and HELP end the transaction.") { decision, context in
      if let verb = context.verb, [.noop, .vrfy, .expn, .help].contains(verb) { decision.next.clearTransaction() }
    },
  ]

  /// A defect that wants HELO or EHLO before commands that need none.
  private static func wantsHello(_ name: String, _ summary: String, before verbs: Set<Verb>, andUnknown: Bool = false) -> Defect {
    deciding(name, "RFC 5321 §4.1.4", summary) { decision, context in
      guard context.before.dialogue.hello == .none, context.isCommandLine else { return }
      if context.verb.map(verbs.contains) ?? andUnknown { decision.refuse(503, .init(5, 1), "Send EHLO first", in: context) }
    }
  }
}

extension Decision {
  /// Answers DATA with 354 whatever the recipients are.
  mutating func beginData() {
    say(354, nil, "Start mail input; end with <CRLF>.<CRLF>")
    effect = .none
    next.dialogue.transaction = .data(recipients: next.dialogue.recipientCount)
  }

  /// Answers a message that is for nobody with 250.
  mutating func acceptOrphan(in context: DecisionContext) {
    if context.content != nil, context.before.recipients.isEmpty { say(250, .init(6, 0), "Message accepted for delivery") }
  }
}
