import Dialogue
import Wire

extension Defect {
  /// Faults of RSET, NOOP, HELP and QUIT.
  static let sessionDefects: [Defect] = [
    .deciding("keeps-transaction-after-rset", "RFC 5321 §4.1.1.5", "RSET draws 250, and sender and recipients stay.", keepOverReset),
    .remembering(
      "rset-keeps-recipients", "RFC 5321 §4.1.1.5", "The recipients that RSET should have forgotten are there again after the next MAIL."
    ) {
      var kept: [ServerState.Recipient] = []
      return { decision, context in
        if context.verb == .rset, decision.code == 250, !context.before.recipients.isEmpty { kept = context.before.recipients }
        guard context.verb == .mail, decision.code == 250, !kept.isEmpty else { return }
        decision.next.recipients = kept
        decision.next.dialogue.transaction = .mail(recipients: kept.count)
      }
    },
    .deciding("rset-forgets-hello", "RFC 5321 §4.1.1.5", "After RSET MAIL draws 503 until a new EHLO.") { decision, context in
      if context.verb == .rset, decision.code == 250 { decision.next.dialogue.hello = .none }
    },
    .deciding("closes-after-rset", "RFC 5321 §4.1.1.5", "RSET draws 250, and the connection is closed.") { decision, context in
      if context.verb == .rset, decision.code == 250 { decision.effect = .close }
    },
    .deciding("refuses-rset-without-transaction", "RFC 5321 §4.1.1.5", "RSET outside of a transaction draws 503.") { decision, context in
      if context.verb == .rset, !context.isInTransaction { decision.refuse(503, .init(5, 1), in: context) }
    },
    .deciding("two-replies-to-rset-after-helo", "RFC 821 §4.2", "After HELO, RSET draws two replies.") { decision, context in
      if context.before.dialogue.hello == .helo, context.verb == .rset { decision.answers += decision.answers }
    },
    .deciding("noop-answers-252", "RFC 5321 §4.3.2", "NOOP draws 252.") { decision, context in
      if context.verb == .noop, decision.code == 250 { decision.answers[0].code = 252 }
    },
    .resetting("noop-resets-transaction", "RFC 5321 §4.1.1.9", "NOOP ends the transaction.", .noop),
    .deciding("refuses-noop-argument", "RFC 5321 §4.1.1.9", "NOOP with an argument draws 501.") { decision, context in
      if case .noop(.some) = context.command { decision.refuse(501, .init(5, 4), in: context) }
    },
    .refusing("refuses-help", "RFC 5321 §4.1.1.8", "HELP draws 502.", 502, verb: .help),
    .deciding("help-answers-250", "RFC 5321 §4.3.2", "HELP draws 250.") { decision, context in
      if context.verb == .help, decision.code == 214 { decision.answers[0].code = 250 }
    },
    .resetting("help-resets-transaction", "RFC 5321 §4.1.1.8", "HELP ends the transaction.", .help),
    .deciding("stays-open-after-quit", "RFC 5321 §4.1.1.10", "QUIT draws 221, and the connection stays open.", stayOpen),
    .deciding("closes-without-221", "RFC 5321 §4.1.1.10", "QUIT closes the connection without a reply.") { decision, context in
      if context.verb == .quit, decision.code == 221 { decision.answers = [] }
    },
  ]

  private static let keepOverReset: @Sendable (inout Decision, DecisionContext) -> Void = { decision, context in
    if context.verb == .rset, decision.code == 250 { decision.keepTransaction(of: context.before) }
  }

  private static let stayOpen: @Sendable (inout Decision, DecisionContext) -> Void = { decision, context in
    guard context.verb == .quit, decision.code == 221 else { return }
    decision.next = context.before
    decision.effect = .none
  }

  /// A defect that ends the transaction at a command which has no effect on it.
  static func resetting(_ name: String, _ source: String, _ summary: String, _ verbs: Verb...) -> Defect {
    deciding(name, source, summary) { decision, context in
      if let verb = context.verb, verbs.contains(verb) { decision.next.clearTransaction() }
    }
  }
}
