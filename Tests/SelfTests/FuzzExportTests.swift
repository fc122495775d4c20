import Conformance
import Foundation
import Testing

@testable import Fuzz

@Suite("SpecCase: a fuzzer's script as a case of the specs")
struct FuzzExportTests {
  @Test("The loader takes it, and it judges like the script", arguments: [("2xx", Verdict.Kind.satisfied), ("503", .violated)])
  func loads(expectation: String, verdict: Verdict.Kind) throws {
    let script = Script([
      .command(Array("EHLO client.example.org".utf8)), .wait, .command(Array("MAIL FROM:<a'${b}@example.org>".utf8)),
      .command(Array("RCPT TO:<alice@example.test>".utf8)), .wait, .cut, .startTLS(before: [], after: []),
      .command(Array("EHLO client.example.org".utf8)), .wait, .connect, .command(Array("NOOP".utf8)), .wait,
    ])
    let yaml = try #require(
      SpecCase(
        script, id: "found-by-fuzzing", title: "It's answered", rule: Breach(5321, "4.1.1.9", "4.1.1.9-1", expectation).about(6)
      ).yaml)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("spec-case-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = FileManager.default
    try files.createDirectory(at: folder.appendingPathComponent("requirements"), withIntermediateDirectories: true)
    try files.createDirectory(at: folder.appendingPathComponent("rfc5321"), withIntermediateDirectories: true)
    let register = """
      rfc: 5321
      title: Simple Mail Transfer Protocol
      requirements:
        - {id: 4.1.1.9-1, level: MUST, role: server, summary: NOOP draws 250.}

      """
    try Data(register.utf8).write(to: folder.appendingPathComponent("requirements/rfc5321.yaml"))
    try Data(yaml.utf8).write(to: folder.appendingPathComponent("rfc5321/4.1.1.9.yaml"))
    let suite = try Suite.load(folder: folder.path)
    #expect(suite.cases.map(\.id) == ["rfc5321/4.1.1.9/found-by-fuzzing"])
    let (results, _, notes) = try ReferenceTarget().run(suite.cases)
    #expect(results.map(\.verdict.kind) == [verdict], "\(results.map(\.verdict)) \(notes) \(yaml)")
  }
}
