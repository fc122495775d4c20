/// What stands before a mailbox's `@`, RFC 5321 §4.1.2.
///
/// Two local parts are equal when they mean the same octets: quoting makes no difference (RFC 5321 §4.1.2), letter case does (§2.4).
package struct LocalPart: AddressSyntax {
  /// How it is written.
  package enum Form: Sendable, Hashable {
    case dotString
    case quotedString
  }

  /// How it is written.
  package let form: Form
  /// The local part as it was written, quotes and backslashes included.
  package let octets: Octets
  /// What it means, without quotes and backslashes.
  package let value: Octets

  private init(form: Form, octets: Octets, value: Octets) {
    self.form = form
    self.octets = octets
    self.value = value
  }

  /// Writes a local part with as little quoting as it needs, or `nil` where it has octets that no local part can have.
  ///
  /// - Parameter value: What it means: spaces and graphic US-ASCII.
  package init?(value: Octets) {
    guard value.allSatisfy({ $0.isText && $0 != .tab }) else { return nil }
    self.value = value
    let atoms = value.split(separator: .dot, omittingEmptySubsequences: false)
    if atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isAtomText) }) {
      form = .dotString
      octets = value
    } else {
      form = .quotedString
      octets = [.quote] + value.flatMap { $0 == .quote || $0 == .backslash ? [.backslash, $0] : [$0] } + [.quote]
    }
  }

  /// Reads a local part.
  ///
  ///     Local-part      = Dot-string / Quoted-string
  ///     Dot-string      = Atom *("." Atom)
  ///     Quoted-string   = DQUOTE *QcontentSMTP DQUOTE
  ///     QcontentSMTP    = qtextSMTP / quoted-pairSMTP
  ///     quoted-pairSMTP = %d92 %d32-126
  ///     qtextSMTP       = %d32-33 / %d35-91 / %d93-126
  ///
  /// Internationalized, `atext` and `qtextSMTP` have UTF-8 beyond US-ASCII too (RFC 6531 §3.3).
  package static func read(_ octets: Span<UInt8>, at position: inout Int, in form: MailboxForm) throws(AddressSyntaxError) -> LocalPart {
    let start = position
    guard octets.octet(at: position) != .quote else {
      let value = try quotedString(octets, at: &position, in: form)
      return LocalPart(form: .quotedString, octets: octets.octets(start..<position), value: value)
    }
    while true {
      let atom = position
      while let octet = octets.octet(at: position) {
        let length = octet.isAtomText ? 1 : form.extraLength(octets, at: position)
        guard length > 0 else { break }
        position += length
      }
      guard position > atom else { throw AddressSyntaxError(.localPart, at: position) }
      guard octets.octet(at: position) == .dot else { break }
      position += 1
    }
    let value = octets.octets(start..<position)
    return LocalPart(form: .dotString, octets: value, value: value)
  }

  /// Reads `Quoted-string` and returns what it means.
  static func quotedString(
    _ octets: Span<UInt8>,
    at position: inout Int,
    in form: MailboxForm = .ascii
  ) throws(AddressSyntaxError) -> Octets {
    var value: Octets = []
    guard octets.octet(at: position) == .quote else { throw AddressSyntaxError(.quotedString, at: position) }
    position += 1
    while let octet = octets.octet(at: position), octet != .quote {
      let extra = form.extraLength(octets, at: position)
      guard extra == 0 else {
        value += octets.octets(position..<position + extra)
        position += extra
        continue
      }
      if octet == .backslash { position += 1 }
      guard let content = octets.octet(at: position), (0x20...0x7E).contains(content) else {
        throw AddressSyntaxError(.quotedString, at: position)
      }
      value.append(content)
      position += 1
    }
    guard octets.octet(at: position) == .quote else { throw AddressSyntaxError(.quotedString, at: position) }
    position += 1
    return value
  }

  /// Whether both mean the same octets.
  package static func == (lhs: LocalPart, rhs: LocalPart) -> Bool { lhs.value == rhs.value }

  /// Hashes what the local part means.
  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
