import Testing

@testable import Fuzz

@Suite("Script: a text that a person reads, and any octets are one")
struct ScriptTests {
  static let everyEvent = Script([
    .command(Array("EHLO client.example.org".utf8)), .wait, .command([]), .command(Array(" a ".utf8)),
    .command([0, 0x0D, 0x0A, 0x5C, 0xFF]),
    .octets([]), .octets(Array("NOOP\nRSET\r".utf8)), .cut, .data(body: [], end: Event.endOfMailData),
    .data(body: Array("Subject: x\r\n\r\n..a\n| # b ".utf8), end: Array("\n.\n".utf8)), .data(body: [0x0A], end: []),
    .chunk(declared: nil, isLast: true, octets: Array("x\r\n".utf8)), .chunk(declared: [], isLast: false, octets: []),
    .chunk(declared: Array("*".utf8), isLast: true, octets: []), .chunk(declared: Array("5 last".utf8), isLast: false, octets: [0x20]),
    .auth(mechanism: Array("PLAIN".utf8), initial: nil, responses: []), .auth(mechanism: [], initial: [], responses: [[], [0x2A]]),
    .auth(mechanism: Array("A B".utf8), initial: Array("= c".utf8), responses: [Array("a ".utf8)]), .startTLS(before: [], after: []),
    .startTLS(before: Array("NOOP\r\n".utf8), after: [0x80]), .closeNotify, .halfClose, .connect, .reset,
  ])

  @Test("What is written reads back the same, event by event", arguments: everyEvent.events)
  func roundTrip(event: Event) {
    let script = Script([.wait, event, .wait])
    let (read, problems) = ScriptReader.read(Array(script.text.utf8))
    #expect(read == script, "\(script.text)")
    #expect(problems == [])
    #expect(script.text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) } && !script.text.contains(" \n"))
  }

  @Test("Scripts of random events read back the same")
  func randomRoundTrips() {
    var random = RunGenerator(seed: 1, run: 0)
    for _ in 0..<500 {
      let octets = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      let events = Self.everyEvent.events.shuffled(using: &random) + [.command(octets), .octets(octets), .data(body: octets, end: octets)]
      let script = Script(
        events + [.chunk(declared: octets, isLast: false, octets: octets), .auth(mechanism: octets, initial: octets, responses: [octets])])
      #expect(Script(decoding: Array(script.text.utf8)) == script)
    }
  }

  @Test("Any text is a script, and the lines that say nothing are named")
  func totalDecoding() {
    var random = RunGenerator(seed: 2, run: 0)
    let words = ["command", "|", "end", "chunk", "auth", "before", "wait", " ", "\n", "\\", "\\x4", "*", "last", "\r", "é", "#"]
    for _ in 0..<2_000 {
      let text = Script.signature + "\n" + (0..<20).map { _ in words.randomElement(using: &random) ?? "" }.joined()
      let script = Script(decoding: Array(text.utf8))
      #expect(Script(decoding: Array(script.text.utf8)) == script, "\(text)")
    }
    let (script, problems) = ScriptReader.read(Array("\(Script.signature)\nwiat\nNOOP x\n# note\n\n| y\nwait now\n".utf8))
    #expect(problems.map(\.line) == [2, 3, 6, 7])
    #expect(script.events == ["wiat", "NOOP x", "| y", "wait now"].map { .command(Array($0.utf8)) })
  }

  @Test("A file from elsewhere, with CRLF and comments, is read")
  func foreignText() {
    let text = "\(Script.signature)\r\n# a note\r\ncommand NOOP\\\r\nwait\r\n"
    #expect(Script(decoding: Array(text.utf8)).events == [.command(Array("NOOP\\".utf8)), .wait])
  }
}

@Suite("Script: octets of sessions come in and go out again")
struct SessionImportTests {
  @Test("A session becomes the events of a client in step")
  func events() {
    let session = "EHLO a\r\nDATA\r\nSubject: x\r\n\r\n.\r\nBDAT 3 LAST\r\nabcSTARTTLS\r\nbdat 1\r\nxNOOP\nQU"
    let script = Script(session: Array(session.utf8))
    #expect(
      script.events == [
        .command(Array("EHLO a".utf8)), .wait, .command(Array("DATA".utf8)), .wait,
        .data(body: Array("Subject: x\r\n".utf8), end: Event.endOfMailData), .wait,
        .chunk(declared: nil, isLast: true, octets: Array("abc".utf8)), .wait, .startTLS(before: [], after: []), .wait,
        .command(Array("bdat 1".utf8)), .wait, .octets(Array("xNOOP\n".utf8)), .wait, .octets(Array("QU".utf8)),
      ])
    #expect(script.connections == [Array(session.utf8)])
  }

  @Test("No octet is lost or added")
  func identity() {
    var random = RunGenerator(seed: 3, run: 0)
    let pieces = ["DATA", "BDAT 3", "BDAT 0 LAST", "STARTTLS", ".", "\r\n", "\n", "\r", "x", "AUTH PLAIN", "\r\n.\r\n", "\0"]
    for _ in 0..<2_000 {
      let octets = (0..<15).flatMap { _ in Array((pieces.randomElement(using: &random) ?? "").utf8) }
      #expect(Script(session: octets).connections == [octets], "\(octets)")
    }
  }

  @Test("An empty message and one that ends at once")
  func shortMessages() {
    #expect(Script(session: Array("DATA\r\n.\r\n".utf8)).events[2] == .data(body: [], end: Array(".\r\n".utf8)))
  }

  @Test("AFLNet's files, whole and cut short")
  func aflnet() {
    let file: [UInt8] =
      [6, 0, 0, 0] + Array("EHLO a".utf8) + [8, 0, 0, 0] + Array("NOOP\r\nQU".utf8) + [255, 255, 0, 0] + Array("X\r\n".utf8)
    #expect(
      Script(aflnet: file).events == [
        .octets(Array("EHLO a".utf8)), .wait, .command(Array("NOOP".utf8)), .octets(Array("QU".utf8)), .wait, .command(Array("X".utf8)),
      ])
    #expect(Script(aflnet: [1]).events == [])
  }
}
