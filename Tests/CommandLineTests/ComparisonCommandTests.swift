import Foundation
import Reports
import Testing

@Suite("Reports of several runs")
struct ComparisonCommandTests {
  /// The events of an honest server's run, of a faulty one's, and of one that was cut in the middle, by name.
  private static let events = Result {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let few = ["check", "--only", "rfc5321/3.3"]
    #expect(try Tool.run(few + ["--json=good.jsonl"], in: scratch.url).status == 0)
    #expect(try Tool.run(few + ["--json=bad.jsonl", "--defect", "accepts-rcpt-before-mail"], in: scratch.url).status == 1)
    var texts = ["good.jsonl": try scratch.text("good.jsonl"), "bad.jsonl": try scratch.text("bad.jsonl")]
    texts["cut.jsonl"] = texts["good.jsonl"].map { String($0.prefix($0.count / 2)) }
    texts["other.jsonl"] = texts["good.jsonl"]?.replacing(/"specs":"sha256:[0-9a-f]+"/, with: "\"specs\":\"sha256:00\"")
    return texts
  }

  private func folder() throws -> Scratch {
    let scratch = try Scratch()
    for (name, text) in try Self.events.get() { try scratch.write(text, to: name) }
    return scratch
  }

  @Test("compare ends with 1 on a regression, and on nothing else")
  func compares() throws {
    let scratch = try folder()
    defer { scratch.remove() }
    let broke = try Tool.run(["compare", "good.jsonl", "bad.jsonl"], in: scratch.url)
    #expect(broke.status == 1 && broke.output.contains("✗ MUST   rfc5321/3.3/rcpt-before-mail") && broke.errors.isEmpty, "\(broke.output)")
    #expect(broke.output.contains("was satisfied, is violated: expected 503") && !broke.output.contains("\u{1B}"))
    let mended = try Tool.run(["compare", "bad.jsonl", "good.jsonl"], in: scratch.url)
    #expect(mended.status == 0 && mended.output.contains("\nMended: ") && mended.output.hasSuffix("\nNo regression\n"))
    let same = try Tool.run(["compare", "bad.jsonl", "bad.jsonl"], in: scratch.url)
    #expect(same.status == 0 && same.output.contains(" violated in both\n"))
  }

  @Test("compare says that the specs differ, and does not take a cut run for one without regressions")
  func reserves() throws {
    let scratch = try folder()
    defer { scratch.remove() }
    let other = try Tool.run(["compare", "good.jsonl", "other.jsonl"], in: scratch.url)
    #expect(other.status == 0 && other.output.contains("note: the specs differ: sha256:"))
    let cut = try Tool.run(["compare", "good.jsonl", "cut.jsonl"], in: scratch.url)
    #expect(cut.status == 3 && cut.output.contains("note: the new report: the report ends before the run does"))
    #expect(try Tool.run(["compare", "good.jsonl", "none.jsonl"], in: scratch.url).status == 2)
  }

  @Test("matrix names servers by their files or as it is told, and writes every form")
  func matrix() throws {
    let scratch = try folder()
    defer { scratch.remove() }
    let forms = MatrixForms.all.flatMap { ["--report", "\($0.name)=m.\($0.name)"] }
    let made = try Tool.run(["matrix", "good.jsonl", "faulty=bad.jsonl", "cut.jsonl"] + forms, in: scratch.url)
    #expect(made.status == 0 && made.output.isEmpty && made.errors.contains("cut: the report ends before the run does"))
    for form in MatrixForms.all { #expect(try scratch.text("m.\(form.name)").contains("faulty"), "\(form.name)") }
    let screen = try Tool.run(["matrix", "good.jsonl", "faulty=bad.jsonl"], in: scratch.url)
    #expect(screen.status == 0 && screen.output.contains("| case | good | faulty |") && screen.errors.isEmpty)
    let index = try JSONSerialization.jsonObject(with: Data(try scratch.text("m.autobahn").utf8)) as? [String: [String: [String: Any]]]
    #expect(index?["faulty"]?["rfc5321/3.3/rcpt-before-mail"]?["behavior"] as? String == "FAILED")
    let twice = try Tool.run(["matrix", "good.jsonl", "./good.jsonl"], in: scratch.url)
    #expect(twice.status == 2 && twice.errors.contains("two servers are called 'good': write NAME=FILE"))
    #expect(try Tool.run(["matrix", "good.jsonl", "--report", "junit=x"], in: scratch.url).status == 2)
  }
}
