import Dialogue
import Wire

extension Defect {
  /// Faults of the SMTPUTF8 extension in the envelope.
  static let internationalizedMailDefects: [Defect] = [
    .listing("lists-smtputf8-with-parameter", "RFC 6531 §3.1", "SMTPUTF8 is listed with a parameter.") {
      for index in $0.indices where $0[index] == "SMTPUTF8" { $0[index] += " UTF-8" }
    },
    .deciding("refuses-smtputf8", "RFC 6531 §3.1", "MAIL with SMTPUTF8 draws 555.") { decision, context in
      if context.verb == .mail, decision.code == 250, decision.next.isInternationalized { decision.refuse(555, .init(5, 4), in: context) }
    },
    .reading("no-room-for-smtputf8", "RFC 6531 §3.1", "MAIL with SMTPUTF8 in a line of more than 512 octets draws 500.") { line, _ in
      if Verb(line.prefix(4)) == .mail, line.contains(" SMTPUTF8"), line.count + 2 > 512 { line = Array("TOO-LONG".utf8) }
    },
    .deciding("refuses-internationalized-senders", "RFC 6531 §3.2", "MAIL with SMTPUTF8 and a path that needs it draws 553.") {
      decision, context in
      if context.verb == .mail, decision.code == 250, context.isInternationalized { decision.refuse(553, .init(6, 7), in: context) }
    },
    .deciding("no-utf-8-in-quoted-strings", "RFC 6531 §3.3", "MAIL with UTF-8 in a quoted string draws 501.") { decision, context in
      guard context.verb == .mail, let name = context.path?.mailbox.localPart.octets, name.first == .quote else { return }
      if name.contains(where: { $0 >= 0x80 }) { decision.refuse(501, .init(1, 7), in: context) }
    },
    .deciding(
      "calls-internationalized-recipients-syntax-errors", "RFC 6531 §3.2", "RCPT with UTF-8 or an A-label in its path draws 501."
    ) { decision, context in
      if context.verb == .rcpt, context.isInternationalized { decision.refuse(501, .init(1, 3), in: context) }
    },
    .deciding("knows-no-names-in-utf-8", "RFC 6531 §3.2", "Nobody has a name with UTF-8.") { decision, context in
      if context.verb == .rcpt, context.isInternationalized { decision.refuse(550, .init(1, 1), in: context) }
    },
    .deciding("calls-internationalized-inquiries-syntax-errors", "RFC 6531 §3.2", "VRFY and EXPN with UTF-8 draw 501.") {
      decision, context in
      if context.isInquiry, context.line.contains(where: { $0 >= 0x80 }) { decision.refuse(501, .init(5, 4), in: context) }
    },
    .changing("stores-question-marks-for-utf-8", "RFC 6531 §3.2", "Octets above 127 are stored as question marks.") { copy, _ in
      for index in copy.content.indices where copy.content[index] > 127 { copy.content[index] = UInt8(ascii: "?") }
    },
    .reading("takes-smtputf8-with-a-value", "RFC 6531 §3.4", "SMTPUTF8 with a value is taken for SMTPUTF8.") { line, _ in
      let words = line.split(separator: .space, omittingEmptySubsequences: false).map { word in
        word.prefix(9).matchesIgnoringCase("SMTPUTF8=".utf8) ? word.prefix(8) : word
      }
      line = Array(words.joined(separator: [.space]))
    },
    .deciding("takes-utf-8-without-smtputf8", "RFC 5321 §4.1.2", "MAIL takes an address that is not ASCII without SMTPUTF8 too.") {
      decision, context in
      guard context.verb == .mail, decision.answers.first?.status == .init(6, 7) else { return }
      decision.say(250, .init(1, 0), "sender ok")
      decision.openTransaction()
    },
    .deciding("refuses-missing-smtputf8-with-555", "RFC 6531 §3.5", "An address that is not ASCII draws 555 where MAIL has no SMTPUTF8.") {
      decision, _ in
      if decision.answers.first?.status == .init(6, 7) { decision.answers[0].code = 555 }
    },
    .deciding(
      "calls-missing-smtputf8-an-invalid-argument", "RFC 6531 §3.5",
      "An address that is not ASCII has the status code 5.5.4 without SMTPUTF8."
    ) { decision, _ in
      if decision.answers.first?.status == .init(6, 7) { decision.answers[0].status = .init(5, 4) }
    },
    .deciding("knows-no-original-recipients-in-utf-8", "RFC 6531 §3.2", "RCPT with an ORCPT of the type utf-8 draws 501.") {
      decision, context in
      guard context.verb == .rcpt, decision.code == 250, let recipient = decision.next.recipients.last?.originalRecipient else { return }
      if recipient.type.matchesIgnoringCase("utf-8".utf8) { decision.refuse(501, .init(5, 4), in: context) }
    },
    .changing("trace-without-utf8smtp", "RFC 6531 §3.7.3", "The WITH clause does not tell that a message came with SMTPUTF8.") { copy, _ in
      copy.received = copy.received.replacing(Array(" with UTF8SMTP".utf8), with: Array(" with ESMTP".utf8))
      copy.received = copy.received.replacing(Array(" with UTF8LMTP".utf8), with: Array(" with LMTP".utf8))
    },
    .changing("trace-always-utf8smtp", "RFC 6531 §3.7.3", "The WITH clause says UTF8SMTP for every message.") { copy, _ in
      copy.received = copy.received.replacing(Array(" with ESMTP".utf8), with: Array(" with UTF8SMTP".utf8))
    },
    .changing("traces-in-a-labels", "RFC 6531 §3.7.3", "Return-Path has the sender's domain in A-labels.") { copy, context in
      guard case .path(let path) = context.before.reversePath, case .domain(let domain) = path.mailbox.host else { return }
      copy.returnPath = copy.returnPath.replacing(domain.octets, with: domain.aLabelOctets)
    },
  ]

  /// Faults in the replies of a server with SMTPUTF8.
  static let internationalizedReplyDefects: [Defect] = [
    .writing("introduces-itself-in-utf-8", "RFC 6531 §3.7.1", "Greeting and reply to EHLO name the server with a U-label.") {
      octets, context in
      var introduces = context.verb == .ehlo
      if case .connection = context.input { introduces = true }
      guard introduces else { return }
      octets = octets.replacing(Array(context.configuration.hostName.utf8), with: Array("mx.b\u{FC}cher.example.test".utf8))
    },
    .deciding("vrfy-knows-no-smtputf8", "RFC 6531 §3.7.4.2", "SMTPUTF8 behind VRFY's or EXPN's argument is read as a part of it.") {
      decision, context in
      if context.isInquiry, context.line.suffix(9).matchesIgnoringCase(" SMTPUTF8".utf8) { decision.refuse(550, .init(1, 1), in: context) }
    },
    .deciding("shows-utf-8-unasked", "RFC 6531 §3.7.4.2", "VRFY and EXPN show names in UTF-8 without SMTPUTF8.") { decision, context in
      guard context.isInquiry, decision.answers.first?.status == .init(6, 8) else { return }
      switch context.command {
      case .vrfy(let argument): decision = context.redecide(.command(.vrfy(argument + Array(" SMTPUTF8".utf8))))
      case .expn(let argument): decision = context.redecide(.command(.expn(argument + Array(" SMTPUTF8".utf8))))
      default: break
      }
    },
    .deciding("hides-names-without-a-reason", "RFC 6531 §3.7.4.2", "Where a name cannot be shown the status code is X.1.5.") {
      decision, _ in
      if decision.answers.first?.status == .init(6, 8) { decision.answers[0].status = .init(1, 5) }
    },
    .deciding("shows-question-marks-for-utf-8", "RFC 6531 §3.7.4.2", "VRFY with SMTPUTF8 shows names in ASCII and question marks.") {
      decision, context in
      if context.isInquiry, decision.code == 250 { decision.answers[0].isInternationalized = false }
    },
    .deciding("vrfy-says-no-more-than-ok", "RFC 6531 §3.7.4.2", "VRFY with SMTPUTF8 does not show the mailbox.") { decision, context in
      guard context.verb == .vrfy, decision.code == 250, context.line.suffix(9).matchesIgnoringCase(" SMTPUTF8".utf8) else { return }
      decision.say(250, .init(1, 5), "The user is known")
    },
  ]
}

extension DecisionContext {
  /// Whether the path of a MAIL or RCPT is not ASCII, or has an A-label.
  fileprivate var isInternationalized: Bool {
    path.map { $0.octets.contains { $0 >= 0x80 } || $0.octets.contains("@xn--") } ?? false
  }

  /// Whether it is a VRFY or EXPN.
  fileprivate var isInquiry: Bool { verb == .vrfy || verb == .expn }
}
