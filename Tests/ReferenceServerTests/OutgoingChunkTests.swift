import Testing

@testable import ReferenceServer

@Suite("Chunks of a client, RFC 3030 §2")
struct OutgoingChunkTests {
  @Test(
    "are full but for the last, and together they are the message",
    arguments: [1, OutgoingChunk.limitInOctets, OutgoingChunk.limitInOctets + 1, 2 * OutgoingChunk.limitInOctets, 150_000])
  func areTheMessage(length: Int) {
    let content = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    let chunks = OutgoingChunk.cut(content)
    #expect(chunks.flatMap(\.octets) == content)
    #expect(chunks.allSatisfy { $0.sizeInOctets == $0.octets.count && $0.sizeInOctets <= OutgoingChunk.limitInOctets })
    #expect(chunks.map(\.isLast) == chunks.indices.map { $0 == chunks.count - 1 })
  }

  @Test("are announced by their size, and the last by LAST")
  func areAnnounced() {
    let content = [UInt8](repeating: 0x61, count: OutgoingChunk.limitInOctets + 5)
    #expect(OutgoingChunk.cut(content).map { String(decoding: $0.command, as: UTF8.self) } == ["BDAT 65536", "BDAT 5 LAST"])
  }
}
