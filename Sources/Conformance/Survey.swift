import Wire

/// What a look at the target found before the first case.
struct Survey: Sendable {
  /// The text of its 220, escaped.
  var greeting = ""
  /// The name in its greeting.
  var host: String?
  /// What EHLO offered in clear, or under implicit TLS.
  var keywords: [EhloKeyword] = []
  /// What EHLO offered under STARTTLS.
  var keywordsUnderTLS: [EhloKeyword]?
  /// What SIZE announced; 0 is no fixed limit.
  var sizeLimit: Int?
  /// What is worth telling before the cases run.
  var notes: [String] = []

  /// Whether EHLO offers a keyword, under TLS if the case speaks it.
  func offers(_ keyword: String, underTLS: Bool) -> Bool {
    let list = underTLS ? keywordsUnderTLS ?? keywords : keywords
    return list.contains { $0.name == keyword }
  }

  /// Why the case is not applicable to this target, `nil` where it is.
  func obstacle(to testCase: Case, target: TargetConfiguration, values: FixtureValues, options: RunOptions) -> String? {
    let needs = testCase.needs
    if !needs.roles.contains(target.role) {
      return "for the role \(needs.roles.map(\.rawValue).joined(separator: " or ")), and the target is \(target.role.rawValue)"
    }
    if needs.slow, !options.slow { return "slow: --slow runs it" }
    let underTLS = testCase.given == .tls && !target.tls.isImplicit
    if let missing = needs.extensions.first(where: { !offers($0, underTLS: underTLS) }) {
      return "the target does not offer \(missing)"
    }
    if let present = needs.lacking.first(where: { offers($0, underTLS: underTLS) }) { return "the target offers \(present)" }
    if needs.tls, !target.tls.isImplicit, !offers("STARTTLS", underTLS: false) { return "the target offers no TLS" }
    if needs.mailbox, target.mailbox == nil { return "no mailbox to look into: --mailbox names one" }
    let given: Set<Fixture> = [.token, .address]
    let wanted = testCase.fixtures.union(needs.fixtures).subtracting(given)
    if let missing = Fixture.allCases.first(where: { wanted.contains($0) && values[$0] == nil }) {
      return "the target names no \(missing.rawValue)"
    }
    return nil
  }
}
