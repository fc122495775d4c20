import Wire

/// What a look at the target found before the first case.
struct Survey: Sendable {
  /// The text of its 220, escaped.
  var greeting = ""
  /// What it opens with, where that is not 220.
  var refusedOpening: String?
  /// The code of what it opens with.
  var openingCode = 220
  /// The name in its greeting.
  var host: String?
  /// Whether the target takes EHLO (or LHLO); one that does not is a server of RFC 821.
  var takesEHLO = true
  /// What EHLO offered in clear, or under implicit TLS.
  var keywords: [EhloKeyword] = []
  /// What EHLO offered under STARTTLS.
  var keywordsUnderTLS: [EhloKeyword]?
  /// What SIZE announced; 0 is no fixed limit.
  var sizeLimit: Int?
  /// What is worth telling before the cases run.
  var notes: [String] = []

  /// The words behind a keyword of the EHLO reply; none where it is not offered.
  func parameters(of keyword: String) -> [String] {
    (keywords + (keywordsUnderTLS ?? [])).first { $0.name == keyword }?.parameters ?? []
  }

  /// Whether EHLO offers a keyword: in clear, or for a case that speaks TLS under it.
  func offers(_ keyword: String, underTLS: Bool) -> Bool {
    keywords.contains { $0.name == keyword } || (underTLS && keywordsUnderTLS?.contains { $0.name == keyword } == true)
  }

  /// Whether AUTH offers a mechanism: in clear, or under STARTTLS for a case that goes there where it can (RFC 4954 §3).
  func offers(mechanism: String, underTLS: Bool) -> Bool {
    let keywords = underTLS ? keywordsUnderTLS ?? keywords : keywords
    return keywords.contains { $0.name == "AUTH" && $0.parameters.contains { $0.uppercased() == mechanism } }
  }

  /// The same where the target sends mail to us.
  private func obstacle(toSender testCase: Case, target: TargetConfiguration, values: FixtureValues) -> String? {
    let needs = testCase.needs
    if needs.requiredTLS, target.tls.policy != .required { return "the target is not said to require TLS: tls has the policy" }
    if needs.tls, target.tls.policy == .none { return "the target is not said to use TLS: tls has the policy" }
    if needs.plain, target.tls.policy == .required || target.credentials != nil { return "the target was told to use TLS, or to log in" }
    if needs.retry, target.retryTime == nil { return "nothing says how soon the target tries again" }
    if target.role == .client {
      let assignment = testCase.assignment
      if assignment.isFromNobody { return "a client is given no null reverse-path" }
      if assignment.recipients > 1, case .command(let command)? = target.clientProgram, !command.contains("{recipient2}"),
        !command.contains("{recipients}")
      {
        return "the client's command takes one recipient"
      }
    }
    let given: Set<Fixture> = [.token, .soon, .address, .sender, .recipient, .recipient2, .localSender, .host]
    let wanted = testCase.fixtures.union(needs.fixtures).subtracting(given)
    return Fixture.allCases.first { wanted.contains($0) && values[$0] == nil }.map { "the target names no \($0.rawValue)" }
  }

  /// Why the case is not applicable to this target, `nil` where it is.
  func obstacle(to testCase: Case, target: TargetConfiguration, values: FixtureValues, options: RunOptions) -> String? {
    let needs = testCase.needs
    if !needs.roles.contains(target.role) {
      return "for the role \(needs.roles.map(\.rawValue).joined(separator: " or ")), and the target is \(target.role.rawValue)"
    }
    if let opening = needs.opening, opening != openingCode { return "the target does not open with \(opening)" }
    if let refusedOpening, testCase.given != .connect { return "the target opens with \(refusedOpening)" }
    if needs.slow, !options.slow { return "slow: --slow runs it" }
    if testCase.given == .accepted {
      if target.role == .relay, let missing = needs.extensions.first(where: { !offers($0, underTLS: false) }) {
        return "the target does not offer \(missing)"
      }
      return obstacle(toSender: testCase, target: target, values: values)
    }
    if [.ehlo, .secured].contains(testCase.given), !takesEHLO { return "the target does not take EHLO" }
    let underTLS = !target.tls.isImplicit && (testCase.logsIn(to: target) || [.tls, .secured].contains(testCase.given))
    if let missing = needs.extensions.first(where: { !offers($0, underTLS: underTLS) }) {
      return "the target does not offer \(missing)"
    }
    if let present = needs.lacking.first(where: { offers($0, underTLS: underTLS) }) { return "the target offers \(present)" }
    if let missing = needs.mechanisms.first(where: { !offers(mechanism: $0, underTLS: underTLS) }) {
      return "the target does not offer AUTH \(missing)"
    }
    if let present = needs.absentMechanisms.first(where: { offers(mechanism: $0, underTLS: underTLS) }) {
      return "the target offers AUTH \(present)"
    }
    if needs.certificate, target.tls.identity == nil { return "no certificate to present: the configuration's tls names one" }
    if needs.implicitTLS, !target.tls.isImplicit { return "TLS does not begin with the connection" }
    if needs.tls, !target.tls.isImplicit, !offers("STARTTLS", underTLS: false) { return "the target offers no TLS" }
    if needs.mailbox, target.mailbox == nil { return "no mailbox to look into: --mailbox names one" }
    if needs.mailbox, target.mailbox == .sink, testCase.looksAtFinalDelivery {
      return "the target relays, so it puts no Return-Path on the message"
    }
    if needs.reports, target.senderMailbox == nil { return "no sender's mailbox to look into: --sender-mailbox names one" }
    let given: Set<Fixture> = [.token, .soon, .address, .shownMailbox]
    let wanted = testCase.fixtures.union(needs.fixtures).subtracting(given)
    if let missing = Fixture.allCases.first(where: { wanted.contains($0) && values[$0] == nil }) {
      return "the target names no \(missing.rawValue)"
    }
    return nil
  }
}

extension Case {
  /// Whether it is about what final delivery puts on a message, and a relay does not (RFC 5321 §4.4).
  fileprivate var looksAtFinalDelivery: Bool {
    steps.flatMap(\.patterns).compactMap(\.delivered).contains { pattern in
      pattern.first?.lowercased() == "return-path" || pattern.headers.contains { $0.name.lowercased() == "return-path" }
    }
  }
}
