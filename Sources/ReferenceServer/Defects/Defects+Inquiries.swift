import Dialogue
import Wire

extension Defect {
  /// Faults of VRFY and EXPN.
  static let inquiryDefects: [Defect] = [
    .refusing("vrfy-not-implemented", "RFC 5321 §3.5.1", "VRFY draws 502.", 502, verb: .vrfy),
    .refusing("expn-not-implemented", "RFC 5321 §3.5.1", "EXPN draws 502.", 502, verb: .expn),
    .refusing("vrfy-unrecognised", "RFC 5321 §4.5.1", "VRFY draws 500.", 500, verb: .vrfy),
    .refusing("vrfy-denies-everyone", "RFC 5321 §7.3", "VRFY draws 550 whoever is asked for.", 550, verb: .vrfy),
    .confirming("vrfy-confirms-anything", "VRFY draws 250 whatever its argument is.", .vrfy) { _ in "Fine" },
    .confirming("expn-confirms-anything", "EXPN draws 250 whatever its argument is.", .expn) { _ in "Fine" },
    .confirming("vrfy-verifies-everything", "VRFY draws 250 with its argument as a mailbox, whatever it is.", .vrfy, echo),
    .confirming("expn-verifies-everything", "EXPN draws 250 with its argument as a mailbox, whatever it is.", .expn, echo),
    .wording("vrfy-250-without-mailbox", "A 250 to VRFY names no mailbox.", .vrfy) { _ in ["User exists"] },
    .wording("expn-250-without-mailboxes", "A 250 to EXPN names no mailbox.", .expn) { _ in ["List exists"] },
    .wording("expn-names-no-mailbox", "A 250 to EXPN gives names without addresses.", .expn) { lines in
      lines.map { String($0.prefix { $0 != " " && $0 != "<" }) }
    },
    .wording("vrfy-250-without-brackets", "A 250 to VRFY gives the mailbox without angle brackets.", .vrfy) { lines in
      lines.map { line in line.drop { $0 != "<" }.filter { $0 != "<" && $0 != ">" } }
    },
    .wording("vrfy-returns-a-route", "A 250 to VRFY gives a source route.", .vrfy, route),
    .wording("expn-returns-a-route", "A 250 to EXPN gives source routes.", .expn, route),
    .deciding("shows-internal-mailboxes", "RFC 5321 §3.5.2", "VRFY and EXPN give mailboxes at a host that RCPT does not know.") {
      decision, context in
      guard context.verb == .vrfy || context.verb == .expn, decision.code == 250 else { return }
      decision.answers[0].lines = decision.answers[0].lines.map { $0.replacing([.at], with: Array("@store.".utf8)) }
    },
    .deciding("vrfy-demands-domain", "RFC 5321 §3.5.1", "VRFY of a name without a domain draws 501.") { decision, context in
      if case .vrfy(let name) = context.command, !name.contains(.at) { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("vrfy-refuses-domain", "RFC 5321 §3.5.1", "VRFY of a name with a domain draws 501.") { decision, context in
      if case .vrfy(let name) = context.command, name.contains(.at) { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("vrfy-calls-list-syntax-error", "RFC 5321 §3.5.1", "VRFY of a list draws 501.") { decision, context in
      guard case .vrfy(let name) = context.command, let base = name.split(separator: .at).first else { return }
      if context.configuration.lists.keys.contains(where: { base.filter { $0 != .less && $0 != .greater }.matchesIgnoringCase($0.utf8) }) {
        decision.refuse(501, .init(5, 4), in: context)
      }
    },
    .deciding("expn-calls-user-syntax-error", "RFC 5321 §3.5.1", "EXPN of a user draws 501.") { decision, context in
      guard case .expn(let name) = context.command, let base = name.split(separator: .at).first else { return }
      if context.configuration.users.contains(where: { base.filter { $0 != .less && $0 != .greater }.matchesIgnoringCase($0.utf8) }) {
        decision.refuse(501, .init(5, 4), in: context)
      }
    },
    .resetting("vrfy-resets-transaction", "RFC 5321 §4.1.1.6", "VRFY and EXPN end the transaction.", .vrfy, .expn),
    .resetting("expn-resets-transaction", "RFC 5321 §4.1.1.7", "EXPN ends the transaction.", .expn),
  ]

  /// A defect that confirms whatever is asked.
  private static func confirming(
    _ name: String, _ summary: String, _ verb: Verb, _ text: @escaping @Sendable ([UInt8]) -> String
  ) -> Defect {
    deciding(name, "RFC 5321 §3.5.3", summary) { decision, context in
      if context.verb == verb { decision.refuse(250, .init(1, 5), text(Array(context.line.dropFirst(5))), in: context) }
    }
  }

  /// A defect in the text of a positive reply.
  private static func wording(
    _ name: String, _ summary: String, _ verb: Verb, _ change: @escaping @Sendable ([String]) -> [String]
  ) -> Defect {
    deciding(name, "RFC 5321 §3.5.2", summary) { decision, context in
      guard context.verb == verb, decision.code == 250 else { return }
      decision.answers[0].lines = change(decision.answers[0].lines.map { String(decoding: $0, as: UTF8.self) }).map { Array($0.utf8) }
    }
  }

  private static let route: @Sendable ([String]) -> [String] = { lines in
    lines.map { $0.replacing("<", with: "<@relay.example.net:") }
  }

  private static let echo: @Sendable ([UInt8]) -> String = { "<\(String(decoding: $0, as: UTF8.self))>" }
}
