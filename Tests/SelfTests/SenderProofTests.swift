import Conformance
import Foundation
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

    /// Such runs wait more than they compute: more of them are under way than there are cores.
    private static let queue: OperationQueue = {
      let queue = OperationQueue()
      queue.maxConcurrentOperationCount = 24
      return queue
    }()

    /// Runs cases against it.
    func run(_ cases: [Case], defects: [String] = []) async throws -> [CaseResult] {
      try await withCheckedThrowingContinuation { continuation in
        Form.queue.addOperation { continuation.resume(with: Result { try perform(cases, defects: defects) }) }
      }
    }

    private func perform(_ cases: [Case], defects: [String]) throws -> [CaseResult] {
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
      options.timeout = .seconds(15)
      options.slow = true
      var runner = Runner(cases: cases, target: target, options: options)
      var results: [CaseResult] = []
      _ = runner.run { if case .caseFinished(let result) = $0 { results.append(result) } }
      return results
    }
  }

  @Test("the honest ones break nothing, and leave nothing open", arguments: Form.allCases)
  func honestOnesAreConforming(form: Form) async throws {
    let cases = Self.cases.filter { $0.needs.roles.contains(form.role) }
    let results = try await form.run(cases)
    for result in results where result.verdict.kind != .satisfied && result.verdict.kind != .notApplicable {
      Issue.record("\(result.testCase.id): \(result.verdict)")
    }
    #expect(results.count == cases.count && results.contains { $0.verdict == .satisfied })
  }

  // One test for all of them, since tests side by side are no more than there are cores. Each case has a run of its own: mail that does
  // not come is waited for, and cases of one relay follow each other.
  @Test("a defect is convicted by every case that names it")
  func defectsAreConvicted() async throws {
    try await withThrowingTaskGroup(of: String?.self) { group in
      for (name, cases) in Self.named {
        for testCase in cases { group.addTask { try await Self.problem(of: name, testCase) } }
      }
      for try await problem in group { if let problem { Issue.record("\(problem)") } }
    }
  }

  /// What is wrong with a case that names a defect: the first form in which it is applicable shows it.
  private static func problem(of name: String, _ testCase: Case) async throws -> String? {
    for form in Form.allCases where testCase.needs.roles.contains(form.role) {
      let results = try await form.run([testCase], defects: [name]).filter { $0.verdict.kind != .notApplicable }
      guard !results.isEmpty else { continue }
      let lenient = results.filter { $0.verdict.kind != .violated }
      return lenient.first.map { "\($0.testCase.id) does not convict \(name) as \(form): \($0.verdict)" }
    }
    return "\(testCase.id) is applicable in no form, and convicts nobody"
  }
}

extension Case {
  /// Whether it is about what the target sends.
  var isOfSenders: Bool { needs.roles.allSatisfy(\.isSender) }
}
