import Testing

@testable import Wire

@Suite("XText, RFC 3461 §4 and RFC 4954 §8")
struct XTextTests {
  @Test(arguments: [
    ("", ""), ("abc", "abc"), ("e+3Dmc2@example.com", "e=mc2@example.com"), ("+2B", "+"), ("+2b", "+"), ("+41+42", "AB"), ("<>", "<>"),
    ("+0D+0A", "\r\n"), ("+00", "\0"), ("+3D+3d", "=="), ("!~", "!~"), ("a+2Bb+3Dc", "a+b=c"),
  ])
  func decodes(text: String, octets: String) {
    #expect(XText.decode(wire(text)) == wire(octets))
  }

  @Test(arguments: [
    "=", "a=b", " ", "a b", "+", "a+", "+4", "a+4", "+G0", "+0G", "+zz", "++41", "\u{7F}", "\r", "\n", "\t", "\0", "\u{E9}",
  ])
  func refuses(text: String) {
    #expect(XText.decode(wire(text)) == nil)
  }

  @Test("an octet beyond ASCII is no xchar, but a hexchar can stand for one")
  func beyondASCII() {
    #expect(XText.decode([0xFF]) == nil)
    #expect(XText.decode(wire("+FF+80")) == [0xFF, 0x80])
  }
}
