import Conformance
import Foundation
import Testing

@testable import Fuzz
@testable import ReferenceServer

@Suite("case.yaml of a finding: it convicts the defect, and the honest server passes")
struct FoundCaseTests {
  /// The case of what an oracle has against a server with the proof's defect; `nil` where no requirement decides.
  private static func found(_ proof: OracleProof) throws -> String? {
    let server = try FuzzedServer(defects: [proof.defect], as: proof.service)
    defer { server.stop() }
    let reproducer = Reproducer(player: server.player, recipients: [], sessions: SessionCounter())
    let (found, trace) = reproducer.suspicions(proof.script, server.player)
    guard let relation = OracleList.relations.first(where: { $0.name == proof.oracle }) else {
      let suspicion = found.first { $0.oracle == proof.oracle }
      return suspicion.flatMap { SpecCase.of($0, proof.script, trace, slug: "found-by-fuzzing") }
    }
    for seed in 1...600 as ClosedRange<UInt64> {
      var random = RunGenerator(seed: seed, run: 0)
      guard let variant = relation.variant(of: proof.script, after: trace, using: &random) else { continue }
      let other = server.player.segmented(variant.segmentation).play(variant.script, Placeholders(session: 99), seed: seed)
      guard let suspicion = Comparer.difference(relation, trace, other, variant) else { continue }
      return SpecCase.of(suspicion, variant.script, other, slug: "found-by-fuzzing")
    }
    return nil
  }

  /// What has no case: no requirement decides, or two plays differ and nobody knows which of them is right.
  private static let without: Set<String> = ["leaked-canary", "segmentation", "clear-or-tls", "data-or-bdat"]
  /// Defects whose proof no case can express: the specs have no step for it, or a sentence that says so.
  private static let caseless: Set<String> = [
    "stays-open-after-quit", "lmtp-replies-once", "refuses-second-ehlo-with-503", "resets-on-refused-starttls", "words-in-empty-challenge",
  ]

  @Test("It convicts, and lets pass", arguments: try OracleProof.all())
  func judges(proof: OracleProof) throws {
    guard let yaml = try Self.found(proof) else {
      #expect(Self.without.contains(proof.oracle) || Self.caseless.contains(proof.defect.name), "\(proof) has no case")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("found-case-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let specs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../specs").standardized
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("found"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: specs.appendingPathComponent("requirements"), to: folder.appendingPathComponent("requirements"))
    try Data(yaml.utf8).write(to: folder.appendingPathComponent("found/case.yaml"))
    let cases = try Suite.load(folder: folder.path).cases
    #expect(cases.count == 1)
    for (defects, verdict) in [([proof.defect], Verdict.Kind.violated), ([], .satisfied)] {
      let target = ReferenceTarget(proof.service, defects: defects, timeout: .seconds(3)) { $0.takesPasswordsInClear = true }
      let (results, _, notes) = try target.run(cases)
      #expect(results.map(\.verdict.kind) == [verdict], "\(defects.map(\.name)) \(results.map(\.verdict)) \(notes)\n\(yaml)")
    }
  }
}
