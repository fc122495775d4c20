import Testing

@testable import Wire

/// The grammar of RFC 5321 §4.2 once more, octet by octet and as plainly as it can be said.
private enum Plain {
  /// The reply's lines, or `nil` where the octets are not one whole well-formed reply and nothing else.
  static func lines(_ octets: Octets) -> [Octets]? {
    var lines: [Octets] = []
    var rest = octets[...]
    while true {
      guard let lineFeed = rest.firstIndex(of: 10), lineFeed > rest.startIndex, rest[lineFeed - 1] == 13 else { return nil }
      let line = Octets(rest[rest.startIndex..<lineFeed - 1])
      rest = rest[(lineFeed + 1)...]
      guard line.count >= 3, line.count <= 510 else { return nil }
      guard (50...53).contains(line[0]), (48...53).contains(line[1]), (48...57).contains(line[2]) else { return nil }
      guard line.count == 3 || line[3] == 32 || line[3] == 45 else { return nil }
      guard line.dropFirst(4).allSatisfy({ $0 == 9 || (32...126).contains($0) }) else { return nil }
      if let first = lines.first, first.prefix(3) != line.prefix(3) { return nil }
      lines.append(line)
      guard line.count > 3, line[3] == 45 else { return rest.isEmpty ? lines : nil }
    }
  }
}

@Suite("Reply.parse against a second reading of the grammar, RFC 5321 §4.2")
struct ReplyGrammarTests {
  static let seeds = [
    "250 ok\r\n", "250-mx.example.test\r\n250-SIZE 10\r\n250 HELP\r\n", "220 mx.example.test ESMTP service ready, and a longer text\r\n",
    "250\r\n", "550-5.1.1 no such user here\r\n550 5.1.1 really\r\n", "354 go on\t.\r\n",
  ].map(wire)

  /// Octets that mean something to the grammar, and some that do not.
  static let interesting: Octets = [0, 9, 10, 13, 27, 32, 45, 48, 50, 53, 54, 57, 65, 126, 127, 128, 255]

  @Test("both agree on what is well-formed, over mutated replies", arguments: 0..<8 as Range<UInt64>)
  func agrees(seed: UInt64) throws {
    var random = Seeded(seed)
    var wellFormed = 0
    for _ in 0..<1500 {
      var octets = try #require(ReplyGrammarTests.seeds.randomElement(using: &random))
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let index = Int.random(in: 0..<octets.count, using: &random)
        let octet = try #require(ReplyGrammarTests.interesting.randomElement(using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: octets[index] = octet
        case 1: octets.insert(octet, at: index)
        case 2: octets.remove(at: index)
        default: octets.insert(contentsOf: Octets(repeating: 0x78, count: Int.random(in: 1...520, using: &random)), at: index)
        }
        if octets.isEmpty { octets = [0x32] }
      }
      let expected = Plain.lines(octets)
      let parsed = try? Reply.parse(octets.span)
      let isWhole = parsed.map { $0.length == octets.count } ?? false
      #expect(isWhole == (expected != nil), "\(Escaped.show(octets))")
      if let expected, let parsed {
        wellFormed += 1
        #expect(parsed.reply.lines.map { Octets(parsed.reply.octets[$0.range].dropLast(2)) } == expected)
      }
      check(octets)
    }
    #expect(wellFormed > 200)
  }

  /// Whatever arrives, scan and parse agree, and every fault has its place within the reply.
  private func check(_ octets: Octets) {
    let scan = try? Reply.scan(octets.span)
    let parsed = try? Reply.parse(octets.span, tolerating: .everything)
    #expect(scan?.length == parsed?.length)
    #expect(scan?.code == parsed?.reply.code)
    #expect(scan?.lineCount == parsed?.reply.lines.count)
    guard let reply = parsed?.reply, let scan else { return }
    #expect(scan.faults == reply.faults.reduce(into: []) { $0.insert(ReplyTolerance($1.kind)) }, "\(Escaped.show(octets))")
    #expect(reply.faults.allSatisfy { (0..<reply.octets.count).contains($0.offset) })
    #expect(reply.faults.map(\.offset) == reply.faults.map(\.offset).sorted())
    // Without tolerance the first recorded fault is the refusal.
    let error = failure { () throws(ReplySyntaxError) in _ = try Reply.parse(octets.span) }
    #expect(error == reply.faults.first.map { ReplySyntaxError(.fault($0.kind), at: $0.offset) })
    // However it is cut, no part of it is a reply.
    for count in 0..<scan.length where scan.length < 100 {
      #expect((try? Reply.scan(Octets(octets.prefix(count)).span)) == .some(nil), "\(Escaped.show(octets)) cut at \(count)")
    }
  }
}

@Suite("Reply.init, RFC 5321 §4.2")
struct ReplySerializingTests {
  @Test func writesWhatItReads() throws {
    let reply = Reply(250, enhanced: EnhancedStatusCode(2, 1, 5), text: ["a", "b"])
    #expect(reply.octets == wire("250-2.1.5 a\r\n250 2.1.5 b\r\n"))
    let (parsed, length) = try #require(try Reply.parse(reply.octets.span))
    #expect(parsed == reply)
    #expect(length == reply.octets.count)
  }

  @Test(arguments: [[], [""], ["a\r\nb"], ["\u{E9}"], ["\u{0}\u{1B}"], [String(repeating: "x", count: 2000), "end"], ["", "", ""]])
  func cannotWriteWhatIsMalformed(_ text: [String]) throws {
    for enhanced in [nil, EnhancedStatusCode(5, 999, 999)] {
      let reply = Reply(550, enhanced: enhanced, text: text)
      let (parsed, length) = try #require(try Reply.parse(reply.octets.span))
      #expect(parsed == reply)
      #expect(length == reply.octets.count)
      #expect(reply.lines.count == max(1, text.count))
    }
  }

  @Test func writesOneLine() {
    #expect(Reply(221, "bye").octets == wire("221 bye\r\n"))
    #expect(Reply(250, text: []).octets == wire("250 \r\n"))
  }
}

@Suite("Reply-code, RFC 5321 §4.2")
struct ReplyCodeTests {
  @Test(arguments: [-1, 1000, .max, .min])
  func hasThreeDigits(_ value: Int) { #expect(ReplyCode(value) == nil) }

  @Test func writesThreeDigits() throws {
    for value in 0...999 {
      let code = try #require(ReplyCode(value))
      #expect(code.description.utf8.count == 3)
      #expect(Int(code.description) == value)
      #expect(code.severity * 100 + code.category * 10 + value % 10 == value)
      #expect(code.isWellFormed == ((2...5).contains(value / 100) && value / 10 % 10 <= 5))
    }
    #expect((250 as ReplyCode) < 251)
  }

  @Test func everyKindHasItsTolerance() {
    #expect(ReplyFault.Kind.allCases.reduce(into: []) { $0.insert(ReplyTolerance($1)) } == ReplyTolerance.everything)
    #expect(Set(ReplyFault.Kind.allCases.map { ReplyTolerance($0) }).count == ReplyFault.Kind.allCases.count)
    #expect(ReplyTolerance.everything.kinds == ReplyFault.Kind.allCases)
  }
}

@Suite("Enhanced status codes, RFC 3463 §2 and RFC 2034 §4")
struct EnhancedStatusCodeTests {
  @Test(arguments: [
    ("2.1.0", 5), ("5.7.1 no", 5), ("4.999.999 x", 9), ("2.0.0", 5), ("5.01.010", 8),
  ])
  func reads(_ text: String, _ length: Int) throws {
    let octets = wire(text)
    let parsed = EnhancedStatusCode.parse(octets.span)
    let (code, read) = try #require(parsed)
    #expect(read == length)
    #expect(EnhancedStatusCode(leading: octets[...]) == code)
  }

  @Test(arguments: [
    "", "2", "2.", "2.1", "2.1.", "2.1.0x", "2.1.0.", "3.1.0", "1.0.0", "22.1.0", "2.1000.0", "2.1.1000", " 2.1.0", "x.1.0", "2..0",
    "2.-1.0",
    "2.1.0\t",
  ])
  func refuses(_ text: String) { #expect(EnhancedStatusCode(leading: wire(text)[...]) == nil) }

  @Test func isMadeOfItsNumbers() {
    #expect(EnhancedStatusCode(2, 1, 0)?.description == "2.1.0")
    #expect(EnhancedStatusCode(3, 1, 0) == nil)
    #expect(EnhancedStatusCode(2, 1000, 0) == nil)
    #expect(EnhancedStatusCode(2, 0, 1000) == nil)
  }
}
