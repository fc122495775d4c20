import Testing

@testable import Wire

@Suite("Transparency, RFC 5321 §4.5.2")
struct DotStuffingTests {
  @Test(arguments: [
    ("", ".\r\n"), ("a\r\n", "a\r\n.\r\n"), ("a", "a\r\n.\r\n"), (".", "..\r\n.\r\n"), (".\r\n", "..\r\n.\r\n"),
    ("..x\r\n", "...x\r\n.\r\n"),
    ("a\r\n.b\r\n", "a\r\n..b\r\n.\r\n"), ("a.\r\n", "a.\r\n.\r\n"), ("a\n.b\r\n", "a\n.b\r\n.\r\n"), ("a\r.b\r\n", "a\r.b\r\n.\r\n"),
    ("\r\n\r\n", "\r\n\r\n.\r\n"), ("a\r", "a\r\r\n.\r\n"), ("a\r\r\n.\r\n", "a\r\r\n..\r\n.\r\n"),
  ])
  func stuffs(_ message: String, _ data: String) { #expect(DotStuffing.stuff(wire(message)) == wire(data)) }

  @Test("a message comes back as it was sent", arguments: 0..<4 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = Seeded(seed)
    let alphabet = wire(".\r\n\u{0}a")
    for _ in 0..<1000 {
      let message = (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 } + wire("\r\n")
      let data = DotStuffing.stuff(message)
      var reader = MailDataReader()
      let progress = reader.read(data.span)
      #expect(progress == MailDataReader.Progress(consumed: data.count, hasEnded: true))
      #expect(reader.message == message, "\(Escaped.show(message))")
    }
  }
}

@Suite("The end of mail data, RFC 5321 §4.1.1.4")
struct MailDataReaderTests {
  /// Reads in pieces and tells how many octets were taken.
  private func read(_ octets: Octets, cutAt cuts: [Int], _ reader: inout MailDataReader) -> Int {
    var consumed = 0
    for (start, end) in zip([0] + cuts, cuts + [octets.count]) {
      let progress = reader.read(Octets(octets[start..<end]).span)
      consumed += progress.consumed
      if progress.hasEnded { break }
    }
    return consumed
  }

  @Test(arguments: [
    (".\r\n", ""), ("a\r\n.\r\n", "a\r\n"), ("..\r\n.\r\n", ".\r\n"), (".a\r\n.\r\n", "a\r\n"), ("a\n.\n\r\n.\r\n", "a\n.\n\r\n"),
    ("\r\n.\r\n", "\r\n"), ("a\r\r\n.\r\n", "a\r\r\n"), ("\u{0}\u{FF}\r\n.\r\n", "\u{0}\u{FF}\r\n"),
  ])
  func endsAtEverySplit(_ data: String, _ message: String) {
    let octets = wire(data + "QUIT\r\n.\r\n")
    for first in 0...octets.count {
      for second in first...octets.count {
        var reader = MailDataReader()
        #expect(read(octets, cutAt: [first, second], &reader) == wire(data).count)
        #expect(reader.hasEnded)
        #expect(reader.message == wire(message))
        #expect(reader.count == wire(data).count)
      }
    }
  }

  @Test(
    "a lookalike does not end the data",
    arguments: [
      "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\n", "\n.\r", "\r.\r\n", "\r\n.\r", "\r\n\u{0}.\r\n", "\r\n.\u{0}\r\n", "\r\n.\r\r\n",
      "\r\n..\r\n",
      "\r\n. \r\n", "\r\n.x", ".\n", ".\r",
    ])
  func doesNotEnd(_ lookalike: String) {
    for octets in [wire("first" + lookalike + "MAIL FROM:<a@b>\r\n")] + (lookalike.hasPrefix(".") ? [wire(lookalike + "x")] : []) {
      var reader = MailDataReader()
      #expect(reader.read(octets.span) == MailDataReader.Progress(consumed: octets.count, hasEnded: false))
    }
  }

  @Test func readsNothingAfterItsEnd() {
    var reader = MailDataReader()
    _ = reader.read(wire(".\r\n").span)
    let progress = reader.read(wire("QUIT\r\n").span)
    #expect(progress == MailDataReader.Progress(consumed: 0, hasEnded: true))
  }

  @Test(
    "a faulty server ends where it is told to",
    arguments: [
      ("\n.\n", "a\n.\nb", 4, "a\n"), ("\r.\r", "a\r.\rb", 4, "a\r"), ("\n.\r\n", "a\r\n.\r\nb", 6, "a\r\n"),
      ("\r\n.\n", "a\r\n.\nb", 5, "a\r\n"),
      ("\r\n\u{0}.\r\n", "a\r\n\u{0}.\r\nb", 7, "a\r\n\u{0}"),
    ])
  func endsElsewhere(_ terminator: String, _ data: String, _ consumed: Int, _ message: String) {
    var reader = MailDataReader(terminators: [MailDataReader.endOfMailData, wire(terminator)])
    let octets = wire(data)
    let progress = reader.read(octets.span)
    #expect(progress == MailDataReader.Progress(consumed: consumed, hasEnded: true))
    #expect(reader.message == wire(message))
  }

  @Test("a terminator without a sensible length is never met", arguments: ["", "123456789"])
  func ignoresATerminator(_ terminator: String) {
    var reader = MailDataReader(terminators: [wire(terminator)])
    let progress = reader.read(wire("123456789\r\n.\r\n").span)
    #expect(!progress.hasEnded)
  }

  @Test func keepsNoMoreThanItsLimit() {
    let octets = DotStuffing.stuff(Octets(repeating: 0x61, count: 1000))
    var reader = MailDataReader(limit: 100)
    for start in stride(from: 0, to: octets.count, by: 30) {
      _ = reader.read(Octets(octets[start..<min(start + 30, octets.count)]).span)
    }
    #expect(reader.hasEnded)
    #expect(reader.isOverLimit)
    #expect(reader.count == octets.count)
    #expect(reader.message == Octets(repeating: 0x61, count: 100))
  }
}

@Suite("Command lines, RFC 5321 §2.3.8")
struct LineReaderTests {
  /// Reads everything and hands back the lines.
  private func lines(_ octets: Octets, pieces: Int, _ reader: inout LineReader) -> [LineReader.Line] {
    var lines: [LineReader.Line] = []
    for start in stride(from: 0, to: octets.count, by: pieces) {
      var rest = Octets(octets[start..<min(start + pieces, octets.count)])
      while !rest.isEmpty {
        let progress = reader.read(rest.span)
        if let line = progress.line { lines.append(line) }
        rest.removeFirst(progress.consumed)
      }
    }
    return lines
  }

  @Test("lines are the same however they are cut", arguments: 1...40)
  func everySplit(pieces: Int) {
    var reader = LineReader()
    let found = lines(wire("NOOP\r\n\r\nA\nB\r\nC\rD\r\r\n\u{0}\u{FF}\r\nrest"), pieces: pieces, &reader)
    #expect(found == ["NOOP", "", "A\nB", "C\rD\r", "\u{0}\u{FF}"].map { .line(wire($0)) })
    #expect(!reader.isEmpty)
  }

  @Test func endsWhereItIsToldTo() {
    var lenient = LineReader(ends: [.crlf, .lf])
    #expect(lines(wire("A\nB\r\nC\rD\n"), pieces: 3, &lenient) == ["A", "B", "C\rD"].map { .line(wire($0)) })
    var onlyLF = LineReader(ends: [.lf])
    #expect(lines(wire("A\r\nB\n"), pieces: 1, &onlyLF) == ["A\r", "B"].map { .line(wire($0)) })
    var cr = LineReader(ends: [.cr])
    #expect(lines(wire("A\rB\r"), pieces: 2, &cr) == ["A", "B"].map { .line(wire($0)) })
    #expect(cr.isEmpty)
  }

  @Test("a line over the limit is read to its end and forgotten", arguments: 1...20)
  func tooLong(pieces: Int) {
    var reader = LineReader(limit: 8)
    let found = lines(wire("123456\r\n1234567\r\n\(String(repeating: "x", count: 1000))\r\nA\r\n"), pieces: pieces, &reader)
    #expect(found == [.line(wire("123456")), .tooLong(9), .tooLong(1002), .line(wire("A"))])
  }

  @Test func knowsTheLimitOfSMTP() {
    var reader = LineReader()
    #expect(lines(Octets(repeating: 0x78, count: 510) + wire("\r\n"), pieces: 512, &reader).count == 1)
    #expect(lines(Octets(repeating: 0x78, count: 511) + wire("\r\n"), pieces: 512, &reader) == [.tooLong(513)])
  }
}
