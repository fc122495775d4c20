import Dialogue
import Wire

extension Defect {
  /// Faults in how command lines, verbs and parameters are read.
  static let syntaxDefects: [Defect] = [
    .deciding("refuses-trailing-white-space", "RFC 5321 §4.1.1", "A line that ends in a blank draws 501.") { decision, context in
      if context.isCommandLine, context.line.last?.isWhiteSpace == true { decision.refuse(501, .init(5, 4), in: context) }
    },
    .reading("ignores-needless-arguments", "RFC 5321 §4.1.1", "RSET, DATA and QUIT are carried out whatever follows them.") { line, _ in
      if let verb = Verb(line.prefix(4)), [.rset, .data, .quit].contains(verb), line.dropFirst(4).first == .space {
        line = Array(line.prefix(4))
      }
    },
    .deciding("resets-on-refused-rset", "RFC 5321 §4.1.1.5", "RSET with an argument draws 501 and ends the transaction.") {
      decision, context in
      if context.syntaxError?.verb == .rset { decision.next.clearTransaction() }
    },
    .deciding("verbs-upper-case-only", "RFC 5321 §2.4", "A verb, FROM: or TO: that is not in capitals draws 500.") { decision, context in
      guard context.isCommandLine else { return }
      if !context.line.wordsAreCapitals { decision.refuse(500, .init(5, 2), in: context) }
    },
    .deciding("one-letter-case-after-helo", "RFC 821 §4.1.2", "After HELO, MAIL FROM and RCPT TO are known in capitals alone.") {
      decision, context in
      guard context.before.dialogue.hello == .helo, context.line.isMailOrRecipient, !context.line.wordsAreCapitals else { return }
      decision.refuse(500, .init(5, 2), in: context)
    },
    .deciding("helo-upper-case-only", "RFC 821 §4.1.2", "HELO that is not in capitals draws 500.") { decision, context in
      if context.verb == .helo, !context.line.starts(with: "HELO".utf8) { decision.refuse(500, .init(5, 2), in: context) }
    },
    .deciding("starttls-upper-case-only", "RFC 5321 §2.4", "STARTTLS that is not in capitals draws 500.") { decision, context in
      if context.verb == .starttls, !context.line.starts(with: "STARTTLS".utf8) { decision.refuse(500, .init(5, 2), in: context) }
    },
    .deciding("parameters-upper-case-only", "RFC 5321 §2.4", "A parameter that is not in capitals draws 555.") { decision, context in
      guard !context.parameters.isEmpty, let end = context.line.pathEnd else { return }
      let keywords = context.line[(end + 1)...].split(separator: .space).flatMap { $0.prefix { $0 != .equal } }
      if keywords.contains(where: { (0x61...0x7A).contains($0) }) { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("answers-unknown-verb-with-502", "RFC 5321 §4.2.4", "An unknown verb draws 502.") { decision, context in
      if context.isUnrecognized { decision.refuse(502, .init(5, 1), in: context) }
    },
    .deciding("accepts-unknown-verbs", "RFC 5321 §4.1.5", "An unknown verb draws 250.") { decision, context in
      if context.isUnrecognized { decision.refuse(250, .init(0, 0), in: context) }
    },
    .remembering("accepts-unknown-verbs-after-ten", "RFC 5321 §4.2.4", "From the tenth on unknown verbs draw 250.") {
      var count = 0
      return { decision, context in
        guard context.isUnrecognized else { return }
        count += 1
        if count >= 10 { decision.refuse(250, .init(0, 0), in: context) }
      }
    },
    .deciding("closes-on-unknown-command", "RFC 5321 §3.8", "An unknown verb draws 500, and the connection is closed.") {
      decision, context in
      if context.isUnrecognized { decision.effect = .close }
    },
    .deciding("closes-on-error", "RFC 5321 §3.8", "Every refusal of a command closes the connection.") { decision, context in
      if context.isCommandLine, decision.code >= 500 { decision.effect = .close }
    },
    .deciding("closes-after-first-error", "RFC 821 §4.1.1", "A command with a syntax error closes the connection.") { decision, context in
      if context.isCommandLine, (500...504).contains(decision.code) || decision.code == 555 { decision.effect = .close }
    },
    .deciding("ignores-unknown-parameters", "RFC 5321 §4.1.1.11", "Parameters that the server does not know are passed over.") {
      decision, context in
      guard decision.code == 555 else { return }
      let known = context.parameters.filter { $0.keyword == "SIZE" || $0.keyword == "BODY" }
      switch context.command {
      case .mail(let path, _): decision = context.redecide(.command(.mail(path, known)))
      case .rcpt(let path, _): decision = context.redecide(.command(.rcpt(path, [])))
      default: break
      }
    },
    .deciding("refused-parameter-begins-transaction", "RFC 5321 §4.1.4", "A MAIL that draws 555 begins a transaction all the same.") {
      decision, context in
      guard context.verb == .mail, decision.code == 555, case .mail(let path, _) = context.command else { return }
      decision.openTransaction()
      decision.next.reversePath = path
    },
    .deciding("refused-parameter-resets-transaction", "RFC 5321 §4.1.4", "A RCPT that draws 555 ends the transaction.") {
      decision, context in
      if context.verb == .rcpt, decision.code == 555 { decision.next.clearTransaction() }
    },
    .reading("ignores-parameters", "RFC 5321 §4.1.1.11", "What follows the path of MAIL is passed over.") { line, _ in
      guard Verb(line.prefix(4)) == .mail, let end = line.pathEnd, line.dropFirst(end + 1).first == .space else { return }
      line.removeSubrange((end + 1)...)
    },
    .deciding(
      "short-limits-after-helo", "RFC 821 §4.5.3", "After HELO, local parts, command lines and text lines are taken at half their size."
    ) { decision, context in
      guard context.before.dialogue.hello == .helo else { return }
      if context.line.count > 254 { decision.refuse(500, .init(5, 2), in: context) }
      if let path = context.path, path.mailbox.localPart.octets.count > 32 { decision.refuse(501, .init(1, 3), in: context) }
      if let content = context.content, content.longestLineInOctets > 512 {
        decision.say(554, .init(6, 0), "Line too long")
        decision.effect = .none
      }
    },
  ]
}

extension [UInt8] {
  /// Whether the verb of a line and, in MAIL and RCPT, the keyword before its colon have capitals alone.
  var wordsAreCapitals: Bool {
    let end = isMailOrRecipient ? firstIndex(of: .colon) : firstIndex(of: .space)
    return !prefix(upTo: end ?? count).contains { (0x61...0x7A).contains($0) }
  }
}
