import Dialogue
import Wire

extension Defect {
  /// Faults of STARTTLS.
  static let tlsDefects: [Defect] = [
    .deciding("refuses-offered-starttls", "RFC 5321 §4.2.4", "STARTTLS is offered, and draws 502.") { decision, context in
      if context.verb == .starttls, decision.code == 220 { decision.refuse(502, .init(5, 1), in: context) }
    },
    .deciding("accepts-starttls-argument", "RFC 3207 §4", "STARTTLS with an argument draws 220.") { decision, context in
      if context.syntaxError?.verb == .starttls { decision = context.redecide(.command(.starttls)) }
    },
    .deciding("resets-on-refused-starttls", "RFC 5321 §4.1.4", "STARTTLS with an argument ends the transaction.") { decision, context in
      if context.syntaxError?.verb == .starttls { decision.next.clearTransaction() }
    },
    .deciding("says-more-after-starttls", "RFC 3207 §4", "The 220 to STARTTLS is followed by a second reply in clear.") {
      decision, context in
      if context.verb == .starttls, decision.code == 220 { decision.answers.append(Answer(250, .init(0, 0), "ready")) }
    },
    .requiringTLS("requires-tls", "In clear nothing is served but NOOP, EHLO, STARTTLS and QUIT.", .init(7, 0)) { context in
      context.verb.map { ![.noop, .ehlo, .starttls, .quit].contains($0) } ?? true
    },
    .requiringTLS(
      "requires-tls-with-wrong-enhanced-code", "In clear nothing is served, and the refusal's enhanced code is 5.5.1.", .init(5, 1)
    ) { context in
      context.verb.map { ![.noop, .ehlo, .starttls, .quit].contains($0) } ?? true
    },
    .requiringTLS("requires-tls-for-mail-only", "In clear MAIL draws 530.", .init(7, 0)) { $0.verb == .mail },
    .requiringTLS("requires-tls-for-everything", "In clear every command after the first EHLO draws 530.", .init(7, 0)) {
      $0.before.dialogue.hello == .ehlo
    },
    .behaving("keeps-plaintext-buffer-over-tls", "RFC 3207 §4.2", "Octets that came in clear behind STARTTLS are read as if under TLS.") {
      $0.clearOctets = .kept
    },
    .behaving(
      "takes-clear-lines-before-handshake", "RFC 3207 §4.2", "Lines that come in clear before the handshake are read as if under TLS."
    ) { $0.clearOctets = .awaited },
    Defect("serves-clear-after-failed-handshake", "RFC 3207 §4.1", "What comes instead of a handshake is served in clear.") { distortion in
      distortion.manner = { $0.clearOctets = .awaited }
      distortion.decision = { decision, context in
        guard case .handshakeFailed = context.input else { return }
        decision = Decision(silentlyTo: context.before)
        decision.next.dialogue.channel = .open
      }
    },
    .deciding("dies-of-failed-handshake", "RFC 3207 §4.1", "A handshake that fails ends every connection of the server.") {
      decision, context in
      if case .handshakeFailed = context.input { decision.effect = .die }
    },
    .deciding("offers-starttls-inside-tls", "RFC 3207 §4.2", "STARTTLS is offered under TLS.") { decision, context in
      if context.verb == .ehlo, context.before.dialogue.isEncrypted { decision.changeKeywords { $0.insert("STARTTLS", at: 0) } }
    },
    .deciding("accepts-starttls-inside-tls", "RFC 3207 §4.2", "STARTTLS under TLS draws 220.") { decision, context in
      if context.verb == .starttls, context.before.dialogue.isEncrypted {
        decision.refuse(220, .init(0, 0), "Ready to start TLS", in: context)
      }
    },
    .deciding("refuses-ehlo-after-tls", "RFC 3207 §4.2", "EHLO under TLS draws 503.") { decision, context in
      if context.verb == .ehlo, context.before.dialogue.isEncrypted { decision.refuse(503, .init(5, 1), in: context) }
    },
    .deciding("greets-again-after-tls", "RFC 3207 §4.2", "After the handshake the server greets again.") { decision, context in
      if case .secured = context.input { decision.answers = context.redecide(.connection).answers }
    },
    .remembering("keeps-transaction-over-tls", "RFC 3207 §4.2", "A transaction that began in clear goes on under TLS.") {
      var isFirst = false
      return { decision, context in
        if case .secured = context.input {
          decision.keepTransaction(of: context.before)
          isFirst = true
        }
        guard context.verb == .ehlo, context.before.dialogue.isEncrypted, isFirst else { return }
        decision.keepTransaction(of: context.before)
        isFirst = false
      }
    },
    .deciding("keeps-hello-over-tls", "RFC 3207 §4.2", "The EHLO that was given in clear counts under TLS.") { decision, context in
      guard case .secured = context.input else { return }
      decision.next.dialogue.hello = context.before.dialogue.hello
      decision.next.clientName = context.before.clientName
    },
    .remembering("keeps-hello-name-over-tls", "RFC 3207 §4.2", "The Received field names the client as it called itself in clear.") {
      var name: [UInt8] = []
      return { decision, context in
        if case .secured = context.input { name = context.before.clientName }
        if context.content != nil, context.before.dialogue.isEncrypted, !name.isEmpty {
          decision = context.redecide { $0.clientName = name }
        }
      }
    },
    .deciding(
      "dies-of-tls-closure", "RFC 5321 §4.1.1.10", "A connection that ends under TLS without QUIT ends every connection of the server."
    ) { decision, context in
      if case .lost = context.input, context.before.dialogue.isEncrypted { decision.effect = .die }
    },
  ]

  private static func requiringTLS(
    _ name: String, _ summary: String, _ status: Answer.Status, _ condition: @escaping @Sendable (DecisionContext) -> Bool
  ) -> Defect {
    deciding(name, "RFC 3207 §4", summary) { decision, context in
      guard context.isCommandLine, !context.before.dialogue.isEncrypted, condition(context) else { return }
      decision.refuse(530, status, "Must issue a STARTTLS command first", in: context)
    }
  }
}
