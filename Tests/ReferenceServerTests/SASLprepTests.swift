import Testing

@testable import ReferenceServer

@Suite("SASLprep, RFC 4013")
struct SASLprepTests {
  @Test(
    "the examples of §3, and others",
    arguments: [
      ("I\u{AD}X", "IX"), ("user", "user"), ("USER", "USER"), ("\u{AA}", "a"), ("\u{2168}", "IX"),
      ("a\u{A0}b", "a b"), ("a\u{3000}b", "a b"), ("a\u{200B}b", "ab"), ("e\u{301}", "\u{E9}"), ("\u{FB01}", "fi"), ("a b", "a b"),
      ("\u{FEFF}x", "x"), ("p\u{FF41}ss", "pass"),
    ])
  func prepares(text: String, prepared: String) {
    #expect(SASLprep.prepare(Array(text.utf8)).map { Array($0.utf8) } == Array(prepared.utf8))
  }

  @Test(
    "prohibited characters, and nothing",
    arguments: [
      "\u{7}", "a\u{7}", "\0", "a\u{7F}", "a\u{85}", "\u{E000}", "\u{FFFE}", "\u{FFFD}", "\u{2028}", "\u{200E}", "\u{E0001}", "\u{6DD}",
      "", "\u{AD}", "\u{200B}\u{200D}",
    ])
  func refuses(text: String) {
    #expect(SASLprep.prepare(Array(text.utf8)) == nil)
  }

  @Test("octets that are not UTF-8", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x61, 0xC3], [0xF5, 0x80, 0x80, 0x80]])
  func refuses(octets: [UInt8]) {
    #expect(SASLprep.prepare(octets) == nil)
  }
}
