import Dialogue
package import Wire

/// How the session loop treats octets: everything that is not a decision on an input.
///
/// The values that a new manner begins with are the conforming ones.
package struct Manner {
  /// What ends a command line: CRLF and nothing else (RFC 5321 §2.3.8).
  package var lineEnds: Set<LineEnd> = [.crlf]
  /// What the reader of commands lets pass beyond the grammar: blanks before the line's end, and text behind EHLO's literal (§4.1.1).
  package var tolerance: CommandTolerance = [.trailingWhiteSpace, .textAfterLiteral]
  /// Reads a command line from the front of what has come; where it gives `nil`, a `LineReader` with ``lineEnds`` does.
  package var readLine: (_ unread: Span<UInt8>, _ state: ServerState) -> LineReader.Progress? = { _, _ in nil }
  /// How long the server waits before it takes unread octets for a line that has ended: for ever.
  package var takesUnendedLine: (_ unread: ArraySlice<UInt8>) -> Duration? = { _ in nil }
  /// Makes the reader of one message's mail data (RFC 5321 §4.1.1.4).
  package var mailDataReader: (_ state: ServerState, _ configuration: Configuration) -> any MailDataReading = { _, configuration in
    HonestMailDataReader(sizeLimitInOctets: configuration.sizeLimitInOctets)
  }
  /// Makes the reader of the octets that a BDAT announces, of which so many are kept at most (RFC 3030 §2).
  package var chunkReader: (_ sizeInOctets: Int, _ limitInOctets: Int, _ state: ServerState) -> any MailDataReading = { size, limit, _ in
    HonestChunkReader(sizeInOctets: size, keeping: limit)
  }
  /// Whether the chunks that have come are forgotten: where the transaction that they belong to has ended (RFC 3030 §2).
  package var forgetsChunks: (_ state: ServerState) -> Bool = { !$0.dialogue.isReceivingChunks }
  /// Says which replies are sent now; those that are left wait (RFC 2920 §3.2).
  package var release: (_ replies: inout [Outbox.Reply], _ moment: Outbox.Moment) -> [UInt8] = Outbox.release
  /// Whether input is thrown away, until none has come for a while, before the reply to an input: never (RFC 2920 §3.2).
  package var dropsInput: (_ context: DecisionContext, _ decision: Decision) -> Bool = { _, _ in false }
  /// How long the server waits for octets before it greets: it does not (RFC 5321 §3.1).
  package var listensFirst: Duration?
  /// Whether the server waits for the greeting where it has become the client: it does (RFC 2645 §5.3).
  package var awaitsGreeting = true
  /// What happens to octets that came in clear behind STARTTLS.
  package var clearOctets = ClearOctets.dropped

  /// Whether a close_notify ends TLS before the connection is closed (RFC 8314 §3.4).
  package var sendsCloseAlert = true

  /// The conforming manner.
  package init() {}

  /// What happens to octets that come in clear between STARTTLS and the handshake.
  package enum ClearOctets: Sendable {
    /// They are dropped before the handshake, and never read as commands (RFC 3207 §4.2).
    case dropped
    /// Those that have come before the 220 was sent are read as if they had come under TLS.
    case kept
    /// They are waited for, and all in front of the first octet of a TLS record are read as if they had come under TLS.
    case awaited
  }
}

/// Reads the mail data of one message, however it is cut.
package protocol MailDataReading {
  /// Reads octets up to the end of the mail data.
  ///
  /// - Returns: How many octets were read, and whether the mail data has ended.
  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress

  /// What was read so far.
  var content: MailContent { get }
}

/// The conforming reader: CRLF `.` CRLF ends the data, doubled dots are undone, and no more than the size limit is kept.
package struct HonestMailDataReader: MailDataReading {
  private var reader: MailDataReader

  /// A reader; other terminators than the one there is are for servers with a fault.
  package init(sizeLimitInOctets: Int, terminators: [[UInt8]] = [MailDataReader.endOfMailData]) {
    // A stuffed dot makes three octets of a line four, so this much holds every message within the limit.
    reader = MailDataReader(terminators: terminators, limit: sizeLimitInOctets / 3 * 4 + 16)
  }

  /// Reads octets up to the end of the mail data.
  ///
  /// - Parameter octets: What has come.
  /// - Returns: How many octets were read, and whether the mail data has ended.
  package mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    reader.read(octets)
  }

  /// What was read so far.
  package var content: MailContent {
    let octets = reader.message
    return MailContent(octets: octets, sizeInOctets: reader.isOverLimit ? reader.count : octets.count)
  }
}
