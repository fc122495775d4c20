import Conformance
import ReferenceServer
import Testing

/// The suite proves itself: silent on the honest server, and each case catches the faults it names.
@Suite("Cases and defects")
struct ProofTests {
  static let suite = Result { try Suite.embedded() }

  /// Defects that a case names, each with the cases that do.
  static var named: [(name: String, cases: [Case])] {
    guard let cases = try? suite.get().cases else { return [] }
    return Dictionary(grouping: cases.filter { !$0.isOfSenders }.flatMap { one in one.convicts.map { ($0, one) } }, by: \.0)
      .map { ($0.key, $0.value.map(\.1)) }
      .sorted { $0.0 < $1.0 }
  }

  /// The honest server in the forms that cases ask for.
  enum Form: String, CaseIterable, CustomTestStringConvertible {
    case everyExtension, fewestExtensions, helloOnly, implicitTLS, passwordsInClear, lmtp, submission, submissions, odmr, takesNoMail

    var testDescription: String { rawValue }

    /// What the server is for.
    var service: Service {
      switch self {
      case .lmtp: .lmtp
      case .submission, .submissions: .submission
      case .odmr: .odmr
      case .everyExtension, .fewestExtensions, .helloOnly, .implicitTLS, .passwordsInClear, .takesNoMail: .mx
      }
    }

    /// The same in the words of the cases.
    var role: TargetRole {
      switch service {
      case .mx: .mx
      case .submission: .submission
      case .lmtp: .lmtp
      case .odmr: .odmr
      }
    }

    /// Whether the honest server in this form keeps to the case's RFC at all.
    func suits(_ testCase: Case) -> Bool {
      switch self {
      // RFC 5321 wants EHLO of every server, so one without is held against RFC 821 alone.
      case .helloOnly: testCase.rfc == 821
      // To take passwords in clear is what RFC 4616 §5 advises against; the form is for all that follows from it.
      case .passwordsInClear, .lmtp: !testCase.id.hasPrefix("rfc4616/5/")
      case .everyExtension, .fewestExtensions, .implicitTLS, .submission, .submissions, .odmr, .takesNoMail: true
      }
    }

    func configure(_ configuration: inout Configuration) {
      switch self {
      case .everyExtension, .submission, .odmr: break
      case .fewestExtensions: configuration.extensions = [.eightBitMIME, .expand, .help]
      case .helloOnly: configuration.isHeloOnly = true
      case .implicitTLS, .submissions: configuration.isImplicitTLS = true
      case .passwordsInClear, .lmtp: configuration.takesPasswordsInClear = true
      case .takesNoMail: configuration.openingCode = 521
      }
    }
  }

  @Test("the honest server breaks nothing, and leaves nothing open", arguments: Form.allCases)
  func honestServerIsConforming(form: Form) throws {
    let cases = try Self.suite.get().cases.filter { form.suits($0) && !$0.isOfSenders }
    let (results, summary, _) = try ReferenceTarget(form.service, configure: form.configure).run(cases)
    for result in results where result.verdict.kind != .satisfied && result.verdict.kind != .notApplicable {
      Issue.record("\(result.testCase.id): \(result.verdict)")
    }
    #expect(results.count == cases.count)
    // A server that takes no mail shows no more than its refusal, which nobody should take for conformance.
    #expect((summary.outcome == .conforming) == (form != .takesNoMail))
    // Nothing stands still: what one form does not offer, the others do.
    if form == .everyExtension {
      #expect(summary.counts[.satisfied, default: 0] >= cases.count { $0.needs.roles.contains(.mx) } * 9 / 10)
    }
  }

  @Test("a defect is convicted by every case that names it", arguments: named.map(\.name))
  func defectIsConvicted(name: String) throws {
    let defect = try Defect.named(name)
    let cases = Self.named.first { $0.name == name }?.cases ?? []
    // What a form does not offer, be it a role or an extension, the next may.
    var open = cases
    for form in Form.allCases where !open.isEmpty {
      let suiting = open.filter { form.suits($0) && $0.needs.roles.contains(form.role) }
      for result in try verdicts(on: suiting, with: defect, form) where result.verdict.kind != .notApplicable {
        open.removeAll { $0.id == result.testCase.id }
        if result.verdict.kind != .violated { Issue.record("\(result.testCase.id) does not convict \(name): \(result.verdict)") }
      }
    }
    for testCase in open { Issue.record("\(testCase.id) is applicable in no form, and convicts nobody") }
  }

  /// The verdicts on a server with a defect.
  private func verdicts(on cases: [Case], with defect: Defect, _ form: Form) throws -> [CaseResult] {
    guard !cases.isEmpty else { return [] }
    // Two seconds are long on loopback, but a disk that stalls can hold a 250 longer: what stays undecided is asked again, patiently.
    var (results, _, notes) = try ReferenceTarget(form.service, defects: [defect], timeout: .seconds(2), configure: form.configure).run(
      cases)
    let undecided = results.filter { ![.violated, .notApplicable].contains($0.verdict.kind) }.map(\.testCase)
    if !undecided.isEmpty {
      let again = try ReferenceTarget(form.service, defects: [defect], configure: form.configure).run(undecided)
      results = results.filter { [.violated, .notApplicable].contains($0.verdict.kind) } + again.results
      notes += again.notes
    }
    #expect(results.count == cases.count, "\(notes)")
    return results
  }

  @Test("every defect is named by a case")
  func everyDefectIsNamed() {
    let named = Set(Self.named.map(\.name) + SenderProofTests.named.map(\.name))
    // What no RFC speaks of, no case can show.
    #expect(Defect.all.filter { $0.source != Defect.unspecified && !named.contains($0.name) }.map(\.name) == [])
  }

  @Test("every case names a defect")
  func everyCaseConvicts() throws {
    #expect(try Self.suite.get().cases.filter(\.convicts.isEmpty).map(\.id) == [])
  }
}
