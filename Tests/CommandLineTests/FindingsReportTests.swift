import Foundation
import Testing

@Suite("Reports of a campaign's findings")
struct FindingsReportTests {
  private static func finding(_ severity: String, _ oracle: String, folder: String) -> String {
    #"{"bucket":"b","clause":"RFC 5321 §4.2","confidence":"firm","expected":"one reply","folder":"\#(folder)","input":"NOOP\\r\\n","isDeath":false,"observed":"<script>\\x1b[31m","#
      + #""oracle":"\#(oracle)","run":7,"seed":1,"severity":"\#(severity)","subject":"server","summary":"two replies \u001b]0;owned","target":"127.0.0.1:25","time":"2026-11-28T12:00:00Z"}"#
      + "\n"
  }

  @Test(
    "JUnit and SARIF are what their schemas say, and a line that a kill has cut is left out",
    .enabled(if: Readers.have("lxml", "jsonschema") && Readers.haveSchemas(), "the readers are not installed: scripts/readers.sh"),
    arguments: [0, 3])
  func schemas(count: Int) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let lines = [
      Self.finding("note", "reply-code", folder: "reply-code-1"), Self.finding("high", "crash", folder: "crash-2"),
      Self.finding("low", "crash", folder: "crash-3"),
    ]
    try scratch.write(lines.prefix(count).joined() + "{\"bucket\":\"cu", to: "out/divergences.jsonl")
    let made = try Tool.run(["report", "out", "--junit", "f.xml", "--sarif", "f.sarif"], in: scratch.url)
    #expect(made.status == 0, "\(made.errors)")
    let told = try Readers.json(
      "forms.py", [Readers.schemas.path, "junit=\(scratch.file("f.xml").path)", "sarif=\(scratch.file("f.sarif").path)"])
    let junit = try #require(told["junit"] as? [String: Any])
    #expect(junit["failures"] as? Int == count && (junit["cases"] as? [String: Any])?.count == max(1, count))
    let xml = try scratch.text("f.xml")
    #expect(try !xml.contains("<script") && !(xml + scratch.text("f.sarif")).contains("\u{1B}"))
    let sarif = try #require(told["sarif"] as? [String: Any])
    #expect((sarif["results"] as? [String: Any])?.count == (count == 0 ? 0 : 2), "by rule")
  }

  @Test("Other forms, and a line that is no finding, are refused")
  func refused() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(Self.finding("high", "crash", folder: "crash-1") + "{}\n", to: "divergences.jsonl")
    let line = try Tool.run(["report", "divergences.jsonl", "--junit", "x"], in: scratch.url)
    #expect(line.status == 2 && line.errors.contains("divergences.jsonl:2: the line is no finding of smtpspec"))
    try scratch.write(Self.finding("high", "crash", folder: "crash-1"), to: "other.jsonl")
    let form = try Tool.run(["report", "other.jsonl", "--html", "x"], in: scratch.url)
    #expect(form.status == 2 && form.errors.contains("of findings there is junit and sarif, not html"))
  }
}
