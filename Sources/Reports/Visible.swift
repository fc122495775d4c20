/// Text made safe to show: what a server, a file or an argument wrote reaches a terminal or a log as visible characters only.
///
/// Octets are shown by Wire's `Escaped`; this is for text that is a `String` already. A control character, a bidirectional
/// control, an invisible or unassigned character stands as its `\u{…}`, so no ANSI, OSC or bidi sequence passes. Every text is
/// bounded by the limit that its caller names.
package enum Visible {
  /// Shows a text on one line.
  ///
  /// - Parameters:
  ///   - text: Anything.
  ///   - limit: The most scalars of it that are shown; `…` stands for the rest.
  /// - Returns: The same text where all of it is visible; a line feed, too, is shown as its escape.
  package static func line(_ text: String, limit: Int = 2_000) -> String {
    var shown = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit {
        shown += "…"
        break
      }
      append(scalar, to: &shown)
      count += 1
    }
    return shown
  }

  /// How many columns of a terminal a text takes.
  ///
  /// - Parameter text: One line without escape sequences.
  /// - Returns: The sum of its scalars' widths: 0 for a combining one, 2 for a wide one, else 1.
  package static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// The front of a text that fits into so many columns.
  ///
  /// - Parameters:
  ///   - text: One line without escape sequences.
  ///   - limit: The number of columns there are.
  /// - Returns: The text, or its front with `…` as its last column.
  package static func clipped(_ text: String, columns limit: Int) -> String {
    guard columns(text) > limit else { return text }
    guard limit > 0 else { return "" }
    var front = String.UnicodeScalarView()
    var used = 1
    for scalar in text.unicodeScalars {
      used += columns(scalar)
      guard used <= limit else { break }
      front.append(scalar)
    }
    return String(front) + "…"
  }

  /// A text filled up with spaces to so many columns.
  ///
  /// - Parameters:
  ///   - text: One line without escape sequences.
  ///   - width: The number of columns to reach; a longer text stays as it is.
  /// - Returns: The text and what it lacks in spaces.
  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }

  private static func append(_ scalar: Unicode.Scalar, to shown: inout String) {
    switch scalar {
    case "\n": shown += #"\n"#
    case "\r": shown += #"\r"#
    case "\t": shown += #"\t"#
    default:
      if isVisible(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += #"\u{"# + String(scalar.value, radix: 16, uppercase: true) + "}"
      }
    }
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
