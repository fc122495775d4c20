import Foundation
import Testing

@Suite("The recipes of docs/ci.md, as far as they go without the services")
struct PipelineTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Runs a command of a shell, with smtpspec on its path.
  private func shell(_ command: String, environment: [String: String] = [:], in scratch: Scratch) throws -> (status: Int32, output: String)
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = environment.merging(["PATH": try Tool.binary().deletingLastPathComponent().path + ":" + path]) { first, _ in first
    }
    process.currentDirectoryURL = scratch.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try scratch.handle("log")
    process.standardError = try scratch.handle("errors")
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try scratch.text("log"))
  }

  /// The commands under `script:` or `sh` of the page that begin so, with their configuration replaced by the built-in server and a few cases.
  private func commands(_ prefix: String) throws -> [String] {
    let page = String(decoding: try Data(contentsOf: Self.root.appendingPathComponent("docs/ci.md")), as: UTF8.self)
    return page.split(separator: "\n").compactMap { line in
      guard let range = line.range(of: prefix) else { return nil }
      return String(line[range.lowerBound...]).replacing("--config smtpspec.yaml", with: "--only rfc5321/3.3").replacing(
        "--min-run 900", with: "--min-run 20"
      )
      .trimmingCharacters(in: ["'", " "])
    }
  }

  @Test("GitHub: commands of the log are stopped while the server speaks, and the reports, the summary and the status are there")
  func action() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let environment = [
      "SMTPSPEC_SOURCE": Self.root.path, "SMTPSPEC_BINARY": try Tool.binary().path, "GITHUB_STEP_SUMMARY": scratch.file("summary.md").path,
      "GITHUB_OUTPUT": scratch.file("outputs").path, "SMTPSPEC_ARGUMENTS": "--only\nrfc5321/3.3\n\n--defect\naccepts-rcpt-before-mail\n",
    ]
    let script = Self.root.appendingPathComponent("scripts/action.sh").path
    let step = try shell("'\(script)'", environment: environment, in: scratch)
    #expect(step.status == 1)
    let lines = step.output.split(separator: "\n")
    let word = try #require(lines.first?.wholeMatch(of: /::stop-commands::([0-9a-f]{32})/)?.output.1)
    let end = try #require(lines.firstIndex(of: "::\(word)::"))
    #expect(lines[1..<end].contains { $0.hasPrefix("Not conforming: ") })
    #expect(lines[(end + 1)...].allSatisfy { $0.hasPrefix("::error ") || $0.hasPrefix("::notice ") } && lines.count > end + 2)
    #expect(try scratch.text("outputs") == "status=1\n" && scratch.text("summary.md").hasPrefix("## Not conforming\n"))
    for name in ["events.jsonl", "junit.xml", "report.sarif", "report.html"] {
      #expect(try !scratch.text("smtpspec-report/\(name)").isEmpty)
    }
    // What the script wants to know, the action tells it.
    let source = String(decoding: try Data(contentsOf: Self.root.appendingPathComponent("action.yml")), as: UTF8.self)
    let wanted = Set(try String(contentsOfFile: script, encoding: .utf8).matches(of: /SMTPSPEC_[A-Z]+/).map { String($0.output) })
    #expect(wanted == Set(source.matches(of: /(SMTPSPEC_[A-Z]+):/).map { String($0.output.1) }) && wanted.count == 6)
  }

  @Test(
    "The action and the recipes are what the services' own schemas allow",
    .enabled(if: Readers.have("check_jsonschema"), "the readers are not installed: scripts/readers.sh"))
  func recipes() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let told = try Readers.json("recipes.py", [Self.root.path, scratch.url.path])
    #expect(told as? [String: Int] == ["vendor.github-actions": 1, "vendor.github-workflows": 1, "vendor.gitlab-ci": 2])
  }

  @Test("GitLab and Jenkins: one command, and its reports")
  func oneCommand() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let all = try commands("smtpspec check --config smtpspec.yaml --min-run")
    #expect(all.count == 2 && Set(all).count == 1)
    #expect(try shell(all[0], in: scratch).status == 0)
    #expect(
      try scratch.text("junit.xml").contains("errors=\"0\"") && scratch.text("report.html").contains("<h1 class=\"good\">Conforming</h1>"))
  }

  @Test("GitLab: parts, joined and judged as a whole")
  func parts() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let check = try #require(try commands("smtpspec check --config smtpspec.yaml --shard").first)
    let merge = try #require(try commands("smtpspec merge").first)
    for part in 1...2 {
      let command = check.replacing("smtpspec check", with: "smtpspec check --defect accepts-rcpt-before-mail")
      #expect(try shell(command, environment: ["CI_NODE_INDEX": "\(part)", "CI_NODE_TOTAL": "2"], in: scratch).status == 0)
    }
    #expect(try shell(merge, in: scratch).status == 1)
    #expect(try scratch.text("junit.xml").contains("<failure "))
    // A part that is missing is not passed over.
    try FileManager.default.removeItem(at: scratch.file("events-2.jsonl"))
    #expect(try shell(merge, in: scratch).status != 0)
  }

  @Test("Bazel: the variables of a shard are obeyed")
  func bazel() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    var counts: [Int] = []
    for shard in 0..<2 {
      let environment = [
        "TEST_TOTAL_SHARDS": "2", "TEST_SHARD_INDEX": "\(shard)", "TEST_SHARD_STATUS_FILE": scratch.file("shards").path,
        "XML_OUTPUT_FILE": scratch.file("test.xml").path, "TEST_UNDECLARED_OUTPUTS_DIR": scratch.url.path,
      ]
      let outcome = try shell(
        "smtpspec check --only rfc5321/3.3 --report html=\"$TEST_UNDECLARED_OUTPUTS_DIR/report.html\"", environment: environment,
        in: scratch)
      #expect(outcome.status == 0 && FileManager.default.fileExists(atPath: scratch.file("shards").path))
      counts.append(try scratch.text("test.xml").matches(of: /<testcase\s/).count - 1)
      #expect(try scratch.text("report.html").contains("part \(shard + 1)/2"))
    }
    let whole = try shell("smtpspec list --only rfc5321/3.3", in: scratch).output.split(separator: "\n").count
    #expect(counts.reduce(0, +) == whole && counts.allSatisfy { $0 > 0 })
  }
}
