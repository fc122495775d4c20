extension Command {
  /// Reads one command line.
  ///
  /// A verb that is not known is no error here: it is ``Command/unknown(verb:argument:)``, and the server's to refuse.
  ///
  /// - Parameters:
  ///   - line: The line without its CRLF.
  ///   - tolerance: What to let pass; by default what RFC 5321 asks of receivers.
  ///   - form: Which octets the arguments of MAIL, RCPT, VRFY and EXPN may have; all others are US-ASCII (RFC 6531 §3.7).
  /// - Returns: The command.
  /// - Throws: ``CommandSyntaxError`` at the first octet that does not fit, with the verb where it is known.
  /// - SeeAlso: RFC 5321 §4.1.1.
  package static func parse(
    line: Span<UInt8>,
    tolerating tolerance: CommandTolerance = .standard,
    in form: MailboxForm = .ascii
  ) throws(CommandSyntaxError) -> Command {
    var end = line.count
    if tolerance.contains(.trailingWhiteSpace) {
      while end > 0, line[end - 1].isWhiteSpace { end -= 1 }
    }
    var position = 0
    while position < end, !line[position].isWhiteSpace { position += 1 }
    guard position > 0 else { throw CommandSyntaxError(.emptyVerb, at: 0) }
    let verbOctets = line.octets(0..<position)
    guard let verb = Verb(verbOctets), !verb.isObsolete else {
      return .unknown(verb: verbOctets, argument: position < end ? line.octets(position + 1..<end) : nil)
    }
    do throws(CommandSyntaxError) {
      let form = verb.mayBeInternationalized ? form : .ascii
      var arguments = Arguments(line: line.octets(0..<end), position: position, tolerance: tolerance, form: form)
      let command = try arguments.command(verb)
      try arguments.end()
      return command
    } catch {
      throw CommandSyntaxError(error.kind, at: error.offset, verb: verb)
    }
  }

  /// Reads one command line.
  package static func parse(
    line: Octets,
    tolerating tolerance: CommandTolerance = .standard,
    in form: MailboxForm = .ascii
  ) throws(CommandSyntaxError) -> Command {
    try parse(line: line.span, tolerating: tolerance, in: form)
  }
}

/// The rest of a command line after its verb.
private struct Arguments {
  let line: Octets
  var position: Int
  let tolerance: CommandTolerance
  let form: MailboxForm

  mutating func command(_ verb: Verb) throws(CommandSyntaxError) -> Command {
    switch verb {
    case .helo:
      try space()
      return .helo(try address(Domain.self))
    case .ehlo: return .ehlo(try hostName())
    case .lhlo: return .lhlo(try hostName())
    case .mail:
      try pathKeyword("FROM:")
      return .mail(try address(ReversePath.self), try parameters())
    case .rcpt:
      try pathKeyword("TO:")
      return .rcpt(try address(ForwardPath.self), try parameters())
    case .data: return .data
    case .rset: return .rset
    case .quit: return .quit
    case .starttls: return .starttls
    case .noop: return .noop(try optionalText())
    case .help: return .help(try optionalText())
    case .vrfy: return .vrfy(try text())
    case .expn: return .expn(try text())
    case .auth: return try auth()
    case .bdat: return try bdat()
    case .etrn: return try etrn()
    case .atrn: return .atrn(try domains())
    case .send, .soml, .saml, .turn: return .unknown(verb: verb.octets, argument: try optionalText())
    }
  }

  /// Requires that nothing is left.
  func end() throws(CommandSyntaxError) {
    guard position == line.count else { throw CommandSyntaxError(.unexpectedArgument, at: position) }
  }

  /// Requires one space and something after it.
  private mutating func space() throws(CommandSyntaxError) {
    guard position < line.count else { throw CommandSyntaxError(.missingArgument, at: position) }
    guard line[position] == .space else { throw CommandSyntaxError(.whiteSpace, at: position) }
    position += 1
    guard position < line.count else { throw CommandSyntaxError(.missingArgument, at: position) }
    guard !line[position].isWhiteSpace else { throw CommandSyntaxError(.whiteSpace, at: position) }
  }

  private mutating func address<Value: AddressSyntax>(_ type: Value.Type) throws(CommandSyntaxError) -> Value {
    let line = line
    do throws(AddressSyntaxError) {
      return try Value.read(line.span, at: &position, in: form)
    } catch {
      throw CommandSyntaxError(.address(error.kind), at: error.offset)
    }
  }

  private mutating func hostName() throws(CommandSyntaxError) -> EhloName {
    try space()
    let name = try address(EhloName.self)
    if case .literal = name, tolerance.contains(.textAfterLiteral), position < line.count, line[position] == .space {
      try space()
      _ = try rest()
    }
    return name
  }

  private mutating func pathKeyword(_ keyword: StaticString) throws(CommandSyntaxError) {
    try space()
    guard line.span.has(keyword, at: position) else { throw CommandSyntaxError(.pathKeyword, at: position) }
    position += keyword.utf8CodeUnitCount
    if tolerance.contains(.spaceBeforePath) {
      while position < line.count, line[position] == .space { position += 1 }
    }
    if position < line.count, line[position].isWhiteSpace { throw CommandSyntaxError(.whiteSpace, at: position) }
    guard position < line.count else { throw CommandSyntaxError(.missingArgument, at: position) }
  }

  /// Reads `[SP esmtp-param *(SP esmtp-param)]`.
  private mutating func parameters() throws(CommandSyntaxError) -> [Parameter] {
    let line = line
    var parameters: [Parameter] = []
    while position < line.count {
      guard line[position].isWhiteSpace else {
        throw CommandSyntaxError(parameters.isEmpty ? .address(.trailingOctets) : .parameterValue, at: position)
      }
      try space()
      parameters.append(try Parameter.read(line.span, at: &position, in: form))
    }
    return parameters
  }

  /// Reads everything up to the end, spaces included.
  private mutating func rest() throws(CommandSyntaxError) -> Octets {
    let start = position
    while position < line.count {
      let length = (0x20...0x7E).contains(line[position]) ? 1 : form.extraLength(line.span, at: position)
      guard length > 0 else { throw CommandSyntaxError(.invalidOctet, at: position) }
      position += length
    }
    return Octets(line[start...])
  }

  private mutating func text() throws(CommandSyntaxError) -> Octets {
    try space()
    return try rest()
  }

  private mutating func optionalText() throws(CommandSyntaxError) -> Octets? {
    guard position < line.count else { return nil }
    return try text()
  }

  /// Reads up to the next space or the end.
  private mutating func word() -> Octets {
    let start = position
    while position < line.count, !line[position].isWhiteSpace { position += 1 }
    return Octets(line[start..<position])
  }

  private mutating func auth() throws(CommandSyntaxError) -> Command {
    try space()
    let start = position
    let mechanism = word()
    // RFC 4422 §3.1: sasl-mech = 1*20mech-char.
    let bad = mechanism.firstIndex { !($0.isLetterOrDigit || $0 == .hyphen || $0 == 0x5F) }
    if let bad { throw CommandSyntaxError(.mechanism, at: start + bad) }
    guard mechanism.count <= Limits.mechanismName else { throw CommandSyntaxError(.mechanism, at: start + Limits.mechanismName) }
    guard position < line.count else { return .auth(mechanism: mechanism.uppercasedString, initialResponse: nil) }
    try space()
    let responseStart = position
    let response = word()
    if response != [.equal], let bad = Base64.firstError(in: response) {
      throw CommandSyntaxError(.base64, at: responseStart + bad)
    }
    return .auth(mechanism: mechanism.uppercasedString, initialResponse: response)
  }

  private mutating func bdat() throws(CommandSyntaxError) -> Command {
    try space()
    let start = position
    var size = 0
    while position < line.count, line[position].isDigit {
      let (tens, overflow) = size.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(line[position] - .zero))
      guard !overflow, !carry, position - start < Limits.numberDigits else { throw CommandSyntaxError(.number, at: position) }
      size = sum
      position += 1
    }
    guard position > start else { throw CommandSyntaxError(.number, at: position) }
    guard position < line.count else { return .bdat(size: size, isLast: false) }
    guard line[position].isWhiteSpace else { throw CommandSyntaxError(.number, at: position) }
    try space()
    let keywordStart = position
    guard word().matchesIgnoringCase("LAST".utf8) else { throw CommandSyntaxError(.lastKeyword, at: keywordStart) }
    return .bdat(size: size, isLast: true)
  }

  /// Reads `[SP domain *("," domain)]`; a domain has two labels at least (RFC 2645 §5.2.1).
  private mutating func domains() throws(CommandSyntaxError) -> [Domain] {
    guard position < line.count else { return [] }
    try space()
    var domains: [Domain] = []
    while true {
      let start = position
      let domain = try address(Domain.self)
      guard domain.octets.contains(.dot) else { throw CommandSyntaxError(.address(.trailingOctets), at: start) }
      domains.append(domain)
      guard position < line.count, line[position] == .comma else { return domains }
      position += 1
    }
  }

  private mutating func etrn() throws(CommandSyntaxError) -> Command {
    try space()
    guard line[position] != 0x23 else {
      position += 1
      let name = try rest()
      guard !name.isEmpty else { throw CommandSyntaxError(.missingArgument, at: position) }
      return .etrn(option: 0x23, name: name)
    }
    let hasOption = line[position] == .at
    if hasOption { position += 1 }
    return .etrn(option: hasOption ? .at : nil, name: try address(Domain.self).octets)
  }
}
