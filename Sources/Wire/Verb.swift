/// A command's verb, recognised in any letter case (RFC 5321 §2.4).
package enum Verb: String, Sendable, Hashable, CaseIterable {
  // RFC 5321 §4.1.1.
  case helo = "HELO"
  case ehlo = "EHLO"
  case mail = "MAIL"
  case rcpt = "RCPT"
  case data = "DATA"
  case rset = "RSET"
  case vrfy = "VRFY"
  case expn = "EXPN"
  case help = "HELP"
  case noop = "NOOP"
  case quit = "QUIT"
  // Extensions: RFC 3207, RFC 4954, RFC 3030, RFC 1985, and RFC 2033.
  case starttls = "STARTTLS"
  case auth = "AUTH"
  case bdat = "BDAT"
  case etrn = "ETRN"
  // RFC 2645.
  case atrn = "ATRN"
  case lhlo = "LHLO"
  // Obsolete: known, so that they draw 502 and not 500 (RFC 5321 §4.2.4 and appendix F).
  case send = "SEND"
  case soml = "SOML"
  case saml = "SAML"
  case turn = "TURN"

  /// The verb that these octets spell, or `nil`.
  package init?(_ octets: some Sequence<UInt8>) {
    guard let verb = Verb.spelling(octets).flatMap({ Verb.bySpelling[$0] }) else { return nil }
    self = verb
  }

  private static let bySpelling = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { verb in spelling(verb.rawValue.utf8).map { ($0, verb) } }
  )

  /// At most eight octets in upper case as one number, or `nil`; no verb is longer, and none has a NUL.
  private static func spelling(_ octets: some Sequence<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for octet in octets {
      guard number >> 56 == 0, octet != .nul else { return nil }
      number = number << 8 | UInt64(octet.uppercased)
    }
    return number
  }

  /// Whether RFC 5321 no longer has it: SEND, SOML, SAML and TURN.
  package var isObsolete: Bool {
    switch self {
    case .send, .soml, .saml, .turn: true
    default: false
    }
  }

  /// Whether its argument may have UTF-8 where SMTPUTF8 was offered: that of MAIL, RCPT, VRFY and EXPN (RFC 6531 §3.2, §3.7.4.2).
  var mayBeInternationalized: Bool {
    switch self {
    case .mail, .rcpt, .vrfy, .expn: true
    default: false
    }
  }

  /// The verb's letters in upper case.
  package var octets: Octets { Octets(rawValue.utf8) }
}
