extension Pattern {
  /// What this pattern takes, whatever else it is like, of all that the other one takes or looks further into; `nil` where there is no
  /// such thing.
  ///
  /// A narrower code than the other's (421 beside 4xx) is told apart on purpose, and so is a reply that this pattern looks into.
  func overlap(with other: Pattern) -> String? {
    for one in alternatives {
      for another in other.alternatives {
        if let both = one.overlap(with: another) { return both }
      }
    }
    return nil
  }
}

extension Pattern.Alternative {
  fileprivate func overlap(with other: Pattern.Alternative) -> String? {
    switch (self, other) {
    case (.reply(let one), .reply(let another)): one.looksAtCodesOnly ? one.codes(hiding: another) : nil
    case (.close, .reply(let reply)): reply.codes.contains { $0 == .closing } ? "421" : nil
    case (.silence, .silence): "silence"
    case (.close, .close), (.close, .eof), (.close, .closeAlert), (.eof, .close), (.eof, .eof), (.eof, .closeAlert):
      "the end of the connection"
    case (.closeAlert, .closeAlert): "a close_notify"
    case (.handshake, .handshake): "a handshake"
    default: nil
    }
  }
}

extension ReplyPattern {
  /// The first of the other one's codes that this one takes altogether.
  fileprivate func codes(hiding other: ReplyPattern) -> String? {
    if codes.isEmpty { return "any reply" }
    return other.codes.first { code in codes.contains { $0.covers(code) } }?.text
  }

  /// Whether nothing but the code is looked at.
  fileprivate var looksAtCodesOnly: Bool {
    let hasNoText = texts.isEmpty && excludes.isEmpty && !hasText && exactly == nil && begins == nil && lines == nil
    let hasNoKeywords = keywords.isEmpty && absent.isEmpty && !keywordSyntax && keywordParameters.isEmpty
    let hasNoMechanisms = mechanisms.isEmpty && absentMechanisms.isEmpty && !mechanismSyntax
    let hasNoForm = !isSeparated && !repeats && !isBase64 && challenges.isEmpty && without.isEmpty && enhanced.isEmpty
    return hasNoText && hasNoKeywords && hasNoMechanisms && hasNoForm
  }
}

extension CodePattern {
  /// What announces the end of the connection (RFC 5321 §3.8).
  fileprivate static let closing = CodePattern("421")

  /// Whether each code that fits the other one fits this one too.
  fileprivate func covers(_ other: CodePattern) -> Bool {
    zip(digits, other.digits).allSatisfy { $0 == nil || $0 == $1 }
  }

  /// As specs have it: `5xx`.
  fileprivate var text: String { digits.map { $0.map(String.init) ?? "x" }.joined() }
}
