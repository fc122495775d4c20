/// A report to a sender on what became of a message, as it goes into a mailbox.
///
/// - SeeAlso: RFC 3464, RFC 3461 §6.
package struct DeliveryReport: Sendable, Equatable {
  /// A field of the header section or of a block of fields.
  package struct Field: Sendable, Equatable {
    /// Its name.
    package var name: String
    /// Its value.
    package var value: [UInt8]

    /// A field with this value.
    package init(_ name: String, _ value: [UInt8]) {
      self.name = name
      self.value = value
    }

    /// A field with this value.
    package init(_ name: String, _ value: String) {
      self.init(name, Array(value.utf8))
    }

    /// The field as it is written.
    var octets: [UInt8] { Array("\(name): ".utf8) + value + [0x0D, 0x0A] }
  }

  /// The user into whose mailbox it goes.
  package var user: String
  /// Its reverse-path, with its brackets: the null one (RFC 3461 §6.1).
  package var reversePath = "<>"
  /// The type of the whole, up to its parameters.
  package var type = "multipart/report; report-type=delivery-status"
  /// The type of the second part.
  package var statusType = "message/delivery-status"
  /// The fields of its header section, but for those of MIME.
  package var header: [Field]
  /// What a person reads.
  package var explanation: [UInt8]
  /// The fields on the message (RFC 3464 §2.2).
  package var fields: [Field]
  /// The fields on each recipient (RFC 3464 §2.3).
  package var recipients: [[Field]]
  /// The message that came, or its header section.
  package var returned: [UInt8]
  /// Whether ``returned`` is all of it.
  package var returnsAll: Bool
  /// A word that no other report of this server has.
  package var number: String
  /// When that happens which is reported, where the message waits for it (RFC 4865 §4.2).
  package var releaseTime: Int?

  /// The message that is stored.
  package var message: StoredMessage {
    StoredMessage(
      user: user, returnPath: Array("Return-Path: \(reversePath)\r\n".utf8), received: [], content: content, releaseTime: releaseTime)
  }

  /// The message without what a mailbox puts on top.
  var content: [UInt8] {
    let boundary = boundary
    // Octets beyond US-ASCII come in the returned message alone.
    let encoding = returned.contains { $0 > 127 } ? "Content-Transfer-Encoding: 8bit\r\n" : ""
    var octets = header.flatMap(\.octets)
    octets += "MIME-Version: 1.0\r\nContent-Type: \(type);\r\n\tboundary=\"\(boundary)\"\r\n\(encoding)\r\n".utf8
    octets += "This is a report in the form of RFC 3464.\r\n\r\n--\(boundary)\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n".utf8
    octets += explanation
    octets += "\r\n--\(boundary)\r\nContent-Type: \(statusType)\r\n\r\n".utf8
    octets += fields.flatMap(\.octets)
    for recipient in recipients { octets += [0x0D, 0x0A] + recipient.flatMap(\.octets) }
    octets += "\r\n--\(boundary)\r\nContent-Type: \(returnsAll ? "message/rfc822" : "text/rfc822-headers")\r\n\(encoding)\r\n".utf8
    octets += returned
    return octets + Array("\r\n--\(boundary)--\r\n".utf8)
  }

  /// A word that does not stand in what is returned.
  private var boundary: String {
    var boundary = "report-\(number)"
    while returned.contains("--\(boundary)") { boundary += "=_" }
    return boundary
  }
}
