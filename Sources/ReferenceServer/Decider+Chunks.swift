import Dialogue
import Wire

extension Decider {
  /// Whether a chunk can be a part of a message here; if not, its octets are read and forgotten (RFC 3030 §2).
  var takesChunks: Bool {
    switch state.dialogue.transaction {
    case .mail(let recipients): recipients > 0
    case .chunks: true
    case .none, .data: false
    }
  }

  /// A BDAT whose octets were not read: that of a server without the extension, or of one that is asked what it would say.
  func chunk(_ size: Int, _ isLast: Bool) -> Decision {
    guard configuration.offers(.chunking) else { return stay(notImplemented(.bdat)) }
    return take(Chunk(sizeInOctets: size, isLast: isLast, message: MailContent(octets: [], sizeInOctets: size)))
  }

  // MARK: BDAT, RFC 3030 §2

  /// Decides on a chunk that has come whole; a refusal after the first octet of a message ends its transaction.
  func take(_ chunk: Chunk) -> Decision {
    if state.dialogue.channel == .refused { return stay(closed) }
    guard takesChunks else {
      if isLocalDelivery, chunk.isLast, state.dialogue.transaction != .none { return endWithoutRecipients() }
      return state.dialogue.transaction != .none && state.refusedRecipients > 0 && !isLocalDelivery
        ? stay(Answer(554, .init(5, 1), "No valid recipients")) : stay(Answer(503, .init(5, 1), "Send MAIL and RCPT before BDAT"))
    }
    if chunk.isLast { return accept(chunk.message) }
    guard chunk.message.sizeInOctets <= configuration.sizeLimitInOctets else {
      return stay(Answer(552, .init(3, 4), "Message size exceeds the limit of \(configuration.sizeLimitInOctets) octets")) {
        $0.clearTransaction()
      }
    }
    return stay(Answer(250, .init(0, 0), "\(chunk.sizeInOctets) octets received")) {
      $0.dialogue.transaction = .chunks(recipients: state.dialogue.recipientCount)
    }
  }
}
