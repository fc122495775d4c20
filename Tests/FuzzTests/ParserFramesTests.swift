import Testing

@testable import Fuzz

@Suite("Frames between smtpspec and a user's parser")
struct ParserFramesTests {
  private static let frame: [UInt8] = [0, 0, 0, 8, 0x43, 0, 0, 0, 2] + Array("abc".utf8)

  @Test("A request is a kind, a cut and the input")
  func request() throws {
    let request = ParserRequest(.command, Array("abc".utf8), cut: 2)
    #expect(ParserFrames.encode(request) == Self.frame)
    var octets = Self.frame[...]
    let frame = try #require(try ParserFrames.take(from: &octets))
    #expect(ParserFrames.request(in: frame) == request)
    #expect(octets.isEmpty)
  }

  @Test(
    "An answer reads back",
    arguments: [
      ParserAnswer.accepted(consumed: 5, written: nil), .accepted(consumed: 0, written: []),
      .accepted(consumed: 70_000, written: [0, 255]),
      .incomplete, .refused, .none,
    ])
  func answer(answer: ParserAnswer) throws {
    var octets = ParserFrames.encode(answer)[...]
    let frame = try #require(try ParserFrames.take(from: &octets))
    #expect(ParserFrames.answer(in: frame) == answer)
  }

  @Test("Until a frame is whole there is none", arguments: 0..<frame.count)
  func waits(afterOctets count: Int) throws {
    var octets = Self.frame.prefix(count)
    #expect(try ParserFrames.take(from: &octets) == nil)
    #expect(octets.count == count)
  }

  @Test("What is out of form is nothing", arguments: ["", "X", "Ix", "A", "A\0\0\0", "A\0\0\0\u{1}x", "RR"])
  func garbage(text: String) {
    #expect(ParserFrames.answer(in: Array(text.utf8)[...]) == nil)
  }

  @Test("A frame that says it is endless is refused at once")
  func endless() {
    var octets: ArraySlice<UInt8> = [0x7F, 0xFF, 0xFF, 0xFF]
    #expect(throws: ParserFrames.TooLong.self) { try ParserFrames.take(from: &octets) }
  }
}
