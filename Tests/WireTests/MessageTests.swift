import Testing

@testable import Wire

@Suite("Header section and body, RFC 5322 §2.1")
struct MessageTests {
  @Test func cutsFieldsAndBody() throws {
    let octets = wire("A: b\r\n c\r\n\td\r\nD:e\r\nX-y  : \r\n\r\nbody\r\n\r\nA: no\r\n")
    let message = Message(octets)
    #expect(message.fields.map(\.name) == ["A", "D", "X-y"])
    #expect(message.fields.map(\.value) == ["b c\td", "e", ""].map(wire))
    #expect(message.fields[0].rawValue == wire(" b\r\n c\r\n\td"))
    #expect(message.fields[0].unfoldedValue == wire(" b c\td"))
    #expect(message.fields.map { Octets(octets[$0.range]) } == ["A: b\r\n c\r\n\td\r\n", "D:e\r\n", "X-y  : \r\n"].map(wire))
    #expect(message.hasSeparator)
    #expect(Octets(message.body) == wire("body\r\n\r\nA: no\r\n"))
    #expect(message.fields(named: "x-Y").count == 1)
  }

  @Test(arguments: [
    ("", 0, false, ""), ("\r\n", 0, true, ""), ("\r\nx", 0, true, "x"), ("A: b", 1, false, ""), ("A: b\r\n", 1, false, ""),
    ("A: b\r\n\r\n", 1, true, ""), ("no field\r\nA: b\r\n", 0, false, "no field\r\nA: b\r\n"), (" A: b\r\n", 0, false, " A: b\r\n"),
    ("A: b\r\nno field\r\n\r\nx", 1, false, "no field\r\n\r\nx"), (": b\r\n", 0, false, ": b\r\n"),
    ("A\u{E9}: b\r\n", 0, false, "A\u{E9}: b\r\n"),
    ("From a@b Mon\r\nA: b\r\n", 0, false, "From a@b Mon\r\nA: b\r\n"), ("A: b\n\nx", 1, false, ""), ("A: b\r\n c", 1, false, ""),
  ])
  func endsTheHeaderSectionAtWhatIsNoField(_ text: String, _ fields: Int, _ hasSeparator: Bool, _ body: String) {
    let message = Message(wire(text))
    #expect(message.fields.count == fields)
    #expect(message.hasSeparator == hasSeparator)
    #expect(Octets(message.body) == wire(body))
  }

  @Test func takesTheLineEndsItIsToldTo() {
    let message = Message(wire("A: b\n c\r\nD: e\n\nbody\n"), lineEnds: [.crlf, .lf])
    #expect(message.fields.map(\.value) == ["b c", "e"].map(wire))
    #expect(Octets(message.body) == wire("body\n"))
    #expect(Message(wire("A: b\rC: d\r\rx"), lineEnds: [.cr]).fields.count == 2)
  }

  @Test("nothing is lost, whatever comes", arguments: 0..<4 as Range<UInt64>)
  func keepsEveryOctet(seed: UInt64) {
    var random = Seeded(seed)
    let alphabet = wire("A:: \t\r\n\r\n\u{0}\u{E9}")
    for _ in 0..<1500 {
      let octets = (0..<Int.random(in: 0...20, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      for ends in [[.crlf], [.crlf, .lf], [.lf], [.cr]] as [Set<LineEnd>] {
        let message = Message(octets, lineEnds: ends)
        var end = 0
        for field in message.fields {
          #expect(field.range.lowerBound == end)
          end = field.range.upperBound
        }
        #expect(end <= message.bodyStart && message.bodyStart <= octets.count)
        #expect(message.bodyStart - end <= 2)
      }
    }
  }
}
