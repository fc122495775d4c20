import Dialogue
import Wire

extension Defect {
  /// Faults of HELO, EHLO and the greeting.
  static let helloDefects: [Defect] = [
    .refusing("ehlo-not-implemented", "RFC 5321 §4.5.1", "EHLO draws 502.", 502, verb: .ehlo),
    .refusing("helo-not-implemented", "RFC 5321 §4.5.1", "HELO draws 502.", 502, verb: .helo),
    .deciding("ehlo-reply-without-domain", "RFC 5321 §4.1.1.1", "The reply to EHLO does not begin with the server's name.") {
      decision, context in
      if context.verb == .ehlo, decision.code == 250 { decision.answers[0].lines[0] = Array("(ready)".utf8) }
    },
    .deciding("anonymous-helo-reply", "RFC 821 §3.5", "The reply to HELO does not name the server.") { decision, context in
      if context.verb == .helo, decision.code == 250 { decision.answers[0].lines = [Array("Hello, whoever you are".utf8)] }
    },
    .listing("lists-malformed-keyword", "RFC 5321 §4.1.1.1", "The reply to EHLO lists a keyword that is none.") {
      $0.insert("8BIT_MIME!", at: 0)
    },
    .listing("offers-unregistered-keyword", "RFC 5321 §2.2.2", "The reply to EHLO lists TLS, which nobody registered.") {
      $0.insert("TLS", at: 0)
    },
    .listing("hides-help-keyword", "RFC 5321 §4.1.1.1", "The reply to EHLO does not list HELP, which is served.") {
      $0.removeAll { $0 == "HELP" }
    },
    .listing("hides-expn-keyword", "RFC 5321 §3.5.2", "The reply to EHLO does not list EXPN, which is served.") {
      $0.removeAll { $0 == "EXPN" }
    },
    .listing("hides-starttls-keyword", "RFC 5321 §4.1.1.1", "The reply to EHLO does not list STARTTLS, which is served.") {
      $0.removeAll { $0 == "STARTTLS" }
    },
    .listing("lacks-8bitmime", "RFC 5321 §2.4", "8BITMIME is not offered.") { $0.removeAll { $0 == "8BITMIME" } },
    .listingOnce("announces-size-once", "RFC 1870 §3", "SIZE is listed in the first reply to EHLO alone.", "SIZE"),
    .listingOnce("announces-pipelining-once", "RFC 2920 §2", "PIPELINING is listed in the first reply to EHLO alone.", "PIPELINING"),
    .listingOnce("announces-starttls-once", "RFC 3207 §3", "STARTTLS is listed in the first reply to EHLO alone.", "STARTTLS"),
    .deciding("drops-connection-on-empty-hello", "RFC 5321 §4.2", "HELO or EHLO without an argument closes the connection without a reply.")
    { decision, context in
      if let error = context.syntaxError, error.verb == .helo || error.verb == .ehlo, error.kind == .missingArgument { decision.hangUp() }
    },
    .deciding("refuses-mail-after-helo", "RFC 5321 §4.1.1.1", "MAIL in a session that HELO opened draws 503.") { decision, context in
      if context.verb == .mail, context.before.dialogue.hello == .helo { decision.refuse(503, .init(5, 1), in: context) }
    },
    .deciding("helo-keeps-transaction", "RFC 5321 §4.1.1.1", "HELO in a transaction draws 250, and the transaction stays.") {
      decision, context in
      if context.verb == .helo, decision.code == 250 { decision.keepTransaction(of: context.before) }
    },
    .deciding("ehlo-keeps-transaction", "RFC 5321 §4.1.4", "EHLO in a transaction draws 250, and the transaction stays.") {
      decision, context in
      if context.verb == .ehlo, decision.code == 250 { decision.keepTransaction(of: context.before) }
    },
    .deciding("refuses-second-ehlo-with-503", "RFC 5321 §4.1.4", "A second EHLO draws 503.") { decision, context in
      if context.verb == .ehlo, context.before.dialogue.hello != .none { decision.refuse(503, .init(5, 1), in: context) }
    },
    .deciding("refuses-ehlo-after-helo", "RFC 5321 §3.2", "EHLO after HELO draws 503.") { decision, context in
      if context.verb == .ehlo, context.before.dialogue.hello == .helo { decision.refuse(503, .init(5, 1), in: context) }
    },
    .remembering("refused-ehlo-locks-session", "RFC 5321 §4.1.4", "After one EHLO that was refused every HELO and EHLO draws 503.") {
      var isLocked = false
      return { decision, context in
        guard context.verb == .ehlo || context.verb == .helo else { return }
        if isLocked { decision.refuse(503, .init(5, 1), in: context) }
        if context.verb == .ehlo, decision.code >= 500 { isLocked = true }
      }
    },
    .deciding("refused-ehlo-resets-transaction", "RFC 5321 §4.1.4", "An EHLO that is refused ends the transaction.") { decision, context in
      if context.verb == .ehlo, decision.code >= 500 { decision.next.clearTransaction() }
    },
    .deciding("resets-on-refused-helo", "RFC 821 §4.1.1", "A HELO that is refused ends the transaction.") { decision, context in
      if context.verb == .helo, decision.code >= 500 { decision.next.clearTransaction() }
    },
    .deciding("answers-bad-hello-with-554", "RFC 5321 §4.1.4", "HELO or EHLO with a syntax error draws 554.") { decision, context in
      if let verb = context.syntaxError?.verb, verb == .helo || verb == .ehlo { decision.refuse(554, .init(5, 4), in: context) }
    },
    .deciding("accepts-any-hello-name", "RFC 5321 §4.1.1.1", "EHLO is answered 250 whatever its argument is.") { decision, context in
      guard let error = context.syntaxError, error.verb == .ehlo, error.kind != .missingArgument, let name = Host("client.invalid") else {
        return
      }
      decision = context.redecide(.command(.ehlo(name)))
    },
    .deciding("knows-few-hello-names", "RFC 5321 §4.1.1.1", "HELO and EHLO take only names of small letters with a dot.") {
      decision, context in
      let name: [UInt8]
      switch context.command {
      case .ehlo(.domain(let domain)), .helo(let domain): name = domain.octets
      default: return
      }
      let isPlain = name.contains(.dot) && name.allSatisfy { $0 == .dot || (0x61...0x7A).contains($0) }
      if !isPlain { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("refuses-hello-with-literal", "RFC 5321 §4.1.1.1", "HELO or EHLO with an address literal draws 501.") { decision, context in
      guard context.verb == .ehlo || context.verb == .helo, context.line.dropFirst(5).first == .leftBracket else { return }
      decision.refuse(501, .init(5, 4), in: context)
    },
    .remembering(
      "refuses-mail-after-unverified-hello", "RFC 5321 §4.1.4", "After EHLO with a literal that is not the client's address RCPT draws 550."
    ) {
      var isUnverified = false
      return { decision, context in
        if case .ehlo(let host) = context.command, decision.code == 250 {
          isUnverified = host.domain == nil && host.octets != context.before.peerLiteral.map { Array($0.utf8) }
        }
        if context.verb == .rcpt, isUnverified { decision.refuse(550, .init(7, 1), in: context) }
      }
    },
    .deciding("helo-answers-like-ehlo", "RFC 5321 §3.2", "HELO is answered with the list that EHLO draws.") { decision, context in
      if case .helo(let domain) = context.command { decision.answers = context.redecide(.command(.ehlo(.domain(domain)))).answers }
    },
    .deciding("not-implemented-after-hello", "RFC 5321 §4.5.1", "After HELO or EHLO every command draws 502.") { decision, context in
      if context.isCommandLine, context.before.dialogue.hello != .none { decision.refuse(502, .init(5, 1), in: context) }
    },
    .deciding("nothing-implemented-after-helo", "RFC 821 §4.5.1", "After HELO every command draws 502.") { decision, context in
      if context.isCommandLine, context.before.dialogue.hello == .helo { decision.refuse(502, .init(5, 1), in: context) }
    },
    .deciding("greets-with-250", "RFC 5321 §4.2", "The greeting's code is 250.") { decision, context in
      if case .connection = context.input, decision.code == 220 { decision.answers[0].code = 250 }
    },
    Defect(
      "refused-session-closes-at-once", "RFC 5321 §3.1", "The server greets with 554 and closes at once.",
      configuration: { $0.openingCode = 554 },
      distortion: { distortion in
        distortion.decision = { decision, context in
          if case .connection = context.input { decision.effect = .close }
        }
      }
    ),
    Defect(
      "refused-session-answers-250", "RFC 5321 §3.1", "The server greets with 554, and then answers every command with 250.",
      configuration: { $0.openingCode = 554 },
      distortion: { distortion in
        distortion.decision = { decision, context in
          if context.isCommandLine, context.verb != .quit { decision.say(250) }
        }
      }
    ),
  ]

  /// A defect that refuses a verb in every form and state.
  static func refusing(_ name: String, _ source: String, _ summary: String, _ code: Int, verb: Verb) -> Defect {
    deciding(name, source, summary) { decision, context in
      if context.verb == verb { decision.refuse(code, .init(5, 1), "\(verb.rawValue) refused", in: context) }
    }
  }

  /// A defect in the keywords that the reply to EHLO lists.
  static func listing(_ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [String]) -> Void) -> Defect
  {
    deciding(name, source, summary) { decision, context in
      if context.verb == .ehlo { decision.changeKeywords(change) }
    }
  }

  /// A defect that lists a keyword in the first reply to EHLO alone.
  private static func listingOnce(_ name: String, _ source: String, _ summary: String, _ keyword: String) -> Defect {
    remembering(name, source, summary) {
      var hasListed = false
      return { decision, context in
        guard context.verb == .ehlo, decision.code == 250 else { return }
        if hasListed { decision.changeKeywords { $0.removeAll { $0.split(separator: " ").first == keyword[...] } } }
        hasListed = true
      }
    }
  }
}

extension Decision {
  /// Changes the keyword lines of a positive reply to EHLO.
  mutating func changeKeywords(_ change: (inout [String]) -> Void) {
    guard code == 250, let name = answers[0].lines.first else { return }
    var keywords = answers[0].lines.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    change(&keywords)
    answers[0].lines = [name] + keywords.map { Array($0.utf8) }
  }
}
