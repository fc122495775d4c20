import Foundation
import Reports
import Testing

@testable import Conformance

@Suite("JSONLinesReport: smtpspec.events/1")
struct JSONLinesReportTests {
  private let scene: Scene
  private let out = Pieces()

  init() throws {
    scene = try Scene()
  }

  private func objects() throws -> [[String: Any]] {
    try out.text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test("Every event is one line, written at once")
  func oneLineEach() throws {
    var report = JSONLinesReport(to: out, context: scene.context)
    let result = scene.result(0, .satisfied)
    let events: [Event] = [
      .runStarted(Scene.facts), .caseStarted(result.testCase.id), .caseFinished(result), .note("n"),
      .runFinished(Scene.summary([result], outcome: .conforming)),
    ]
    for (count, event) in events.enumerated() {
      try report.receive(event)
      #expect(out.all.count == count + 1)
      #expect(out.all.last?.hasSuffix("}\n") == true)
    }
    let objects = try objects()
    #expect(objects.map { $0["event"] as? String } == ["run-started", "case-started", "case-finished", "note", "run-finished"])
    #expect(objects[0]["schema"] as? String == "smtpspec.events/1")
    #expect(objects.dropFirst().allSatisfy { $0["schema"] == nil })
  }

  @Test("The first line names the schema, whatever it tells")
  func namesTheSchema() throws {
    var report = JSONLinesReport(to: out, context: scene.context)
    try report.receive(.runFinished(Scene.summary([], outcome: .nothingVerified("refused"))))
    let line = try #require(try objects().first)
    #expect(line["schema"] as? String == RunHead.schema)
    #expect(line["outcome"] as? String == "nothing-verified")
    #expect(line["detail"] as? String == "refused")
    #expect(line["exitStatus"] as? Int == 3)
  }

  @Test("A violation carries what is needed to act on it")
  func carriesTheViolation() throws {
    var report = JSONLinesReport(to: out, context: scene.context)
    let violation = Violation(step: 2, expected: "503", observed: "250")
    let transcript = [
      TranscriptEntry(3, .sent, "RCPT\r\n"), TranscriptEntry(4, .received, "250 \u{1B}[0m\r\n"), TranscriptEntry(5, .event, "end"),
    ]
    try report.receive(.caseFinished(scene.result(0, .violated(violation), transcript: transcript)))
    #expect(
      out.text == #"""
        {"schema":"smtpspec.events/1","smtpspec":"0.0.0","specs":"sha256:00ff","started":"2026-11-24T02:20:00Z","strict":"must",\#
        "event":"case-finished","case":"rfc5321/3.3/rcpt-before-mail","title":"RCPT without a MAIL draws 503","rfc":5321,\#
        "section":"3.3","sectionTitle":"Mail transactions","level":"must","kind":"conformance","covers":["RFC5321-3.3-10"],\#
        "requirements":[{"id":"RFC5321-3.3-10","keyword":"MUST","summary":"RCPT before MAIL draws 503."}],"note":"It matters.",\#
        "file":"specs/rfc5321/3.3-mail-transactions.yaml","line":5,\#
        "verdict":"violated","violation":{"step":2,"expected":"503","observed":"250"},"milliseconds":1.500,"attempts":1,\#
        "again":"smtpspec check 127.0.0.1:2525 --only rfc5321/3.3/rcpt-before-mail","transcript":[\#
        {"at":3.000,"connection":"main","sent":"RCPT\\r\\n"},{"at":4.000,"connection":"main","received":"250 \\x1b[0m\\r\\n"},\#
        {"at":5.000,"connection":"main","event":"end"}]}

        """#
    )
  }

  @Test("Hostile text stays within its string")
  func staysValid() throws {
    var report = JSONLinesReport(to: out, context: scene.context)
    try report.receive(.note(hostileText))
    let violation = Violation(step: 1, expected: hostileText, observed: hostileText)
    let transcript = [TranscriptEntry(1, .received, hostileText), TranscriptEntry(1, .event, hostileText)]
    try report.receive(.caseFinished(scene.result(0, .violated(violation), transcript: transcript, notes: [hostileText])))
    #expect(out.text.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
    let objects = try objects()
    #expect(objects.count == 2)
    #expect(objects[0]["text"] as? String == hostileText)
  }
}
