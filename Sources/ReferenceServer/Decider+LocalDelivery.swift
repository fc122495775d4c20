import Dialogue
import Wire

/// LMTP, RFC 2033.
extension Decider {
  /// Whether the session is one of LMTP, where LHLO replaces EHLO and HELO (§4.1).
  var isLocalDelivery: Bool { configuration.service == .lmtp }

  /// One reply for each accepted RCPT, in order (§4.2), of which each that cannot be stored says why.
  func acceptForEach(_ content: MailContent) -> Decision {
    func isFull(_ recipient: ServerState.Recipient) -> Bool { recipient.users.contains(where: configuration.fullMailboxes.contains) }
    let answers = state.recipients.map { recipient in
      isFull(recipient)
        ? Answer(552, .init(2, 2), octets: [recipient.path.octets + Array(" is over quota".utf8)])
        : Answer(250, .init(1, 5), octets: [recipient.path.octets + Array(" delivered".utf8)])
    }
    var decision = stay(Answer(250, nil, "")) {
      $0.clearTransaction()
      $0.messages += 1
    }
    decision.answers = answers
    decision.effect = .deliver(copies(of: content).filter { !configuration.fullMailboxes.contains($0.user) })
    // What a recipient was refused is the client's to report.
    var delivered = state
    delivered.recipients.removeAll(where: isFull)
    decision.reports = Decider(delivered, under: configuration).reports(on: content)
    return decision
  }

  /// The same refusal for every recipient: of a message that nobody can have (§4.2).
  func refuseForEach(_ answer: Answer) -> Decision {
    var decision = stay(answer) { $0.clearTransaction() }
    decision.answers = state.recipients.map { _ in answer }
    return decision
  }

  /// BDAT LAST in a transaction without an accepted RCPT: it draws no reply at all (§4.3).
  func endWithoutRecipients() -> Decision {
    var next = state
    next.clearTransaction()
    return Decision(silentlyTo: next)
  }
}
