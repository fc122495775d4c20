import Testing

@testable import Transport

@Suite("Segmentation, where octets are cut into writes")
struct SegmentationTests {
  private func cuts(_ cut: Segmentation, _ text: String, seed: UInt64 = 1) -> [String] {
    let all = octets(text)
    var generator = SeededGenerator(state: seed)
    var segments: [String] = []
    var start = 0
    while start < all.count {
      let end = cut.end(ofSegmentAt: start, in: all, using: &generator)
      segments.append(String(decoding: all[start..<end], as: UTF8.self))
      start = end
    }
    return segments
  }

  @Test func whole() {
    #expect(cuts(.whole, "a\r\nb\r\n") == ["a\r\nb\r\n"])
  }

  @Test func line() {
    #expect(cuts(.line, "a\r\nb\n\nc") == ["a\r\n", "b\n", "\n", "c"])
  }

  @Test func octet() {
    #expect(cuts(.octet, "a\r\n") == ["a", "\r", "\n"])
  }

  @Test func randomIsDecidedByItsSeed() {
    let text = "MAIL FROM:<a@example.test>\r\nRCPT TO:<b@example.test>\r\n"
    for seed in 0..<50 as Range<UInt64> {
      let segments = cuts(.random, text, seed: seed)
      #expect(segments.joined() == text)
      #expect(segments == cuts(.random, text, seed: seed))
    }
    #expect(cuts(.random, text, seed: 1) != cuts(.random, text, seed: 2))
  }

  @Test(arguments: Segmentation.allCases)
  func cutsNothingIntoNothing(_ cut: Segmentation) {
    #expect(cuts(cut, "").isEmpty)
  }
}
