import Dialogue
package import Wire

extension Decider {
  /// What a command with a fault draws: 500 for the verb, 501 for the argument (RFC 5321 §4.2.2).
  func refuse(_ error: CommandSyntaxError) -> Decision {
    if state.dialogue.channel == .refused { return stay(closed) }
    guard let verb = error.verb else { return stay(unrecognized) }
    if !isImplemented(verb) { return stay(notImplemented(verb)) }
    if error.kind == .parameterKeyword || error.kind == .parameterValue {
      return stay(Answer(501, .init(5, 4), "Syntax error in a parameter of \(verb.rawValue)"))
    }
    switch verb {
    case .auth: return refuseAuthentication(error)
    case .mail where error.isInAddress: return stay(Answer(501, .init(1, 7), "Syntax error in the argument of MAIL"))
    case .rcpt where error.isInAddress: return stay(Answer(501, .init(1, 3), "Syntax error in the argument of RCPT"))
    default: return stay(Answer(501, .init(5, 4), "Syntax error in the argument of \(verb.rawValue)"))
    }
  }

  /// What anything but QUIT draws in a session that was refused: 503 (RFC 5321 §3.1), or 521 again (RFC 7504 §3).
  var closed: Answer {
    configuration.openingCode == 521
      ? Answer(521, .init(3, 2), "This host takes no mail") : Answer(503, .init(5, 1), "No SMTP service here, send QUIT")
  }

  /// What a verb that nobody knows draws (RFC 5321 §4.2.4).
  var unrecognized: Answer { Answer(500, .init(5, 2), "Command not recognized") }

  /// What a verb that is known but not served draws (RFC 5321 §4.2.4).
  func notImplemented(_ verb: Verb) -> Answer {
    (configuration.isHeloOnly && !verb.isOfRFC821) || (isLocalDelivery && (verb == .ehlo || verb == .helo))
      ? unrecognized : Answer(502, .init(5, 1), "\(verb.rawValue) is not implemented")
  }

  /// Whether the server serves a verb at all.
  func isImplemented(_ verb: Verb) -> Bool {
    // RFC 2645 §5.4 lets the rest be refused.
    if configuration.service == .odmr, ![.ehlo, .auth, .atrn, .quit, .starttls, .noop, .rset].contains(verb) { return false }
    return switch verb {
    case .ehlo: !configuration.isHeloOnly && !isLocalDelivery
    case .helo: !isLocalDelivery
    case .lhlo: isLocalDelivery
    case .mail, .rcpt, .data, .rset, .noop, .quit, .vrfy: true
    case .expn: configuration.offers(.expand)
    case .help: configuration.offers(.help)
    case .starttls: configuration.offers(.startTLS)
    case .bdat: configuration.offers(.chunking)
    case .auth: configuration.offers(.authentication)
    case .atrn: configuration.offers(.onDemandRelay)
    case .etrn: configuration.offers(.remoteQueue)
    default: false
    }
  }

  /// What a server of RFC 821 alone refuses: later verbs, and parameters on MAIL and RCPT.
  func refuseExtended(_ command: Command) -> Decision? {
    guard let verb = command.verb, verb.isOfRFC821 else { return stay(unrecognized) }
    switch command {
    case .mail(_, let parameters), .rcpt(_, let parameters):
      return parameters.isEmpty ? nil : stay(Answer(501, nil, "Syntax error in parameters"))
    default: return nil
    }
  }
}

extension CommandSyntaxError {
  /// Whether it is an address that does not fit, and not what stands around it.
  fileprivate var isInAddress: Bool {
    if case .address = kind { return true }
    return false
  }
}

extension Verb {
  /// Whether RFC 821 §4.1.1 has the verb.
  package var isOfRFC821: Bool {
    switch self {
    case .helo, .mail, .rcpt, .data, .rset, .vrfy, .expn, .help, .noop, .quit, .send, .soml, .saml, .turn: true
    case .ehlo, .starttls, .auth, .bdat, .etrn, .atrn, .lhlo: false
    }
  }
}
