extension EhloKeyword {
  /// Whether the words after a keyword are what the RFC that defines it allows.
  ///
  /// - Returns: `nil` for a keyword that ``grammars`` does not have.
  package var hasItsParameters: Bool? {
    Self.grammars[name].map { isWellFormed && $0(parameters.map { Octets($0.utf8) }) }
  }

  /// The keywords whose parameters are known, and what these may be.
  package static let grammars: [String: @Sendable ([Octets]) -> Bool] = [
    // RFC 2920 §2, RFC 6152 §2, RFC 3030 §2 and §3, RFC 3207 §2, RFC 2034 §2: no parameter.
    "PIPELINING": \.isEmpty, "8BITMIME": \.isEmpty, "CHUNKING": \.isEmpty, "BINARYMIME": \.isEmpty, "STARTTLS": \.isEmpty,
    "ENHANCEDSTATUSCODES": \.isEmpty,
    // RFC 1985 §2: no parameter.
    "ETRN": \.isEmpty,
    // RFC 1870 §4: [SP 1*20DIGIT].
    "SIZE": { words in words.count <= 1 && words.allSatisfy { (1...20).contains($0.count) && $0.allSatisfy(\.isDigit) } },
  ]
}
