/// An esmtp-param of MAIL or RCPT, RFC 5321 §4.1.2.
package struct Parameter: Sendable, Hashable, CustomStringConvertible {
  /// The keyword in upper case: keywords are the same in any letter case (RFC 5321 §2.4).
  package let keyword: String
  /// What follows the `=`, at least one octet, or `nil` where there is no `=`.
  package let value: Octets?

  /// Makes a parameter, or `nil` where the grammar has none such.
  package init?(_ keyword: String, _ value: String? = nil) {
    let octets = Octets((value.map { "\(keyword)=\($0)" } ?? keyword).utf8)
    var position = 0
    guard let parameter = try? Parameter.read(octets.span, at: &position), position == octets.count else { return nil }
    self = parameter
  }

  private init(keyword: String, value: Octets?) {
    self.keyword = keyword
    self.value = value
  }

  /// Reads a parameter and moves the position past it.
  ///
  ///     esmtp-param   = esmtp-keyword ["=" esmtp-value]
  ///     esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
  ///     esmtp-value   = 1*(%d33-60 / %d62-126)
  ///
  /// Internationalized, a value has UTF-8 beyond US-ASCII too (RFC 6531 §3.3).
  static func read(
    _ octets: Span<UInt8>,
    at position: inout Int,
    in form: MailboxForm = .ascii
  ) throws(CommandSyntaxError) -> Parameter {
    let start = position
    guard let first = octets.octet(at: position), first.isLetterOrDigit else {
      throw CommandSyntaxError(.parameterKeyword, at: position)
    }
    while let octet = octets.octet(at: position), octet.isLetterOrDigit || octet == .hyphen { position += 1 }
    let keyword = octets.octets(start..<position).uppercasedString
    guard octets.octet(at: position) == .equal else { return Parameter(keyword: keyword, value: nil) }
    position += 1
    let valueStart = position
    while let octet = octets.octet(at: position) {
      let length = octet.isGraphic && octet != .equal ? 1 : form.extraLength(octets, at: position)
      guard length > 0 else { break }
      position += length
    }
    guard position > valueStart else { throw CommandSyntaxError(.parameterValue, at: position) }
    return Parameter(keyword: keyword, value: octets.octets(valueStart..<position))
  }

  /// The octets as they are sent.
  package var octets: Octets { Octets(keyword.utf8) + (value.map { [.equal] + $0 } ?? []) }

  /// The parameter, to show.
  package var description: String { String(decoding: octets, as: UTF8.self) }
}
