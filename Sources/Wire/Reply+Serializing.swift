extension Reply {
  /// Makes a well-formed reply of a code and lines of text.
  ///
  /// The result cannot be malformed, whatever the text: an octet that no `textstring` has becomes `?`, and a line is
  /// cut at the 512 octets of RFC 5321 §4.5.3.1.5.
  ///
  /// - Parameters:
  ///   - code: The code of every line.
  ///   - enhancedCode: What begins the text of every line (RFC 2034 §4), if anything.
  ///   - text: The lines' texts; none makes one line without text.
  package init(_ code: ReplyCode, enhanced enhancedCode: EnhancedStatusCode? = nil, text: [String]) {
    let head = code.octets
    let prefix = enhancedCode.map { Octets("\($0) ".utf8) } ?? []
    var octets: Octets = []
    var lines: [Line] = []
    let texts = text.isEmpty ? [""] : text
    for (index, text) in texts.enumerated() {
      let start = octets.count
      let isLast = index == texts.count - 1
      octets += head
      octets.append(isLast ? .space : .hyphen)
      let words = prefix + text.utf8.map { $0.isText ? $0 : 0x3F }
      octets += words.prefix(Limits.replyLine - 6)
      let textRange = start + 4..<octets.count
      octets += [.carriageReturn, .lineFeed]
      lines.append(Line(code: code, isLast: isLast, text: textRange, range: start..<octets.count))
    }
    self.init(octets: octets, lines: lines, faults: [], code: code)
  }

  /// Makes a well-formed reply of one line.
  package init(_ code: ReplyCode, enhanced enhancedCode: EnhancedStatusCode? = nil, _ text: String) {
    self.init(code, enhanced: enhancedCode, text: [text])
  }
}
