/// The first octet at which an address stops fitting the grammar of RFC 5321 §4.1.2 and §4.1.3.
package struct AddressSyntaxError: Error, Sendable, Hashable {
  /// What was expected there.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `<` at the front of a path.
    case pathStart
    /// `>` at the end of a path.
    case pathEnd
    /// `,` or `:` after a domain of a source route.
    case sourceRoute
    /// A letter, digit or `"` (or other `atext`) at the front of a local part, or after its dot.
    case localPart
    /// An octet that a quoted string can have, or its closing quote.
    case quotedString
    /// `@` after the local part.
    case at
    /// A letter or digit at the front of a domain, or after its dot.
    case domain
    /// A letter or digit at the end of a domain's label.
    case labelEnd
    /// `[` at the front of an address literal.
    case literalStart
    /// A number of at most three digits, at most 255, or the dot between two.
    case ipv4
    /// A group of at most four hexadecimal digits, a colon, or the right number of groups.
    case ipv6
    /// A tag and a colon.
    case literalTag
    /// An octet that an address literal can have.
    case literalContent
    /// `]` at the end of an address literal.
    case literalEnd
    /// The end: the grammar allows nothing more.
    case trailingOctets
  }

  /// What is wrong.
  package let kind: Kind
  /// Where it stands, in octets from the front of what was parsed.
  package let offset: Int

  /// Names what is wrong and where.
  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

/// Which octets addresses and parameters may have.
package enum MailboxForm: Sendable, Hashable {
  /// US-ASCII, RFC 5321 §4.1.2.
  case ascii
  /// UTF-8 too, where SMTPUTF8 was negotiated, RFC 6531 §3.3.
  case internationalized

  /// How many octets the character at a position has that this form adds to US-ASCII: `UTF8-non-ascii` of RFC 6532 §3.1, or 0.
  @inline(__always)
  func extraLength(_ octets: Span<UInt8>, at position: Int) -> Int {
    self == .ascii ? 0 : octets.lengthOfNonASCII(at: position)
  }
}

/// Something that a grammar rule of RFC 5321 §4.1.2 or §4.1.3 reads from octets and that writes itself as octets.
package protocol AddressSyntax: Sendable, Hashable, CustomStringConvertible {
  /// Reads the rule at a position and moves the position past it.
  ///
  /// - Throws: ``AddressSyntaxError`` at the first octet that does not fit.
  static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> Self

  /// The octets as they came, or as this program writes them.
  var octets: Octets { get }
}

extension AddressSyntax {
  /// Reads octets that are the rule and nothing else.
  ///
  /// - Throws: ``AddressSyntaxError`` at the first octet that does not fit.
  package init(parsing octets: Span<UInt8>, in form: MailboxForm = .ascii) throws(AddressSyntaxError) {
    var position = 0
    self = try Self.read(octets, at: &position, in: form)
    guard position == octets.count else { throw AddressSyntaxError(.trailingOctets, at: position) }
  }

  /// Reads octets that are the rule and nothing else.
  package init(parsing octets: Octets, in form: MailboxForm = .ascii) throws(AddressSyntaxError) {
    try self.init(parsing: octets.span, in: form)
  }

  /// Reads octets that are the rule and nothing else, or `nil`.
  package init?(_ octets: some Sequence<UInt8>) {
    guard let value = try? Self(parsing: Octets(octets)) else { return nil }
    self = value
  }

  /// Reads a string that is the rule and nothing else, or `nil`.
  package init?(_ string: String) { self.init(string.utf8) }

  /// The octets, to show.
  package var description: String { String(decoding: octets, as: UTF8.self) }
}
