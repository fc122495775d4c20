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
    // RFC 1985 §2, RFC 2645 §6, RFC 8689 §2: no parameter.
    "ETRN": \.isEmpty, "ATRN": \.isEmpty, "REQUIRETLS": \.isEmpty,
    // RFC 6531 §3.1, RFC 7293 §3.1: no parameter.
    "SMTPUTF8": \.isEmpty, "RRVS": \.isEmpty,
    // RFC 1870 §4: [SP 1*20DIGIT].
    "SIZE": { words in words.count <= 1 && words.allSatisfy { (1...20).contains($0.count) && $0.allSatisfy(\.isDigit) } },
    // RFC 6710 §7: [SP 1*20(ALPHA / DIGIT / "-" / "_" / ".")].
    "MT-PRIORITY": { words in
      words.count <= 1
        && words.allSatisfy { word in
          (1...20).contains(word.count) && word.allSatisfy { $0.isLetterOrDigit || [.hyphen, .dot, UInt8(ascii: "_")].contains($0) }
        }
    },
    // RFC 4865 §3: SP (1 to 999999999) SP date-time, in UTC.
    "FUTURERELEASE": { words in words.count == 2 && words[0].isPositive(digits: 9) && InternetDateTime(words[1]) != nil },
    // RFC 9422: names, most of them with a value; the three that are known have a number of one to six digits.
    "LIMITS": { words in
      !words.isEmpty
        && words.allSatisfy { word in
          let name = word.prefix { $0 != .equal }
          guard !name.isEmpty, name.allSatisfy({ $0.isLetterOrDigit || $0 == .hyphen || $0 == UInt8(ascii: "_") }) else { return false }
          guard ["MAILMAX", "RCPTMAX", "RCPTDOMAINMAX"].contains(where: { name.matchesIgnoringCase($0.utf8) }) else { return true }
          return Octets(word.dropFirst(name.count + 1)).isPositive(digits: 6)
        }
    },
  ]
}

extension Octets {
  /// Whether these are so many decimal digits at most, and the first of them is no zero.
  fileprivate func isPositive(digits: Int) -> Bool {
    (1...digits).contains(count) && allSatisfy(\.isDigit) && first != .zero
  }
}
