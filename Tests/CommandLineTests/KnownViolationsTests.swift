import Foundation
import Testing

@Suite("Known violations do not fail a run, and none stays known by mistake")
struct KnownViolationsTests {
  private static let faulty = ["check", "--defect", "accepts-rcpt-before-mail", "--only", "rfc5321/3.3/rcpt-before-mail"]

  private func check(_ waivers: String, _ arguments: [String] = faulty) throws -> Tool.Outcome {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(waivers, to: "waivers.yaml")
    return try Tool.run(arguments + ["--waivers", "waivers.yaml"], in: scratch.url)
  }

  @Test("A waiver that matches lets the run pass, and the report still shows it")
  func waives() throws {
    let outcome = try check("- {case: rfc5321/3.3/rcpt-before-mail*, reason: known to us, observed: '250', until: 2999-12-31}\n")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("○ MUST   rfc5321/3.3/rcpt-before-mail") && outcome.output.contains("waived: known to us"))
  }

  @Test(
    "A waiver that is out of date ends the run with status 4, its place, and what to do",
    arguments: [
      ("- {case: rfc5321/3.3/rcpt-before-mail, reason: r, until: 2020-01-01}", "held until 2020-01-01; "),
      ("- {case: rfc5321/3.3/rcpt-before-mail, reason: r, observed: '554'}", "knows the observation '554', but "),
    ])
  func outOfDate(waiver: String, words: String) throws {
    let outcome = try check("# known\n\(waiver)\n")
    #expect(outcome.status == 4, "\(outcome.output)")
    #expect(outcome.output.contains("  waivers.yaml:2:10: the waiver for 'rfc5321/3.3/rcpt-before-mail' \(words)"), "\(outcome.output)")
    #expect(outcome.output.contains("mend the server, or "))
  }

  @Test(
    "A waiver that matches nothing ends the run of a conforming server with status 4",
    arguments: [
      ("rfc5321/3.3/rcpt-before-mail", "matches no violation any more (1 satisfied): remove it"),
      ("rfc5321/3.3/rcpt-before-mial", "names no case of the suite; did you mean 'rfc5321/3.3/rcpt-before-mail'?"),
    ])
  func matchesNothing(glob: String, words: String) throws {
    let outcome = try check("- {case: \(glob), reason: r}\n", ["check", "--only", "rfc5321/3.3"])
    #expect(outcome.status == 4, "\(outcome.output)")
    #expect(outcome.output.contains("  waivers.yaml:1:10: the waiver for '\(glob)' \(words)"), "\(outcome.output)")
  }

  @Test("A waiver for a case that does not run here is no fault")
  func notOfThisRun() throws {
    #expect(try check("- {case: rfc5321/4.2/*, reason: r, until: 2020-01-01}\n", ["check", "--only", "rfc5321/3.3"]).status == 0)
  }

  @Test("A violation that no waiver names outweighs a waiver out of date, which is told as well")
  func violationsFirst() throws {
    let outcome = try check(
      "- {case: rfc5321/3.3/rcpt-after-rset, reason: r, until: 2020-01-01}\n- {case: rfc5321/3.3/rcpt-after-ref*, reason: s}\n",
      ["check", "--defect", "accepts-rcpt-before-mail", "--only", "rfc5321/3.3"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("Besides, waivers are out of date:\n  waivers.yaml:1:10: "), "\(outcome.output)")
  }

  @Test("A mistake in the file is wrong usage")
  func mistakes() throws {
    let outcome = try check("- {case: a, reasn: r}\n")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("waivers.yaml:1:13: unknown key 'reasn', did you mean 'reason'?"), "\(outcome.errors)")
  }
}

@Suite("A run shared by several machines")
struct SharedRunTests {
  private static let few = ["check", "--only", "rfc5321/3.3", "--json"]

  private func cases(_ outcome: Tool.Outcome) throws -> [String] {
    try outcome.lines.compactMap { line in
      let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return event?["event"] as? String == "case-finished" ? event?["case"] as? String : nil
    }
  }

  @Test("--shard and Bazel's variables split alike, and the parts are the whole")
  func splits() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    var union: [String] = []
    for index in 0..<3 {
      let bazel = ["TEST_TOTAL_SHARDS": "3", "TEST_SHARD_INDEX": "\(index)", "TEST_SHARD_STATUS_FILE": scratch.file("\(index)").path]
      let byVariable = try Tool.run(Self.few, environment: bazel)
      let byOption = try Tool.run(
        Self.few + ["--shard", "\(index + 1)/3"], environment: ["TEST_TOTAL_SHARDS": "9", "TEST_SHARD_INDEX": "0"])
      #expect(byVariable.status == 0)
      #expect(try cases(byVariable).sorted() == cases(byOption).sorted())
      #expect(byOption.errors.contains(", part \(index + 1)/3, "))
      #expect(FileManager.default.fileExists(atPath: scratch.file("\(index)").path))
      union += try cases(byOption)
    }
    let whole = try Tool.run(Self.few)
    #expect(try cases(whole).sorted() == union.sorted())
  }

  @Test("A part without a case passes: the others verify")
  func emptyPart() throws {
    let outcome = try Tool.run(["check", "--only", "rfc5321/3.3/rcpt-before-mail", "--shard", "2/2"])
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test("--min-run fails a run that verified less", arguments: [(1, Int32(0)), (5_000, Int32(3))])
  func minimum(count: Int, status: Int32) throws {
    let outcome = try Tool.run(["check", "--only", "rfc5321/3.3", "--min-run", "\(count)"])
    #expect(outcome.status == status)
    #expect(outcome.output.contains("of at least \(count) cases were verified") == (status == 3))
  }

  @Test(
    "What is no part of a whole is wrong usage",
    arguments: [["TEST_TOTAL_SHARDS": "3"], ["TEST_TOTAL_SHARDS": "3", "TEST_SHARD_INDEX": "3"], ["TEST_TOTAL_SHARDS": "x"]])
  func refusesVariables(environment: [String: String]) throws {
    let outcome = try Tool.run(Self.few, environment: environment)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no part of a whole"))
  }
}

@Suite("Reports become waivers, a baseline, and parts of a whole")
struct ReportUseTests {
  private static let faulty = ["check", "--defect", "accepts-rcpt-before-mail", "--only", "rfc5321/3.3"]

  @Test("What waive writes lets the same run pass, and says nothing of a conforming one")
  func waives() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    #expect(try Tool.run(Self.faulty + ["--json=events.jsonl"], in: scratch.url).status == 1)
    let waive = ["waive", "events.jsonl", "--reason", "mended in 2.0", "--until", "2999-12-31", "--output", "waivers.yaml"]
    let written = try Tool.run(waive, in: scratch.url)
    #expect(written.status == 0 && written.errors.contains("waivers added to waivers.yaml"), "\(written.errors)")
    let again = try Tool.run(Self.faulty + ["--waivers", "waivers.yaml", "--json=waived.jsonl"], in: scratch.url)
    #expect(again.status == 0, "\(again.output)")
    let nothing = try Tool.run(["waive", "waived.jsonl", "--reason", "x"], in: scratch.url)
    #expect(nothing.status == 0 && nothing.output.isEmpty && nothing.errors.contains("nothing to write"))
    let mended = try Tool.run(["check", "--only", "rfc5321/3.3", "--waivers", "waivers.yaml"], in: scratch.url)
    #expect(mended.status == 4)
  }

  @Test("waive writes what --only names, to standard output")
  func waivesSome() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try Tool.run(Self.faulty + ["--json=events.jsonl"], in: scratch.url)
    let outcome = try Tool.run(["waive", "events.jsonl", "--reason", "r", "--only", "*/rcpt-before-mail"], in: scratch.url)
    #expect(outcome.output.contains("- case: 'rfc5321/3.3/rcpt-before-mail'\n  reason: 'r'\n  observed: '250 2.1.5 recipient'\n"))
    #expect(outcome.lines.count { $0.hasPrefix("- case:") } == 1)
  }

  @Test("--baseline fails on new violations only")
  func baseline() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    _ = try Tool.run(Self.faulty + ["--json=events.jsonl"], in: scratch.url)
    let same = try Tool.run(Self.faulty + ["--baseline", "events.jsonl"], in: scratch.url)
    #expect(same.status == 0 && same.output.contains("waived: violated in the baseline already"), "\(same.output)")
    _ = try Tool.run(["check", "--only", "rfc5321/3.3", "--json=clean.jsonl"], in: scratch.url)
    #expect(try Tool.run(Self.faulty + ["--baseline", "clean.jsonl"], in: scratch.url).status == 1)
  }

  @Test("merge ends with the status of the whole, and gives its report")
  func merges() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for part in 1...2 { _ = try Tool.run(Self.faulty + ["--shard", "\(part)/2", "--json=\(part).jsonl"], in: scratch.url) }
    let merged = try Tool.run(["merge", "2.jsonl", "1.jsonl", "--output", "whole.jsonl"], in: scratch.url)
    #expect(merged.status == 1 && merged.errors.contains("violated (exit status 1)"), "\(merged.errors)")
    let whole = try Tool.run(Self.faulty + ["--json=at-once.jsonl"], in: scratch.url)
    #expect(whole.status == 1)
    let cases = { (name: String) in
      try scratch.text(name).split(separator: "\n").filter { $0.contains("case-finished") }.map { line in
        let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return "\(event?["case"] ?? "") \(event?["verdict"] ?? "")"
      }.sorted()
    }
    #expect(try cases("whole.jsonl") == cases("at-once.jsonl"))
    let half = try Tool.run(["merge", "1.jsonl", "--min-run", "5000"], in: scratch.url)
    #expect([1, 3].contains(half.status))
    let twice = try Tool.run(["merge", "1.jsonl", "1.jsonl"], in: scratch.url)
    #expect(twice.status == 2 && twice.errors.contains("are both part 1"))
  }
}
