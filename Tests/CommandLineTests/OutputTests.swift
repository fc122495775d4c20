import Foundation
import Testing

@Suite("What a run against the built-in server writes")
struct OutputTests {
  private static let few = ["check", "--only", "rfc5321/3.3"]

  private func objects(_ lines: [Substring]) throws -> [[String: Any]] {
    try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)") }
  }

  @Test("The built-in server begins with TLS where the check does")
  func implicitTLS() throws {
    let outcome = try Tool.run(["check", "--role", "submission", "--implicit-tls", "--only", "rfc8314"])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("satisfied"))
  }

  @Test("The report is a tree, and colourless in a pipe")
  func plainInAPipe() throws {
    let outcome = try Tool.run(Self.few)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("RFC 5321 Simple Mail Transfer Protocol\n  ✓ §3.3 Mail transactions"))
    #expect(outcome.output.contains("Conforming: no MUST that was tested is violated."))
    #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\r"))
    #expect(outcome.errors.isEmpty)
  }

  @Test("Colour where it is asked for", arguments: [("always", true), ("never", false), ("auto", false)])
  func colours(choice: String, isColored: Bool) throws {
    let outcome = try Tool.run(Self.few + ["--color", choice], environment: ["NO_COLOR": "1"])
    #expect(outcome.output.contains("\u{1B}[") == isColored)
  }

  @Test(
    "--json writes events to standard output and the report to standard error", arguments: [["--json"], ["--json", "-"], ["--json=-"]])
  func writesEvents(option: [String]) throws {
    let outcome = try Tool.run(Self.few + option)
    let events = try objects(outcome.lines)
    #expect(events.first?["schema"] as? String == "smtpspec.events/1")
    #expect(events.last?["event"] as? String == "run-finished")
    #expect(events.last?["exitStatus"] as? Int == Int(outcome.status))
    let finished = events.filter { $0["event"] as? String == "case-finished" }
    #expect(finished.count == events.first?["cases"] as? Int)
    #expect(outcome.errors.contains("§3.3 Mail transactions"))
  }

  @Test("--json=FILE and --transcripts write beside the report")
  func writesFiles() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let outcome = try Tool.run(Self.few + ["--json=events.jsonl", "--transcripts", "new/folder"], in: scratch.url)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("§3.3 Mail transactions"))
    let events = try objects(try scratch.text("events.jsonl").split(separator: "\n"))
    let finished = events.filter { $0["event"] as? String == "case-finished" && $0["verdict"] as? String != "not-applicable" }
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.file("new/folder").path)
    #expect(files.count == finished.count && !files.isEmpty)
    #expect(try scratch.text("new/folder/rfc5321_3.3_rcpt-before-mail.txt").contains(#"← 503 "#))
  }

  @Test("A defect is reported with its reproduction, and fails the run")
  func reportsViolations() throws {
    let arguments = ["check", "--defect", "accepts-rcpt-before-mail", "--only", "rfc5321/3.3"]
    let outcome = try Tool.run(arguments)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("✗ MUST   rfc5321/3.3/rcpt-before-mail"))
    #expect(outcome.output.contains("RFC5321-3.3-10 MUST"))
    #expect(outcome.output.contains("\n   expected   503") && outcome.output.contains("\n   observed   250"))
    let command = "check --defect accepts-rcpt-before-mail --only rfc5321/3.3/rcpt-before-mail"
    #expect(outcome.output.contains("smtpspec \(command)\n"))
    let again = try Tool.run(command.split(separator: " ").map(String.init))
    #expect(again.status == 1)
  }

  @Test("A report that cannot be written is not passed over in silence", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func noticesAFullDisk() throws {
    let outcome = try Tool.run(Self.few + ["--json=/dev/full"])
    #expect(outcome.status == 70)
    #expect(outcome.errors.contains("cannot write to /dev/full: No space left on device"))
  }

  @Test("Lists are for people and for programs", arguments: [[], ["--requirements"], ["--defects"]])
  func lists(what: [String]) throws {
    let plain = try Tool.run(["list"] + what)
    let json = try Tool.run(["list", "--json"] + what)
    #expect(plain.status == 0 && json.status == 0)
    #expect(try objects(json.lines).count == plain.lines.count)
    #expect(!plain.lines.isEmpty)
  }

  @Test(
    "Everything with a name can be explained",
    arguments: [
      ("rfc5321/3.3/rcpt-before-mail", "expect: 503"), ("rcpt-before-mail", "convicts  accepts-rcpt-before-mail"),
      ("RFC5321-3.3-10", "rfc5321/3.3/rcpt-before-mail"), ("rfc5321-3.3-10", "MUST, binds the server"),
      ("accepts-rcpt-before-mail", "smtpspec check --defect accepts-rcpt-before-mail"),
    ]
  )
  func explains(name: String, words: String) throws {
    let outcome = try Tool.run(["explain", name])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(words), "\(outcome.output)")
  }

  @Test("The binary alone is enough: the specs are inside")
  func standsAlone() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let copy = scratch.file("renamed")
    try FileManager.default.copyItem(at: try Tool.binary(), to: copy)
    let outcome = try Tool.run(["list", "--only", "rfc5321/3.3/rcpt-before-mail"], in: scratch.url, binary: copy)
    #expect(outcome.status == 0)
    #expect(outcome.lines.count == 1)
  }
}
