import Foundation
import Testing
import Wire

@testable import Fuzz

@Suite("The findings' folder")
struct FindingStoreTests {
  private static func finding(_ bucket: String, input: Finding.Input = .script(Script([.command(Array("NOOP".utf8)), .wait]))) -> Finding {
    var finding = Finding(
      subject: "server", oracle: "reply-count", bucket: bucket, summary: "two replies to NOOP", clause: "RFC 5321 §4.2",
      severity: .medium, confidence: .firm, expected: "one reply", observed: "two\u{1B}[2J", input: input, target: "127.0.0.1:25",
      seed: 7, run: 12)
    finding.transcript = "→ NOOP\n"
    finding.reproducer = "#!/bin/sh\n"
    finding.specCase = "rfc: 5321\n"
    return finding
  }

  private static func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("findings-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("A finding has a folder and a line, and its bucket is recorded once")
  func records() throws {
    try Self.inFolder { folder in
      let store = try FindingStore(at: folder, resuming: false)
      #expect(try store.record(Self.finding("a")))
      #expect(try store.record(Self.finding("a")) == false)
      #expect(try store.record(Self.finding("b", input: .octets([0, 1]))))
      #expect(store.newRecords.map(\.bucket) == ["a", "b"])
      #expect(store.has(subject: "server", bucket: "a"))
      #expect(!store.has(subject: "parser", bucket: "a"))
      let place = "\(folder)/findings/\(Self.finding("a").name)"
      let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
      #expect(names == ["case.yaml", "finding.json", "input.raw", "input.script", "reproduce.sh", "transcript.txt"])
      let log = try String(contentsOfFile: "\(folder)/divergences.jsonl", encoding: .utf8)
      #expect(log.split(separator: "\n").count == 2)
      #expect(!log.contains("\u{1B}"))
      #expect(!log.contains("u001b"))
    }
  }

  @Test("What was recorded, kept and noted is there again, and nothing else is")
  func resumes() throws {
    try Self.inFolder { folder in
      let first = Script([.command(Array("RSET".utf8))])
      let second = Script([.command(Array("HELP".utf8))])
      do {
        let store = try FindingStore(at: folder, resuming: false)
        try store.record(Self.finding("a"))
        try store.keep(.script(first))
        try store.note(.script(second))
        try store.note(.octets([1]))
        store.settle(.octets([1]))
      }
      #expect(throws: FindingStoreError.notEmpty(folder)) { _ = try FindingStore(at: folder, resuming: false) }
      let store = try FindingStore(at: folder, resuming: true)
      #expect(store.records.map(\.bucket) == ["a"])
      #expect(store.newRecords.isEmpty)
      #expect(store.corpus() == [first])
      #expect(store.pending().map { Script(decoding: $0) } == [second])
      #expect(try store.record(Self.finding("a")) == false)
    }
  }

  @Test("Two campaigns do not write to one folder")
  func locks() throws {
    try Self.inFolder { folder in
      let store = try FindingStore(at: folder, resuming: false)
      #expect(throws: FindingStoreError.inUse(folder)) { _ = try FindingStore(at: folder, resuming: true) }
      try store.record(Self.finding("a"))
    }
  }

  /// What a kill can leave: a torn line, a folder whose line is missing, drafts.
  @Test("What a kill left between two steps is mended", arguments: ["torn", "unlogged", "torn and unlogged"])
  func mends(damage: String) throws {
    try Self.inFolder { folder in
      do {
        let store = try FindingStore(at: folder, resuming: false)
        try store.record(Self.finding("a"))
        try store.record(Self.finding("b"))
      }
      let log = URL(fileURLWithPath: "\(folder)/divergences.jsonl")
      let whole = try Data(contentsOf: log)
      let first = try #require(whole.firstIndex(of: .lineFeed)) + 1
      switch damage {
      case "torn": try (whole + Data("{\"bucket\":".utf8)).write(to: log)
      case "unlogged": try whole[..<first].write(to: log)
      default: try whole[..<(first + 20)].write(to: log)
      }
      try FileManager.default.createDirectory(atPath: "\(folder)/findings/.new-reply-count-0", withIntermediateDirectories: true)
      try Data("half".utf8).write(to: URL(fileURLWithPath: "\(folder)/corpus/.new-0.script"))
      let store = try FindingStore(at: folder, resuming: true)
      #expect(store.records.map(\.bucket).sorted() == ["a", "b"])
      #expect(try Data(contentsOf: log) == whole)
      #expect(store.corpus().isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/findings").count == 2)
    }
  }

  @Test("A folder that cannot be written is refused by name")
  func unwritable() {
    #expect(throws: FindingStoreError.self) { _ = try FindingStore(at: "/proc/nothing", resuming: false) }
  }

  @Test("The table has the worst first")
  func table() throws {
    var bad = Self.finding("b")
    bad.severity = .critical
    let lines = FindingTable.lines([FindingRecord(Self.finding("a")), FindingRecord(bad)])
    #expect(lines.map { $0.split(separator: " ").first.map(String.init) } == ["severity", "critical", "medium"])
    #expect(FindingTable.lines([]).isEmpty)
  }
}

@Suite("The status of a campaign")
struct StatusTests {
  private static var progress: CampaignProgress {
    var progress = CampaignProgress()
    progress.runs = 1_234
    progress.elapsed = .seconds(185)
    progress.states = 40
    progress.corpus = 12
    progress.findings = ["reply-count": 2, "crash\u{1B}": 1]
    progress.sinceLastFinding = .seconds(61)
    return progress
  }

  @Test("A line has it all")
  func line() {
    #expect(
      StatusText.line(Self.progress).hasPrefix(
        "3min 05s, 1234 runs, 6.7/s, 40 states, 12 kept, 3 new findings (crash\\x1b 1, reply-count 2), last 1min 01s ago"))
  }

  @Test("The screen shows nothing that a terminal would obey")
  func screen() {
    let lines = StatusText.screen(Self.progress, title: "127.0.0.1\u{1B}[2J")
    #expect(!lines.joined().contains("\u{1B}"))
    #expect(lines.contains { $0.contains("2  reply-count") })
  }

  @Test(arguments: [(5, "5s"), (65, "1min 05s"), (7_620, "2h 07min")] as [(Int, String)])
  func times(seconds: Int, text: String) {
    #expect(StatusText.time(.seconds(seconds)) == text)
  }

  @Test("In a pipe the last line comes at the end, whatever the minute")
  func pipe() {
    let written = Written()
    let screen = StatusScreen(title: "t", isTerminal: false, write: { written.add($0) }, progress: { Self.progress })
    screen.finish()
    #expect(written.text == StatusText.line(Self.progress) + "\n")
  }
}

private final class Written: @unchecked Sendable {
  private let lock = NSLock()
  private var all = ""
  var text: String { lock.withLock { all } }
  func add(_ text: String) { lock.withLock { all += text } }
}
