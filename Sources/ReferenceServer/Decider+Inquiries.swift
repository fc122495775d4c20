import Wire

extension Decider {
  // MARK: VRFY and EXPN, RFC 5321 §3.5

  func verify(_ argument: [UInt8]) -> Decision {
    switch inquired(argument) {
    case .users(let users): stay(Answer(250, .init(1, 5), users.map(mailboxText)))
    case .former(let user): stay(Answer(252, .init(2, 1), "<\(user)@\(firstDomain)> is disabled"))
    case .list(let name, _): stay(Answer(250, .init(1, 5), "<\(name)@\(firstDomain)>"))
    case .nobody: stay(Answer(550, .init(1, 1), "No such user here"))
    case .elsewhere: stay(Answer(550, .init(7, 1), "Not a user of this host"))
    case nil: stay(Answer(501, .init(5, 4), "Syntax error in the argument of VRFY"))
    }
  }

  func expand(_ argument: [UInt8]) -> Decision {
    guard configuration.offers(.expand) else { return stay(notImplemented(.expn)) }
    return switch inquired(argument) {
    case .users(let users), .list(_, let users): stay(Answer(250, .init(1, 5), users.map(mailboxText)))
    case .nobody, .former: stay(Answer(550, .init(1, 1), "No such list here"))
    case .elsewhere: stay(Answer(550, .init(7, 1), "Not a list of this host"))
    case nil: stay(Answer(501, .init(5, 4), "Syntax error in the argument of EXPN"))
    }
  }

  /// Finds whom the argument of VRFY or EXPN names: a path, a mailbox, or a local part alone; `nil` where it is none of these.
  private func inquired(_ argument: [UInt8]) -> Destination? {
    if let path = Path(argument) { return destination(of: .path(path)) }
    if let mailbox = Mailbox(argument) { return destination(of: .path(Path(mailbox: mailbox))) }
    guard let localPart = LocalPart(argument) else { return nil }
    return destination(ofLocalPart: localPart.value)
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
    .vrfy: "VRFY user or mailbox", .expn: "EXPN list", .help: "HELP [verb]", .starttls: "STARTTLS",
    .bdat: "BDAT size [LAST]", .lhlo: "LHLO domain or address literal",
    .auth: "AUTH mechanism [initial-response]",
    .etrn: "ETRN node", .atrn: "ATRN [domains]",
  ]
}
