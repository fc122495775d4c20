import Dialogue
import Wire

/// What the parameters of RCPT declare about one recipient.
struct RecipientDeclaration {
  /// RFC 3461 §4.1.
  private(set) var notify: NotifyConditions?
  /// RFC 3461 §4.2.
  private(set) var originalRecipient: OriginalRecipient?
  /// RFC 7293 §3.1.
  private(set) var validSince: ValidSince?

  /// Reads one parameter.
  ///
  /// - Returns: What RCPT draws if the parameter cannot be taken: 555 where it is not one that was offered; 501 where its value does not
  ///   parse or it stands there twice.
  mutating func take(_ parameter: Parameter, decider: Decider) -> Answer? {
    // Without EHLO nothing was offered, so nothing may be asked for (RFC 5321 §4.1.1.3).
    guard decider.state.dialogue.hello.isExtended else { return unknown }
    switch parameter.keyword {
    case "NOTIFY" where decider.configuration.offers(.deliveryStatus): return takeNotify(parameter)
    case "ORCPT" where decider.configuration.offers(.deliveryStatus): return takeOriginalRecipient(parameter)
    case "RRVS" where decider.configuration.offers(.validSince): return takeValidSince(parameter)
    default: return unknown
    }
  }

  private mutating func takeNotify(_ parameter: Parameter) -> Answer? {
    guard notify == nil, let conditions = parameter.value.flatMap({ NotifyConditions($0) }) else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter NOTIFY")
    }
    notify = conditions
    return nil
  }

  private mutating func takeOriginalRecipient(_ parameter: Parameter) -> Answer? {
    guard originalRecipient == nil, let recipient = parameter.value.flatMap({ OriginalRecipient($0) }) else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter ORCPT")
    }
    originalRecipient = recipient
    return nil
  }

  private mutating func takeValidSince(_ parameter: Parameter) -> Answer? {
    guard validSince == nil, let instant = parameter.value.flatMap({ ValidSince(parameter: $0) }) else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter RRVS")
    }
    validSince = instant
    return nil
  }

  private var unknown: Answer { Answer(555, .init(5, 4), "RCPT parameter not recognized or not implemented") }
}
