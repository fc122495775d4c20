import Dialogue
import Wire

extension MailDeclaration {
  /// `priority-value = (["-"] NZDIGIT) / "0"`, RFC 6710 §7.
  mutating func takePriority(_ parameter: Parameter) -> Answer? {
    let digits = parameter.value?.first == .hyphen ? parameter.value?.dropFirst() : parameter.value?[...]
    guard handling.priority == nil, let value = parameter.value, let digits, digits.count == 1, let digit = digits.first, digit.isDigit,
      digit != .zero || value.count == 1
    else {
      return Answer(501, .init(5, 2), "Syntax error in the parameter MT-PRIORITY")
    }
    handling.priority = Int(digit - .zero) * (value.count == 1 ? 1 : -1)
    return nil
  }

  /// `hold-param = hold-for-param / hold-until-param`, RFC 4865 §3; one of them at most, and not beyond the limits that were announced.
  mutating func takeHold(_ parameter: Parameter, _ configuration: Configuration) -> Answer? {
    let refusal = Answer(501, .init(5, 4), "The parameter \(parameter.keyword) is malformed, beyond the limit, or one too many")
    guard handling.releaseTime == nil, let value = parameter.value else { return refusal }
    let now = configuration.clock.now()
    if parameter.keyword == "HOLDFOR" {
      guard (1...9).contains(value.count), value.allSatisfy(\.isDigit), value.first != .zero else { return refusal }
      let seconds = value.reduce(0) { $0 * 10 + Int($1 - .zero) }
      guard seconds <= configuration.holdLimitInSeconds else { return refusal }
      // The clock has whole seconds: one more, so that none is too short.
      handling.releaseTime = now + seconds + 1
      handling.holdRequest = Array("for;".utf8) + value
    } else {
      guard let time = InternetDateTime(value)?.secondsSince1970, time > now, time <= now + configuration.holdLimitInSeconds else {
        return refusal
      }
      handling.releaseTime = time
      handling.holdRequest = Array("until;".utf8) + value
    }
    return nil
  }

  /// Whether the message would be released after the time for its delivery (RFC 4865 §5.2.2).
  func isHeldTooLong(_ configuration: Configuration) -> Bool {
    guard let deliverBy, let release = handling.releaseTime else { return false }
    // A time of release that was given in seconds has one more.
    return release - 1 > configuration.clock.now() + deliverBy.seconds
  }

  /// `requiretls-param = "REQUIRETLS"`, RFC 8689 §2.
  mutating func takeRequireTLS(_ parameter: Parameter) -> Answer? {
    guard !handling.requiresTLS, parameter.value == nil else {
      return Answer(501, .init(5, 4), "The parameter REQUIRETLS stands alone and once")
    }
    handling.requiresTLS = true
    return nil
  }
}

extension Decider {
  /// What FUTURERELEASE announces: how many seconds, and until when (RFC 4865 §3).
  var futureReleaseKeyword: String {
    let limit = configuration.holdLimitInSeconds
    return "\(ServiceExtension.futureRelease.rawValue) \(limit) \(InternetDateTime(secondsSince1970: configuration.clock.now() + limit))"
  }

  /// What LIMITS announces (RFC 9422).
  var limitsKeyword: String {
    "\(ServiceExtension.limits.rawValue) MAILMAX=\(configuration.transactionLimit) RCPTMAX=\(configuration.recipientLimit)"
  }

  /// The priority that the message gets: none above 0 for a client that has not said who it is (RFC 6710 §4.1).
  func grantedPriority(_ asked: Int?) -> Int? {
    asked.map { state.dialogue.isAuthenticated ? $0 : min($0, 0) }
  }
}
