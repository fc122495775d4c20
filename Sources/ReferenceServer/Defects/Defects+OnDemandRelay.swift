import Dialogue
import Wire

extension Defect {
  /// Faults of ATRN itself.
  static let onDemandDefects: [Defect] = [
    .listing("lists-no-atrn", "RFC 2645 §5.1.1", "The reply to EHLO does not list ATRN.") { keywords in
      keywords.removeAll { $0 == "ATRN" }
    },
    .configured("lists-no-cram-md5", "RFC 2645 §5.1.2", "CRAM-MD5 is not among the mechanisms.") { configuration in
      configuration.mechanisms.removeAll { $0.rawValue == "CRAM-MD5" }
    },
    .refusing("no-quit-for-customers", "RFC 2645 §4", "QUIT draws 502 from a server of on-demand relay.", 502, verb: .quit),
    .deciding("atrn-without-login", "RFC 2645 §5.2.1", "ATRN needs no login.") { decision, context in
      guard context.verb == .atrn, decision.code == 530 else { return }
      decision = context.redecide { $0.dialogue.isAuthenticated = true }
    },
    .deciding("refuses-early-atrn-with-503", "RFC 2645 §5.2.1", "ATRN before the login draws 503.") { decision, context in
      if context.verb == .atrn, decision.code == 530 { decision.refuse(503, .init(5, 1), in: context) }
    },
    .deciding("releases-what-it-can", "RFC 2645 §5.2.1", "Domains that are not the customer's are passed over.") { decision, context in
      if context.verb == .atrn, decision.code == 450 { decision = context.redecide(.command(.atrn([]))) }
    },
    .deciding("refuses-domains-with-550", "RFC 2645 §5.2.1", "ATRN for a domain that is not the customer's draws 550.") {
      decision, context in
      if context.verb == .atrn, decision.code == 450 { decision.refuse(550, .init(7, 1), in: context) }
    },
    .deciding("atrn-needs-a-domain", "RFC 2645 §5.2.1", "ATRN without a domain draws 501.") { decision, context in
      if case .atrn(let domains) = context.command, domains.isEmpty { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("refuses-empty-queue-with-550", "RFC 2645 §5.2.1", "ATRN with nothing waiting draws 550.") { decision, context in
      if context.verb == .atrn, decision.code == 453 { decision.refuse(550, .init(0, 0), in: context) }
    },
    .deciding("refuses-every-atrn", "RFC 2645 §5.2.1", "ATRN draws 554 although mail is waiting.") { decision, context in
      if context.verb == .atrn, decision.code == 250 { decision.refuse(554, .init(0, 0), in: context) }
    },
    .deciding("passes-over-bad-domains", "RFC 2645 §5.2.1", "ATRN with a list that is wrong in form asks for all domains.") {
      decision, context in
      if context.verb == .atrn, decision.code == 501 { decision = context.redecide(.command(.atrn([]))) }
    },
  ]

  /// Faults of the server where it has become the client.
  static let outgoingDefects: [Defect] = [
    .deciding("stays-the-server", "RFC 2645 §5.3", "After the 250 to ATRN the server waits for commands.") { decision, context in
      if context.verb == .atrn, decision.code == 250 { decision.effect = .none }
    },
    .behaving("talks-before-the-greeting", "RFC 2645 §5.3", "The server sends EHLO before the customer has greeted.") {
      $0.awaitsGreeting = false
    },
    .sending("begins-with-mail", "RFC 2645 §5.3", "The server sends MAIL without EHLO.") { octets, exchange in
      if exchange.stage == .greeting { octets = Array("MAIL FROM:<>\r\n".utf8) }
    },
    .sending("uses-parameters-unasked", "RFC 5321 §4.1.1.11", "MAIL has a SIZE that the customer did not offer.") { octets, _ in
      guard let line = octets, line.starts(with: "MAIL ".utf8) else { return }
      octets = line.dropLast(2) + Array(" SIZE=1000\r\n".utf8)
    },
    .sending("pipelines-unasked", "RFC 2920 §3.1", "RCPT follows MAIL before its reply, though PIPELINING was not offered.") {
      octets, exchange in
      guard let line = octets, line.starts(with: "MAIL ".utf8) else { return }
      octets = line + Array("RCPT TO:<alice@example.test>\r\n".utf8)
    },
    .sending("ignores-refused-mail", "RFC 5321 §4.1.4", "RCPT follows a MAIL that was refused.") { octets, exchange in
      if exchange.stage == .mail, exchange.reply.code.value >= 400 { octets = Array("RCPT TO:<alice@example.test>\r\n".utf8) }
    },
    .sending("sends-data-without-recipient", "RFC 5321 §3.3", "DATA follows although every RCPT was refused.") { octets, exchange in
      if case .rcpt = exchange.stage, octets?.starts(with: "RSET".utf8) == true { octets = Array("DATA\r\n".utf8) }
    },
    .sending("sends-message-unasked", "RFC 5321 §4.1.1.4", "The message follows a DATA that was refused.") { octets, exchange in
      if exchange.stage == .data, exchange.reply.code.value >= 400, let message = exchange.message {
        octets = DotStuffing.stuff(message.content)
      }
    },
    .sending("doubles-no-dots", "RFC 5321 §4.5.2", "Dots at the front of lines are sent as they are.") { octets, exchange in
      if exchange.stage == .data, exchange.reply.code.value == 354, let message = exchange.message {
        octets = message.content + DotStuffing.end
      }
    },
    .sending("sends-bare-line-feeds", "RFC 5321 §2.3.8", "The lines of messages end in LF.") { octets, exchange in
      guard exchange.stage == .data, exchange.reply.code.value == 354, let message = exchange.message else { return }
      octets = message.content.filter { $0 != .carriageReturn } + [.carriageReturn, .lineFeed] + DotStuffing.end
    },
    .sending("leaves-without-quit", "RFC 5321 §4.1.1.10", "The server closes the connection instead of QUIT.") { octets, _ in
      if octets?.starts(with: "QUIT".utf8) == true { octets = nil }
    },
  ]
}
