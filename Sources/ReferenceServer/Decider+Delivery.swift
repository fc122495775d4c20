import Dialogue
import Wire

extension Decider {
  /// The copies of a message, one for each mailbox that its recipients reach, however many of them reach it.
  func copies(of content: MailContent) -> [StoredMessage] {
    guard !isTooLate else { return [] }
    var kept = content.removingHeaderFields(named: "return-path")
    if configuration.offers(.validSince) {
      kept = MailContent(octets: kept, sizeInOctets: kept.count).removingHeaderFields(named: Self.validSinceField)
    }
    var copies: [StoredMessage] = []
    for recipient in state.recipients {
      for user in recipient.users where !copies.contains(where: { $0.user == user }) {
        copies.append(
          StoredMessage(
            user: user, returnPath: returnPathLine(for: recipient), received: receivedLine(), content: kept,
            releaseTime: state.handling.releaseTime))
      }
    }
    return copies
  }

  /// The message as it is sent on, for those recipients whose mail is; `nil` where there are none.
  ///
  /// Nothing of it changes but for the Received field on top (RFC 5321 §3.6.3).
  func shipment(of content: MailContent) -> Shipment? {
    let relayed = state.recipients.filter(\.isRelayed)
    guard !relayed.isEmpty else { return nil }
    let recipients = relayed.map { recipient in
      var onward = Shipment.Recipient(path: recipient.path.mailbox.map { [.less] + $0.octets + [.greater] } ?? recipient.path.octets)
      onward.notify = recipient.notify
      onward.originalRecipient = recipient.originalRecipient
      return onward
    }
    var shipment = Shipment(
      reversePath: state.reversePath?.octets ?? Array("<>".utf8), recipients: recipients, content: receivedLine() + content.octets)
    shipment.returns = state.returns
    shipment.envelopeID = state.envelopeID
    return shipment
  }

  /// `Return-path-line = "Return-Path:" FWS Reverse-path CRLF`, RFC 5321 §4.4.
  ///
  /// A list's mail names the list's owner (§3.9.2); but nothing is ever reported on what has nobody to report to.
  private func returnPathLine(for recipient: ServerState.Recipient) -> [UInt8] {
    var path = state.reversePath?.octets ?? Array("<>".utf8)
    if recipient.list != nil, state.reversePath != .null {
      path = Array("<\(configuration.listOwner)@\(configuration.domains.first ?? configuration.hostName)>".utf8)
    }
    return Array("Return-Path: ".utf8) + path + [.carriageReturn, .lineFeed]
  }

  /// `Time-stamp-line = "Received:" FWS Stamp CRLF`, RFC 5321 §4.4.
  ///
  /// The FOR clause stands there for a single recipient alone, so that nobody learns of the others (§7.2).
  private func receivedLine() -> [UInt8] {
    var octets = Array("Received: from ".utf8) + state.clientName
    if let literal = state.peerLiteral { octets += " (\(literal))".utf8 }
    octets += "\r\n\tby \(configuration.hostName) with \(protocolName) id S\(state.session)M\(state.messages + 1)".utf8
    if state.recipients.count == 1, let recipient = state.recipients.first {
      octets += Array("\r\n\tfor ".utf8) + forClause(recipient.path)
    }
    if let priority = state.handling.priority { octets += "\r\n\tpriority \(priority)".utf8 }
    if configuration.service == .submission, let suite = state.cipherSuite { octets += "\r\n\ttls \(suite)".utf8 }
    octets += ";\r\n\t\(configuration.clock.stamp())\r\n".utf8
    return octets
  }

  private func forClause(_ path: ForwardPath) -> [UInt8] {
    guard let mailbox = path.mailbox else {
      return Array("<postmaster@\(configuration.domains.first ?? configuration.hostName)>".utf8)
    }
    return [.less] + mailbox.octets + [.greater]
  }

  /// The registered name of what the message came by (RFC 5321 §4.4, RFC 3848, RFC 6531 §4.3).
  private var protocolName: String {
    guard state.dialogue.hello.isExtended else { return "SMTP" }
    let name = state.isInternationalized ? (isLocalDelivery ? "UTF8LMTP" : "UTF8SMTP") : isLocalDelivery ? "LMTP" : "ESMTP"
    return name + (state.dialogue.isEncrypted ? "S" : "") + (state.dialogue.isAuthenticated ? "A" : "")
  }
}
