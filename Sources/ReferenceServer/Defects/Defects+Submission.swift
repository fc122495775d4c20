import Dialogue
import Transport
import Wire

extension Defect {
  /// Faults of message submission, and of TLS on its ports.
  static let submissionDefects: [Defect] = [
    .deciding("refuses-unqualified-domain-with-500", "RFC 6409 §4.1", "A domain that is not fully qualified draws 500.") {
      decision, context in
      if context.isSubmission, context.verb == .mail || context.verb == .rcpt, decision.code == 554 {
        decision.refuse(500, .init(5, 2), in: context)
      }
    },
    .deciding("takes-unqualified-domains", "RFC 6409 §4.2", "A reverse-path at a domain of one label is taken as it is.") {
      decision, context in
      guard context.isSubmission, case .mail(let path, _) = context.command, decision.code == 554 else { return }
      decision.openTransaction()
      decision.next.reversePath = path
      decision.say(250, .init(1, 0))
    },
    .takingHeaders("takes-unqualified-header-addresses", "RFC 6409 §4.2", "Domains of one label in address fields are left as they are."),
    .takingHeaders("takes-malformed-header-addresses", "RFC 6409 §5.1", "Malformed addresses in the header section are left as they are."),
    .changing("expands-partial-domains", "RFC 6409 §4.2", "The server's own domain is added to reverse-paths of another top level.") {
      copy, context in
      guard context.isSubmission, let end = copy.returnPath.lastIndex(of: .greater) else { return }
      copy.returnPath.insert(contentsOf: ".example.test".utf8, at: end)
    },
    .deciding("refuses-mail-without-login-with-550", "RFC 6409 §4.3", "MAIL without a login draws 550.") { decision, context in
      if context.isSubmission, context.verb == .mail, decision.code == 530 { decision.refuse(550, .init(7, 1), in: context) }
    },
    .deciding("opens-transaction-without-login", "RFC 6409 §4.3", "MAIL without a login draws 530 and begins a transaction.") {
      decision, context in
      if context.isSubmission, context.verb == .mail, decision.code == 530 { decision.openTransaction() }
    },
    .deciding("submission-takes-malformed-addresses", "RFC 6409 §5.1", "MAIL and RCPT draw 250 whatever the address is.") {
      decision, context in
      guard context.isSubmission, let verb = context.syntaxError?.verb, verb == .mail || verb == .rcpt else { return }
      decision.say(250, .init(1, 0))
    },
    .deciding("submission-with-few-extensions", "RFC 6409 §7", "EHLO lists STARTTLS and AUTH at the most.") { decision, context in
      guard context.isSubmission, context.verb == .ehlo else { return }
      decision.changeKeywords { $0.removeAll { !$0.hasPrefix("AUTH") && $0 != "STARTTLS" } }
    },
    .deciding("submission-without-auth", "RFC 6409 §7", "EHLO does not list AUTH.") { decision, context in
      guard context.isSubmission, context.verb == .ehlo else { return }
      decision.changeKeywords { $0.removeAll { $0.hasPrefix("AUTH") } }
    },
    .deciding("submission-offers-etrn-and-atrn", "RFC 6409 §7", "EHLO lists ETRN and ATRN.") { decision, context in
      if context.isSubmission, context.verb == .ehlo { decision.changeKeywords { $0 += ["ETRN", "ATRN"] } }
    },
    .deciding("greets-with-521", "RFC 6409 §7", "The greeting is 521.") { decision, context in
      if case .connection = context.input { decision.say(521, nil, "\(context.configuration.hostName) does not accept mail") }
    },
    .deciding("submission-replies-in-bare-codes", "RFC 6409 §7", "Replies lack enhanced codes.") { decision, context in
      guard context.isSubmission else { return }
      for index in decision.answers.indices { decision.answers[index].status = nil }
    },
    .storing("submission-completes-nothing", "RFC 6409 §8", "A message is delivered as it was submitted.") { copies, context in
      guard context.isSubmission, let content = context.content ?? context.chunk?.message else { return }
      for index in copies.indices { copies[index].content = content.octets }
    },
    .changing("replaces-every-message-id", "RFC 6409 §8.3", "Every Message-ID is replaced by one of the server's.") { copy, context in
      guard context.isSubmission, let field = Message(copy.content).fields(named: "Message-ID").first else { return }
      copy.content.replaceSubrange(field.range, with: Array("Message-ID: <replaced@mx.example.test>\r\n".utf8))
    },
    .changing("adds-sender-without-address", "RFC 6409 §8.1", "A Sender field is added that has a name and no address.") { copy, context in
      if context.isSubmission { copy.content = Array("Sender: alice\r\n".utf8) + copy.content }
    },
    .deciding("submissions-offers-starttls", "RFC 8314 §3.3", "EHLO lists STARTTLS under implicit TLS.") { decision, context in
      guard context.verb == .ehlo, context.configuration.isImplicitTLS else { return }
      decision.changeKeywords { $0.append("STARTTLS") }
    },
    .behaving("closes-tls-without-alert", "RFC 8314 §3.4", "The connection is closed without a TLS close alert.") {
      $0.sendsCloseAlert = false
    },
    .configured("speaks-tls-11-at-most", "RFC 8314 §4", "The versions of TLS are 1.0 and 1.1.") {
      $0.tlsOptions = TLSServerOptions(minimum: .tls10, maximum: .tls11)
    },
    .configured("speaks-old-ciphers-alone", "RFC 8314 §4", "TLS has cipher suites without forward secrecy, and no TLS 1.3.") {
      $0.tlsOptions = TLSServerOptions(maximum: .tls12, ciphers: "AES128-SHA:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA")
    },
    .deciding("tells-right-passwords-in-clear", "RFC 8314 §4.1", "AUTH in clear says 538 to a right password, and 535 to a wrong one.") {
      decision, context in
      guard context.isSubmission, !context.before.dialogue.isEncrypted, case .auth("PLAIN", let response) = context.command else { return }
      let credentials = response.flatMap { Base64.decode($0) }.flatMap { PresentedCredentials(plainMessage: $0) }
      let isRight = credentials?.prove(context.configuration.passwords) == true
      decision.refuse(isRight ? 538 : 535, .init(7, isRight ? 11 : 8), in: context)
    },
    .changing("trace-without-cipher-suite", "RFC 8314 §4.3", "The Received field has no tls clause.") { copy, _ in
      guard let start = copy.received.indices.first(where: { copy.received[$0...].starts(with: "\r\n\ttls ".utf8) }) else { return }
      let end = copy.received[start...].firstIndex(of: UInt8(ascii: ";")) ?? copy.received.endIndex
      copy.received.removeSubrange(start..<end)
    },
  ]

  /// A defect that takes messages which are refused for their header section.
  private static func takingHeaders(_ name: String, _ source: String, _ summary: String) -> Defect {
    deciding(name, source, summary) { decision, context in
      guard context.isSubmission, let content = context.content, decision.code == 554 else { return }
      let decider = Decider(context.before, under: context.configuration)
      guard decider.refuseHeader(of: content) != nil else { return }
      decision.say(250, .init(6, 0))
      decision.effect = .deliver(decider.copies(of: decider.completed(content)))
      decision.next.messages += 1
    }
  }
}

extension DecisionContext {
  /// Whether the server takes submissions.
  fileprivate var isSubmission: Bool { configuration.service == .submission }
}
