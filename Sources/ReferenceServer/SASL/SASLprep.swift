import Foundation

/// The preparation of user names and passwords, RFC 4013, but for its check of bidirectional text (§2.4).
enum SASLprep {
  /// The string that is compared.
  ///
  /// - Returns: `nil` where the octets are not UTF-8, a prohibited character is among them, or nothing is left.
  static func prepare(_ octets: [UInt8]) -> String? {
    guard let text = String(validating: octets, as: UTF8.self) else { return nil }
    var mapped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isMappedToNothing(scalar) {
      mapped.append(isNonASCIISpace(scalar) ? " " : scalar)
    }
    let prepared = String(mapped).precomposedStringWithCompatibilityMapping
    guard !prepared.isEmpty, !prepared.unicodeScalars.contains(where: isProhibited) else { return nil }
    return prepared
  }

  /// RFC 3454 table B.1.
  private static func isMappedToNothing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00AD, 0x034F, 0x1806, 0x180B...0x180D, 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: true
    default: false
    }
  }

  /// RFC 3454 table C.1.2.
  private static func isNonASCIISpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x7F && scalar.properties.generalCategory == .spaceSeparator
  }

  /// RFC 4013 §2.3: controls, private use, what is no character, what is no plain text, and tags.
  private static func isProhibited(_ scalar: Unicode.Scalar) -> Bool {
    if isNonASCIISpace(scalar) || scalar.properties.isNoncharacterCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .control, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator: return true
    default: break
    }
    switch scalar.value {
    case 0x0340, 0x0341, 0x06DD, 0x070F, 0x180E, 0x200C...0x200F, 0x202A...0x202E, 0x2061...0x2063, 0x206A...0x206F, 0x2FF0...0x2FFB,
      0xFFF9...0xFFFD, 0x1D173...0x1D17A, 0xE0001, 0xE0020...0xE007F:
      return true
    default: return false
    }
  }
}
