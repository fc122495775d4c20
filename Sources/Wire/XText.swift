/// The text that hides octets which a parameter of MAIL or RCPT cannot have, RFC 3461 §4 and RFC 4954 §8.
///
///     xtext   = *(xchar / hexchar)
///     xchar   = %x21-2A / %x2C-3C / %x3E-7E
///     hexchar = "+" HEXDIG HEXDIG
package enum XText {
  /// The octets that xtext stands for.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - inSmallLetters: Whether digits may be small letters, which RFC 4954 lets them and RFC 3461 does not.
  /// - Returns: `nil` where an octet is neither an xchar nor part of a hexchar.
  package static func decode(_ text: some Collection<UInt8>, inSmallLetters: Bool = true) -> Octets? {
    func digit(_ octet: UInt8?) -> UInt8? {
      inSmallLetters || octet.map { !(0x61...0x7A).contains($0) } == true ? octet?.hexDigitValue : nil
    }
    var result: Octets = []
    result.reserveCapacity(text.count)
    var rest = text[...]
    while let octet = rest.popFirst() {
      guard octet.isGraphic, octet != .equal else { return nil }
      guard octet == .plus else {
        result.append(octet)
        continue
      }
      guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()) else { return nil }
      result.append(high << 4 | low)
    }
    return result
  }

  /// The octets as xtext: those that can stand for themselves do.
  package static func encode(_ octets: some Sequence<UInt8>) -> Octets {
    let digits = Octets("0123456789ABCDEF".utf8)
    return octets.flatMap { octet in
      octet.isGraphic && octet != .equal && octet != .plus ? [octet] : [.plus, digits[Int(octet >> 4)], digits[Int(octet & 15)]]
    }
  }
}
