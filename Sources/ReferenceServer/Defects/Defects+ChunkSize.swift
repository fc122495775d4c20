import Dialogue
import Wire

extension Defect {
  /// Faults in how long a chunk is.
  static let chunkSizeDefects: [Defect] = [
    .reading("reads-chunk-size-loosely", "RFC 3030 §2", "A BDAT that does not parse is taken for BDAT 0.") { line, _ in
      if Verb(line.prefix(4)) == .bdat, (try? Command.parse(line: line)) == nil { line = Array("BDAT 0".utf8) }
    },
    .reading("wraps-chunk-size", "RFC 3030 §2", "The size of a chunk is read modulo 2^32.") { line, _ in
      guard Verb(line.prefix(4)) == .bdat, line.count > 5 else { return }
      let digits = line[5...].prefix(while: \.isDigit)
      guard !digits.isEmpty else { return }
      let size = digits.reduce(UInt32(0)) { $0 &* 10 &+ UInt32($1 - .zero) }
      line.replaceSubrange(digits.indices, with: String(size).utf8)
    },
    .deciding("bdat-in-capitals-only", "RFC 5321 §2.4", "BDAT that is not in capitals draws 500.") { decision, context in
      guard context.chunk != nil, context.line.contains(where: { (0x61...0x7A).contains($0) }) else { return }
      decision.refuse(500, .init(5, 2), in: context)
    },
    .deciding("refuses-leading-zeros", "RFC 3030 §2", "A chunk's size that begins with a zero draws 501.") { decision, context in
      guard context.chunk != nil, context.line.dropFirst(5).first == .zero, context.line.dropFirst(6).first?.isDigit == true else { return }
      decision.refuse(501, .init(5, 4), in: context)
    },
    .deciding("refuses-empty-chunk", "RFC 3030 §2", "A chunk of no octets draws 501.") { decision, context in
      if context.chunk?.sizeInOctets == 0 { decision.refuse(501, .init(5, 4), in: context) }
    },
    .ending("ends-chunk-at-lone-dot", "A line with a dot alone ends a chunk.") { tail, _, _ in tail.ends(with: "\r\n.\r\n") },
    .ending("ends-chunk-at-bare-dot", "A dot between two LFs ends a chunk.") { tail, _, _ in tail.ends(with: "\n.\n") },
    .ending("ends-chunk-at-line-end", "The end of a line ends a chunk.") { tail, _, _ in tail.ends(with: "\r\n") },
    .ending("ends-chunk-at-nul", "A NUL ends a chunk.") { tail, _, _ in tail.last == .nul },
    .ending("reads-chunk-to-line-end", "A chunk that does not end in LF goes on to the next one.") { tail, count, size in
      count >= size && (size == 0 || tail.last == .lineFeed)
    },
    .ending("reads-one-octet-too-many", "A chunk takes the octet that follows it along.") { _, count, size in count > size },
    .ending("leaves-last-octet-of-chunk", "The last octet of a chunk is read as a command.") { _, count, size in count + 1 >= size },
    .ending("cuts-chunk-size-to-16-bits", "The size of a chunk is read modulo 2^16.") { _, count, size in count >= size & 0xFFFF },
    .behaving("counts-crlf-as-one-octet", "RFC 3030 §2", "CRLF counts as one octet of a chunk.") { manner in
      manner.chunkReader = { size, limit, _ in
        LineCountingChunkReader(size: size, limit: limit)
      }
    },
    .behaving("ends-chunk-with-the-read", "RFC 3030 §2", "A chunk ends with the octets that one read returned.") { manner in
      manner.chunkReader = { size, limit, _ in OneReadChunkReader(HonestChunkReader(sizeInOctets: size, keeping: limit), isEmpty: size == 0)
      }
    },
    .behaving("reads-refused-chunk-as-commands", "RFC 3030 §2", "The octets of a chunk that is refused are read as commands.") { manner in
      manner.chunkReader = { size, limit, state in
        HonestChunkReader(sizeInOctets: state.dialogue.recipientCount > 0 ? size : 0, keeping: limit)
      }
    },
    .behaving("refuses-chunk-before-it-has-come", "RFC 3030 §2", "A chunk is refused first, and its octets are dropped afterwards.") {
      manner in
      let owed = OwedOctets()
      manner.chunkReader = { size, limit, state in
        guard state.dialogue.recipientCount == 0 else { return HonestChunkReader(sizeInOctets: size, keeping: limit) }
        owed.count = size
        return HonestChunkReader(sizeInOctets: 0, keeping: 0)
      }
      manner.readLine = { octets, _ in
        guard owed.count > 0 else { return nil }
        let dropped = min(owed.count, octets.count)
        owed.count -= dropped
        return .init(consumed: dropped, line: nil)
      }
    },
    .changingChunks("adds-line-end-to-chunks", "Each chunk is stored with a CRLF at its end.") { $0 + .crlf },
    .changingChunks("unstuffs-chunks", "Doubled dots in a chunk are undone.") { DotStuffing.unstuff($0.span) },
  ]

  private static func ending(_ name: String, _ summary: String, _ rule: @escaping RuledChunkReader.Rule) -> Defect {
    behaving(name, "RFC 3030 §2", summary) { manner in
      manner.chunkReader = { size, limit, _ in RuledChunkReader(size: size, limit: limit, endsBehind: rule) }
    }
  }

  private static func changingChunks(_ name: String, _ summary: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Defect {
    behaving(name, "RFC 3030 §2", summary) { manner in
      manner.chunkReader = { size, limit, _ in
        ChangingChunkReader(honest: HonestChunkReader(sizeInOctets: size, keeping: limit), change: change)
      }
    }
  }
}

/// The octets of a chunk that are still to be dropped.
private final class OwedOctets {
  var count = 0
}

/// Reads a chunk that ends where a rule says so, by the last octets that have come, how many have, and how many were announced.
private struct RuledChunkReader: MailDataReading {
  typealias Rule = @Sendable (_ tail: ArraySlice<UInt8>, _ count: Int, _ size: Int) -> Bool

  private let size: Int
  private let limit: Int
  private let endsBehind: Rule
  private var kept: [UInt8] = []
  private var tail: [UInt8] = []
  private var count = 0

  init(size: Int, limit: Int, endsBehind rule: @escaping Rule) {
    self.size = size
    self.limit = limit
    endsBehind = rule
  }

  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    if count == 0, size == 0, endsBehind([], 0, 0) { return .init(consumed: 0, hasEnded: true) }
    for index in 0..<octets.count {
      count += 1
      if kept.count < limit { kept.append(octets[index]) }
      tail.append(octets[index])
      if tail.count > 8 { tail.removeFirst() }
      if endsBehind(tail[...], count, size) { return .init(consumed: index + 1, hasEnded: true) }
    }
    return .init(consumed: octets.count, hasEnded: false)
  }

  var content: MailContent { MailContent(octets: kept, sizeInOctets: count) }
}

/// Counts CRLF as one octet.
private struct LineCountingChunkReader: MailDataReading {
  private let size: Int
  private let limit: Int
  private var kept: [UInt8] = []
  private var count = 0
  private var counted = 0

  init(size: Int, limit: Int) {
    self.size = size
    self.limit = limit
  }

  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    var index = 0
    while index < octets.count, counted < size {
      if octets[index] != .lineFeed || kept.last != .carriageReturn { counted += 1 }
      if kept.count < limit { kept.append(octets[index]) }
      count += 1
      index += 1
    }
    return .init(consumed: index, hasEnded: counted == size)
  }

  var content: MailContent { MailContent(octets: kept, sizeInOctets: count) }
}

/// Ends a chunk with the first read.
private struct OneReadChunkReader: MailDataReading {
  private var honest: HonestChunkReader
  private let isEmpty: Bool

  init(_ honest: HonestChunkReader, isEmpty: Bool) {
    self.honest = honest
    self.isEmpty = isEmpty
  }

  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    .init(consumed: honest.read(octets).consumed, hasEnded: isEmpty || octets.count > 0)
  }

  var content: MailContent { honest.content }
}

/// Changes what a chunk holds.
private struct ChangingChunkReader: MailDataReading {
  var honest: HonestChunkReader
  let change: ([UInt8]) -> [UInt8]

  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    honest.read(octets)
  }

  var content: MailContent {
    let octets = change(honest.content.octets)
    return MailContent(octets: octets, sizeInOctets: octets.count)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
