/// One field of a message's header section, RFC 5322 §2.2.
package struct HeaderField: Sendable, Equatable {
  /// The name as it was written.
  package let name: String
  /// What follows the colon, folds included, without the field's last line end.
  package let rawValue: Octets
  /// Where the field stands in the message, its last line end included.
  package let range: Range<Int>

  /// The value on one line: line ends before white space removed (RFC 5322 §2.2.3).
  package var unfoldedValue: Octets {
    var result: Octets = []
    result.reserveCapacity(rawValue.count)
    for (index, octet) in rawValue.enumerated() {
      let isFold = octet == .lineFeed && index + 1 < rawValue.count && rawValue[index + 1].isWhiteSpace
      if isFold, result.last == .carriageReturn { result.removeLast() }
      if !isFold { result.append(octet) }
    }
    return result
  }

  /// The unfolded value without white space at its ends.
  package var value: Octets {
    let front = unfoldedValue.drop(while: \.isWhiteSpace)
    guard let last = front.lastIndex(where: { !$0.isWhiteSpace }) else { return [] }
    return Octets(front[...last])
  }

  /// Whether the name is this one, in any letter case.
  package func isNamed(_ name: String) -> Bool { self.name.utf8.matchesIgnoringCase(name.utf8) }
}

/// A message cut into its header fields and its body, RFC 5322 §2.1.
package struct Message: Sendable, Equatable {
  /// The whole message.
  package let octets: Octets
  /// The header fields, first to last.
  package let fields: [HeaderField]
  /// Where the body begins: after the first empty line, or at the first line that is no field.
  package let bodyStart: Int
  /// Whether an empty line parts header section and body.
  package let hasSeparator: Bool

  /// Reads a message; nothing is refused: the header section is as long as lines are fields.
  ///
  /// - Parameters:
  ///   - octets: The message.
  ///   - lineEnds: What ends its lines: CRLF, and LF too for what a mail store wrote.
  package init(_ octets: Octets, lineEnds: Set<LineEnd> = [.crlf]) {
    self.octets = octets
    var fields: [HeaderField] = []
    var start = 0
    var hasSeparator = false
    while start < octets.count {
      let line = Message.line(octets, from: start, ends: lineEnds)
      if line.text.isEmpty {
        // An empty line that nothing ends is no line.
        guard line.end > line.text.upperBound else { break }
        hasSeparator = true
        start = line.end
        break
      }
      guard let colon = Message.nameEnd(octets, line.text) else { break }
      var last = line
      while last.end < octets.count, octets[last.end].isWhiteSpace, last.end > last.text.upperBound {
        last = Message.line(octets, from: last.end, ends: lineEnds)
      }
      let name = String(decoding: octets[start..<colon].filter { !$0.isWhiteSpace }, as: UTF8.self)
      fields.append(HeaderField(name: name, rawValue: Octets(octets[colon + 1..<last.text.upperBound]), range: start..<last.end))
      start = last.end
    }
    self.fields = fields
    self.bodyStart = start
    self.hasSeparator = hasSeparator
  }

  /// The octets after the header section.
  package var body: ArraySlice<UInt8> { octets[bodyStart...] }

  /// The fields of a name, in any letter case, first to last.
  package func fields(named name: String) -> [HeaderField] { fields.filter { $0.isNamed(name) } }

  /// Finds a line's text and one past its end.
  private static func line(_ octets: Octets, from start: Int, ends: Set<LineEnd>) -> (text: Range<Int>, end: Int) {
    var index = start
    while index < octets.count {
      switch octets[index] {
      case .lineFeed:
        if index > start, octets[index - 1] == .carriageReturn, ends.contains(.crlf) { return (start..<index - 1, index + 1) }
        if ends.contains(.lf) { return (start..<index, index + 1) }
      case .carriageReturn where ends.contains(.cr) && (index + 1 == octets.count || octets[index + 1] != .lineFeed):
        return (start..<index, index + 1)
      default: break
      }
      index += 1
    }
    return (start..<octets.count, octets.count)
  }

  /// Where the colon of a field stands: after a name of graphic octets (RFC 5322 §3.6.8) and, in old messages, white space (§4.5).
  private static func nameEnd(_ octets: Octets, _ line: Range<Int>) -> Int? {
    var index = line.lowerBound
    while index < line.upperBound, octets[index].isGraphic, octets[index] != .colon { index += 1 }
    guard index > line.lowerBound else { return nil }
    while index < line.upperBound, octets[index].isWhiteSpace { index += 1 }
    return index < line.upperBound && octets[index] == .colon ? index : nil
  }
}
