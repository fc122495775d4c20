import Dialogue
package import Wire

/// Something that the server has to decide on.
package enum Input: Sendable {
  /// A client has connected.
  case connection
  /// A command that parses.
  case command(Command)
  /// A line that is no command, or one with a fault in its argument.
  case invalid(CommandSyntaxError)
  /// A line beyond the limit.
  case tooLong
  /// A line of an authentication exchange, without its line end (RFC 4954 §4).
  case response([UInt8])
  /// Such a line beyond its limit.
  case responseTooLong
  /// A line that went on until the server lost patience.
  case endless
  /// The mail data has ended.
  case message(MailContent)
  /// A BDAT, and the octets of its chunk, all of them.
  case chunk(Chunk)
  /// The TLS handshake is done.
  case secured
  /// The TLS handshake has failed.
  case handshakeFailed
  /// The connection is lost; in the middle of mail data, with what has come of it.
  case lost(MailContent?)
  /// The client was silent for too long.
  case idle
  /// The server is about to stop.
  case shutdown
  /// As many clients as may are connected already.
  case crowded
}

/// The mail data of one message as it was received.
package struct MailContent: Sendable, Equatable {
  /// The content, dots unstuffed; at most the size limit.
  package var octets: [UInt8]
  /// How large the content was, in octets, whatever was kept of it (RFC 1870 §6: dots that were stuffed do not count).
  package var sizeInOctets: Int

  /// Content of which these octets were kept.
  package init(octets: [UInt8], sizeInOctets: Int) {
    self.octets = octets
    self.sizeInOctets = sizeInOctets
  }

  /// The length of the longest line in octets, its CRLF included (RFC 5321 §4.5.3.1.6).
  package var longestLineInOctets: Int {
    var longest = 0
    var start = 0
    for index in octets.indices where index > start && octets[index] == .lineFeed && octets[index - 1] == .carriageReturn {
      longest = max(longest, index + 1 - start)
      start = index + 1
    }
    return max(longest, octets.count - start)
  }

  /// The content without the header fields of a name.
  func removingHeaderFields(named name: String) -> [UInt8] {
    var kept: [UInt8] = []
    var start = 0
    for field in Message(octets).fields(named: name) {
      kept += octets[start..<field.range.lowerBound]
      start = field.range.upperBound
    }
    return kept + octets[start...]
  }
}

/// What the session does after its reply.
package enum Effect: Sendable, Equatable {
  case none
  /// Puts the message into the mailboxes; the reply waits for it, and becomes 451 or 452 if it fails.
  case deliver([StoredMessage])
  /// Becomes the client, and sends these messages (RFC 2645 §5.3).
  case reverse([QueuedMessage])
  /// Begins the TLS handshake.
  case startTLS
  /// Closes the connection.
  case close
  /// Closes every connection of the server without a word, as if its process had died.
  case die
}

/// What the server answers, where that leaves the session, and what it does next.
package struct Decision: Sendable, Equatable {
  /// The replies: one for every command, and for the connection and the mail data.
  package var answers: [Answer]
  /// Where the session stands now.
  package var next: ServerState
  /// What the session does after its reply.
  package var effect: Effect
  /// What goes into the sender's mailbox together with a message that is delivered.
  package var reports: [DeliveryReport] = []
  /// What is sent on together with a message that is delivered.
  package var shipment: Shipment?

  /// A decision that says one thing.
  package init(_ answer: Answer, next: ServerState, effect: Effect = .none) {
    self.answers = [answer]
    self.next = next
    self.effect = effect
  }

  /// A decision that says nothing.
  package init(silentlyTo next: ServerState, effect: Effect = .none) {
    self.answers = []
    self.next = next
    self.effect = effect
  }

  /// The code of the first reply, or 0 where there is none.
  package var code: Int { answers.first?.code ?? 0 }
}
