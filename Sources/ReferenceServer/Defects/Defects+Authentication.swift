import Dialogue
import Wire

extension Defect {
  /// Faults of AUTH as a command: when it is served, what it proves, and what follows from it.
  static let authenticationDefects: [Defect] = [
    .listingAuthentication("announces-auth-without-mechanisms", "RFC 4954 §3", "AUTH is listed without a mechanism.") { _ in "AUTH" },
    .deciding("refuses-plain", "RFC 4954 §4", "PLAIN is not to be had.") { decision, context in
      if case .auth("PLAIN", _) = context.command, decision.isAuthenticationStep { decision.refuse(504, .init(5, 4), in: context) }
    },
    .deciding("mechanism-upper-case-only", "RFC 4954 §8", "A mechanism that is not in capitals draws 504.") { decision, context in
      guard context.verb == .auth, decision.isAuthenticationStep else { return }
      let word = context.line.split(separator: .space).dropFirst().first ?? []
      if word.contains(where: { $0 != $0.uppercased }) { decision.refuse(504, .init(5, 4), in: context) }
    },
    .deciding("unknown-mechanism-draws-535", "RFC 4954 §4", "A mechanism that is not to be had draws 535.") { decision, context in
      if context.verb == .auth, decision.code == 504 { decision.refuse(535, .init(7, 8), in: context) }
    },
    .deciding("unknown-mechanism-with-wrong-enhanced-code", "RFC 4954 §4", "The 504 for a mechanism goes with 5.5.1.") {
      decision, context in
      if context.verb == .auth, decision.code == 504 { decision.refuse(504, .init(5, 1), in: context) }
    },
    .deciding("hangs-up-on-malformed-auth", "RFC 5321 §4.2", "AUTH with a fault in its argument closes the connection without a reply.") {
      decision, context in
      if let error = context.syntaxError, error.verb == .auth, error.kind != .base64 { decision.hangUp() }
    },
    .deciding("accepts-second-auth", "RFC 4954 §4", "AUTH is served again after it has succeeded.") { decision, context in
      if context.verb == .auth, context.before.dialogue.isAuthenticated {
        decision = context.redecide { $0.dialogue.isAuthenticated = false }
      }
    },
    .deciding("forgets-authentication-on-reset", "RFC 4954 §4", "After RSET or a new EHLO, AUTH is served again.") { decision, context in
      if context.verb == .rset || context.verb == .ehlo { decision.next.dialogue.isAuthenticated = false }
    },
    .deciding("accepts-auth-in-transaction", "RFC 4954 §4", "AUTH is served between MAIL and DATA.") { decision, context in
      guard context.verb == .auth, context.isInTransaction else { return }
      decision = context.redecide { $0.dialogue.transaction = .none }
      decision.keepTransaction(of: context.before)
    },
    .deciding("drops-transaction-on-refused-auth", "RFC 5321 §4.1.4", "AUTH within a transaction draws 503 and ends it.") {
      decision, context in
      if context.verb == .auth, decision.code == 503 { decision.next.clearTransaction() }
    },
    .deciding("refuses-auth-after-reset", "RFC 4954 §4", "After a RSET, AUTH draws 503.") { decision, context in
      if context.verb == .rset { decision.next.messages += 1 }
      if context.verb == .auth, context.before.messages > 0 { decision.refuse(503, .init(5, 1), in: context) }
    },
    .deciding("locks-out-after-one-failure", "RFC 4954 §4", "After one failure every AUTH draws 503.") { decision, context in
      if context.verb == .auth, context.before.authenticationFailures > 0 { decision.refuse(503, .init(5, 1), in: context) }
    },
    Defect("keeps-authentication-over-tls", "RFC 3207 §4.2", "Who logged in in clear is still logged in under TLS.") {
      $0.takesPasswordsInClear = true
    } distortion: { distortion in
      distortion.decision = { decision, context in
        if case .secured = context.input { decision.next.dialogue.isAuthenticated = context.before.dialogue.isAuthenticated }
      }
    },
    .configured("takes-passwords-in-clear", "RFC 4616 §5", "PLAIN and LOGIN are to be had without TLS.") {
      $0.takesPasswordsInClear = true
    },
    Defect("offers-auth-that-wants-tls", "RFC 4954 §6", "AUTH is listed in clear, where it is refused for want of TLS.") {
      $0.takesPasswordsInClear = true
    } distortion: { distortion in
      distortion.decision = { decision, context in
        guard context.verb == .auth, !context.before.dialogue.isEncrypted, decision.isAuthenticationStep else { return }
        decision.refuse(538, .init(7, 11), in: context)
      }
    },
    .configured("mail-line-limit-without-auth", "RFC 4954 §3", "A MAIL line may not be longer for its parameters.") {
      $0.mailLineExtraInOctets = 0
      $0.handlingLineExtraInOctets = 0
      $0.statusLineExtraInOctets = 0
    },
    .deciding("refuses-auth-parameter", "RFC 4954 §5", "MAIL with AUTH= draws 555.") { decision, context in
      if context.parameters.contains(where: { $0.keyword == "AUTH" }) { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("wants-login-for-auth-parameter", "RFC 4954 §5", "MAIL with AUTH= draws 503 from a client that did not log in.") {
      decision, context in
      guard context.parameters.contains(where: { $0.keyword == "AUTH" }), !context.before.dialogue.isAuthenticated else { return }
      decision.refuse(503, .init(5, 1), in: context)
    },
    .writing("echoes-decoded-submitter", "RFC 4954 §5", "The reply to MAIL has in it what the xtext of AUTH= stands for.") {
      octets, context in
      guard let value = context.parameters.first(where: { $0.keyword == "AUTH" })?.value, let decoded = XText.decode(value) else { return }
      octets = Array("250 2.1.0 submitter ".utf8) + decoded + .crlf
    },
    .deciding("hangs-up-on-odd-submitter", "RFC 5321 §4.2", "AUTH= of what is no xtext closes the connection without a reply.") {
      decision, context in
      if context.parameters.contains(where: { $0.keyword == "AUTH" }), decision.code == 501 { decision.hangUp() }
    },
    .deciding("trace-without-authentication", "RFC 3848 §1", "The Received field does not tell that the client logged in.") {
      decision, context in
      guard context.content != nil else { return }
      decision = context.redecide { $0.dialogue.isAuthenticated = false }
    },
    .changing("trace-claims-a-login", "RFC 3848 §1", "The Received field tells of a login that was not.") { copy, context in
      guard !context.before.dialogue.isAuthenticated else { return }
      for old in ["ESMTPS", "ESMTP", "SMTP"] where copy.received.contains(" with \(old) ") {
        copy.received = copy.received.replacing(Array(" with \(old) ".utf8), with: Array(" with \(old)A ".utf8))
        return
      }
    },
    Defect("trace-in-clear-without-authentication", "RFC 3848 §1", "Without TLS the Received field does not tell of a login.") {
      $0.takesPasswordsInClear = true
    } distortion: { distortion in
      distortion.decision = { decision, context in
        guard context.content != nil, !context.before.dialogue.isEncrypted else { return }
        decision = context.redecide { $0.dialogue.isAuthenticated = false }
      }
    },
    .wantingLogin("wants-login-for-everything", "Without a login even NOOP and RSET draw 530.", .init(7, 0)) {
      $0 != .auth && $0 != .ehlo && $0 != .starttls
    },
    .wantingLogin("wants-login-with-wrong-enhanced-code", "MAIL draws 530 5.5.1 without a login.", .init(5, 1)) { $0 == .mail },
  ]

  /// A defect in the line of EHLO that lists the mechanisms.
  static func listingAuthentication(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (String) -> String
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      guard context.verb == .ehlo else { return }
      decision.changeKeywords { keywords in
        keywords = keywords.map { $0.hasPrefix("AUTH ") ? change($0) : $0 }
      }
    }
  }

  private static func wantingLogin(
    _ name: String, _ summary: String, _ status: Answer.Status, _ condition: @escaping @Sendable (Verb) -> Bool
  ) -> Defect {
    deciding(name, "RFC 4954 §6", summary) { decision, context in
      guard let verb = context.verb, condition(verb), !context.before.dialogue.isAuthenticated else { return }
      guard context.before.dialogue.hello != .none else { return }
      decision.refuse(530, status, "Authentication required", in: context)
    }
  }
}

extension Decision {
  /// Whether AUTH goes on or has succeeded.
  var isAuthenticationStep: Bool { code == 334 || code == 235 }
}
