import Dialogue
import Wire

extension Defect {
  /// Faults of LMTP.
  static let localDeliveryDefects: [Defect] = [
    .deciding("lhlo-answers-like-helo", "RFC 2033 §4.1", "LHLO draws one line and no keyword.") { decision, context in
      if context.verb == .lhlo, decision.code == 250 { decision.changeKeywords { $0 = [] } }
    },
    .deciding("lhlo-keeps-transaction", "RFC 2033 §4.1", "LHLO in a transaction draws 250, and the transaction stays.") {
      decision, context in
      if context.verb == .lhlo, decision.code == 250 { decision.keepTransaction(of: context.before) }
    },
    .deciding("closes-on-empty-lhlo", "RFC 2033 §4.1", "LHLO without a name closes the connection without a reply.") { decision, context in
      if let error = context.syntaxError, error.verb == .lhlo, error.kind == .missingArgument { decision.hangUp() }
    },
    .deciding("takes-smtp-greeting", "RFC 2033 §4.1", "HELO and EHLO draw 250 in LMTP.") { decision, context in
      switch context.command {
      case .ehlo(let name) where context.isLocalDelivery: decision = context.redecide(.command(.lhlo(name)))
      case .helo where context.isLocalDelivery: decision.say(250, nil, context.configuration.hostName)
      default: break
      }
    },
    .deciding("smtp-greeting-draws-503", "RFC 2033 §4.1", "HELO and EHLO draw 503 in LMTP.") { decision, context in
      guard context.isLocalDelivery, context.verb == .ehlo || context.verb == .helo else { return }
      decision.refuse(503, .init(5, 1), "Send LHLO", in: context)
    },
    .deciding("lmtp-data-without-recipients-draws-554", "RFC 2033 §4.2", "DATA without an accepted recipient draws 554.") {
      decision, context in
      guard context.isLocalDelivery, context.verb == .data, decision.code == 503, context.isInTransaction else { return }
      decision.refuse(554, .init(5, 1), "No valid recipients", in: context)
    },
    .delivering("lmtp-replies-once", "RFC 2033 §4.2", "The end of a message draws one reply for all recipients.") { answers, _ in
      answers.removeLast(answers.count - 1)
    },
    .delivering("lmtp-adds-a-reply", "RFC 2033 §4.2", "The end of a message draws a reply more than there are recipients.") { answers, _ in
      answers.append(Answer(250, .init(6, 0), "Message accepted"))
    },
    .delivering("lmtp-replies-for-refused-recipients", "RFC 2033 §4.2", "The end of a message draws a reply for refused recipients too.") {
      answers, context in
      answers += (0..<context.before.refusedRecipients).map { _ in Answer(550, .init(1, 1), "is no mailbox here") }
    },
    .delivering("lmtp-one-reply-a-mailbox", "RFC 2033 §4.2", "A recipient that was given twice gets one reply.") { answers, _ in
      answers = answers.enumerated().filter { !answers[..<$0.offset].contains($0.element) }.map(\.element)
    },
    .delivering("lmtp-sorts-replies", "RFC 2033 §4.2", "The replies to a message come in another order than the recipients.") {
      answers, context in
      let failed = answers.map { $0.code != 250 }
      // A failure stands first, unless it did before.
      if let at = failed.firstIndex(of: true) { answers.swapAt(at, at == 0 ? answers.count - 1 : 0) }
    },
    .delivering("lmtp-fails-for-all", "RFC 2033 §4.2", "Where one recipient fails, all do.") { answers, _ in
      if let failure = answers.first(where: { $0.code != 250 }) { answers = answers.map { _ in failure } }
    },
    .deciding("lmtp-refuses-once", "RFC 2033 §4.2", "A message that is refused as a whole draws one reply for all recipients.") {
      decision, context in
      guard context.endsMessage, decision.answers.allSatisfy({ $0.code >= 500 }) else { return }
      decision.answers = Array(decision.answers.prefix(1))
    },
    .storing("lmtp-loses-message-with-one-failure", "RFC 2033 §4.2", "Behind a recipient that fails nobody gets the message.") {
      copies, context in
      let full = context.configuration.fullMailboxes
      guard let failure = context.before.recipients.firstIndex(where: { $0.users.contains(where: full.contains) }) else { return }
      let later = context.before.recipients[failure...].flatMap(\.users)
      copies.removeAll { later.contains($0.user) }
    },
    .storing("lmtp-delivers-to-the-first-alone", "RFC 2033 §4.2", "Only the first recipient gets the message.") { copies, context in
      if context.isLocalDelivery { copies = Array(copies.prefix(1)) }
    },
    .deciding("lmtp-replies-to-every-chunk-for-all", "RFC 2033 §4.3", "Every BDAT draws a reply for each recipient.") { decision, context in
      guard context.isLocalDelivery, context.chunk?.isLast == false, let answer = decision.answers.first else { return }
      decision.answers = context.before.recipients.map { _ in answer }
    },
    .deciding("lmtp-takes-message-for-nobody", "RFC 2033 §4.3", "BDAT LAST without an accepted recipient draws 250.") { decision, context in
      guard context.isLocalDelivery, context.chunk?.isLast == true, context.before.recipients.isEmpty else { return }
      decision.say(250, .init(6, 0), "Message accepted")
    },
    .delivering("lmtp-delivery-replies-in-bare-codes", "RFC 2033 §5", "The replies to a message lack enhanced codes.") { answers, _ in
      for index in answers.indices { answers[index].status = nil }
    },
    .deciding("lmtp-lacks-8bitmime", "RFC 2033 §5", "LHLO does not list 8BITMIME.") { decision, context in
      if context.verb == .lhlo { decision.changeKeywords { $0.removeAll { $0 == "8BITMIME" } } }
    },
    .changingWith("trace-of-lmtp-says-esmtp", "RFC 3848 §1", "The with clause says ESMTP for what came by LMTP.") { word in
      word.hasPrefix("LMTP") ? "ES" + word.dropFirst() : word
    },
    .changingWith("trace-tells-of-no-tls", "RFC 3848 §1", "The with clause does not tell of TLS.") { word in
      word.replacing("TPS", with: "TP")
    },
    .changingWith("trace-tells-of-tls-always", "RFC 3848 §1", "The with clause tells of TLS and a login also where there were none.") { _ in
      "ESMTPSA"
    },
  ]

  /// A defect in the replies to a message that LMTP takes for at least one recipient.
  private static func delivering(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [Answer], DecisionContext) -> Void
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      guard context.endsMessage, case .deliver = decision.effect, !decision.answers.isEmpty else { return }
      change(&decision.answers, context)
    }
  }

  /// A defect in the word of the with clause.
  private static func changingWith(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (String) -> String
  ) -> Defect {
    changing(name, source, summary) { copy, _ in
      let mark = Array(" with ".utf8)
      guard let start = copy.received.indices.first(where: { copy.received[$0...].starts(with: mark) }) else { return }
      let begin = start + mark.count
      let end = copy.received[begin...].firstIndex(of: .space) ?? copy.received.endIndex
      let word = change(String(decoding: copy.received[begin..<end], as: UTF8.self))
      copy.received.replaceSubrange(begin..<end, with: word.utf8)
    }
  }
}

extension DecisionContext {
  /// Whether the session is one of LMTP.
  fileprivate var isLocalDelivery: Bool { configuration.service == .lmtp }

  /// Whether a message of LMTP ends here.
  fileprivate var endsMessage: Bool { isLocalDelivery && (content != nil || chunk?.isLast == true) }
}
