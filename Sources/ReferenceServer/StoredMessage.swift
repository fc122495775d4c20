/// One message as it goes into one mailbox.
package struct StoredMessage: Sendable, Equatable {
  /// The mailbox: one of the configuration's users.
  package var user: String
  /// The Return-Path field and the Received field that this server adds, each with its CRLF (RFC 5321 §4.4).
  package var trace: [UInt8]
  /// The content as the client sent it, dots unstuffed, save Return-Path fields of its header section.
  package var content: [UInt8]

  package init(user: String, trace: [UInt8], content: [UInt8]) {
    self.user = user
    self.trace = trace
    self.content = content
  }

  /// The whole file.
  package var octets: [UInt8] { trace + content }
}
