package import Wire

/// A reply without what differs between two servers, or two moments, and says nothing: names, dates, numbers of messages.
package enum NormalizedText {
  /// The reply's text in words that can be compared.
  ///
  /// - Parameters:
  ///   - reply: The reply.
  ///   - name: What the server calls itself, the first word of its greeting.
  /// - Returns: Its last line, escaped: its own name as `NAME`, each word with a digit as `N`, words of times and dates as `T`.
  package static func text(of reply: Reply, from name: [UInt8]) -> String {
    guard let line = reply.lines.last else { return "" }
    let words = reply.text(of: line).split(separator: .space).map { word -> String in
      if !name.isEmpty, Recurrence.contains(name, in: Array(word)) { return "NAME" }
      if word.contains(UInt8(ascii: ":")), word.contains(where: \.isDigit) { return "T" }
      if word.contains(where: \.isDigit), EnhancedStatusCode(leading: word) == nil { return "N" }
      if dates.contains(String(decoding: word.prefix(3), as: UTF8.self).lowercased()), word.count <= 4 { return "T" }
      return Escaped.show(word, limit: 40)
    }
    return "\(reply.code) " + words.joined(separator: " ")
  }

  private static let dates: Set<String> = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
}
