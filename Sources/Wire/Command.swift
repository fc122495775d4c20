/// One command of a client, RFC 5321 §4.1.1 and the extensions named at each case.
package enum Command: Sendable, Hashable {
  case helo(Domain)
  case ehlo(EhloName)
  /// RFC 2033 §4.1.
  case lhlo(EhloName)
  case mail(ReversePath, [Parameter])
  case rcpt(ForwardPath, [Parameter])
  case data
  case rset
  case noop(Octets?)
  case quit
  case vrfy(Octets)
  case expn(Octets)
  case help(Octets?)
  /// RFC 3207 §4.
  case starttls
  /// The mechanism in upper case and the initial response in base64 (`=` for an empty one), RFC 4954 §4.
  case auth(mechanism: String, initialResponse: Octets?)
  /// The octets of the chunk that follows, RFC 3030 §2.
  case bdat(size: Int, isLast: Bool)
  /// `@` (a domain with its subdomains), `#` (a queue) or no option, and the name; RFC 1985 §5.
  case etrn(option: UInt8?, name: Octets)
  /// The domains whose mail is asked for; none for all, RFC 2645 §5.2.1.
  case atrn([Domain])
  /// A verb that this room does not know or that is obsolete, and what follows its space.
  case unknown(verb: Octets, argument: Octets?)

  /// The verb, where it is a known one.
  package var verb: Verb? {
    switch self {
    case .helo: .helo
    case .ehlo: .ehlo
    case .lhlo: .lhlo
    case .mail: .mail
    case .rcpt: .rcpt
    case .data: .data
    case .rset: .rset
    case .noop: .noop
    case .quit: .quit
    case .vrfy: .vrfy
    case .expn: .expn
    case .help: .help
    case .starttls: .starttls
    case .auth: .auth
    case .bdat: .bdat
    case .etrn: .etrn
    case .atrn: .atrn
    case .unknown(let verb, _): Verb(verb)
    }
  }

  /// The command as a line with its CRLF.
  package var octets: Octets {
    var words: [Octets] = [verb?.octets ?? []]
    switch self {
    case .helo(let domain): words.append(domain.octets)
    case .ehlo(let name), .lhlo(let name): words.append(name.octets)
    case .mail(let path, let parameters):
      words.append(Octets("FROM:".utf8) + path.octets)
      words += parameters.map(\.octets)
    case .rcpt(let path, let parameters):
      words.append(Octets("TO:".utf8) + path.octets)
      words += parameters.map(\.octets)
    case .vrfy(let argument), .expn(let argument): words.append(argument)
    case .noop(let argument), .help(let argument): if let argument { words.append(argument) }
    case .auth(let mechanism, let initialResponse):
      words.append(Octets(mechanism.utf8))
      if let initialResponse { words.append(initialResponse) }
    case .bdat(let size, let isLast):
      words.append(Octets(String(size).utf8))
      if isLast { words.append(Octets("LAST".utf8)) }
    case .etrn(let option, let name): words.append((option.map { [$0] } ?? []) + name)
    case .atrn(let domains): if !domains.isEmpty { words.append(Octets(domains.map(\.octets).joined(separator: [.comma]))) }
    case .unknown(let verb, let argument):
      words = [verb]
      if let argument { words.append(argument) }
    case .data, .rset, .quit, .starttls: break
    }
    return Octets(words.joined(separator: [.space])) + [.carriageReturn, .lineFeed]
  }
}
