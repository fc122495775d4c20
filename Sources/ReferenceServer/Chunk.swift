package import Wire

/// One BDAT of which every octet has come.
///
/// - SeeAlso: RFC 3030 §2.
package struct Chunk: Sendable, Equatable {
  /// The octets that the command announced.
  package var sizeInOctets: Int
  /// Whether the message ends here.
  package var isLast: Bool
  /// All chunks of the transaction so far, this one at the end; empty where none can be taken.
  package var message: MailContent

  /// A chunk at the end of what came before it.
  package init(sizeInOctets: Int, isLast: Bool, message: MailContent) {
    self.sizeInOctets = sizeInOctets
    self.isLast = isLast
    self.message = message
  }
}

/// The conforming reader of a chunk: it ends after the octets that were announced, whatever they are, and no more than a limit is kept.
package struct HonestChunkReader: MailDataReading {
  private let size: Int
  private let limit: Int
  private var kept: [UInt8] = []
  private var count = 0

  /// A reader of so many octets that keeps at most so many of them.
  package init(sizeInOctets: Int, keeping limit: Int) {
    size = sizeInOctets
    self.limit = limit
  }

  /// Reads octets up to the end of the chunk.
  ///
  /// - Parameter octets: What has come.
  /// - Returns: How many octets were read, and whether the chunk has ended.
  package mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    let more = min(size - count, octets.count)
    kept += octets.octets(0..<min(more, limit - kept.count))
    count += more
    return .init(consumed: more, hasEnded: count == size)
  }

  /// What was read so far.
  package var content: MailContent { MailContent(octets: kept, sizeInOctets: count) }
}

extension MailContent {
  /// Puts a chunk's content at the end; no more than so many octets are kept in all.
  mutating func append(_ chunk: MailContent, keeping limit: Int) {
    octets += chunk.octets.prefix(max(0, limit - octets.count))
    sizeInOctets += chunk.sizeInOctets
  }
}
