/// Octets made safe to show on a terminal, in a log or in a report.
package enum Escaped {
  /// The octets as visible US-ASCII.
  ///
  /// CR, LF, HT and NUL show as `\r`, `\n`, `\t` and `\0`, a backslash as `\\`, any other octet that is not graphic US-ASCII or a space
  /// as `\xHH`. So no terminal escape, no C1 control and no character that changes the direction of writing gets through, and
  /// the result is what the specs' `octets:` would read.
  ///
  /// - Parameters:
  ///   - octets: What to show.
  ///   - limit: How many octets to show at most; the rest is counted.
  /// - Returns: The text, with the count of what was left out.
  package static func show(_ octets: some Collection<UInt8>, limit: Int = .max) -> String {
    var shown = Octets()
    for octet in octets.prefix(limit) {
      switch octet {
      case .carriageReturn: shown += [.backslash, 0x72]
      case .lineFeed: shown += [.backslash, 0x6E]
      case .tab: shown += [.backslash, 0x74]
      case .nul: shown += [.backslash, .zero]
      case .backslash: shown += [.backslash, .backslash]
      case 0x20...0x7E: shown.append(octet)
      default: shown += [.backslash, 0x78, digit(octet >> 4), digit(octet & 15)]
      }
    }
    let text = String(decoding: shown, as: UTF8.self)
    let left = octets.count - limit
    return left > 0 ? "\(text)… (\(left) more octets)" : text
  }

  /// A string made safe to show: its UTF-8 octets.
  package static func show(_ string: String, limit: Int = .max) -> String { show(string.utf8, limit: limit) }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? .zero + value : 0x57 + value }
}
