import Conformance
import Foundation
import Reports
import Testing

@testable import smtpspec

@Suite("What the documents promise is there")
struct DocumentationTests {
  private static func text(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return String(decoding: try Data(contentsOf: root.appendingPathComponent(name)), as: UTF8.self)
  }

  @Test("Every option that the README names is in the help of a command")
  func optionsExist() throws {
    let help = try [
      "check", "init", "list", "explain", "coverage", "serve", "send", "waive", "merge", "report", "matrix", "compare", "certify",
      "verify", "fuzz server", "fuzz parser", "fuzz client",
      "diff", "replay", "minimize",
    ].map {
      try Tool.run($0.split(separator: " ").map(String.init) + ["--help"]).output
    }
    .joined()
    let pages = try ["README.md", "docs/ci.md", "docs/reports.md"].map { try Self.text($0) }.joined().replacing(
      "podman run --rm --network", with: "")
    let options = Set(pages.matches(of: /--[a-z][a-z0-9-]+/).map { String($0.output) })
    #expect(!options.isEmpty)
    for option in options { #expect(help.contains("\(option) ") || help.contains("\(option)\n"), "\(option)") }
  }

  @Test("Every form of report is described, and has an option of its name", arguments: RunForms.all.map { $0.name })
  func formsAreDescribed(name: String) throws {
    #expect(try Self.text("docs/reports.md").contains("\n## `\(name)`"))
    #expect(try Tool.run(["report", "--help"]).output.contains("--\(name) <path>"))
  }

  @Test("The README's configuration file can be read")
  func configurationLoads() throws {
    let blocks = try Self.text("README.md").components(separatedBy: "```")
    let block = try #require(blocks.first { $0.hasPrefix("yaml\naddress:") })
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(String(block.dropFirst("yaml\n".count)), to: "smtpspec.yaml")
    let waivers = try #require(blocks.first { $0.hasPrefix("yaml\n- case:") })
    try scratch.write(String(waivers.dropFirst("yaml\n".count)), to: "waivers.yaml")
    let target = try TargetConfiguration.load(
      scratch.file("smtpspec.yaml").path, environment: ["SMTP_PASSWORD": "secret", "SMTP_TOKEN": "token"])
    #expect(target.recipient2 == "bob@example.test")
    #expect(target.waivers.count == 1 && target.server?.ready == .seconds(10))
  }

  @Test("The README has every exit status", arguments: smtpspec.ExitStatus.allCases)
  func statusesAreDocumented(status: smtpspec.ExitStatus) throws {
    #expect(try Self.text("README.md").contains("\n| \(status.rawValue) | "))
  }

  @Test("docs/events.md names every member that a run's events have")
  func membersAreDocumented() throws {
    let documents = try Self.text("docs/events.md")
    let outcome = try Tool.run(["check", "--defect", "accepts-rcpt-before-mail", "--only", "rfc5321/3.3", "--json"])
    var names: Set<String> = []
    for line in outcome.lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      names.formUnion(object.keys)
      if let event = object["event"] as? String { names.insert(event) }
      if let violation = object["violation"] as? [String: Any] { names.formUnion(violation.keys) }
      for entry in object["transcript"] as? [[String: Any]] ?? [] { names.formUnion(entry.keys) }
    }
    names.remove("event")
    #expect(names.count > 30)
    for name in names { #expect(documents.contains("`\(name)`"), "\(name)") }
  }
}
