package import Wire

/// A message on its way to another server, with its envelope.
package struct Shipment: Sendable, Equatable {
  /// A recipient, and what RCPT says of it.
  package struct Recipient: Sendable, Equatable {
    /// The path, with its brackets.
    package var path: [UInt8]
    /// What the sender wants to be told; `nil` where nothing was said (RFC 3461 §4.1).
    package var notify: NotifyConditions?
    /// The address as the sender gave it (RFC 3461 §4.2).
    package var originalRecipient: OriginalRecipient?

    /// A recipient at this path.
    package init(path: [UInt8]) {
      self.path = path
    }
  }

  /// The reverse-path, with its brackets.
  package var reversePath: [UInt8]
  /// At least one.
  package var recipients: [Recipient]
  /// The content, lines ended by CRLF.
  package var content: [UInt8]
  /// How much of it a report on its failure returns (RFC 3461 §4.3).
  package var returns: ReturnedContent?
  /// The identifier of the envelope, decoded (RFC 3461 §4.4).
  package var envelopeID: [UInt8]?

  /// A message of these parts.
  package init(reversePath: [UInt8], recipients: [Recipient], content: [UInt8]) {
    self.reversePath = reversePath
    self.recipients = recipients
    self.content = content
  }

  /// Whether a line end, a blank or a control octet would break out of its commands.
  package var hasUnsafePath: Bool {
    ([reversePath] + recipients.map(\.path)).contains { path in path.contains { $0 < 0x20 || $0 == 0x7F } }
  }

  /// Whether the content has octets beyond ASCII (RFC 6152 §3).
  var isEightBit: Bool { !content.isASCII }

  /// Whether envelope or header section needs SMTPUTF8 (RFC 6531 §3.4).
  var isInternationalized: Bool {
    let header = content.count - Message(content).body.count
    return !reversePath.isASCII || recipients.contains { !$0.path.isASCII } || !Array(content.prefix(header)).isASCII
  }

  /// Whether a CR or LF stands alone in the content, which no SMTP client may send (RFC 5321 §2.3.8).
  var hasBareLineEnd: Bool {
    for (place, octet) in content.enumerated() {
      if octet == .carriageReturn, place + 1 == content.count || content[place + 1] != .lineFeed { return true }
      if octet == .lineFeed, place == 0 || content[place - 1] != .carriageReturn { return true }
    }
    return false
  }

  /// The longest line in octets, its CRLF counted (RFC 5321 §4.5.3.1.6).
  var longestLineInOctets: Int { MailContent(octets: content, sizeInOctets: content.count).longestLineInOctets }
}

/// What became of a message for one recipient.
package enum ShipmentOutcome: Sendable, Equatable {
  /// The next server has taken it; whether it does DSN.
  case accepted(tellsSender: Bool)
  /// It may be tried again.
  case deferred(Diagnosis)
  /// It is not to be tried again.
  case failed(Diagnosis)

  /// Why, and who says so.
  package struct Diagnosis: Sendable, Equatable {
    /// The enhanced status code (RFC 3463).
    package var status: String
    /// The reply, without its line ends; empty where the reason is ours.
    package var reply: [UInt8] = []
    /// In words.
    package var text: String
  }
}
