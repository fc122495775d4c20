import Foundation
import Reports
import Testing

@testable import Conformance

@Suite("RunReader: the events of a run, read back")
struct RunReaderTests {
  private let scene: Scene

  init() throws {
    scene = try Scene()
  }

  /// The lines of a run with every kind of event and verdict.
  private func lines() throws -> [String] {
    let out = Pieces()
    var report = JSONLinesReport(to: out, context: scene.context)
    for event in scene.wholeRun() { try report.receive(event) }
    return out.all
  }

  private func read(_ text: String) throws(RunReaderError) -> RunRecord {
    try RunReader.read(Array(text.utf8), file: "events.jsonl")
  }

  @Test("What is read is what happened")
  func readsWhatHappened() throws {
    var expected = RunRecord(head: scene.context.head)
    for event in scene.wholeRun() { expected.add(EventRecord(event, context: scene.context)) }
    let run = try read(try lines().joined())
    #expect(run == expected)
    #expect(run.results.count == 5 && run.summary != nil && run.incompleteness == nil)
    #expect(run.titles == [5321: "Simple Mail Transfer Protocol"])
    #expect(run["rfc5321/3.3/rcpt-before-mail"]?.transcript.isEmpty == false)
  }

  @Test("What is read can be written again, octet for octet")
  func writesTheSame() throws {
    let lines = try lines()
    let context = scene.context
    let again = scene.wholeRun().enumerated().map { EventRecord($1, context: context).line(head: $0 == 0 ? context.head : nil) }
    #expect(lines == again)
  }

  @Test("Cut after any octet, it is read as far as it goes, and says that it is incomplete")
  func readsEveryCut() throws {
    let whole = Array(try lines().joined().utf8)
    let first = try #require(whole.firstIndex(of: 0x0A))
    for count in stride(from: first + 1, to: whole.count, by: 7) {
      let run = try RunReader.read(Array(whole.prefix(count)), file: "events.jsonl")
      #expect(run.summary == nil && run.incompleteness != nil)
      #expect(run.isCut == (whole[count - 1] != 0x0A))
      #expect(run.facts == Scene.facts)
    }
  }

  @Test("What began and did not end is told")
  func tellsUnfinished() throws {
    let lines = try lines()
    let begun = try #require(lines.firstIndex { $0.contains("case-started") })
    let run = try read(lines[...begun].joined())
    #expect(run.unfinished == ["rfc5321/3.3/rcpt-before-mail"])
    #expect(run.incompleteness == "the report ends before the run does, with a verdict on 0 of 5 cases")
  }

  @Test("Members and events of later versions are passed over")
  func ignoresTheUnknown() throws {
    let text = try lines().map { $0.replacing("{\"", with: "{\"later\":[{}],\"", maxReplacements: 1) }
    let more = text.dropLast() + ["{\"event\":\"weather\",\"is\":\"fine\"}\n", "\n", "  \r\n"] + text.suffix(1)
    #expect(try read(more.joined()) == read(try lines().joined()))
  }

  @Test(
    "What is no report is refused with its line",
    arguments: [
      ("", 0, "holds no event"), ("\n\n", 0, "holds no event"),
      ("{\"event\"", 1, "this is no events file of smtpspec: it ends within its first line"),
      ("<html>\n", 1, "is no JSON from column 1 on"), ("[]\n", 1, "the line is no object"),
      ("{\"event\":\"note\"}\n", 1, "this is no events file of smtpspec: its first line names no schema"),
      ("{\"schema\":\"smtpspec.events/2\"}\n", 1, "the schema is 'smtpspec.events/2', and this smtpspec reads smtpspec.events/1"),
      (head + "\n" + head + "\n", 2, "a second run begins here, and one file holds one run"),
      (head + "\n{}\n", 2, "'event' is missing"), (head + "\n{\"event\":1}\n", 2, "'event' is no string"),
      (head + "\n{\"event\":\"case-finished\"}\n", 2, "'case' is missing"),
      (head + "\n\n{\"event\":\"note\",\"text\":}\n", 3, "is no JSON from column 24 on"),
    ] as [(String, Int, String)]
  )
  func refuses(text: String, line: Int, message: String) {
    #expect(throws: RunReaderError(file: "events.jsonl", line: line, message: message)) { try read(text) }
  }

  private static let head = #"{"schema":"smtpspec.events/1","smtpspec":"0.1.0","event":"note","text":"x"}"#

  @Test(
    "A member with another value than it can have is refused",
    arguments: [
      (
        #""verdict":"violated""#, #""verdict":"guilty""#,
        "'verdict' is 'guilty', not one of satisfied, violated, latitude, inconclusive, waived, not-applicable"
      ),
      (#""violation":"#, #""wrong":"#, "'violation' is missing"), (#""rfc":5321"#, #""rfc":"5321""#, "'rfc' is no integer"),
      (#""milliseconds":1.500"#, #""milliseconds":1e300"#, "'milliseconds' is no number of milliseconds"),
      (#""received":"250"#, #""received":"\u00e9"#, "'received' in 'transcript' is not written as the specs write octets"),
      (#""covers":["#, #""notes":[1],"covers":["#, "'notes' holds something else than strings"),
    ]
  )
  func refusesValues(found: String, replacement: String, message: String) throws {
    var lines = try lines()
    let place = try #require(lines.firstIndex { $0.contains("case-finished") && $0.contains("violated") })
    #expect(lines[place].contains(found))
    lines[place] = lines[place].replacing(found, with: replacement)
    let error = #expect(throws: RunReaderError.self) { try read(lines.joined()) }
    #expect(error?.line == place + 1)
    #expect(error?.message == message)
  }

  @Test("A second verdict on one case is refused")
  func refusesASecondVerdict() throws {
    var lines = try lines()
    let place = try #require(lines.firstIndex { $0.contains("case-finished") })
    lines.insert(lines[place], at: place + 1)
    let error = #expect(throws: RunReaderError.self) { try read(lines.joined()) }
    #expect(error == RunReaderError(file: "events.jsonl", line: place + 2, message: "the case has a verdict already"))
  }

  @Test("A file is read in pieces, and a line past the limit is refused with its number")
  func boundsALine() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: path) }
    let long = #"{"event":"note","text":""# + String(repeating: "x", count: 3 << 20) + "\"}\n"
    try Data((Self.head + "\n" + long).utf8).write(to: path)
    #expect(try RunReader.read(path: path.path).notes.last?.count == 3 << 20)
    let error = #expect(throws: RunReaderError.self) { try RunReader.read(path: path.path, lineLimit: 1 << 16) }
    #expect(error?.line == 2)
    #expect(throws: RunReaderError(file: "/nowhere", line: 0, message: "No such file or directory")) {
      try RunReader.read(path: "/nowhere")
    }
    #expect(throws: RunReaderError.self) { try RunReader.read(path: "/") }
  }

  @Test("Octets of any kind are read or refused, never a trap")
  func isTotal() throws {
    var generator = SplitMix(state: 5)
    let whole = Array(try lines().joined().utf8)
    for _ in 0..<2_000 {
      var octets = whole
      for _ in 0..<3 { octets[Int.random(in: 0..<octets.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator) }
      _ = try? RunReader.read(octets, file: "events.jsonl")
    }
  }
}

/// A generator whose numbers are the same in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
