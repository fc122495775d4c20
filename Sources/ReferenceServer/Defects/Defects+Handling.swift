import Dialogue
import Wire

extension Defect {
  /// Faults of the MT-PRIORITY extension.
  static let priorityDefects: [Defect] = [
    .listing("priority-policy-with-blank", "RFC 6710 §7", "MT-PRIORITY names a policy of two words.") { keywords in
      keywords = keywords.map { $0 == "MT-PRIORITY" ? "MT-PRIORITY MY POLICY" : $0 }
    },
    .refusing("refuses-every-priority", "RFC 6710 §3", "MAIL with an MT-PRIORITY draws 555.", 555) { $0.values(of: "MT-PRIORITY").isEmpty },
    .refusing("refuses-negative-priorities", "RFC 6710 §3", "A priority below 0 draws 501.", 501) {
      !$0.values(of: "MT-PRIORITY").joined().contains(.hyphen)
    },
    .refusing("knows-five-priorities", "RFC 6710 §5", "A priority above 4 or below -4 draws 501.", 501) {
      !$0.values(of: "MT-PRIORITY").joined().contains { $0 > UInt8(ascii: "4") }
    },
    .passingOver("passes-over-invalid-priorities", "RFC 6710 §4.1", "An MT-PRIORITY that is not valid is passed over.", ["MT-PRIORITY"]),
    .storing("received-without-priority", "RFC 6710 §4.1", "The Received field has no PRIORITY clause.") { copies, context in
      guard let priority = context.before.handling.priority else { return }
      for index in copies.indices {
        copies[index].received = copies[index].received.replacing(Array("\r\n\tpriority \(priority)".utf8), with: [])
      }
    },
    .unoffered("takes-priority-unoffered", "MT-PRIORITY is not offered, and is passed over.", .priority, ["MT-PRIORITY"]),
    .configured("no-room-for-handling", "RFC 6710 §3", "A MAIL line of more than 512 octets draws 500.") {
      $0.mailLineExtraInOctets = 0
      $0.handlingLineExtraInOctets = 0
      $0.statusLineExtraInOctets = 0
    },
  ]

  /// Faults of the FUTURERELEASE extension.
  static let holdDefects: [Defect] = [
    .listing("futurerelease-without-date", "RFC 4865 §3", "FUTURERELEASE has one parameter, the number of seconds.") { keywords in
      keywords = keywords.map { $0.hasPrefix("FUTURERELEASE ") ? $0.split(separator: " ").prefix(2).joined(separator: " ") : $0 }
    },
    .deciding("futurerelease-for-everyone", "RFC 4865 §4.2", "A server that takes mail from anyone lists FUTURERELEASE.") {
      decision, context in
      if context.verb == .ehlo, context.configuration.service == .mx {
        decision.changeKeywords { $0.append("FUTURERELEASE 86400 2030-01-01T00:00:00Z") }
      }
    },
    .refusing("refuses-holdfor", "RFC 4865 §4.2", "MAIL with a HOLDFOR draws 501.", 501) { $0.values(of: "HOLDFOR").isEmpty },
    .refusing("refuses-holduntil", "RFC 4865 §4.2", "MAIL with a HOLDUNTIL draws 501.", 501) { $0.values(of: "HOLDUNTIL").isEmpty },
    .passingOver("passes-over-invalid-holdfor", "RFC 4865 §4.2", "A HOLDFOR that is refused is passed over.", ["HOLDFOR"]),
    .passingOver("passes-over-invalid-holduntil", "RFC 4865 §4.2", "A HOLDUNTIL that is refused is passed over.", ["HOLDUNTIL"]),
    .passingOver("takes-two-hold-parameters", "RFC 4865 §4.2", "With two hold parameters, all are passed over.", ["HOLDFOR", "HOLDUNTIL"]),
    .deciding("refuses-holds-with-555", "RFC 4865 §4.2", "A hold parameter that is not valid draws 555 and X.5.1.") { decision, context in
      guard decision.code == 501, context.redecide(without: ["HOLDFOR", "HOLDUNTIL"])?.code == 250 else { return }
      decision.say(555, .init(5, 1), "Parameter not recognized")
    },
    .storing("releases-at-once", "RFC 4865 §4.2", "A message that is to be held is delivered at once.") { copies, _ in
      for index in copies.indices { copies[index].releaseTime = nil }
    },
    .changingReports("no-future-release-request", "RFC 4865 §5.1.2", "A report does not say what hold was asked for.") { report, _ in
      report.fields.remove("Future-Release-Request")
    },
    .changingReports("reports-hold-as-date", "RFC 4865 §5.1.2", "A report gives the time of release, whatever was asked for.") {
      report, context in
      guard let time = context.before.handling.releaseTime else { return }
      report.fields.set("Future-Release-Request", "at;\(InternetDateTime(secondsSince1970: time))")
    },
    .deciding("takes-holds-unoffered", "RFC 5321 §4.1.1.11", "FUTURERELEASE is not offered, and its parameters are passed over.") {
      decision, context in
      guard decision.code == 555, let other = context.redecide(without: ["HOLDFOR", "HOLDUNTIL"]) else { return }
      decision = other
    },
  ]

  /// Faults of the REQUIRETLS extension.
  static let requireTLSDefects: [Defect] = [
    .listing("requiretls-with-parameter", "RFC 8689 §2", "The keyword REQUIRETLS has a parameter.") { keywords in
      keywords = keywords.map { $0 == "REQUIRETLS" ? "REQUIRETLS YES" : $0 }
    },
    .deciding("requiretls-in-clear-alone", "RFC 8689 §2", "REQUIRETLS is listed in clear, and not under TLS.") { decision, context in
      guard context.verb == .ehlo else { return }
      decision.changeKeywords { keywords in
        keywords.removeAll { $0 == "REQUIRETLS" }
        if !context.before.dialogue.isEncrypted { keywords.append("REQUIRETLS") }
      }
    },
    .refusing("refuses-requiretls", "RFC 8689 §2", "MAIL with REQUIRETLS draws 555.", 555) { context in
      !context.parameters.contains { $0.keyword == "REQUIRETLS" }
    },
    .passingOver("requiretls-takes-a-value", "RFC 8689 §2", "REQUIRETLS with a value is passed over.", ["REQUIRETLS"]),
    .changingReports("returns-message-that-requires-tls", "RFC 8689 §5", "A report on mail with REQUIRETLS has the whole message.") {
      report, context in
      guard context.before.handling.requiresTLS, let content = context.content?.octets else { return }
      report.returned = content
      report.returnsAll = true
    },
    .reporting("heeds-full-return-with-requiretls", "RFC 8689 §5", "RET=FULL counts for a message with REQUIRETLS too.") {
      reports, context in
      reports = context.redecide { $0.handling.requiresTLS = false }.reports
    },
    .unoffered("takes-requiretls-unoffered", "REQUIRETLS is not offered, and is passed over.", .requireTLS, ["REQUIRETLS"]),
  ]

  /// Faults of the LIMITS extension.
  static let announcedLimitDefects: [Defect] = [
    .listing("limits-with-comma", "RFC 9422 §3", "LIMITS has commas where blanks belong.") { keywords in
      keywords = keywords.map { $0.hasPrefix("LIMITS ") ? $0.split(separator: " ").prefix(1).joined() + " MAILMAX=400,RCPTMAX=200" : $0 }
    },
    .listing("limits-with-leading-zero", "RFC 9422 §4", "The numbers of LIMITS begin with a zero.") { keywords in
      keywords = keywords.map { $0.hasPrefix("LIMITS ") ? "LIMITS RCPTMAX=0200" : $0 }
    },
    .refusing("refuses-before-rcptmax", "RFC 9422 §4.2", "The hundred-and-fifty-first recipient draws 552.", 552) {
      $0.verb != .rcpt || $0.before.dialogue.recipientCount < 150
    },
    .refusing("refuses-before-mailmax", "RFC 9422 §4.1", "The three-hundred-and-first MAIL of a session draws 550.") {
      $0.verb != .mail || $0.before.transactions < 300
    },
    .deciding("hangs-up-past-rcptmax", "RFC 9422 §4.2", "A recipient beyond RCPTMAX closes the connection without a reply.") {
      decision, context in
      if context.verb == .rcpt, decision.code == 452 { decision.hangUp() }
    },
    .deciding("hangs-up-past-mailmax", "RFC 9422 §4.1", "A MAIL beyond MAILMAX closes the connection without a reply.") {
      decision, context in
      if context.verb == .mail, decision.code == 421 { decision.hangUp() }
    },
  ]

  /// A defect that takes the parameters of an extension that it does not offer.
  private static func unoffered(_ name: String, _ summary: String, _ serviceExtension: ServiceExtension, _ keywords: [String]) -> Defect {
    Defect(
      name, "RFC 5321 §4.1.1.11", summary, configuration: { $0.extensions.remove(serviceExtension) },
      distortion: {
        $0.decision = { decision, context in
          if decision.code == 555, let other = context.redecide(without: keywords) { decision = other }
        }
      })
  }
}
