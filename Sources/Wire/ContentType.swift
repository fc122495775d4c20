/// The value of a Content-Type field, RFC 2045 §5.1.
package struct ContentType: Sendable, Equatable {
  /// Type and subtype in small letters, `multipart/report`.
  package let type: String
  /// The parameters: their names in small letters, their values as they are meant, without quotes.
  package let parameters: [String: Octets]

  /// The most parameters that are read.
  private static let parameterLimit = 64

  /// Reads a value; `nil` where it does not fit the grammar.
  ///
  ///     content   = type "/" subtype *(";" parameter)
  ///     parameter = attribute "=" value
  ///     value     = token / quoted-string
  package init?(_ value: Octets) {
    var reader = MIMEReader(octets: value)
    reader.skip()
    guard let type = reader.token(), reader.take(UInt8(ascii: "/")), let subtype = reader.token() else { return nil }
    self.type = (type + [UInt8(ascii: "/")] + subtype).lowercasedString
    var parameters: [String: Octets] = [:]
    reader.skip()
    while reader.take(.semicolon) {
      reader.skip()
      // A semicolon at the very end is common, and harms nobody.
      guard !reader.isAtEnd else { break }
      guard parameters.count < Self.parameterLimit, let name = reader.token() else { return nil }
      reader.skip()
      guard reader.take(.equal) else { return nil }
      reader.skip()
      guard let value = reader.token() ?? reader.quotedString() else { return nil }
      parameters[name.lowercasedString] = value
      reader.skip()
    }
    guard reader.isAtEnd else { return nil }
    self.parameters = parameters
  }
}

/// Reads the pieces of a structured MIME field.
private struct MIMEReader {
  let octets: Octets
  var position = 0

  var isAtEnd: Bool { position >= octets.count }

  mutating func take(_ octet: UInt8) -> Bool {
    guard !isAtEnd, octets[position] == octet else { return false }
    position += 1
    return true
  }

  /// Passes over white space and comments; a comment without its end reaches to the end of the value.
  mutating func skip() {
    var depth = 0
    while !isAtEnd {
      switch octets[position] {
      case 0x28: depth += 1
      case 0x29 where depth > 0: depth -= 1
      case .backslash where depth > 0: position += 1
      case .space, .tab, .carriageReturn, .lineFeed: break
      default: if depth == 0 { return }
      }
      position += 1
    }
  }

  /// `token`: octets but controls, the space and `tspecials`.
  mutating func token() -> Octets? {
    let start = position
    while !isAtEnd, octets[position].isGraphic, !"()<>@,;:\\\"/[]?=".utf8.contains(octets[position]) { position += 1 }
    return position > start ? Octets(octets[start..<position]) : nil
  }

  mutating func quotedString() -> Octets? {
    guard take(.quote) else { return nil }
    var value: Octets = []
    while !isAtEnd {
      let octet = octets[position]
      position += 1
      switch octet {
      case .quote: return value
      case .backslash:
        guard !isAtEnd else { return nil }
        value.append(octets[position])
        position += 1
      default: value.append(octet)
      }
    }
    return nil
  }
}

extension Sequence<UInt8> {
  /// The octets with ASCII letters in lower case, as a `String`.
  fileprivate var lowercasedString: String {
    String(decoding: map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
  }
}
