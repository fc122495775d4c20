import Foundation
import Reports
import Testing

@Suite("A hostile server's words do nothing, in any form of report")
struct HostileServerTests {
  /// Markup, escapes of terminals, controls of direction, commands of a workflow, and what ends a code span, a CDATA section or a string.
  static let words =
    "<script>document.title='owned';window.owned=1</script><img src=x onerror=window.owned=1>\u{1B}]0;owned\u{07}\u{1B}[31m\u{202E}\u{2066}\u{9B}2J"
    + "```<b>``` | [x](http://evil.example.test/) https://evil.example.test/ @everyone ]]> -->&lt; ::error::owned ##[error]owned \u{0}\u{8}\"'\\"

  /// What a run against such a server writes, by the name of the file; the console's report is `console`.
  static let made = Result {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let server = try FakeServer(FakeServer.answering(greeting: "220 \(words)\r\n", "250 \(words)\r\n"))
    defer { server.stop() }
    let forms = RunForms.all.flatMap { ["--report", "\($0.name)=out.\($0.name)"] }
    let target = [server.address, "--recipient", "alice@example.test", "--timeout", "10s", "--jobs", "1", "--only", "rfc5321/3.3"]
    let outcome = try Tool.run(
      ["check"] + target + ["--json=events.jsonl", "--transcripts", "transcripts", "--verbose", "--color", "never"] + forms, in: scratch.url
    )
    #expect(outcome.status == 1, "\(outcome.errors)")
    var texts = ["console": outcome.output, "errors": outcome.errors]
    let transcripts = try FileManager.default.contentsOfDirectory(atPath: scratch.file("transcripts").path).map { "transcripts/\($0)" }
    for file in ["events.jsonl"] + RunForms.all.map({ "out.\($0.name)" }) + transcripts { texts[file] = try scratch.text(file) }
    return texts
  }

  /// A folder with some of what it wrote.
  static func folder(_ names: String...) throws -> Scratch {
    let scratch = try Scratch()
    for name in names { try scratch.write(try #require(try made.get()[name]), to: name) }
    return scratch
  }

  @Test("Console, events, transcripts and every form hold visible text alone")
  func visible() throws {
    let texts = try Self.made.get()
    #expect(texts.count > 10 && texts["console"]?.contains("owned") == true)
    for (name, text) in texts {
      let bad = text.unicodeScalars.first { scalar in
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
      }
      #expect(bad == nil, "\(name)")
    }
    // Every line of the annotations is a command of our own.
    let commands = try #require(texts["out.github"]).split(separator: "\n")
    #expect(commands.allSatisfy { $0.hasPrefix("::error title=") || $0.hasPrefix("::warning title=") || $0.hasPrefix("::notice title=") })
  }

  @Test(
    "JUnit, SARIF and TAP are read as what they are",
    .enabled(
      if: Readers.have("lxml", "jsonschema", "tap", "yaml") && Readers.haveSchemas(), "the readers are not installed: scripts/readers.sh"))
  func read() throws {
    let scratch = try Self.folder("out.junit", "out.sarif", "out.tap")
    defer { scratch.remove() }
    let files = ["junit", "sarif", "tap"].map { "\($0)=\(scratch.file("out.\($0)").path)" }
    let told = try Readers.json("forms.py", [Readers.schemas.path] + files)
    let cases = try #require((told["junit"] as? [String: Any])?["cases"] as? [String: [String: String]])
    #expect(cases.values.contains { $0["kind"] == "failure" && $0["message"]?.contains("<script>document.title='owned'") == true })
    let results = try #require((told["sarif"] as? [String: Any])?["results"] as? [String: [String: Any]])
    #expect(results.values.contains { ($0["message"] as? String)?.contains("<script>") == true })
  }

  @Test(
    "Markdown shows it as code: no element, no attribute and no link is the server's",
    .enabled(if: Readers.have("markdown_it", "linkify_it", "lxml"), "the readers are not installed: scripts/readers.sh"))
  func markdown() throws {
    let scratch = try Self.folder("out.markdown")
    defer { scratch.remove() }
    let told = try Readers.json("markdown.py", [scratch.file("out.markdown").path])
    let elements = Set(try #require(told["elements"] as? [String]))
    let known: Set = [
      "a", "blockquote", "code", "details", "div", "h2", "h3", "li", "p", "pre", "strong", "summary", "table", "tbody", "td", "th", "thead",
      "tr", "ul",
    ]
    #expect(elements.subtracting(known).isEmpty, "\(elements.subtracting(known))")
    #expect(Set(told["attributes"] as? [String] ?? []).isSubset(of: ["class", "href", "style"]))
    for link in told["links"] as? [String] ?? [] { #expect(link.hasPrefix("https://www.rfc-editor.org/rfc/")) }
    #expect((told["text"] as? String)?.contains("<script>document.title='owned'") == true)
  }
}
