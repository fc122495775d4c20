/// One whole reply, RFC 5321 §4.2.
package struct Reply: Sendable, Equatable {
  /// One line of a reply.
  package struct Line: Sendable, Equatable {
    /// The line's own code.
    package let code: ReplyCode
    /// Whether no hyphen follows the code.
    package let isLast: Bool
    /// The text after the code and its separator, without the line's end: a range of the reply's octets.
    package let text: Range<Int>
    /// The whole line with its end: a range of the reply's octets.
    package let range: Range<Int>
  }

  /// The reply exactly as it came, line ends included.
  package let octets: Octets
  /// The lines, at least one.
  package let lines: [Line]
  /// What is wrong with it, in the order of the octets, at most one of a kind a line; empty for a well-formed reply.
  package let faults: [ReplyFault]
  /// The last line's code.
  package let code: ReplyCode

  init(octets: Octets, lines: [Line], faults: [ReplyFault], code: ReplyCode) {
    self.octets = octets
    self.lines = lines
    self.faults = faults
    self.code = code
  }

  /// A line's text, without code, separator and line end.
  package func text(of line: Line) -> ArraySlice<UInt8> { octets[line.text] }

  /// The enhanced status code at the front of the first line's text, RFC 2034 §4.
  package var enhancedCode: EnhancedStatusCode? { lines.first.flatMap { enhancedCode(of: $0) } }

  /// The enhanced status code at the front of a line's text, RFC 2034 §4.
  package func enhancedCode(of line: Line) -> EnhancedStatusCode? { EnhancedStatusCode(leading: octets[line.text]) }
}
