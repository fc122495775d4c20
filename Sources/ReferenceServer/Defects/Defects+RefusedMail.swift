import Dialogue
import Wire

extension Defect {
  /// Faults of hosts and domains that take no mail: the codes 521 and 556, and the null MX.
  static let refusedMailDefects: [Defect] = [
    Defect(
      "hangs-up-on-quit-after-521", "RFC 7504 §3", "The server opens with 521, and QUIT closes the connection without a reply.",
      configuration: { $0.openingCode = 521 },
      distortion: { distortion in
        distortion.decision = { decision, context in
          if context.verb == .quit { decision.answers = [] }
        }
      }
    ),
    Defect(
      "serves-after-521", "RFC 7504 §3", "The server opens with 521, and then draws 250 for every command.",
      configuration: { $0.openingCode = 521 },
      distortion: { distortion in
        distortion.decision = { decision, context in
          if context.isCommandLine, context.verb != .quit { decision.say(250) }
        }
      }
    ),
    .deciding("says-521-to-every-command", "RFC 7504 §3", "After EHLO every command but QUIT draws 521.") { decision, context in
      guard context.isCommandLine, context.before.dialogue.hello == .ehlo, context.verb != .quit else { return }
      decision.refuse(521, .init(3, 2), "This host takes no mail", in: context)
    },
    .deciding("refuses-recipients-with-521", "RFC 7504 §3", "A recipient that is refused draws 521.") { decision, context in
      if context.verb == .rcpt, decision.code >= 500 { decision.answers[0].code = 521 }
    },
    .deciding("refuses-null-mx-recipient-with-521", "RFC 7505 §4.1", "A recipient in a domain with a null MX draws 521.") {
      decision, context in
      if context.verb == .rcpt, decision.code == 556 { decision.answers[0].code = 521 }
    },
    .deciding("calls-null-mx-an-unknown-mailbox", "RFC 7505 §4.1", "A recipient in a domain with a null MX has the status code 5.1.1.") {
      decision, context in
      if context.verb == .rcpt, decision.code == 556 { decision.answers[0].status = .init(1, 1) }
    },
    .deciding("refuses-null-mx-sender-with-556", "RFC 7505 §4.1", "A sender in a domain with a null MX draws 556.") { decision, context in
      if context.verb == .mail, decision.answers.first?.status == .init(7, 27) { decision.answers[0].code = 556 }
    },
    .deciding("calls-null-mx-sender-unknown", "RFC 7505 §4.1", "A sender in a domain with a null MX has the status code 5.1.8.") {
      decision, context in
      if context.verb == .mail, decision.answers.first?.status == .init(7, 27) { decision.answers[0].status = .init(1, 8) }
    },
  ]
}
