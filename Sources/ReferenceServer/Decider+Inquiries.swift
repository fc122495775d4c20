import Wire

extension Decider {
  // MARK: VRFY and EXPN, RFC 5321 §3.5

  func verify(_ argument: [UInt8]) -> Decision {
    let inquiry = Inquiry(argument, offered: configuration.offers(.internationalizedEmail))
    return switch inquired(inquiry) {
    case .users(let users): stay(show(users, for: inquiry))
    case .former(let user): stay(Answer(252, .init(2, 1), "<\(user)@\(firstDomain)> is disabled"))
    case .list(let name, _): stay(Answer(250, .init(1, 5), "<\(name)@\(firstDomain)>"))
    case .nobody: stay(Answer(550, .init(1, 1), "No such user here"))
    case .elsewhere, .relayed, .nowhere: stay(Answer(550, .init(7, 1), "Not a user of this host"))
    case nil: stay(Answer(501, .init(5, 4), "Syntax error in the argument of VRFY"))
    }
  }

  func expand(_ argument: [UInt8]) -> Decision {
    guard configuration.offers(.expand) else { return stay(notImplemented(.expn)) }
    let inquiry = Inquiry(argument, offered: configuration.offers(.internationalizedEmail))
    return switch inquired(inquiry) {
    case .users(let users), .list(_, let users): stay(show(users, for: inquiry))
    case .nobody, .former: stay(Answer(550, .init(1, 1), "No such list here"))
    case .elsewhere, .relayed, .nowhere: stay(Answer(550, .init(7, 1), "Not a list of this host"))
    case nil: stay(Answer(501, .init(5, 4), "Syntax error in the argument of EXPN"))
    }
  }

  /// Finds whom VRFY or EXPN asks for: a path, a mailbox, or a local part alone; `nil` where it is none of these.
  private func inquired(_ inquiry: Inquiry) -> Destination? {
    guard let name = inquiry.name else { return nil }
    if let path = try? Path(parsing: name, in: mailboxForm) { return destination(of: .path(path)) }
    if let mailbox = try? Mailbox(parsing: name, in: mailboxForm) { return destination(of: .path(Path(mailbox: mailbox))) }
    guard let localPart = try? LocalPart(parsing: name, in: mailboxForm) else { return nil }
    return destination(ofLocalPart: localPart.value)
  }

  /// The mailboxes of users, one a line; one that is not ASCII is shown to those alone who ask with SMTPUTF8 (RFC 6531 §3.7.4.2).
  private func show(_ users: [String], for inquiry: Inquiry) -> Answer {
    var answer = Answer(250, .init(1, 5), users.map(mailboxText))
    guard !answer.lines.allSatisfy(\.isASCII) else { return answer }
    guard inquiry.isInternationalized else { return Answer(252, .init(6, 8), "The name is not ASCII: ask with SMTPUTF8") }
    answer.isInternationalized = true
    return answer
  }

  /// `User Name <local-part@domain>`, RFC 5321 §3.5.1.
  private func mailboxText(_ user: String) -> String {
    let address = "<\(user)@\(firstDomain)>"
    return configuration.fullNames[user].map { "\($0) \(address)" } ?? address
  }

  private var firstDomain: String { configuration.domains.first ?? configuration.hostName }

  // MARK: HELP, RFC 5321 §4.1.1.8

  func help(_ argument: [UInt8]?) -> Decision {
    guard configuration.offers(.help) else { return stay(notImplemented(.help)) }
    guard let argument, !argument.isEmpty else {
      let verbs = Verb.allCases.filter(isImplemented).map(\.rawValue).joined(separator: " ")
      return stay(Answer(214, .init(0, 0), ["Commands: \(verbs)", "HELP and a verb shows its syntax"]))
    }
    guard let verb = Verb.allCases.first(where: { argument.matchesIgnoringCase($0.rawValue.utf8) }), isImplemented(verb),
      let syntax = Self.syntax[verb]
    else { return stay(Answer(504, .init(5, 4), "There is no help on this")) }
    return stay(Answer(214, .init(0, 0), syntax))
  }

  private static let syntax: [Verb: String] = [
    .ehlo: "EHLO domain or address literal", .helo: "HELO domain", .mail: "MAIL FROM:<reverse-path> [parameters]",
    .rcpt: "RCPT TO:<forward-path> [parameters]", .data: "DATA", .rset: "RSET", .noop: "NOOP [string]", .quit: "QUIT",
    .vrfy: "VRFY user or mailbox [SMTPUTF8]", .expn: "EXPN list [SMTPUTF8]", .help: "HELP [verb]", .starttls: "STARTTLS",
    .bdat: "BDAT size [LAST]", .lhlo: "LHLO domain or address literal",
    .auth: "AUTH mechanism [initial-response]",
    .etrn: "ETRN node", .atrn: "ATRN [domains]",
  ]
}

/// The argument of VRFY or EXPN: a name, and perhaps SMTPUTF8 behind it.
///
/// - SeeAlso: RFC 6531 §3.7.4.2.
private struct Inquiry {
  /// Whom it asks for; `nil` where SMTPUTF8 has a value.
  let name: [UInt8]?
  /// Whether the reply may have UTF-8.
  let isInternationalized: Bool

  init(_ argument: [UInt8], offered: Bool) {
    let space = argument.lastIndex(of: .space)
    let word = space.map { argument[($0 + 1)...] } ?? []
    guard offered, let space, word.prefix(8).matchesIgnoringCase("SMTPUTF8".utf8), word.count == 8 || word[word.startIndex + 8] == .equal
    else {
      name = argument
      isInternationalized = false
      return
    }
    name = word.count == 8 ? Array(argument[..<space]) : nil
    isInternationalized = true
  }
}
