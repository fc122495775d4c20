import Wire

/// Faults of a client in the message that it sends.
let sendingContentDefects: [Defect] = [
  Defect("client-doubles-no-dots", "RFC 5321 §4.5.2", "The client sends lines that begin with a dot as they are.") {
    $0.sending = { $0.mailData = { $0 + DotStuffing.end } }
  },
  Defect("client-doubles-every-dot", "RFC 5321 §4.5.2", "The client doubles every dot of the message.") {
    $0.sending = { $0.mailData = { DotStuffing.stuff($0.flatMap { $0 == .dot ? [.dot, .dot] : [$0] }) } }
  },
  Defect("client-sends-bare-line-feeds", "RFC 5321 §2.3.8", "The client ends the message's lines with LF alone.") {
    $0.sending = { manner in
      manner.mailData = { content in
        DotStuffing.stuff(content).dropLast(5).filter { $0 != .carriageReturn } + [.carriageReturn, .lineFeed] + DotStuffing.end
      }
    }
  },
  Defect("client-sends-bare-carriage-return", "RFC 5321 §2.3.8", "The client sends a CR that stands alone in the message as it is.") {
    $0.sending = { $0.sendsUnfit = true }
  },
  Defect("adds-empty-line", "RFC 5321 §4.1.1.4", "The client puts an empty line before the end of the message.") {
    $0.sending = { $0.mailData = { DotStuffing.stuff($0 + [.carriageReturn, .lineFeed]) } }
  },
  Defect("sends-eight-bit-unasked", "RFC 6152 §3", "The client sends a message with 8-bit text though 8BITMIME is not offered.") {
    $0.sending = { $0.sendsUnfit = true }
  },
  Defect("does-not-declare-eight-bit", "RFC 6152 §3", "The client does not say BODY=8BITMIME for a message with 8-bit text.") {
    $0.sending = { manner in
      manner.sendsUnfit = true
      manner.takesForOffered = { keyword, isOffered in keyword != "8BITMIME" && isOffered }
    }
  },
  Defect("sends-long-lines", "RFC 5321 §4.5.3.1.6", "The client sends a line of more than 1000 octets as it is.") {
    $0.sending = { $0.sendsUnfit = true }
  },
  Defect("sends-utf8-unasked", "RFC 6531 §3.2", "The client sends an address that is not ASCII though SMTPUTF8 is not offered.") {
    $0.sending = { $0.sendsUnfit = true }
  },
  Defect("does-not-declare-utf8", "RFC 6531 §3.4", "The client does not say SMTPUTF8 for an address that is not ASCII.") {
    $0.sending = { manner in
      manner.sendsUnfit = true
      manner.takesForOffered = { keyword, isOffered in keyword != "SMTPUTF8" && isOffered }
    }
  },
  Defect("says-smtputf8-always", "RFC 6531 §3.4", "The client says SMTPUTF8 for every message where it is offered.") {
    $0.sending = { $0.line = { line, stage in if stage == .mail { line = line.dropLast(2) + Array(" SMTPUTF8\r\n".utf8) } } }
  },
  Defect("sends-chunks-unasked", "RFC 3030 §2", "The client sends a large message by BDAT though CHUNKING is not offered.") {
    $0.sending = { $0.takesForOffered = { keyword, isOffered in keyword == "CHUNKING" || isOffered } }
  },
  .cutting("never-says-last", "RFC 3030 §2", "The client's last BDAT does not say LAST.") { $0.isLast = false },
  .cutting("miscounts-chunks", "RFC 3030 §2", "The client's BDAT counts a line's end as one octet.") { chunk in
    chunk.sizeInOctets = chunk.octets.filter { $0 != .carriageReturn }.count
  },
  Defect("doubles-dots-in-chunks", "RFC 3030 §2", "The client doubles dots in what it sends by BDAT.") {
    $0.sending = { $0.chunks = { OutgoingChunk.cut(Array(DotStuffing.stuff($0).dropLast(DotStuffing.end.count))) } }
  },
  Defect("sends-chunks-after-refusal", "RFC 3030 §2", "The client goes on with BDAT after a chunk was refused.") {
    $0.sending = { $0.ignoresRefusal = { $0 == .chunk } }
  },
]

extension Defect {
  /// A defect in the chunks that a client sends.
  fileprivate static func cutting(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout OutgoingChunk) -> Void
  ) -> Defect {
    Defect(name, source, summary) {
      $0.sending = { manner in
        manner.chunks = { content in
          var chunks = OutgoingChunk.cut(content)
          for place in chunks.indices { change(&chunks[place]) }
          return chunks
        }
      }
    }
  }
}
