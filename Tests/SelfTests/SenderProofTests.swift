import Conformance
import ReferenceServer
import Testing

@testable import smtpspec

/// The same proof for those who send: the reference client and the reference relay.
@Suite("Cases and defects of clients and relays")
struct SenderProofTests {
  /// The cases in which the target sends mail to smtpspec.
  static var cases: [Case] { ((try? ProofTests.suite.get().cases) ?? []).filter(\.isOfSenders) }

  /// Defects that a case names, each with the cases that do.
  static var named: [(name: String, cases: [Case])] {
    Dictionary(grouping: cases.flatMap { one in one.convicts.map { ($0, one) } }, by: \.0)
      .map { ($0.key, $0.value.map(\.1)) }
      .sorted { $0.0 < $1.0 }
  }

  /// What is tested, in the forms that cases ask for.
  enum Form: String, CaseIterable, CustomTestStringConvertible {
    case client, clientWithTLS, clientRequiringTLS, relay, relayWithTLS

    var testDescription: String { rawValue }

    var role: TargetRole {
      switch self {
      case .client, .clientWithTLS, .clientRequiringTLS: .client
      case .relay, .relayWithTLS: .relay
      }
    }

    var policy: TargetConfiguration.TLSPolicy {
      switch self {
      case .client, .relay: .none
      case .clientWithTLS, .relayWithTLS: .opportunistic
      case .clientRequiringTLS: .required
      }
    }

    /// Runs cases against it.
    func run(_ cases: [Case], defects: [String] = []) throws -> [CaseResult] {
      var server: BuiltInServer?
      defer { server?.stop() }
      var target: TargetConfiguration
      if role == .relay {
        let relay = try BuiltInServer(as: .relay, defects: defects, policy: .init(rawValue: policy.rawValue) ?? .none)
        server = relay
        target = relay.target
      } else {
        target = TargetConfiguration(client: try BuiltInClient.program(defects: defects))
        target.tls.policy = policy
      }
      if self == .clientRequiringTLS { target.credentials = .init(username: "alice", password: "correct horse") }
      var options = RunOptions()
      options.silence = .milliseconds(150)
      options.timeout = .seconds(30)
      options.slow = true
      var runner = Runner(cases: cases, target: target, options: options)
      var results: [CaseResult] = []
      _ = runner.run { if case .caseFinished(let result) = $0 { results.append(result) } }
      return results
    }
  }

  @Test("the honest ones break nothing, and leave nothing open", arguments: Form.allCases)
  func honestOnesAreConforming(form: Form) throws {
    let cases = Self.cases.filter { $0.needs.roles.contains(form.role) }
    let results = try form.run(cases)
    for result in results where result.verdict.kind != .satisfied && result.verdict.kind != .notApplicable {
      Issue.record("\(result.testCase.id): \(result.verdict)")
    }
    #expect(results.count == cases.count && results.contains { $0.verdict == .satisfied })
  }

  @Test("a defect is convicted by every case that names it", arguments: named.map(\.name))
  func defectIsConvicted(name: String) throws {
    var open = Self.named.first { $0.name == name }?.cases ?? []
    for form in Form.allCases where !open.isEmpty {
      let suiting = open.filter { $0.needs.roles.contains(form.role) }
      guard !suiting.isEmpty else { continue }
      for result in try form.run(suiting, defects: [name]) where result.verdict.kind != .notApplicable {
        open.removeAll { $0.id == result.testCase.id }
        if result.verdict.kind != .violated {
          Issue.record("\(result.testCase.id) does not convict \(name) as \(form): \(result.verdict)")
        }
      }
    }
    for testCase in open { Issue.record("\(testCase.id) is applicable in no form, and convicts nobody") }
  }
}

extension Case {
  /// Whether it is about what the target sends.
  var isOfSenders: Bool { needs.roles.allSatisfy(\.isSender) }
}
