import Conformance
import ReferenceServer
import Testing
import Wire

@Suite("Secrets stay out of results")
struct SecretsTests {
  /// The RFCs whose cases log in, or try to.
  private static let rfcs: Set = [2195, 3848, 4422, 4616, 4954, 5802, 7628]

  @Test(
    "no transcript and no verdict has a password, a token or a proof",
    arguments: [nil, "success-with-wrong-enhanced-code", "accepts-every-proof"])
  func nothingIsShown(defect: String?) throws {
    let cases = try ProofTests.suite.get().cases.filter { Self.rfcs.contains($0.rfc) }
    let defects = try defect.map { [try Defect.named($0)] } ?? []
    let (results, _, _) = try ReferenceTarget(defects: defects).run(cases)
    let configuration = Configuration()
    let password = try #require(configuration.passwords["alice"])
    let token = try #require(configuration.bearerTokens.first { $0.value == "alice" }?.key)
    let secrets = [password, token, "\0alice\0" + password].flatMap { [Array($0.utf8), Base64.encode(Array($0.utf8))] }
    #expect(results.count == cases.count)
    for result in results {
      let shown = result.transcript.flatMap(\.octets) + Array("\(result.verdict) \(result.notes)".utf8)
      for secret in secrets { #expect(!shown.holds(secret), "\(result.testCase.id)") }
      // A proof is what an exchange of SCRAM sends second: its base64 begins as `c=biws` does.
      #expect(!shown.holds(Base64.encode(Array("c=biws".utf8))), "\(result.testCase.id)")
    }
  }
}

extension [UInt8] {
  fileprivate func holds(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, wanted.count <= count else { return false }
    return (0...(count - wanted.count)).contains { self[$0] == first && self[$0...].starts(with: wanted) }
  }
}
