import Dialogue
import Wire

extension Defect {
  /// Faults of the RRVS extension.
  static let validSinceDefects: [Defect] = [
    .listing("lists-rrvs-with-parameter", "RFC 7293 §3.1", "RRVS is listed with a parameter.") {
      for index in $0.indices where $0[index] == "RRVS" { $0[index] += " C R" }
    },
    .deciding("refuses-rrvs", "RFC 7293 §3.1", "RCPT with RRVS draws 555.") { decision, context in
      if context.verb == .rcpt, decision.code == 250, context.validSince != nil { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("wants-rrvs-in-utc", "RFC 7293 §3.1", "RRVS with another zone than Z draws 501.") { decision, context in
      if context.verb == .rcpt, let value = context.validSince, !value.contains(0x5A) { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("knows-no-no-support-action", "RFC 7293 §3.1", "RRVS with a no-support action draws 501.") { decision, context in
      if context.verb == .rcpt, context.validSince?.contains(.semicolon) == true { decision.refuse(501, .init(5, 4), in: context) }
    },
    .configured("no-room-for-rrvs", "RFC 7293 §3.1", "A RCPT line with RRVS may be no longer than others.") {
      $0.recipientLineExtraInOctets = 0
      $0.statusLineExtraInOctets = 0
    },
    .reading("takes-any-rrvs", "RFC 7293 §3.1", "RRVS is passed over, whatever its value is.") { line, _ in
      guard Verb(line.prefix(4)) == .rcpt, let end = line.pathEnd else { return }
      let words = line[(end + 1)...].split(separator: .space).filter { !$0.prefix(4).matchesIgnoringCase("RRVS".utf8) }
      line = line[...end] + words.flatMap { [.space] + $0 }
    },
    .deciding("refuses-new-owner-with-551", "RFC 7293 §5.1", "RCPT of a mailbox that has changed hands draws 551.") { decision, context in
      if context.verb == .rcpt, decision.answers.first?.status == .init(7, 17) { decision.answers[0].code = 551 }
    },
    .deciding("calls-new-owner-unknown", "RFC 7293 §5.2", "Where a mailbox has changed hands the status code is X.1.1.") { decision, _ in
      for index in decision.answers.indices where decision.answers[index].status == .init(7, 17) {
        decision.answers[index].status = .init(1, 1)
      }
    },
    .deciding("tells-the-age-of-mailboxes", "RFC 7293 §9", "RRVS from before 2010 draws 550, whoever the recipient is.") {
      decision, context in
      guard context.verb == .rcpt, decision.code == 250, let value = context.validSince, let instant = ValidSince(parameter: value) else {
        return
      }
      if instant.secondsSince1970 < 1_262_304_000 { decision.refuse(550, .init(7, 17), in: context) }
    },
    .deciding("passes-over-rrvs-field", "RFC 7293 §5.2", "The header field is not looked at.") { decision, context in
      if context.content != nil, decision.code == 550 { decision = context.redecideWithoutOwners() }
    },
    .deciding("judges-field-beside-parameter", "RFC 7293 §5", "The header field counts although RCPT had RRVS.") { decision, context in
      guard context.content != nil, decision.code == 250, context.before.recipients.contains(where: { $0.validSince != nil }) else {
        return
      }
      decision = context.redecide { for index in $0.recipients.indices { $0.recipients[index].validSince = nil } }
    },
    .deciding("rejects-odd-rrvs-fields", "RFC 7293 §5.2", "A header field that cannot be used makes the message be rejected.") {
      decision, context in
      guard let content = context.content, decision.code == 250 else { return }
      let fields = Message(content.octets).fields(named: "Require-Recipient-Valid-Since")
      let isOdd = fields.contains { field in
        guard let (mailbox, _) = ValidSince.read(header: field.value) else { return true }
        return !context.before.recipients.contains { $0.path.mailbox == mailbox }
      }
      if isOdd { decision.refuseMessage(554, .init(6, 0)) }
    },
    .changing("keeps-rrvs-field", "RFC 7293 §5.2", "The header field is delivered.") { copy, context in
      if let content = context.content { copy.content = content.octets }
    },
  ]
}

extension DecisionContext {
  /// The value of RRVS in a RCPT that parses.
  fileprivate var validSince: [UInt8]? { verb == .rcpt ? parameters.first { $0.keyword == "RRVS" }?.value : nil }

  /// What a server decides that knows of no mailbox that changed hands.
  fileprivate func redecideWithoutOwners() -> Decision {
    var configuration = configuration
    configuration.reassignedMailboxes = [:]
    return Decider(before, under: configuration).decide(input)
  }
}
