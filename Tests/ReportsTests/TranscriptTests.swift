import Foundation
import Reports
import Testing

@testable import Conformance

@Suite("TranscriptText: a conversation as rows")
struct TranscriptTextTests {
  @Test("A line that was sent octet by octet is one row in a report and all of them in a file")
  func joinsWrites() {
    let transcript = Array("NOOP\r\n").enumerated().map { TranscriptEntry($0.offset, .sent, String($0.element)) }
    #expect(TranscriptText.inReport.lines(of: transcript) == [#"0.0 ms  → NOOP\r\n  (in 5 parts)"#])
    #expect(TranscriptText.inFile.lines(of: transcript).count == 5)
  }

  @Test("The reply between two parts keeps them apart")
  func keepsOrder() {
    let transcript = [TranscriptEntry(0, .sent, "NO"), TranscriptEntry(1, .received, "500 \r\n"), TranscriptEntry(2, .sent, "OP\r\n")]
    #expect(TranscriptText.inReport.lines(of: transcript) == ["0.0 ms  → NO", #"1.0 ms  ← 500 \r\n"#, #"2.0 ms  → OP\r\n"#])
  }

  @Test("Several connections are told apart")
  func namesConnections() {
    let transcript = [TranscriptEntry(0, .sent, "A\r\n"), TranscriptEntry(1, .sent, "B\r\n", on: "second")]
    #expect(TranscriptText.inReport.lines(of: transcript) == [#"0.0 ms  main    → A\r\n"#, #"1.0 ms  second  → B\r\n"#])
  }

  @Test("A long conversation is cut in its middle, a long line at its end")
  func cutsInTheMiddle() {
    let transcript =
      (0..<100).map { TranscriptEntry($0, .received, "\($0)\r\n") } + [TranscriptEntry(100, .sent, String(repeating: "x", count: 1_000))]
    let lines = TranscriptText.inReport.lines(of: transcript)
    #expect(lines.count == 61)
    #expect(lines[30] == "… 41 rows left out; --transcripts DIR keeps them all")
    #expect(lines[60].hasSuffix("(600 more octets)"))
  }
}

@Suite("TranscriptFolder: one file a case, never outside")
struct TranscriptFolderTests {
  private let scene: Scene
  private let root: URL

  init() throws {
    scene = try Scene()
    root = FileManager.default.temporaryDirectory.appendingPathComponent("reports-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  private func removeRoot() {
    try? FileManager.default.removeItem(at: root)
  }

  /// A result of a case with an id that no spec could have.
  private func result(id: String) -> CaseResult {
    let model = scene.suite.cases[0]
    let testCase = Case(
      id: id, title: model.title, rfc: model.rfc, section: model.section, sectionTitle: model.sectionTitle, covers: model.covers,
      level: model.level, kind: model.kind, cve: [], references: [], note: nil, file: model.file, line: 1, convicts: [], needs: model.needs,
      given: model.given, assignment: model.assignment, segmentation: nil, steps: model.steps, fixtures: [])
    return CaseResult(
      testCase: testCase, verdict: .satisfied, duration: .zero, transcript: [TranscriptEntry(0, .received, "220 hi\r\n")], attempts: 1,
      notes: [])
  }

  @Test("Names that point elsewhere become names of files in it")
  func staysInside() throws {
    defer { removeRoot() }
    let folder = root.appendingPathComponent("new/deep")
    var report = try TranscriptFolder(path: folder.path, context: scene.context)
    for id in ["../../outside", "/etc/passwd", "..", "a/b", "a_b", "A_B", "nul\0", String(repeating: "x", count: 500)] {
      try report.receive(.caseFinished(result(id: id)))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(
      names
        == [
          "A_B~3.txt", "_.._.._outside.txt", "_...txt", "_etc_passwd.txt", "a_b.txt", "a_b~2.txt", "nul-.txt",
          String(repeating: "x", count: 200) + ".txt",
        ].sorted()
    )
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path) == ["new"])
  }

  @Test("A link that waits in the folder is replaced, not followed")
  func replacesLinks() throws {
    defer { removeRoot() }
    let victim = root.appendingPathComponent("victim")
    try Data("precious".utf8).write(to: victim)
    try FileManager.default.createSymbolicLink(at: root.appendingPathComponent("a_b.txt"), withDestinationURL: victim)
    var report = try TranscriptFolder(path: root.path, context: scene.context)
    try report.receive(.caseFinished(result(id: "a/b")))
    #expect(try String(contentsOf: victim, encoding: .utf8) == "precious")
    #expect(try String(contentsOf: root.appendingPathComponent("a_b.txt"), encoding: .utf8).contains(#"0.0 ms  ← 220 hi\r\n"#))
  }

  @Test("A folder that cannot be is an error")
  func refusesFiles() throws {
    defer { removeRoot() }
    let file = root.appendingPathComponent("file")
    try Data().write(to: file)
    #expect(throws: OutputError.self) { try TranscriptFolder(path: file.path, context: scene.context) }
    #expect(throws: OutputError.self) { try TranscriptFolder(path: file.path + "/below", context: scene.context) }
  }
}
