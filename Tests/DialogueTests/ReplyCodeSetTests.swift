import Testing

@testable import Dialogue

@Suite("Sets of reply codes")
struct ReplyCodeSetTests {
  @Test(
    "What was put in is in it, and nothing else",
    arguments: [[], [200], [263, 264], [250, 421, 503, 554, 555], [599, 711]] as [[UInt16]])
  func membership(codes: [UInt16]) {
    var set: ReplyCodeSet = []
    for code in codes { set = set.union([code]) }
    #expect((0...UInt16.max).filter(set.contains) == codes && set.codes == codes)
  }

  @Test("Codes that it has no room for are never in it", arguments: [0, 199, 712, 999, .max] as [UInt16])
  func others(code: UInt16) {
    #expect([code] as ReplyCodeSet == [])
  }
}
