import Testing

@testable import Wire

@Suite("Reply.parse, RFC 5321 §4.2")
struct ReplyTests {
  @Test(arguments: 0..<"250-size\r\n250\r\n".utf8.count)
  func waitsForTheRest(afterOctets count: Int) throws {
    let octets = Array("250-size\r\n250\r\n".utf8.prefix(count))
    #expect(try Reply.parse(octets.span) == nil)
  }
}
