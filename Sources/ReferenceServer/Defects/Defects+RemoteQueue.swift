import Dialogue
import Wire

extension Defect {
  /// Faults of the ETRN extension.
  static let remoteQueueDefects: [Defect] = [
    .listing("etrn-keyword-has-parameter", "RFC 1985 §2", "The keyword ETRN has a parameter.") { keywords in
      keywords = keywords.map { $0 == "ETRN" ? "ETRN NODE" : $0 }
    },
    .deciding("refuses-every-etrn", "RFC 1985 §2", "ETRN is listed, and draws 502.") { decision, context in
      if context.verb == .etrn { decision.refuse(502, .init(5, 1), in: context) }
    },
    .deciding("etrn-upper-case-only", "RFC 5321 §2.4", "ETRN that is not in capitals draws 500.") { decision, context in
      if context.verb == .etrn, !context.line.starts(with: "ETRN".utf8) { decision.refuse(500, .init(5, 2), in: context) }
    },
    .writing("turns-round-on-etrn", "RFC 1985 §2", "ETRN turns the connection round: the server greets the client as a client does.") {
      octets, context in
      if context.verb == .etrn { octets += "EHLO \(context.configuration.hostName)\r\n".utf8 }
    },
    .remembering("refuses-etrn-after-a-message", "RFC 1985 §5", "After the first transaction ETRN draws 503.") {
      var hadTransaction = false
      return { decision, context in
        if context.verb == .mail, decision.code == 250 { hadTransaction = true }
        if hadTransaction, context.verb == .etrn { decision.refuse(503, .init(5, 1), in: context) }
      }
    },
    .deciding("takes-etrn-in-transaction", "RFC 1985 §5", "ETRN is carried out between MAIL and the end of the data.") {
      decision, context in
      guard context.verb == .etrn, context.isInTransaction else { return }
      decision = context.redecide { $0.clearTransaction() }
      decision.next = context.before
    },
    .deciding("etrn-drops-transaction", "RFC 5321 §4.1.4", "ETRN in a transaction is refused, and ends it.") { decision, context in
      if context.verb == .etrn, context.isInTransaction { decision.next.clearTransaction() }
    },
    .deciding("closes-on-refused-node", "RFC 1985 §5.1", "ETRN for a node that is not served closes the connection without a reply.") {
      decision, context in
      if context.verb == .etrn, decision.code == 459 { decision.hangUp() }
    },
    .deciding("etrn-answers-211", "RFC 1985 §5.1", "ETRN draws 211.") { decision, context in
      if case .etrn = context.command { decision.say(211) }
    },
    .deciding("refuses-nodes-with-550", "RFC 1985 §5.1", "ETRN for a node that is not served draws 550.") { decision, context in
      if context.verb == .etrn, decision.code == 459 { decision.refuse(550, .init(7, 1), in: context) }
    },
    .deciding("takes-any-text-for-a-node", "RFC 1985 §5.1", "ETRN draws 250 whatever its argument, and without one.") { decision, context in
      if context.verb == .etrn, (500...501).contains(decision.code) { decision.say(250) }
    },
    .deciding("releases-any-domain", "RFC 1985 §8", "ETRN with an option starts any queue for anyone.") { decision, context in
      if case .etrn(.some, _) = context.command, decision.code == 459 { decision.say(250) }
    },
  ]
}
