import Conformance
import Foundation
import Reports
import Testing

@Suite("Reports of every form, as other programs read them")
struct FormCommandTests {
  private static let readers: ConditionTrait = .enabled(
    if: Readers.have("lxml", "jsonschema", "tap", "yaml") && Readers.haveSchemas(), "the readers are not installed: scripts/readers.sh")
  private static let names = RunForms.all.map { $0.name }
  /// An option for each form.
  private static let options = names.flatMap { ["--report", "\($0)=out.\($0)"] }

  /// What the independent readers say of the reports in a folder.
  private func read(_ scratch: Scratch) throws -> [String: Any] {
    let files = ["junit", "sarif", "tap"].map { "\($0)=\(scratch.file("out.\($0)").path)" }
    return try Readers.json("forms.py", [Readers.schemas.path] + files)
  }

  private func kinds(_ told: [String: Any]) throws -> [String: String] {
    let cases = try #require((told["junit"] as? [String: Any])?["cases"] as? [String: [String: String]])
    return cases.compactMapValues { $0["kind"] }
  }

  @Test("A schema, a TAP parser and the events agree", readers, arguments: [nil, "accepts-rcpt-before-mail"])
  func agree(defect: String?) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let arguments = ["check", "--only", "rfc5321/3.3", "--json=events.jsonl"] + Self.options
    let outcome = try Tool.run(arguments + (defect.map { ["--defect", $0] } ?? []), in: scratch.url)
    #expect(outcome.status == (defect == nil ? 0 : 1), "\(outcome.errors)")
    let run = try RunReader.read(path: scratch.file("events.jsonl").path)
    let told = try read(scratch)

    let kinds = try kinds(told)
    #expect(Set(kinds.keys) == Set(run.results.map(\.facts.id) + ["run"]) && kinds["run"] == "passed")
    for record in run.results where record.verdict.kind != .notApplicable {
      #expect(kinds[record.facts.id] == (record.verdict.kind == .satisfied ? "passed" : "failure"), "\(record.facts.id)")
    }
    let tap = try #require(told["tap"] as? [String: Any])
    let points = try #require(tap["tests"] as? [[String: Any]])
    #expect(tap["plan"] as? Int == run.results.count && points.count == run.results.count && tap["bail"] is NSNull)
    let failed = points.filter { $0["kind"] as? String == "not ok" }
    #expect(failed.count == run.failures.count)
    for point in failed { #expect((point["yaml"] as? [String: Any])?["verdict"] as? String == "violated") }
    let sarif = try #require(told["sarif"] as? [String: Any])
    #expect(sarif["successful"] as? Bool == true)
    #expect(Set((sarif["results"] as? [String: Any] ?? [:]).keys) == Set(run.failures.map(\.facts.id)))
    for (id, help) in sarif["rules"] as? [String: String] ?? [:] { #expect(help.contains("RFC 5321 §3.3"), "\(id)") }
  }

  @Test("Made afterwards from the events, every form is the same")
  func sameAfterwards() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let run = try Tool.run(
      ["check", "--only", "rfc5321/3.3", "--defect", "accepts-rcpt-before-mail", "--json=events.jsonl"] + Self.options, in: scratch.url)
    #expect(run.status == 1)
    let later = try Tool.run(
      ["report", "events.jsonl"] + Self.names.flatMap { ["--\($0)", "later.\($0)"] } + ["--report", "tap"], in: scratch.url)
    #expect(later.status == 0 && later.errors.isEmpty, "\(later.errors)")
    for name in Self.names { #expect(try scratch.text("later.\(name)") == scratch.text("out.\(name)"), "\(name)") }
    #expect(try later.output == scratch.text("out.tap"))
  }

  @Test("A run that was killed with SIGKILL leaves events from which every form is made, each saying that it is incomplete", readers)
  func killed() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let process = Process()
    process.executableURL = try Tool.binary()
    process.arguments = ["check", "--json=events.jsonl", "--jobs", "2"]
    process.currentDirectoryURL = scratch.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The whole suite takes seconds; twenty verdicts are there long before its end.
    let end = ContinuousClock.now + .seconds(60)
    while (try? scratch.text("events.jsonl").matches(of: /"event":"case-finished"/).count) ?? 0 < 20, ContinuousClock.now < end,
      process.isRunning
    {
      usleep(5_000)
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try #require(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)

    let made = try Tool.run(["report", "events.jsonl"] + Self.options, in: scratch.url)
    #expect(made.status == 0 && made.errors.contains("events.jsonl: the report ends before the run does, with a verdict on "))
    for name in Self.names { #expect(try scratch.text("out.\(name)").contains("the report ends before the run does"), "\(name)") }
    let told = try read(scratch)
    let kinds = try kinds(told)
    #expect(kinds["incomplete"] == "error" && kinds.count >= 20)
    #expect((told["tap"] as? [String: Any])?["bail"] as? String != nil)
    #expect((told["sarif"] as? [String: Any])?["successful"] as? Bool == false)
  }

  @Test("Bazel's XML_OUTPUT_FILE is written, and a run without a server fails in it as it does in its status", readers)
  func bazel() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = scratch.file("out.junit").path
    let good = try Tool.run(["check", "--only", "rfc5321/3.3/rcpt-before-mail"], environment: ["XML_OUTPUT_FILE": file])
    #expect(try good.status == 0 && scratch.text("out.junit").contains("failures=\"0\" errors=\"0\""))
    let bad = try Tool.run(
      ["check", "127.0.0.1:1", "--report", "sarif=out.sarif", "--report", "tap=out.tap"], environment: ["XML_OUTPUT_FILE": file],
      in: scratch.url)
    #expect(bad.status == 3)
    let kinds = try kinds(try read(scratch))
    #expect(kinds["nothing-verified"] == "error")
  }

  @Test("The summary of a GitHub job is added to, and what goes to standard output pushes the report for people aside")
  func github() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("# Before\n", to: "summary.md")
    let path = scratch.file("summary.md").path
    let outcome = try Tool.run(
      ["check", "--only", "rfc5321/3.3", "--defect", "accepts-rcpt-before-mail", "--report", "markdown=\(path)", "--report", "github"],
      environment: ["GITHUB_STEP_SUMMARY": path])
    #expect(outcome.status == 1)
    #expect(try scratch.text("summary.md").hasPrefix("# Before\n## Not conforming\n"))
    #expect(
      outcome.lines.allSatisfy { $0.hasPrefix("::") }
        && outcome.lines.contains { $0.hasPrefix("::error title=rfc5321/3.3/rcpt-before-mail%3A") })
    #expect(outcome.errors.contains("§3.3 Mail transactions"))
  }

  @Test("A form that does not exist, or a place that cannot be written, is said before the run")
  func refused() throws {
    let unknown = try Tool.run(["check", "--report", "pdf=out.pdf"])
    #expect(unknown.status == 2 && unknown.errors.contains("junit=PATH") && unknown.output.isEmpty)
    let place = try Tool.run(["check", "--report", "junit=/nowhere/out.xml"])
    #expect(place.status == 2 && place.errors.contains("cannot write to /nowhere/out.xml: No such file or directory"))
    let empty = try Tool.run(["check", "--report", "junit="])
    #expect(empty.status == 2)
  }

  @Test("merge writes every form, too")
  func merges() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for part in 1...2 {
      #expect(
        try Tool.run(["check", "--only", "rfc5321/3.3", "--shard", "\(part)/2", "--json=\(part).jsonl"], in: scratch.url).status == 0)
    }
    let merged = try Tool.run(["merge", "1.jsonl", "2.jsonl", "--output", "all.jsonl"] + Self.options, in: scratch.url)
    #expect(merged.status == 0, "\(merged.errors)")
    let count = try RunReader.read(path: scratch.file("all.jsonl").path).results.count
    #expect(try scratch.text("out.tap").contains("\n1..\(count)\n"))
  }
}
