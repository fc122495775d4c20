/// What a positive reply to EHLO says, `ehlo-ok-rsp`, RFC 5321 §4.1.1.1.
package struct EhloReply: Sendable, Equatable {
  /// The first word of the first line, which should be the server's domain.
  package let domain: Octets
  /// What follows it after a space, if anything.
  package let greeting: Octets?
  /// A keyword for every further line.
  package let keywords: [EhloKeyword]

  /// Reads a reply, whatever its code; nothing is refused, since ``EhloKeyword/isWellFormed`` tells.
  package init(_ reply: Reply) {
    let first = reply.lines.first.map { reply.text(of: $0) } ?? []
    domain = Octets(first.prefix { $0 != .space })
    greeting = domain.count < first.count ? Octets(first.dropFirst(domain.count + 1)) : nil
    keywords = reply.lines.dropFirst().map { EhloKeyword(reply.text(of: $0)) }
  }

  /// Whether the domain fits the grammar; an address literal does not.
  package var hasWellFormedDomain: Bool { Domain(domain) != nil }

  /// The first line of a keyword, in any letter case (RFC 5321 §4.1.1.1).
  package subscript(name: String) -> EhloKeyword? {
    keywords.first { $0.name.utf8.matchesIgnoringCase(name.utf8) }
  }
}

/// One `ehlo-line`, RFC 5321 §4.1.1.1.
package struct EhloKeyword: Sendable, Hashable {
  /// The keyword in upper case.
  package let name: String
  /// The words after it as they came.
  package let parameters: [String]
  /// The line's text.
  package let octets: Octets
  /// Whether the line fits the grammar.
  ///
  ///     ehlo-line    = ehlo-keyword *( SP ehlo-param )
  ///     ehlo-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
  ///     ehlo-param   = 1*(%d33-126)
  package let isWellFormed: Bool

  /// Reads the text of a line.
  package init(_ text: some Sequence<UInt8>) {
    octets = Octets(text)
    let words = octets.split(separator: .space, omittingEmptySubsequences: false)
    let keyword = words.first ?? []
    name = keyword.uppercasedString
    let parameters = words.dropFirst()
    self.parameters = parameters.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    isWellFormed =
      keyword.first?.isLetterOrDigit == true
      && keyword.allSatisfy { $0.isLetterOrDigit || $0 == .hyphen }
      && parameters.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isGraphic) }
  }
}
