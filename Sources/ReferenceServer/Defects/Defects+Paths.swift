import Dialogue
import Wire

extension Defect {
  /// Faults in how MAIL and RCPT read their paths.
  static let pathDefects: [Defect] = [
    .remembering("accepts-refused-sender-on-retry", "RFC 5321 §3.3", "A malformed MAIL draws 250 the second time.") {
      var hasRefused = false
      return { decision, context in
        guard context.syntaxError?.verb == .mail else { return }
        if hasRefused { decision = context.redecide(.command(.mail(.null, []))) }
        hasRefused = true
      }
    },
    .deciding("refuses-sender-with-252", "RFC 5321 §3.3", "A malformed MAIL draws 252.") { decision, context in
      if context.syntaxError?.verb == .mail { decision.refuse(252, .init(1, 0), in: context) }
    },
    .deciding("answers-malformed-mail-with-354", "RFC 5321 §4.3.2", "A malformed MAIL draws 354.") { decision, context in
      if context.syntaxError?.verb == .mail { decision.refuse(354, nil, in: context) }
    },
    .deciding("accepts-malformed-mail", "RFC 5321 §4.1.1.2", "A MAIL whose path does not parse draws 250.") { decision, context in
      if let error = context.syntaxError, error.verb == .mail, !error.isOfParameter {
        decision = context.redecide(.command(.mail(.null, [])))
      }
    },
    .deciding("accepts-malformed-rcpt", "RFC 5321 §4.1.1.3", "A RCPT whose path does not parse draws 250.") { decision, context in
      guard let error = context.syntaxError, error.verb == .rcpt, !error.isOfParameter, case .mail = context.before.dialogue.transaction
      else { return }
      decision.say(250, .init(1, 5), "recipient ok")
      decision.countRecipient()
    },
    .deciding(
      "drops-connection-on-bad-path", "RFC 5321 §4.2", "A MAIL or RCPT whose path does not parse closes the connection without a reply."
    ) { decision, context in
      if let error = context.syntaxError, error.verb == .mail || error.verb == .rcpt, !error.isOfParameter { decision.hangUp() }
    },
    .deciding("refuses-null-reverse-path", "RFC 5321 §4.5.5", "MAIL FROM:<> draws 501.", refuseNullPath),
    .deciding("refuses-null-path-after-helo", "RFC 821 §4.1.1", "After HELO, MAIL FROM:<> draws 501.") { decision, context in
      if context.before.dialogue.hello == .helo { refuseNullPath(&decision, context) }
    },
    .deciding("null-path-opens-no-transaction", "RFC 5321 §4.5.5", "MAIL FROM:<> draws 250 and begins nothing.") { decision, context in
      if case .mail(.null, _) = context.command, decision.code == 250 { decision.next = context.before }
    },
    .deciding("wants-a-sender-before-rcpt", "RFC 5321 §4.5.5", "RCPT after MAIL FROM:<> draws 503.") { decision, context in
      if context.verb == .rcpt, context.before.reversePath == .null { decision.refuse(503, .init(5, 1), in: context) }
    },
    .deciding("refuses-source-route", "RFC 5321 §4.1.1.3", "A path with a source route draws 501.", refuseSourceRoute),
    .deciding("chokes-on-source-route", "RFC 5321 §3.3", "RCPT with a source route closes the connection without a reply.") {
      decision, context in
      if context.verb == .rcpt, context.path?.sourceRoute.isEmpty == false { decision.hangUp() }
    },
    .deciding("source-route-opens-relay", "RFC 5321 §3.6.1", "A source route that names the server's domain makes it take any recipient.") {
      decision, context in
      guard context.verb == .rcpt, decision.code == 550, let path = context.path, case .mail = context.before.dialogue.transaction,
        path.sourceRoute.contains(where: { context.configuration.domains.map { Array($0.utf8) }.contains($0.octets) })
      else { return }
      decision.say(250, .init(1, 5), "recipient ok")
      decision.countRecipient()
    },
    .deciding("refuses-bare-postmaster", "RFC 5321 §4.5.1", "RCPT TO:<Postmaster> draws 550.") { decision, context in
      if case .rcpt(.postmaster, _) = context.command { decision.refuse(550, .init(1, 1), in: context) }
    },
    .deciding("refuses-postmaster-of-domain", "RFC 5321 §4.5.1", "RCPT to postmaster at a served domain draws 550.") { decision, context in
      if context.verb == .rcpt, decision.code == 250, context.path?.mailbox.isPostmaster == true {
        decision.refuse(550, .init(1, 1), in: context)
      }
    },
    .deciding("has-no-postmaster", "RFC 5321 §4.5.1", "RCPT to postmaster draws 550.") { decision, context in
      guard case .rcpt(let path, _) = context.command, path == .postmaster || path.mailbox?.isPostmaster == true else { return }
      decision.refuse(550, .init(1, 1), in: context)
    },
    .deciding("postmaster-is-case-sensitive", "RFC 5321 §4.5.1", "RCPT to postmaster is taken in small letters alone.") {
      decision, context in
      guard case .rcpt(let path, _) = context.command, path == .postmaster || path.mailbox?.isPostmaster == true else { return }
      let isSmall = context.line.replacing(Array("postmaster".utf8), with: []) != context.line
      if !isSmall { decision.refuse(550, .init(1, 1), in: context) }
    },
    .deciding("refuses-quoted-local-part", "RFC 5321 §4.1.2", "A quoted local part draws 501.") { decision, context in
      if context.path?.mailbox.localPart.form == .quotedString { decision.refuse(501, .init(1, 3), in: context) }
    },
    .deciding("takes-quotes-as-part-of-the-name", "RFC 5321 §4.1.2", "A quoted local part names nobody, whatever it quotes.") {
      decision, context in
      if context.verb == .rcpt, context.path?.mailbox.localPart.form == .quotedString { decision.refuse(550, .init(1, 1), in: context) }
    },
    .deciding(
      "breaks-off-at-odd-local-part", "RFC 5321 §4.2",
      "RCPT with an unusual character in the local part closes the connection without a reply."
    ) { decision, context in
      guard context.verb == .rcpt, let name = context.path?.mailbox.localPart.octets else { return }
      if !name.allSatisfy({ $0.isLetterOrDigit || ".-_+".utf8.contains($0) }) { decision.hangUp() }
    },
    .deciding("wants-plain-senders", "RFC 5321 §4.1.2", "A sender's local part may have letters and digits alone.") { decision, context in
      guard context.verb == .mail, let name = context.path?.mailbox.localPart.value else { return }
      if !name.allSatisfy(\.isLetterOrDigit) { decision.refuse(501, .init(1, 7), in: context) }
    },
    .deciding(
      "wants-plain-domains", "RFC 5321 §4.1.2", "A sender's domain of more than three labels, or not of small letters alone, draws 501."
    ) { decision, context in
      guard context.verb == .mail, let domain = context.path?.mailbox.host.domain else { return }
      let isPlain = domain.labels.count <= 3 && domain.octets.allSatisfy { $0 == .dot || (0x61...0x7A).contains($0) }
      if !isPlain { decision.refuse(501, .init(1, 7), in: context) }
    },
    .deciding("does-not-recognise-mail-from-literal", "RFC 5321 §4.1.3", "MAIL from an address literal draws 500.") { decision, context in
      if context.verb == .mail, let host = context.path?.mailbox.host, host.domain == nil { decision.refuse(500, .init(5, 2), in: context) }
    },
    .deciding("does-not-recognise-rcpt-to-literal", "RFC 5321 §4.1.3", "RCPT to an address literal draws 500.") { decision, context in
      if context.verb == .rcpt, let host = context.path?.mailbox.host, host.domain == nil { decision.refuse(500, .init(5, 2), in: context) }
    },
    .deciding("refuses-unknown-recipient-with-500", "RFC 5321 §3.3", "RCPT of an unknown user draws 500.") { decision, context in
      if decision.isUnknownUser(context) { decision.answers[0].code = 500 }
    },
    .deciding("answers-unknown-recipient-with-501", "RFC 5321 §4.3.2", "RCPT of an unknown user draws 501.") { decision, context in
      if decision.isUnknownUser(context) { decision.answers[0].code = 501 }
    },
    .deciding("answers-relay-refusal-with-501", "RFC 5321 §4.3.2", "A refusal to relay has the code 501.") { decision, context in
      if context.verb == .rcpt, decision.code == 550, decision.answers[0].status == .init(7, 1) { decision.answers[0].code = 501 }
    },
    .deciding("does-not-recognise-hyphen-first", "RFC 5321 §4.1.2", "RCPT with a local part that begins with a hyphen draws 500.") {
      decision, context in
      if context.verb == .rcpt, context.path?.mailbox.localPart.value.first == .hyphen { decision.refuse(500, .init(5, 2), in: context) }
    },
    .deciding("stumbles-over-dollars", "RFC 5321 §4.1.2", "RCPT with a dollar sign in the local part draws 500.") { decision, context in
      if context.verb == .rcpt, context.path?.mailbox.localPart.value.contains(0x24) == true {
        decision.refuse(500, .init(5, 2), in: context)
      }
    },
    .deciding("stumbles-over-apostrophes", "RFC 5321 §4.1.2", "RCPT with an apostrophe in the local part draws 500.") { decision, context in
      if context.verb == .rcpt, context.path?.mailbox.localPart.value.contains(0x27) == true {
        decision.refuse(500, .init(5, 2), in: context)
      }
    },
    .deciding("refuses-relay-with-554", "RFC 5321 §3.6.2", "A refusal to relay has the code 554.") { decision, context in
      if context.verb == .rcpt, decision.code == 550, decision.answers[0].status == .init(7, 1) { decision.answers[0].code = 554 }
    },
    .deciding("checks-recipients-after-data", "RFC 5321 §3.3", "Unknown recipients draw 250, and then the message is refused with 550.") {
      decision, context in
      if decision.isUnknownUser(context) {
        decision.say(250, .init(1, 5), "recipient ok")
        decision.countRecipient()
      }
      if context.content != nil, context.before.recipients.contains(where: \.users.isEmpty) {
        decision.say(550, .init(1, 1), "No such user here")
        decision.effect = .none
      }
    },
    .deciding("accepts-eight-bit-envelope", "RFC 5321 §2.4", "MAIL and RCPT take octets that are not US-ASCII.") { decision, context in
      guard let error = context.syntaxError, context.line.contains(where: { $0 >= 0x80 }) else { return }
      if error.verb == .mail { decision = context.redecide(.command(.mail(.null, []))) }
      guard error.verb == .rcpt, case .mail = context.before.dialogue.transaction else { return }
      decision.say(250, .init(1, 5), "recipient ok")
      decision.countRecipient()
    },
    .reading("accepts-text-behind-path", "RFC 5321 §4.1.1.2", "Text that follows a path's bracket at once is passed over.") { line, _ in
      guard line.isMailOrRecipient, let end = line.pathEnd, end + 1 < line.count, line[end + 1] != .space else { return }
      line.removeSubrange((end + 1)..<(line[end...].firstIndex(of: .space) ?? line.count))
    },
  ]

  private static let refuseNullPath: @Sendable (inout Decision, DecisionContext) -> Void = { decision, context in
    if case .mail(.null, _) = context.command { decision.refuse(501, .init(1, 7), in: context) }
  }

  private static let refuseSourceRoute: @Sendable (inout Decision, DecisionContext) -> Void = { decision, context in
    if context.path?.sourceRoute.isEmpty == false { decision.refuse(501, .init(1, 3), in: context) }
  }
}

extension Decision {
  /// Whether it refuses a RCPT because a served domain has no such user.
  fileprivate func isUnknownUser(_ context: DecisionContext) -> Bool {
    context.verb == .rcpt && code == 550 && answers[0].status == .init(1, 1)
  }
}

extension CommandSyntaxError {
  /// Whether the fault is in a parameter of MAIL or RCPT, not in the path.
  var isOfParameter: Bool { kind == .parameterKeyword || kind == .parameterValue }
}

extension [UInt8] {
  /// Whether a line begins with MAIL or RCPT.
  var isMailOrRecipient: Bool {
    let verb = Verb(prefix(4))
    return verb == .mail || verb == .rcpt
  }

  /// Where the bracket is that ends a path: the first outside of quotes.
  var pathEnd: Int? {
    var isQuoted = false
    for (index, octet) in enumerated() {
      if octet == .quote { isQuoted.toggle() }
      if octet == .greater, !isQuoted { return index }
    }
    return nil
  }
}
