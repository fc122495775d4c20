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

  /// The octets that a text stands for: the way back from `show` without a limit.
  ///
  /// - Parameter text: What `show` made.
  /// - Returns: The octets, or `nil` where the text is no such.
  package static func octets(of text: String) -> Octets? {
    var octets = Octets()
    octets.reserveCapacity(text.utf8.count)
    var rest = text.utf8.makeIterator()
    while let octet = rest.next() {
      guard octet == .backslash else {
        guard (0x20...0x7E).contains(octet) else { return nil }
        octets.append(octet)
        continue
      }
      switch rest.next() {
      case 0x72: octets.append(.carriageReturn)
      case 0x6E: octets.append(.lineFeed)
      case 0x74: octets.append(.tab)
      case UInt8.zero: octets.append(.nul)
      case UInt8.backslash: octets.append(.backslash)
      case 0x78:
        guard let high = rest.next()?.hexDigitValue, let low = rest.next()?.hexDigitValue else { return nil }
        octets.append(high << 4 | low)
      default: return nil
      }
    }
    return octets
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? .zero + value : 0x57 + value }
}
