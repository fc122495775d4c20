import Testing

@testable import Wire

@Suite("Escaped.show")
struct EscapedTests {
  @Test(arguments: [
    ("250 ok\r\n", "250 ok\\r\\n"), ("\t\u{0}\\", "\\t\\0\\\\"), ("\u{1B}]0;x\u{7}", "\\x1b]0;x\\x07"), ("\u{9B}31m", "\\x9b31m"),
    ("\u{7F}", "\\x7f"),
    ("\u{E9}", "\\xe9"), ("~ !", "~ !"),
  ])
  func shows(_ octets: String, _ shown: String) { #expect(Escaped.show(wire(octets)) == shown) }

  @Test("characters that turn the direction of writing do not get through", arguments: ["\u{202E}", "\u{2066}", "\u{200F}", "\u{85}", "é"])
  func escapesWhatIsNotASCII(_ text: String) {
    #expect(Escaped.show(text).utf8.allSatisfy { (0x20...0x7E).contains($0) })
    #expect(Escaped.show(text).hasPrefix("\\x"))
  }

  @Test func everyOctetIsVisible() {
    let shown = Escaped.show(Octets(UInt8.min...UInt8.max))
    #expect(shown.utf8.allSatisfy { (0x20...0x7E).contains($0) })
  }

  @Test func countsWhatItLeavesOut() {
    #expect(Escaped.show(wire("abcdef"), limit: 4) == "abcd… (2 more octets)")
    #expect(Escaped.show(wire("abcd"), limit: 4) == "abcd")
    #expect(Escaped.show(wire("ab"), limit: 0) == "… (2 more octets)")
  }
}

@Suite("nearest")
struct NearestTests {
  @Test(
    arguments: [
      ("sned", "send"), ("SEND", "send"), ("send", "send"), ("expct", "expect"), ("exepct", "expect"), ("expectt", "expect"),
      ("tims", "times"),
      ("wihtin", "within"), ("x", nil), ("completely", nil), ("", nil), ("sxxd", nil),
    ] as [(String, String?)])
  func finds(_ word: String, _ expected: String?) {
    #expect(nearest(word, in: ["expect", "send", "within", "times"]) == expected)
  }

  @Test func prefersTheNearest() {
    #expect(nearest("accept", in: ["except", "accept", "expect"]) == "accept")
    #expect(nearest("abcdef", in: ["abcdxx", "abcdex"]) == "abcdex")
    #expect(nearest("a", in: []) == nil)
  }

  @Test func isBoundedInItsWork() {
    let long = String(repeating: "x", count: 100_000)
    #expect(nearest(long, in: [long + "y"]) != nil)
  }
}

@Suite("The scans over a Span")
struct ScanTests {
  @Test func findsAnOctet() {
    let octets = wire("abcabc")
    #expect(octets.span.firstIndex(of: 0x63, from: 0) == 2)
    #expect(octets.span.firstIndex(of: 0x63, from: 3) == 5)
    #expect(octets.span.firstIndex(of: 0x63, from: 6) == nil)
    #expect(octets.span.firstIndex(of: 0x63, from: -1) == nil)
    #expect(octets.span.firstIndex(of: 0x64, from: 0) == nil)
    #expect(Octets().span.firstIndex(of: 0, from: 0) == nil)
  }

  @Test("every octet, at every place of every length, is found as it is one by one")
  func findsTheFirstNonText() {
    for octet in UInt8.min...UInt8.max {
      for place in 0..<40 {
        var octets = Octets(repeating: 0x61, count: 40)
        octets[place] = octet
        #expect(octets.span.firstNonText(from: 0) == (octet.isText ? 40 : place))
      }
    }
    for count in 0..<70 {
      let text = Octets(repeating: .tab, count: count)
      for start in 0...count + 1 { #expect(text.span.firstNonText(from: start) == max(start, count)) }
      #expect((text + [.carriageReturn]).span.firstNonText(from: 0) == count)
    }
  }
}

@Suite("Escaped.octets: the way back")
struct EscapedReadingTests {
  @Test("Every octet comes back")
  func roundTrips() {
    let octets = (0...255).map { UInt8($0) } + Array(#"\r\x41\\"#.utf8)
    #expect(Escaped.octets(of: Escaped.show(octets)) == octets)
  }

  @Test("What `show` does not write is refused", arguments: ["\n", "é", "\\", "\\q", "\\x", "\\x4", "\\xg0", "\u{7F}"])
  func refuses(text: String) {
    #expect(Escaped.octets(of: text) == nil)
  }
}
