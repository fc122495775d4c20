import Testing

@testable import Wire

@Suite("Reply.parse, RFC 5321 §4.2")
struct ReplyTests {
  @Test(arguments: 0..<"250-size\r\n250\r\n".utf8.count)
  func waitsForTheRest(afterOctets count: Int) throws {
    let octets = Octets("250-size\r\n250\r\n".utf8.prefix(count))
    #expect(try Reply.parse(octets.span) == nil)
    #expect(try Reply.scan(octets.span) == nil)
  }

  @Test func readsOneLine() throws {
    let octets = wire("250 2.1.0 Ok\r\nrest")
    let (reply, length) = try #require(try Reply.parse(octets.span))
    #expect(length == 14)
    #expect(reply.octets == wire("250 2.1.0 Ok\r\n"))
    #expect(reply.code == 250)
    #expect(reply.faults.isEmpty)
    #expect(reply.lines == [Reply.Line(code: 250, isLast: true, text: 4..<12, range: 0..<14)])
    #expect(Octets(reply.text(of: reply.lines[0])) == wire("2.1.0 Ok"))
    #expect(reply.enhancedCode == EnhancedStatusCode(2, 1, 0))
  }

  @Test func readsManyLines() throws {
    let octets = wire("250-mx.example.test\r\n250-\r\n250-234 x\r\n250\r\n")
    let (reply, length) = try #require(try Reply.parse(octets.span))
    #expect(length == octets.count)
    #expect(reply.lines.map { String(decoding: reply.text(of: $0), as: UTF8.self) } == ["mx.example.test", "", "234 x", ""])
    #expect(reply.lines.map(\.isLast) == [false, false, false, true])
    #expect(reply.lines.map(\.range) == [0..<21, 21..<27, 27..<38, 38..<43])
  }

  @Test(
    "what the grammar and the prose allow has no fault",
    arguments: [
      "250\r\n", "250 \r\n", "250-\r\n250 \r\n", "559 x\r\n", "200 \tx\t\r\n", "354  \r\n", "553 ~ !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}\r\n",
      "250 \(String(repeating: "x", count: 506))\r\n",
    ]
  )
  func accepts(_ text: String) throws {
    let octets = wire(text)
    let (reply, length) = try #require(try Reply.parse(octets.span))
    #expect(length == octets.count)
    #expect(reply.faults.isEmpty)
    #expect(try Reply.scan(octets.span)?.faults == [])
  }

  static let refusals: [(String, ReplySyntaxError)] = [
    ("x", ReplySyntaxError(.notAReply, at: 0)),
    ("\r\n", ReplySyntaxError(.notAReply, at: 0)),
    ("25 OK\r\n", ReplySyntaxError(.notAReply, at: 2)),
    ("2\r\n", ReplySyntaxError(.notAReply, at: 1)),
    ("250-a\r\n25\r\n", ReplySyntaxError(.notAReply, at: 9)),
    ("250-a\r\n\r\n", ReplySyntaxError(.notAReply, at: 7)),
    ("+OK\r\n", ReplySyntaxError(.notAReply, at: 0)),
    ("2500 OK\r\n", ReplySyntaxError(.fault(.badSeparator), at: 3)),
    ("250_OK\r\n", ReplySyntaxError(.fault(.badSeparator), at: 3)),
    ("250\tOK\r\n", ReplySyntaxError(.fault(.badSeparator), at: 3)),
    ("250 OK\n", ReplySyntaxError(.fault(.bareLF), at: 6)),
    ("250\n", ReplySyntaxError(.fault(.bareLF), at: 3)),
    ("250-a\n250 b\r\n", ReplySyntaxError(.fault(.bareLF), at: 5)),
    ("250 O\rK\r\n", ReplySyntaxError(.fault(.bareCR), at: 5)),
    ("250 OK\r\r\n", ReplySyntaxError(.fault(.bareCR), at: 6)),
    ("250\rx\r\n", ReplySyntaxError(.fault(.bareCR), at: 3)),
    ("250 O\u{0}K\r\n", ReplySyntaxError(.fault(.nul), at: 5)),
    ("250 O\u{E9}K\r\n", ReplySyntaxError(.fault(.eightBit), at: 5)),
    ("250 \u{80}\r\n", ReplySyntaxError(.fault(.eightBit), at: 4)),
    ("250 \u{1B}[2J\r\n", ReplySyntaxError(.fault(.control), at: 4)),
    ("250 \u{7F}\r\n", ReplySyntaxError(.fault(.control), at: 4)),
    ("250-a\r\n251 b\r\n", ReplySyntaxError(.fault(.codeChange), at: 7)),
    ("150 a\r\n", ReplySyntaxError(.fault(.badCode), at: 0)),
    ("650 a\r\n", ReplySyntaxError(.fault(.badCode), at: 0)),
    ("260 a\r\n", ReplySyntaxError(.fault(.badCode), at: 0)),
    ("000\r\n", ReplySyntaxError(.fault(.badCode), at: 0)),
    ("250 \(String(repeating: "x", count: 507))\r\n", ReplySyntaxError(.fault(.longLine), at: 512)),
    ("250-\(String(repeating: "x", count: 600))\r\n250 a\r\n", ReplySyntaxError(.fault(.longLine), at: 512)),
  ]

  @Test("the refusal names what is wrong and where", arguments: refusals)
  func refuses(_ text: String, _ expected: ReplySyntaxError) {
    let octets = wire(text)
    #expect(failure { () throws(ReplySyntaxError) in _ = try Reply.parse(octets.span) } == expected)
  }

  @Test("a refusal comes at the first cut that shows it, and stays", arguments: refusals)
  func refusesAtEverySplit(_ text: String, _ expected: ReplySyntaxError) {
    let octets = wire(text)
    var isRefused = false
    for count in 0...octets.count {
      let part = Octets(octets.prefix(count))
      let error = failure { () throws(ReplySyntaxError) in _ = try Reply.parse(part.span) }
      #expect(error == nil || error == expected)
      if isRefused { #expect(error == expected) }
      // The octet after a CR decides about it; a code is judged once its separator is there.
      let needed =
        switch expected.kind {
        case .fault(.bareCR): 2
        case .fault(.badCode), .fault(.codeChange): 4
        default: 1
        }
      if count >= expected.offset + needed { #expect(error == expected) }
      isRefused = error != nil
    }
    #expect(isRefused)
  }

  @Test("a tolerated fault is recorded and the octets are kept", arguments: refusals)
  func tolerates(_ text: String, _ expected: ReplySyntaxError) throws {
    guard case .fault(let kind) = expected.kind else { return }
    // What only a tolerant parser takes for a line's end may leave a reply without its last line.
    let octets = wire(text + "250 end\r\n250 end\r\n")
    let (reply, length) = try #require(try Reply.parse(octets.span, tolerating: .everything))
    #expect(reply.faults.first == ReplyFault(kind, at: expected.offset))
    #expect(reply.octets == Octets(octets.prefix(length)))
    #expect(try Reply.scan(octets.span)?.faults == reply.faults.reduce(into: []) { $0.insert(ReplyTolerance($1.kind)) })
  }

  @Test func toleratesOnlyWhatItIsTold() {
    let octets = wire("250 \u{E9}\u{0}\r\n")
    let error = failure { () throws(ReplySyntaxError) in _ = try Reply.parse(octets.span, tolerating: [.eightBit]) }
    #expect(error == ReplySyntaxError(.fault(.nul), at: 5))
  }

  @Test func recordsTheFirstOfEachKindInALine() throws {
    let octets = wire("250-\u{E9}\u{E9}\u{0}\u{0}\n650\u{E9}\r\r\n")
    let (reply, _) = try #require(try Reply.parse(octets.span, tolerating: .everything))
    let expected: [ReplyFault] = [
      ReplyFault(.eightBit, at: 4), ReplyFault(.nul, at: 6), ReplyFault(.bareLF, at: 8),
      ReplyFault(.badCode, at: 9), ReplyFault(.codeChange, at: 9), ReplyFault(.eightBit, at: 12), ReplyFault(.badSeparator, at: 12),
      ReplyFault(.bareCR, at: 13),
    ]
    #expect(reply.faults == expected)
    #expect(reply.code == 650)
  }

  @Test func takesABareLFForTheLinesEnd() throws {
    let octets = wire("250 OK\n250 next\r\n")
    let (reply, length) = try #require(try Reply.parse(octets.span, tolerating: .bareLF))
    #expect(length == 7)
    #expect(Octets(reply.text(of: reply.lines[0])) == wire("OK"))
  }

  @Test func scansFromAPosition() throws {
    let octets = wire("220 a\r\n250-b\r\n250 c\r\nx")
    #expect(try Reply.scan(octets.span, from: 7) == Reply.Scan(code: 250, length: 14, lineCount: 2, faults: []))
    #expect(failure { () throws(ReplySyntaxError) in _ = try Reply.scan(octets.span, from: 21) } == ReplySyntaxError(.notAReply, at: 0))
    #expect(try Reply.scan(octets.span, from: 22) == nil)
  }

  @Test func takesALongTextWithManyLines() throws {
    let line = "250-" + String(repeating: "x", count: 100) + "\r\n"
    let octets = wire(String(repeating: line, count: 2000) + "250 end\r\n")
    let scan = try #require(try Reply.scan(octets.span))
    #expect(scan == Reply.Scan(code: 250, length: octets.count, lineCount: 2001, faults: []))
  }
}
