/// An address literal with its brackets, RFC 5321 §4.1.3.
///
/// Two literals are equal when they name the same address, however it is written.
package struct AddressLiteral: AddressSyntax {
  /// What stands between the brackets.
  package enum Form: Sendable, Hashable {
    case ipv4(IPv4Address)
    case ipv6(IPv6Address)
    /// A tag that is not `IPv6`, in upper case, and what follows its colon.
    case general(tag: String, content: Octets)
  }

  /// What kind of address it is.
  package let form: Form
  /// The literal as it was written, brackets included.
  package let octets: Octets

  /// Writes the literal of an IPv4 address.
  package init(_ address: IPv4Address) {
    form = .ipv4(address)
    octets = Octets("[\(address)]".utf8)
  }

  /// Writes the literal of an IPv6 address.
  package init(_ address: IPv6Address) {
    form = .ipv6(address)
    octets = Octets("[IPv6:\(address)]".utf8)
  }

  private init(form: Form, octets: Octets) {
    self.form = form
    self.octets = octets
  }

  /// Reads an address literal.
  ///
  ///     address-literal         = "[" ( IPv4-address-literal / IPv6-address-literal / General-address-literal ) "]"
  ///     IPv6-address-literal    = "IPv6:" IPv6-addr
  ///     General-address-literal = Standardized-tag ":" 1*dcontent
  ///     Standardized-tag        = Ldh-str
  ///     dcontent                = %d33-90 / %d94-126
  ///
  /// The tag `IPv6` belongs to IPv6 alone: what does not fit `IPv6-addr` is no general literal either.
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in _: MailboxForm) throws(AddressSyntaxError) -> AddressLiteral {
    let start = position
    guard octets.octet(at: position) == .leftBracket else { throw AddressSyntaxError(.literalStart, at: position) }
    position += 1
    let form: Form
    if octets.has("IPv6:", at: position) {
      position += 5
      form = .ipv6(try IPv6Address.read(octets, at: &position))
    } else if isTagged(octets, at: position) {
      form = try general(octets, at: &position)
    } else {
      form = .ipv4(try IPv4Address.read(octets, at: &position))
    }
    guard octets.octet(at: position) == .rightBracket else { throw AddressSyntaxError(.literalEnd, at: position) }
    position += 1
    return AddressLiteral(form: form, octets: octets.octets(start..<position))
  }

  /// Whether a letter or a colon comes before anything that ends a number.
  private static func isTagged(_ octets: Span<UInt8>, at position: Int) -> Bool {
    var index = position
    while let octet = octets.octet(at: index), octet.isLetterOrDigit || octet == .hyphen {
      if !octet.isDigit { return true }
      index += 1
    }
    return octets.octet(at: index) == .colon
  }

  private static func general(_ octets: Span<UInt8>, at position: inout Int) throws(AddressSyntaxError) -> Form {
    let start = position
    while let octet = octets.octet(at: position), octet.isLetterOrDigit || octet == .hyphen { position += 1 }
    let tag = octets.octets(start..<position)
    guard octets.octet(at: position) == .colon, let last = tag.last, last != .hyphen else {
      throw AddressSyntaxError(.literalTag, at: position)
    }
    position += 1
    let contentStart = position
    while let octet = octets.octet(at: position), (0x21...0x5A).contains(octet) || (0x5E...0x7E).contains(octet) { position += 1 }
    guard position > contentStart else { throw AddressSyntaxError(.literalContent, at: position) }
    return .general(tag: tag.uppercasedString, content: octets.octets(contentStart..<position))
  }

  /// Whether both name the same address.
  package static func == (lhs: AddressLiteral, rhs: AddressLiteral) -> Bool { lhs.form == rhs.form }

  /// Hashes the address.
  package func hash(into hasher: inout Hasher) { hasher.combine(form) }
}
