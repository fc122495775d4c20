/// Reads the pieces that trace fields are made of.
struct TraceReader {
  /// The deepest nesting of comments that is followed; RFC 5322 §3.2.2 sets none.
  static let commentDepth = 32

  let octets: Octets
  var position = 0

  var octet: UInt8? { position < octets.count ? octets[position] : nil }

  func fail(_ kind: TraceSyntaxError.Kind) -> TraceSyntaxError { TraceSyntaxError(kind, at: position) }

  /// Passes over `FWS`, RFC 5322 §3.2.2; the value is unfolded, so that spaces and tabs are all it has.
  mutating func skipWhiteSpace() -> Bool {
    let start = position
    while let octet, octet.isWhiteSpace { position += 1 }
    return position > start
  }

  mutating func whiteSpace() throws(TraceSyntaxError) {
    guard skipWhiteSpace() else { throw fail(.whiteSpace) }
  }

  /// Passes over `CFWS`, RFC 5322 §3.2.2: white space and comments.
  mutating func skipCommentsAndWhiteSpace() throws(TraceSyntaxError) -> Bool {
    let start = position
    repeat { _ = skipWhiteSpace() } while try skipComment()
    return position > start
  }

  /// Passes over `"(" *([FWS] ccontent) [FWS] ")"`.
  private mutating func skipComment() throws(TraceSyntaxError) -> Bool {
    guard octet == 0x28 else { return false }
    var depth = 0
    repeat {
      guard let octet else { throw fail(.comment) }
      switch octet {
      case 0x28: depth += 1
      case 0x29: depth -= 1
      case .backslash:
        position += 1
        guard let quoted = self.octet, quoted.isText else { throw fail(.comment) }
      default: guard octet.isText else { throw fail(.comment) }
      }
      guard depth <= TraceReader.commentDepth else { throw fail(.comment) }
      position += 1
    } while depth > 0
    return true
  }

  /// Reads `Atom`.
  mutating func atom() -> Octets? {
    let start = position
    while let octet, octet.isAtomText { position += 1 }
    return position > start ? Octets(octets[start..<position]) : nil
  }

  mutating func address<Value: AddressSyntax>(_ type: Value.Type) throws(TraceSyntaxError) -> Value {
    let octets = octets
    do throws(AddressSyntaxError) {
      return try Value.read(octets.span, at: &position, in: .ascii)
    } catch {
      throw TraceSyntaxError(.address(error.kind), at: error.offset)
    }
  }

  /// Reads `msg-id` without the white space around it, RFC 5322 §3.6.4, and returns it with its brackets.
  mutating func messageID() throws(TraceSyntaxError) -> Octets {
    let start = position
    guard octet == .less else { throw fail(.clauseValue) }
    position += 1
    try dotAtom()
    guard octet == .at else { throw fail(.clauseValue) }
    position += 1
    if octet == .leftBracket {
      position += 1
      while let octet, octet.isGraphic, octet != .leftBracket, octet != .backslash, octet != .rightBracket { position += 1 }
      guard octet == .rightBracket else { throw fail(.clauseValue) }
      position += 1
    } else {
      try dotAtom()
    }
    guard octet == .greater else { throw fail(.clauseValue) }
    position += 1
    return Octets(octets[start..<position])
  }

  private mutating func dotAtom() throws(TraceSyntaxError) {
    guard atom() != nil else { throw fail(.clauseValue) }
    while octet == .dot {
      position += 1
      guard atom() != nil else { throw fail(.clauseValue) }
    }
  }

  /// Reads `String = Atom / Quoted-string` and returns it as written.
  mutating func string() throws(TraceSyntaxError) -> Octets {
    guard octet == .quote else {
      guard let atom = atom() else { throw fail(.clauseValue) }
      return atom
    }
    let start = position
    let octets = octets
    do throws(AddressSyntaxError) {
      _ = try LocalPart.quotedString(octets.span, at: &position)
    } catch {
      throw TraceSyntaxError(.address(error.kind), at: error.offset)
    }
    return Octets(octets[start..<position])
  }
}
