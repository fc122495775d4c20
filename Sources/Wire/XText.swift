/// The text that hides octets which a parameter of MAIL or RCPT cannot have, RFC 3461 §4 and RFC 4954 §8.
///
///     xtext   = *(xchar / hexchar)
///     xchar   = %x21-2A / %x2C-3C / %x3E-7E
///     hexchar = "+" HEXDIG HEXDIG
package enum XText {
  /// The octets that xtext stands for.
  ///
  /// - Returns: `nil` where an octet is neither an xchar nor part of a hexchar.
  package static func decode(_ text: some Collection<UInt8>) -> Octets? {
    var result: Octets = []
    result.reserveCapacity(text.count)
    var rest = text[...]
    while let octet = rest.popFirst() {
      guard octet.isGraphic, octet != .equal else { return nil }
      guard octet == UInt8(ascii: "+") else {
        result.append(octet)
        continue
      }
      guard let high = rest.popFirst()?.hexDigitValue, let low = rest.popFirst()?.hexDigitValue else { return nil }
      result.append(high << 4 | low)
    }
    return result
  }
}
