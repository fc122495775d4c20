extension Session {
  /// What a session holds at most, whatever the peer sends.
  package struct Limits: Sendable, Hashable {
    /// Octets received and not yet consumed; a full buffer stops the reading.
    package let unreadOctets: Int

    /// Octets that the transcript keeps at its head and tail together, the cost of each event included; with 0 there is none.
    package let transcriptOctets: Int

    /// The longest reply, all its lines together.
    ///
    /// RFC 5321 §4.5.3.1.5 lets a line have 512 octets, and no section sets a number of lines.
    package let replyOctets: Int

    /// Limits of at least one octet each but the transcript's, the unread buffer always larger than a reply.
    package init(unreadOctets: Int = 1 << 18, transcriptOctets: Int = 1 << 18, replyOctets: Int = 1 << 16) {
      self.replyOctets = max(1, replyOctets)
      self.unreadOctets = max(unreadOctets, self.replyOctets + 1)
      self.transcriptOctets = max(0, transcriptOctets)
    }

    /// 256 KiB unread, 256 KiB of transcript, replies of 64 KiB.
    package static let `default` = Limits()
  }
}
