import Dialogue
import Wire

/// What the parameters of MAIL declare about the message to come.
struct MailDeclaration {
  /// RFC 1870 §6, in octets.
  private(set) var size: Int?
  /// RFC 6152 §2.
  private(set) var body: BodyType?
  /// RFC 3461 §4.3.
  private(set) var returns: ReturnedContent?
  /// RFC 3461 §4.4, decoded.
  private(set) var envelopeID: [UInt8]?
  /// RFC 2852 §4.
  private(set) var deliverBy: DeliverBy?
  /// RFC 6531 §3.4.
  private(set) var isInternationalized = false
  /// RFC 4954 §5: a mailbox, or nothing where the submitter is not known.
  private(set) var submitter: Submitter?
  /// RFC 6710, RFC 4865 and RFC 8689.
  var handling = Handling()

  /// Reads one parameter.
  ///
  /// - Returns: What MAIL draws if the parameter cannot be taken: 555 where it is not one that was offered, or cannot be served; 501
  ///   where its value does not parse or it stands there twice; 552 where the declared size is beyond the limit.
  mutating func take(_ parameter: Parameter, decider: Decider) -> Answer? {
    // Without EHLO nothing was offered, so nothing may be asked for (RFC 5321 §4.1.1.2).
    guard decider.state.dialogue.hello.isExtended else { return unknown(parameter) }
    switch parameter.keyword {
    case "SIZE" where decider.configuration.offers(.size): return takeSize(parameter, limit: decider.configuration.sizeLimitInOctets)
    case "BODY" where BodyType.allCases.contains(where: decider.configuration.offers): return takeBody(parameter, decider.configuration)
    case "SMTPUTF8" where decider.configuration.offers(.internationalizedEmail): return takeInternationalized(parameter)
    case "AUTH" where decider.configuration.offers(.authentication): return takeSubmitter(parameter)
    case "RET" where decider.configuration.offers(.deliveryStatus): return takeReturns(parameter)
    case "BY" where decider.configuration.offers(.deliverBy): return takeDeliverBy(parameter, decider.configuration)
    case "ENVID" where decider.configuration.offers(.deliveryStatus): return takeEnvelopeID(parameter)
    case "MT-PRIORITY" where decider.configuration.offers(.priority): return takePriority(parameter)
    case "HOLDFOR" where decider.configuration.offers(.futureRelease),
      "HOLDUNTIL" where decider.configuration.offers(.futureRelease):
      return takeHold(parameter, decider.configuration)
    case "REQUIRETLS" where decider.configuration.offers(.requireTLS) && decider.state.dialogue.isEncrypted:
      return takeRequireTLS(parameter)
    default: return unknown(parameter)
    }
  }

  /// `size-value = 1*20DIGIT`, RFC 1870 §4.
  private mutating func takeSize(_ parameter: Parameter, limit: Int) -> Answer? {
    guard size == nil, let value = parameter.value, (1...Limits.numberDigits).contains(value.count), value.allSatisfy(\.isDigit) else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter SIZE")
    }
    let declared = value.reduce(0) { number, digit in
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(digit - .zero))
      return overflow || carry ? Int.max : sum
    }
    size = declared
    return declared > limit ? Answer(552, .init(3, 4), "Message size exceeds the limit of \(limit) octets") : nil
  }

  /// `body-value = "7BIT" / "8BITMIME" / "BINARYMIME"`, RFC 6152 §2 and RFC 3030 §3.
  private mutating func takeBody(_ parameter: Parameter, _ configuration: Configuration) -> Answer? {
    guard body == nil, let value = parameter.value else { return Answer(501, .init(5, 4), "Syntax error in the parameter BODY") }
    guard let type = BodyType(rawValue: value.uppercasedString), type == .sevenBit || configuration.offers(type) else {
      return Answer(555, .init(5, 4), "This BODY is not implemented")
    }
    body = type
    return nil
  }

  /// The keyword alone, RFC 6531 §3.4.
  private mutating func takeInternationalized(_ parameter: Parameter) -> Answer? {
    guard !isInternationalized, parameter.value == nil else { return Answer(501, .init(5, 4), "Syntax error in the parameter SMTPUTF8") }
    isInternationalized = true
    return nil
  }

  /// `auth-param = "AUTH=" xtext`, RFC 4954 §8; nobody is trusted here, so the value is read and not used (§5).
  private mutating func takeSubmitter(_ parameter: Parameter) -> Answer? {
    guard submitter == nil, let submitter = parameter.value.flatMap(Submitter.init) else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter AUTH")
    }
    self.submitter = submitter
    return nil
  }

  /// `"FULL" / "HDRS"`, RFC 3461 §4.3.
  private mutating func takeReturns(_ parameter: Parameter) -> Answer? {
    guard returns == nil, let content = parameter.value.flatMap({ ReturnedContent(rawValue: $0.uppercasedString) }) else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter RET")
    }
    returns = content
    return nil
  }

  /// `xtext` that stands for printable US-ASCII, RFC 3461 §4.4.
  private mutating func takeEnvelopeID(_ parameter: Parameter) -> Answer? {
    guard envelopeID == nil, let identifier = parameter.value.flatMap({ XText.decode($0, inSmallLetters: false) }),
      identifier.allSatisfy(\.isText)
    else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter ENVID")
    }
    envelopeID = identifier
    return nil
  }

  /// `by-value`, RFC 2852 §4: time that is over can be reported, and not be kept.
  private mutating func takeDeliverBy(_ parameter: Parameter, _ configuration: Configuration) -> Answer? {
    guard deliverBy == nil, let by = parameter.value.flatMap({ DeliverBy($0) }), by.mode == .notify || by.seconds > 0 else {
      return Answer(501, .init(5, 4), "Syntax error in the parameter BY")
    }
    deliverBy = by
    guard by.mode == .notify || by.seconds >= configuration.minimumByTime else {
      return Answer(555, .init(5, 4), "Delivery may take \(configuration.minimumByTime) seconds")
    }
    return nil
  }

  private func unknown(_ parameter: Parameter) -> Answer {
    Answer(555, .init(5, 4), "MAIL parameter not recognized or not implemented")
  }
}
