/// A `Received:` field as SMTP servers write it, `Time-stamp-line`, RFC 5321 §4.4.
package struct TimeStampLine: Sendable, Equatable {
  /// A host and what the server knows of it from the TCP connection, `Extended-Domain`.
  package struct ExtendedDomain: Sendable, Equatable {
    /// The name or address literal.
    package let host: Host
    /// The name in `TCP-info`.
    package let tcpDomain: Domain?
    /// The address in `TCP-info`.
    package let tcpAddress: AddressLiteral?
  }

  /// A clause with a name that this grammar leaves to a registry.
  package struct Clause: Sendable, Equatable {
    /// The clause's name in upper case.
    package let name: String
    /// The word after it, as written.
    package let value: Octets
  }

  /// Who sent the message.
  package let from: ExtendedDomain
  /// Who received it.
  package let by: ExtendedDomain
  /// The link, such as TCP.
  package let via: String?
  /// The protocol, such as ESMTP.
  package let with: String?
  /// An atom, or a message id with its angle brackets.
  package let id: Octets?
  /// A path or a mailbox, as it was written.
  package let `for`: Octets?
  /// Further registered clauses.
  package let additional: [Clause]
  /// When it was received.
  package let date: DateTime

  /// Reads a field.
  ///
  ///     Time-stamp-line = "Received:" FWS Stamp <CRLF>
  ///     Stamp           = From-domain By-domain Opt-info [CFWS] ";" FWS date-time
  ///     From-domain     = "FROM" FWS Extended-Domain
  ///     By-domain       = CFWS "BY" FWS Extended-Domain
  ///     Opt-info        = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
  ///
  /// - Parameters:
  ///   - field: The field, as it stands in the message.
  ///   - literalAlone: Whether an address literal may stand with no `TCP-info` behind it, which the grammar does not allow.
  /// - Throws: ``TraceSyntaxError`` at the first octet of the unfolded value that does not fit.
  package init(_ field: HeaderField, literalAlone: Bool = false) throws(TraceSyntaxError) {
    guard field.isNamed("Received") else { throw TraceSyntaxError(.fieldName, at: 0) }
    var reader = TraceReader(octets: field.unfoldedValue)
    try reader.whiteSpace()
    let fromStart = reader.position
    guard reader.atom()?.matchesIgnoringCase("from".utf8) == true else { throw TraceSyntaxError(.fromClause, at: fromStart) }
    from = try TimeStampLine.extendedDomain(&reader, literalAlone: literalAlone)

    guard try reader.skipCommentsAndWhiteSpace() else { throw reader.fail(.whiteSpace) }
    let byStart = reader.position
    guard reader.atom()?.matchesIgnoringCase("by".utf8) == true else { throw TraceSyntaxError(.byClause, at: byStart) }
    by = try TimeStampLine.extendedDomain(&reader, literalAlone: literalAlone)

    let clauses = try TimeStampLine.clauses(&reader)
    via = clauses.via
    with = clauses.with
    id = clauses.id
    self.for = clauses.for
    additional = clauses.additional

    try reader.whiteSpace()
    date = try DateTime.read(&reader)
    _ = try reader.skipCommentsAndWhiteSpace()
    guard reader.octet == nil else { throw reader.fail(.trailingOctets) }
  }

  /// Reads `FWS Extended-Domain`.
  ///
  ///     Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) / ( address-literal FWS "(" TCP-info ")" )
  ///     TCP-info        = address-literal / ( Domain FWS address-literal )
  private static func extendedDomain(_ reader: inout TraceReader, literalAlone: Bool) throws(TraceSyntaxError) -> ExtendedDomain {
    try reader.whiteSpace()
    let host = try reader.address(Host.self)
    var ahead = reader
    if let info = tcpInfo(&ahead) {
      reader = ahead
      return ExtendedDomain(host: host, tcpDomain: info.domain, tcpAddress: info.address)
    }
    // After a domain, what looks like TCP information may be a comment; after a literal it may not.
    guard literalAlone || host.domain != nil else { throw reader.fail(.tcpInfo) }
    return ExtendedDomain(host: host, tcpDomain: nil, tcpAddress: nil)
  }

  private static func tcpInfo(_ reader: inout TraceReader) -> (domain: Domain?, address: AddressLiteral)? {
    guard reader.skipWhiteSpace(), reader.octet == 0x28 else { return nil }
    reader.position += 1
    var domain: Domain?
    if reader.octet != .leftBracket {
      domain = try? reader.address(Domain.self)
      guard domain != nil, reader.skipWhiteSpace() else { return nil }
    }
    guard let address = try? reader.address(AddressLiteral.self), reader.octet == 0x29 else { return nil }
    reader.position += 1
    return (domain, address)
  }

  /// The clauses of a field that may not fit the grammar: the word after each clause's name, outside comments.
  ///
  /// For what has to be read of a field that ``init(_:)`` refuses.
  ///
  /// - Parameter field: A field of any name.
  /// - Returns: The clauses in their order, up to the semicolon, names in upper case.
  package static func looseClauses(of field: HeaderField) -> [Clause] {
    var words: [Octets] = []
    var word: Octets = []
    var depth = 0
    var isQuoted = false
    scan: for octet in field.unfoldedValue + [.space] {
      switch octet {
      case .quote where depth == 0:
        isQuoted.toggle()
        word.append(octet)
      case 0x28 where !isQuoted: depth += 1
      case 0x29 where depth > 0: depth -= 1
      case 0x3B where depth == 0 && !isQuoted:
        break scan
      case _ where depth > 0: break
      case _ where octet.isWhiteSpace && !isQuoted:
        if !word.isEmpty { words.append(word) }
        word = []
      default: word.append(octet)
      }
    }
    if !word.isEmpty { words.append(word) }
    let names = ["FROM", "BY", "VIA", "WITH", "ID", "FOR", "TLS", "PRIORITY"]
    var clauses: [Clause] = []
    for (name, value) in zip(words, words.dropFirst()) where names.contains(name.uppercasedString) {
      clauses.append(Clause(name: name.uppercasedString, value: value))
    }
    return clauses
  }

  private struct Clauses {
    var via: String?
    var with: String?
    var id: Octets?
    var `for`: Octets?
    var additional: [Clause] = []
  }

  /// Reads `Opt-info [CFWS] ";"`.
  private static func clauses(_ reader: inout TraceReader) throws(TraceSyntaxError) -> Clauses {
    var clauses = Clauses()
    let order = ["VIA", "WITH", "ID", "FOR"]
    var next = 0
    while true {
      let hasSpace = try reader.skipCommentsAndWhiteSpace()
      if reader.octet == 0x3B {
        reader.position += 1
        return clauses
      }
      guard hasSpace else { throw reader.fail(.whiteSpace) }
      let start = reader.position
      guard let name = reader.atom()?.uppercasedString else { throw reader.fail(.semicolon) }
      let place = order.firstIndex(of: name)
      guard (place ?? order.count) >= next, name != "FROM", name != "BY" else { throw TraceSyntaxError(.clauseOrder, at: start) }
      next = place.map { $0 + 1 } ?? order.count
      try reader.whiteSpace()
      switch place {
      case 0: clauses.via = try word(&reader)
      case 1: clauses.with = try word(&reader)
      case 2:
        // The white space that `msg-id` may have around it is the clauses' own.
        _ = try reader.skipCommentsAndWhiteSpace()
        clauses.id = reader.octet == .less ? try reader.messageID() : Octets(try word(&reader).utf8)
      case 3: clauses.for = reader.octet == .less ? try reader.address(Path.self).octets : try reader.address(Mailbox.self).octets
      default: clauses.additional.append(Clause(name: name, value: try reader.string()))
      }
    }
  }

  private static func word(_ reader: inout TraceReader) throws(TraceSyntaxError) -> String {
    guard let atom = reader.atom() else { throw reader.fail(.clauseValue) }
    return String(decoding: atom, as: UTF8.self)
  }
}

/// A `Return-Path:` field, `"Return-Path:" FWS Reverse-path`, RFC 5321 §4.4.
package struct ReturnPathLine: Sendable, Equatable {
  /// The reverse-path of the transaction.
  package let reversePath: ReversePath

  /// Reads a field.
  ///
  /// - Parameters:
  ///   - field: The field, as it stands in the message.
  ///   - literalAlone: Whether an address literal may stand with no `TCP-info` behind it, which the grammar does not allow.
  /// - Throws: ``TraceSyntaxError`` at the first octet of the unfolded value that does not fit.
  package init(_ field: HeaderField, literalAlone: Bool = false) throws(TraceSyntaxError) {
    guard field.isNamed("Return-Path") else { throw TraceSyntaxError(.fieldName, at: 0) }
    var reader = TraceReader(octets: field.unfoldedValue)
    try reader.whiteSpace()
    reversePath = try reader.address(ReversePath.self)
    guard reader.octet == nil else { throw reader.fail(.trailingOctets) }
  }
}
