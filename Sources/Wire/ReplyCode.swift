/// A reply code: three digits, RFC 5321 §4.2.
package struct ReplyCode: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByIntegerLiteral {
  /// The three digits as a number, `0...999`.
  package let value: UInt16

  /// Makes a code of a number that three digits can write, or `nil`.
  package init?(_ value: Int) {
    guard (0...999).contains(value) else { return nil }
    self.value = UInt16(value)
  }

  /// Makes a code of a literal, which must have three digits.
  package init(integerLiteral value: UInt16) {
    precondition(value <= 999, "a reply code has three digits")
    self.value = value
  }

  init(unchecked value: UInt16) { self.value = value }

  /// The first digit: 2 done, 3 go on, 4 not now, 5 no; RFC 5321 §4.2.1.
  package var severity: Int { Int(value / 100) }

  /// The second digit: 0 syntax, 1 information, 2 connection, 5 mail system; RFC 5321 §4.2.1.
  package var category: Int { Int(value / 10 % 10) }

  /// Whether the digits fit `Reply-code`: the first 2–5, the second 0–5; RFC 5321 §4.2.
  package var isWellFormed: Bool { (2...5).contains(severity) && category <= 5 }

  /// The three digits.
  package var description: String {
    let digits = String(value)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// The three digits as octets.
  package var octets: Octets { Octets(description.utf8) }

  /// Orders codes by their numbers.
  package static func < (lhs: ReplyCode, rhs: ReplyCode) -> Bool { lhs.value < rhs.value }
}
