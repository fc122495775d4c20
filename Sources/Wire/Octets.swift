/// Octets as they stand on the wire.
package typealias Octets = [UInt8]

extension UInt8 {
  /// NUL.
  @inlinable package static var nul: UInt8 { 0x00 }
  /// HT.
  @inlinable package static var tab: UInt8 { 0x09 }
  /// LF.
  @inlinable package static var lineFeed: UInt8 { 0x0A }
  /// CR.
  @inlinable package static var carriageReturn: UInt8 { 0x0D }
  /// SP.
  @inlinable package static var space: UInt8 { 0x20 }
  /// `"`, DQUOTE.
  @inlinable package static var quote: UInt8 { 0x22 }
  /// `+`.
  @inlinable package static var plus: UInt8 { 0x2B }
  /// `,`.
  @inlinable package static var comma: UInt8 { 0x2C }
  /// `-`.
  @inlinable package static var hyphen: UInt8 { 0x2D }
  /// `.`.
  @inlinable package static var dot: UInt8 { 0x2E }
  /// `0`.
  @inlinable package static var zero: UInt8 { 0x30 }
  /// `:`.
  @inlinable package static var colon: UInt8 { 0x3A }
  /// `;`.
  @inlinable package static var semicolon: UInt8 { 0x3B }
  /// `<`.
  @inlinable package static var less: UInt8 { 0x3C }
  /// `=`.
  @inlinable package static var equal: UInt8 { 0x3D }
  /// `>`.
  @inlinable package static var greater: UInt8 { 0x3E }
  /// `@`.
  @inlinable package static var at: UInt8 { 0x40 }
  /// `[`.
  @inlinable package static var leftBracket: UInt8 { 0x5B }
  /// `\`.
  @inlinable package static var backslash: UInt8 { 0x5C }
  /// `]`.
  @inlinable package static var rightBracket: UInt8 { 0x5D }
  /// DEL.
  @inlinable package static var delete: UInt8 { 0x7F }

  /// `ALPHA`, RFC 5234 appendix B.1.
  package var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

  /// `DIGIT`, RFC 5234 appendix B.1.
  package var isDigit: Bool { (0x30...0x39).contains(self) }

  /// `Let-dig`, RFC 5321 §4.1.2.
  package var isLetterOrDigit: Bool { isLetter || isDigit }

  /// `WSP`, RFC 5234 appendix B.1: a space or a tab.
  package var isWhiteSpace: Bool { self == .space || self == .tab }

  /// Printable US-ASCII without the space, `%d33-126`.
  package var isGraphic: Bool { (0x21...0x7E).contains(self) }

  /// What a `textstring` is made of: tab, space and printable US-ASCII, RFC 5321 §4.2.
  package var isText: Bool { self == .tab || (0x20...0x7E).contains(self) }

  /// `atext`, RFC 5322 §3.2.3.
  package var isAtomText: Bool {
    switch self {
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F...0x39, 0x3D, 0x3F, 0x41...0x5A, 0x5E...0x7E: true
    default: false
    }
  }

  /// The upper-case form of an ASCII letter; any other octet is itself.
  package var uppercased: UInt8 { (0x61...0x7A).contains(self) ? self - 0x20 : self }

  /// The value of a hexadecimal digit in either letter case, or `nil`.
  package var hexDigitValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}

extension Sequence<UInt8> {
  /// Whether none is above 127.
  package var isASCII: Bool { allSatisfy { $0 < 0x80 } }

  /// Whether both hold the same octets when ASCII letters of either case are equal.
  package func matchesIgnoringCase(_ other: some Sequence<UInt8>) -> Bool {
    elementsEqual(other) { $0.uppercased == $1.uppercased }
  }

  /// The octets with ASCII letters in upper case, as a `String`; what is not UTF-8 shows as U+FFFD.
  package var uppercasedString: String { String(decoding: map(\.uppercased), as: UTF8.self) }
}

extension Span<UInt8> {
  /// A copy of all octets.
  package var octets: Octets { octets(0..<count) }

  /// Whether these octets stand at a position, letters in either case.
  func has(_ word: StaticString, at position: Int) -> Bool {
    guard count - position >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      letters.indices.allSatisfy { self[position + $0].uppercased == letters[$0].uppercased }
    }
  }

  /// How many octets the character beyond US-ASCII has that stands at a position, or 0 where no well-formed one does.
  ///
  /// RFC 3629 §4: neither overlong forms nor surrogates nor anything past U+10FFFF.
  func lengthOfNonASCII(at position: Int) -> Int {
    guard let first = octet(at: position), first >= 0xC2, first <= 0xF4 else { return 0 }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard count - position >= length else { return 0 }
    let second: ClosedRange<UInt8> =
      switch first {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    guard second.contains(self[position + 1]) else { return 0 }
    for place in 2..<max(length, 2) where self[position + place] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The octet at a position, or `nil` past the end.
  func octet(at position: Int) -> UInt8? { position < count ? self[position] : nil }
}
