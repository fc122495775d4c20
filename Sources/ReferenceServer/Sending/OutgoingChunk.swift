import Wire

/// A part of a message that a client sends by BDAT (RFC 3030 §2).
package struct OutgoingChunk: Sendable, Equatable {
  /// The most octets of a chunk; a message of no more goes by DATA.
  static let limitInOctets = 1 << 16

  /// What BDAT counts.
  var sizeInOctets: Int
  /// Whether BDAT says that it is the last.
  var isLast: Bool
  /// What stands behind the command.
  var octets: [UInt8]

  /// The chunks of a message: full ones, and the rest, which is the last.
  static func cut(_ content: [UInt8]) -> [OutgoingChunk] {
    stride(from: 0, to: content.count, by: limitInOctets).map { start in
      let end = min(start + limitInOctets, content.count)
      return OutgoingChunk(sizeInOctets: end - start, isLast: end == content.count, octets: Array(content[start..<end]))
    }
  }

  /// The command, without its line end.
  var command: [UInt8] { Array("BDAT \(sizeInOctets)\(isLast ? " LAST" : "")".utf8) }
}
