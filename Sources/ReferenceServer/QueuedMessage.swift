package import Wire

/// A message that waits for the customer who will fetch it (RFC 2645).
package struct QueuedMessage: Sendable, Equatable {
  /// Who sent it.
  package var reversePath: ReversePath
  /// Whom it is for: at least one.
  package var recipients: [ForwardPath]
  /// Its content, lines ended by CRLF, dots unstuffed.
  package var content: [UInt8]

  /// A message of these parts.
  package init(reversePath: ReversePath, recipients: [ForwardPath], content: [UInt8]) {
    self.reversePath = reversePath
    self.recipients = recipients
    self.content = content
  }

  /// Two messages for the default world's domain: one that needs its dots doubled, and a report from nobody, for two recipients.
  static let samples: [QueuedMessage] = {
    func content(_ sender: String, _ subject: String, _ body: String) -> [UInt8] {
      let header = "From: \(sender)\r\nTo: alice@example.test\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nSubject: \(subject)\r\n"
      return Array("\(header)\r\n\(body)\r\n".utf8)
    }
    func path(_ text: String) -> Path? { Path(Array("<\(text)>".utf8)) }
    guard let sender = path("sender@example.org"), let alice = path("alice@example.test"), let bob = path("bob@example.test") else {
      return []
    }
    return [
      QueuedMessage(
        reversePath: .path(sender), recipients: [.path(alice)],
        content: content("sender@example.org", "dots", "one\r\n.two\r\n..three\r\n.\r\nfour")),
      QueuedMessage(
        reversePath: .null, recipients: [.path(alice), .path(bob)],
        content: content("postmaster@example.org", "report", "It was delivered.")),
    ]
  }()
}
