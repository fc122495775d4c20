import Testing

@testable import Transport

@Suite("ReceiveBuffer")
struct ReceiveBufferTests {
  @Test(arguments: [1, 3, 100, 5000], [1, 2, 99, 4999])
  func keepsOrderAndLimit(limit: Int, step: Int) {
    var buffer = ReceiveBuffer(limit: limit)
    var written: [UInt8] = []
    var read: [UInt8] = []
    for round in 0..<500 {
      let new = (0..<step).map { UInt8(truncatingIfNeeded: written.count + $0) }
      written += new.prefix(buffer.room)
      buffer.append(new)
      let gone = buffer.slice.prefix(round % (step + 2))
      read += gone
      buffer.consume(gone.count)
      if buffer.count > limit || buffer.count != written.count - read.count { Issue.record("round \(round): \(buffer.count) octets") }
    }
    read += buffer.slice
    #expect(read == written)
  }

  @Test func findsLineFeeds() {
    var buffer = ReceiveBuffer(limit: 100)
    #expect(buffer.lineFeed(from: 0) == nil)
    buffer.append(octets("ab\ncd\n"))
    #expect(buffer.lineFeed(from: 0) == 2)
    #expect(buffer.lineFeed(from: 3) == 5)
    #expect(buffer.lineFeed(from: 6) == nil)
    #expect(buffer.lineFeed(from: 60) == nil)
    buffer.consume(3)
    #expect(buffer.lineFeed(from: 0) == 2)
    buffer.consume(1000)
    #expect(buffer.lineFeed(from: 0) == nil)
  }
}
