import Dialogue
import Wire

extension Defect {
  /// Faults of the SIZE extension.
  static let sizeDefects: [Defect] = [
    .deciding("refuses-every-size", "RFC 1870 §7", "MAIL with a SIZE draws 555.") { decision, context in
      if context.verb == .mail, decision.code == 250, context.size != nil { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("caps-size-digits", "RFC 1870 §4", "A SIZE of more than ten digits draws 501.") { decision, context in
      if let size = context.size, (size.value?.count ?? 0) > 10 { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("refuses-size-zero", "RFC 1870 §4", "SIZE=0 draws 501.") { decision, context in
      if let value = context.size?.value, value == [.zero] { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("size-keyword-upper-case-only", "RFC 5321 §2.4", "SIZE that is not in capitals draws 555.") { decision, context in
      guard context.size != nil, let end = context.line.pathEnd else { return }
      let words = context.line[(end + 1)...].split(separator: .space)
      if !words.contains(where: { $0.starts(with: "SIZE".utf8) }) { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("refuses-size-on-null-path", "RFC 1870 §6", "MAIL FROM:<> with a SIZE draws 501.") { decision, context in
      if case .mail(.null, _) = context.command, context.size != nil { decision.refuse(501, .init(5, 4), in: context) }
    },
    .deciding("refuses-size-at-limit", "RFC 1870 §6.1", "A declared size that is the limit draws 552.") { decision, context in
      guard context.verb == .mail, decision.code == 250, decision.next.declaredSize == context.configuration.sizeLimitInOctets else {
        return
      }
      decision.refuse(552, .init(3, 4), in: context)
    },
    .reading("ignores-declared-size", "RFC 1870 §6.1", "The SIZE of MAIL is passed over, whatever it is.") { line, _ in
      guard Verb(line.prefix(4)) == .mail, let end = line.pathEnd else { return }
      let words = line[(end + 1)...].split(separator: .space).filter { !$0.prefix(4).matchesIgnoringCase("SIZE".utf8) }
      line = line[...end] + words.flatMap { [.space] + $0 }
    },
    .deciding(
      "drops-connection-on-odd-size", "RFC 5321 §4.2", "A SIZE that does not parse, or a second one, closes the connection without a reply."
    ) { decision, context in
      guard context.verb == .mail, decision.code == 501, let end = context.line.pathEnd else { return }
      let words = context.line[(end + 1)...].split(separator: .space)
      if words.contains(where: { $0.prefix(4).matchesIgnoringCase("SIZE".utf8) }) { decision.hangUp() }
    },
    .storing("cuts-message-at-declared-size", "RFC 1870 §6", "The message is cut to the size that MAIL declared.") { copies, context in
      guard let size = context.before.declaredSize else { return }
      for index in copies.indices { copies[index].content = Array(copies[index].content.prefix(size)) }
    },
    .deciding("wraps-declared-size", "RFC 1870 §6.1", "The declared size is read modulo 2^64.") { decision, context in
      guard context.verb == .mail, decision.code == 552, let digits = context.size?.value else { return }
      let wrapped = digits.reduce(UInt64(0)) { $0 &* 10 &+ UInt64($1 - .zero) }
      guard wrapped <= UInt64(context.configuration.sizeLimitInOctets), case .mail(let path, let parameters) = context.command else {
        return
      }
      let others = parameters.filter { $0.keyword != "SIZE" }
      decision = context.redecide(.command(.mail(path, others + [Parameter("SIZE", String(wrapped))].compactMap { $0 })))
    },
    .deciding(
      "keeps-transaction-after-refused-size", "RFC 5321 §4.1.4", "A MAIL that was refused for its size begins a transaction all the same."
    ) { decision, context in
      if context.verb == .mail, decision.code == 552 { decision.openTransaction() }
    },
    .remembering("refuses-mail-after-refused-size", "RFC 1870 §6.2", "After a MAIL that was refused for its size every other draws 503.") {
      var isLocked = false
      return { decision, context in
        guard context.verb == .mail else { return }
        if isLocked { decision.refuse(503, .init(5, 1), in: context) }
        if decision.code == 552 { isLocked = true }
      }
    },
    .deciding("refuses-declared-message-after-data", "RFC 1870 §6.3", "A message that is no larger than declared draws 552.") {
      decision, context in
      if context.content != nil, context.before.declaredSize != nil { decision.refuseMessage(552, .init(3, 4)) }
    },
    .remembering("keeps-declared-size-after-rset", "RFC 5321 §4.1.1.5", "A declared size outlives RSET and binds the next message.") {
      var stale: Int?
      return { decision, context in
        if context.verb == .mail, decision.code == 250, let size = decision.next.declaredSize { stale = size }
        if let content = context.content, let stale, content.sizeInOctets > stale { decision.refuseMessage(552, .init(3, 4)) }
      }
    },
    .deciding("takes-content-over-limit", "RFC 1870 §6.1", "A message beyond the size limit is accepted.") { decision, context in
      guard context.content != nil, decision.code == 552 else { return }
      decision.say(250, .init(6, 0), "Message accepted for delivery")
    },
  ]
}

extension DecisionContext {
  /// The SIZE parameter of a MAIL that parses.
  fileprivate var size: Parameter? { verb == .mail ? parameters.first { $0.keyword == "SIZE" } : nil }
}

extension Decision {
  /// Refuses a message that has come whole; nothing is stored.
  mutating func refuseMessage(_ code: Int, _ status: Answer.Status) {
    say(code, status, "Message refused")
    effect = .none
  }
}
