/// One thing that a script does.
///
/// Events that send add to one write; ``wait``, ``cut`` and every event that is none of octets end it. So commands without a
/// ``wait`` between them are pipelined (RFC 2920).
public enum Event: Sendable, Hashable {
  /// A command line, to which CRLF is added.
  case command([UInt8])
  /// Octets exactly as they are.
  case octets([UInt8])
  /// Mail data as it goes over the wire, dots doubled or not, and what is to end it (RFC 5321 §4.1.1.4).
  case data(body: [UInt8], end: [UInt8])
  /// BDAT and its octets; the size that it announces is their true number where `declared` is `nil` (RFC 3030 §2).
  case chunk(declared: [UInt8]?, isLast: Bool, octets: [UInt8])
  /// AUTH, and an answer to each 334 that comes (RFC 4954 §4).
  case auth(mechanism: [UInt8], initial: [UInt8]?, responses: [[UInt8]])
  /// STARTTLS, octets in clear behind it in the same write, and after its 220 octets in clear in the write of the ClientHello (RFC 3207 §4).
  case startTLS(before: [UInt8], after: [UInt8])
  /// TLS close_notify; the dialogue goes on in clear.
  case closeNotify
  /// Our direction ends.
  case halfClose
  /// The connection is aborted (RST).
  case reset
  /// Waits for the replies to everything sent so far.
  case wait
  /// Ends a write, so that what follows travels in a segment of its own.
  case cut
  /// Leaves this connection and makes a new one.
  case connect

  /// CRLF, a dot and CRLF.
  public static let endOfMailData: [UInt8] = Array("\r\n.\r\n".utf8)
}

extension Event {
  /// What the event puts on the wire in clear, so far as it does not depend on what the server answers.
  var octets: [UInt8] {
    let lineEnd: [UInt8] = [0x0D, 0x0A]
    switch self {
    case .command(let line): return line + lineEnd
    case .octets(let octets): return octets
    case .data(let body, let end): return body + end
    case .chunk(let declared, let isLast, let octets):
      return Event.chunkHead(declared, isLast, count: octets.count) + octets
    case .auth(let mechanism, let initial, let responses):
      return Event.authHead(mechanism, initial) + responses.flatMap { $0 + lineEnd }
    case .startTLS(let before, let after): return Array("STARTTLS\r\n".utf8) + before + after
    case .closeNotify, .halfClose, .reset, .wait, .cut, .connect: return []
    }
  }

  /// The BDAT line of a chunk.
  static func chunkHead(_ declared: [UInt8]?, _ isLast: Bool, count: Int) -> [UInt8] {
    Array("BDAT ".utf8) + (declared ?? Array(String(count).utf8)) + Array((isLast ? " LAST\r\n" : "\r\n").utf8)
  }

  /// The AUTH line of an exchange.
  static func authHead(_ mechanism: [UInt8], _ initial: [UInt8]?) -> [UInt8] {
    Array("AUTH ".utf8) + mechanism + (initial.map { [0x20] + $0 } ?? []) + [0x0D, 0x0A]
  }

  /// Whether it adds octets to a write.
  var sends: Bool {
    switch self {
    case .command, .octets, .data, .chunk, .auth, .startTLS: true
    case .closeNotify, .halfClose, .reset, .wait, .cut, .connect: false
    }
  }
}
