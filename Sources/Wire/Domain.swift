/// A domain name as SMTP writes it, RFC 5321 §4.1.2.
///
/// Two domains are equal whatever the case of their letters (RFC 5321 §2.3.5 and §2.4).
package struct Domain: AddressSyntax {
  /// The name as it was written.
  package let octets: Octets

  /// Reads a domain.
  ///
  ///     Domain     = sub-domain *("." sub-domain)
  ///     sub-domain = Let-dig [Ldh-str]
  ///     Ldh-str    = *( ALPHA / DIGIT / "-" ) Let-dig
  ///
  /// Internationalized, a label may also have UTF-8 beyond US-ASCII (RFC 6531 §3.3); whether IDNA allows it is not asked.
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> Domain {
    let start = position
    while true {
      let label = position
      while let octet = octets.octet(at: position) {
        let length = octet.isLetterOrDigit || octet == .hyphen && position > label ? 1 : form.extraLength(octets, at: position)
        guard length > 0 else { break }
        position += length
      }
      guard position > label else { throw AddressSyntaxError(.domain, at: position) }
      guard octets[position - 1] != .hyphen else { throw AddressSyntaxError(.labelEnd, at: position) }
      guard octets.octet(at: position) == .dot else { break }
      position += 1
    }
    return Domain(octets: octets.octets(start..<position))
  }

  /// The labels between the dots.
  package var labels: [ArraySlice<UInt8>] { octets.split(separator: .dot, omittingEmptySubsequences: false) }

  /// Whether both are the same name, letters in either case.
  package static func == (lhs: Domain, rhs: Domain) -> Bool { lhs.octets.matchesIgnoringCase(rhs.octets) }

  /// Hashes the name in upper case.
  package func hash(into hasher: inout Hasher) {
    for octet in octets { hasher.combine(octet.uppercased) }
  }
}

/// What names a host: a domain or an address literal; the argument of EHLO and the right side of a mailbox.
package enum Host: AddressSyntax {
  case domain(Domain)
  case literal(AddressLiteral)

  /// Reads `Domain / address-literal`, RFC 5321 §4.1.1.1 and §4.1.2.
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> Host {
    guard octets.octet(at: position) == .leftBracket else { return .domain(try Domain.read(octets, at: &position, in: form)) }
    return .literal(try AddressLiteral.read(octets, at: &position, in: form))
  }

  /// The octets as they are sent.
  package var octets: Octets {
    switch self {
    case .domain(let domain): domain.octets
    case .literal(let literal): literal.octets
    }
  }

  /// The domain, where it is one.
  package var domain: Domain? {
    guard case .domain(let domain) = self else { return nil }
    return domain
  }
}

/// The argument of EHLO, RFC 5321 §4.1.1.1.
package typealias EhloName = Host
