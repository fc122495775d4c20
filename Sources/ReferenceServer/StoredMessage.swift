/// One message as it goes into one mailbox.
package struct StoredMessage: Sendable, Equatable {
  /// The mailbox: one of the configuration's users.
  package var user: String
  /// The Return-Path field that this server puts on top, with its CRLF (RFC 5321 §4.4).
  package var returnPath: [UInt8]
  /// The Received field that this server puts behind it, with its CRLF.
  package var received: [UInt8]
  /// The content as the client sent it, dots unstuffed, save Return-Path fields of its header section.
  package var content: [UInt8]

  /// Before when it must not be in the mailbox, in seconds since 1970-01-01T00:00:00Z (RFC 4865 §4.2).
  package var releaseTime: Int?

  /// A message of these parts.
  package init(user: String, returnPath: [UInt8], received: [UInt8], content: [UInt8], releaseTime: Int? = nil) {
    self.releaseTime = releaseTime
    self.user = user
    self.returnPath = returnPath
    self.received = received
    self.content = content
  }

  /// The whole file.
  package var octets: [UInt8] { returnPath + received + content }
}
