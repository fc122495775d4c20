package import Dialogue
package import Wire

/// Something that was sent and that draws one reply: how a server that keeps to the RFCs divides up what it reads.
package enum Unit: Sendable, Hashable {
  /// The connection itself, answered by the greeting.
  case connection
  /// A line without its CRLF, and what it is.
  case line([UInt8], Exchange)
  /// BDAT's line and as many octets as it says (RFC 3030 §2).
  case chunk(line: [UInt8], isLast: Bool)
  /// The end of the mail data, after so many octets of it.
  case endOfMailData(octets: Int)
  /// A further recipient of the message that has ended, from 2: in LMTP each draws a reply of its own (RFC 2033 §4.2).
  case delivery(recipient: Int)
  /// A line of an authentication exchange (RFC 4954 §4).
  case authenticationResponse([UInt8])

  /// What it is to ``SessionState``.
  package var exchange: Exchange {
    switch self {
    case .connection: .connection
    case .line(_, let exchange): exchange
    case .chunk(_, let isLast): .chunk(isLast: isLast)
    case .endOfMailData, .delivery: .endOfMailData
    case .authenticationResponse: .command(.auth)
    }
  }

  /// Its verb, or what stands for one where there is none.
  package var word: String {
    switch self {
    case .connection: "the connection"
    case .line(_, .command(let verb)): verb.rawValue
    case .line: "an unknown command"
    case .chunk: "BDAT"
    case .endOfMailData: "the end of the mail data"
    case .delivery: "a further recipient's delivery"
    case .authenticationResponse: "a line of AUTH"
    }
  }

  /// Whether a message ends with it.
  package var endsMessage: Bool {
    switch self {
    case .endOfMailData, .chunk(_, isLast: true): true
    case .connection, .line, .chunk, .delivery, .authenticationResponse: false
    }
  }

  /// The line, where it is one.
  package var line: [UInt8]? {
    switch self {
    case .line(let line, _), .chunk(let line, _), .authenticationResponse(let line): line
    case .connection, .endOfMailData, .delivery: nil
    }
  }

  /// The command, where the line is one that the grammar has.
  package var command: Command? {
    guard case .line(let line, .command) = self else { return nil }
    return try? Command.parse(line: line, tolerating: .strict, in: .internationalized)
  }

  /// Whether it is a line that is longer than a server has to take (RFC 5321 §4.5.3.1.4).
  var isOverlong: Bool { (line?.count ?? 0) + 2 > 512 }

  /// Whether it is a line with a CR or LF that stands alone.
  var hasBareLineEnd: Bool {
    guard let line else { return false }
    return line.span.firstIndex(of: .lineFeed, from: 0) != nil || line.span.firstIndex(of: .carriageReturn, from: 0) != nil
  }

  /// Whether some servers take it for more than one unit.
  var isOdd: Bool { isOverlong || hasBareLineEnd }
}
