/// Text between the tags of XML and HTML.
enum Markup {
  /// A text whose characters mean nothing to a parser, neither between tags nor in an attribute's quotes.
  ///
  /// - Parameter text: Visible text: see ``Visible``. XML has no way to write a control character, so none may be left.
  /// - Returns: The text with entities.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Visible lines, each ended by a line feed, as the content of an element.
  static func escaped(lines: [String]) -> String {
    lines.map { escaped($0) + "\n" }.joined()
  }
}
