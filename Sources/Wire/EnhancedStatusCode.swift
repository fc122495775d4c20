/// An enhanced status code such as `5.1.1`, RFC 3463 §2 and RFC 2034 §4.
package struct EnhancedStatusCode: Sendable, Hashable, CustomStringConvertible {
  /// 2 done, 4 not now, 5 no.
  package let `class`: UInt8
  /// `0...999`.
  package let subject: UInt16
  /// `0...999`.
  package let detail: UInt16

  /// Makes a code, or `nil` where the grammar has none such.
  package init?(_ class: UInt8, _ subject: UInt16, _ detail: UInt16) {
    guard [2, 4, 5].contains(`class`), subject <= 999, detail <= 999 else { return nil }
    self.class = `class`
    self.subject = subject
    self.detail = detail
  }

  /// Reads the code at the front of a reply's text, where a space or the end follows it.
  package init?(leading text: ArraySlice<UInt8>) {
    guard let (code, _) = EnhancedStatusCode.parse(text.span) else { return nil }
    self = code
  }

  /// Reads the code at the front of a reply's text.
  ///
  ///     status-code = class "." subject "." detail
  ///     class       = "2" / "4" / "5"
  ///     subject     = 1*3digit
  ///     detail      = 1*3digit
  ///
  /// - Returns: The code and its length in octets, or `nil` where the text does not begin with one and a space or the end.
  package static func parse(_ text: Span<UInt8>) -> (code: EnhancedStatusCode, length: Int)? {
    var position = 0
    guard let `class` = number(text, at: &position), position == 1, text.octet(at: position) == .dot else { return nil }
    position += 1
    guard let subject = number(text, at: &position), text.octet(at: position) == .dot else { return nil }
    position += 1
    guard let detail = number(text, at: &position) else { return nil }
    if let next = text.octet(at: position), next != .space { return nil }
    return EnhancedStatusCode(UInt8(`class`), subject, detail).map { ($0, position) }
  }

  private static func number(_ text: Span<UInt8>, at position: inout Int) -> UInt16? {
    let start = position
    var value: UInt16 = 0
    while let octet = text.octet(at: position), octet.isDigit {
      guard position - start < 3 else { return nil }
      value = value * 10 + UInt16(octet - .zero)
      position += 1
    }
    return position > start ? value : nil
  }

  /// The three numbers with dots.
  package var description: String { "\(self.class).\(subject).\(detail)" }
}
