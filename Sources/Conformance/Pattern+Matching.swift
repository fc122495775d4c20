import Wire

/// What matching needs to know beside the observation.
struct MatchContext {
  /// The fixtures' values.
  let values: (Fixture) -> [UInt8]?
  /// Whether the server offers ENHANCEDSTATUSCODES on this connection.
  let offersEnhancedCodes: Bool
  /// The authentication exchange on this connection.
  var exchange: SASLExchange?
  /// What servers made up in the challenges of this case so far.
  var challenges: [[UInt8]] = []
  /// The reply before this one on the connection.
  var previous: [UInt8]?
  /// Whether the peer has ended TLS with a close_notify.
  var hasCloseAlert = false
}

extension Pattern {
  /// Whether the observation is one of the alternatives.
  func matches(_ observation: Observation, in context: MatchContext) -> Bool {
    mismatch(observation, in: context) == nil
  }

  /// Why the observation is none of the alternatives, `nil` where it is one.
  ///
  /// The reason is the closest alternative's: a reply with the right code and another fault says the fault.
  func mismatch(_ observation: Observation, in context: MatchContext) -> String? {
    var closest: String?
    for alternative in alternatives {
      switch (alternative, observation) {
      case (.reply(let pattern), .reply(let reply)):
        guard let reason = pattern.mismatch(reply, in: context) else { return nil }
        closest = reason.isEmpty ? closest : reason
      case (.silence, .silence(partial: 0, _)), (.eof, .ended), (.close, .ended): return nil
      case (.close, _) where observation.announcesClosing || observation.isTLSAlert: return nil
      case (.closeAlert, .ended):
        if context.hasCloseAlert { return nil }
        closest = "no close_notify came before"
      case (.handshake, .handshake), (.connected, .connected): return nil
      case (.outcome(let outcome), .exited(let status)) where (outcome == .sent) == (status == 0): return nil
      case (.outcome(let outcome), .unreported) where outcome != .failed: return nil
      case (.outcome(.failed), .reported): return nil
      case (.close, .handshakeFailed): return nil
      case (.delivered(let pattern), .delivered(let delivery)):
        guard let reason = pattern.mismatch(delivery, in: context) else { return nil }
        closest = reason
      case (.command(let pattern), .command(let line)):
        guard let reason = pattern.mismatch(line, in: context) else { return nil }
        closest = reason.isEmpty ? closest : reason
      case (.message(let pattern), .message(let data)):
        guard let reason = pattern.mismatch(data, in: context) else { return nil }
        closest = reason
      default: break
      }
    }
    return closest ?? ""
  }
}

extension ReplyPattern {
  /// What of the reply does not fit, empty where it is the code; `nil` where all fits.
  func mismatch(_ reply: Reply, in context: MatchContext) -> String? {
    guard codes.isEmpty || codes.contains(where: { $0.matches(Int(reply.code.value)) }) else { return "" }
    for pattern in enhanced {
      if let reason = pattern.mismatch(reply, in: context) { return reason }
    }
    if let lines, case .exactly(let count) = lines, reply.lines.count != count {
      return "the reply has \(reply.lines.count) lines"
    }
    if lines == .many, reply.lines.count < 2 { return "the reply has one line" }
    let text = reply.lines.map { Array(reply.text(of: $0)) }
    if let reason = textMismatch(text, in: context) { return reason }
    // The separator is what lies between the three digits and the text.
    if isSeparated, reply.lines.contains(where: { $0.text.lowerBound - $0.range.lowerBound < 4 }) {
      return "the reply has a line with nothing behind its code"
    }
    if let exactly, text != [exactly.filled(with: context.values)] { return "the text is another" }
    if repeats, let previous = context.previous, reply.octets != previous {
      return "the reply before was \(Escaped.show(previous, limit: 200))"
    }
    if isBase64, text.count != 1 || text.contains(where: { $0.isEmpty || Base64.decode($0) == nil }) { return "the text is no base64" }
    for check in challenges { if let reason = check.mismatch(reply, in: context) { return reason } }
    if let begins, let reason = beginningMismatch(begins, text.first ?? [], in: context) { return reason }
    if let reason = keywordMismatch(reply) ?? mechanismMismatch(reply) { return reason }
    let faults = reply.faults.filter { without.contains($0.kind) }
    if let fault = faults.first { return "the reply has \(fault.kind.rawValue) at octet \(fault.offset)" }
    return nil
  }

  private func textMismatch(_ text: [[UInt8]], in context: MatchContext) -> String? {
    for wanted in texts.map({ $0.filled(with: context.values) }) where !text.contains(where: { $0.holds(wanted, ignoringCase: true) }) {
      return "the text lacks \(Escaped.show(wanted, limit: 200))"
    }
    for unwanted in excludes.map({ $0.filled(with: context.values) }) where text.contains(where: { $0.holds(unwanted, ignoringCase: true) })
    {
      return "the text has \(Escaped.show(unwanted, limit: 200))"
    }
    return hasText && text.allSatisfy { $0.allSatisfy { $0 == UInt8.space } } ? "the reply has no text" : nil
  }

  private func beginningMismatch(_ beginning: Beginning, _ text: [UInt8], in context: MatchContext) -> String? {
    switch beginning {
    case .text(let template):
      let wanted = template.filled(with: context.values)
      return text.count >= wanted.count && text.prefix(wanted.count).matchesIgnoringCase(wanted) ? nil : "the text begins otherwise"
    case .domain:
      let word = Array(text.prefix { $0 != UInt8.space })
      return Domain(word) != nil || AddressLiteral(word) != nil ? nil : "the text does not begin with a domain name or an address literal"
    }
  }

  private func mechanismMismatch(_ reply: Reply) -> String? {
    guard !mechanisms.isEmpty || !absentMechanisms.isEmpty || mechanismSyntax else { return nil }
    let names = EhloReply(reply)["AUTH"]?.parameters ?? []
    if let missing = mechanisms.first(where: { !names.contains($0) }) { return "the reply does not list AUTH \(missing)" }
    if let present = absentMechanisms.first(where: { names.contains($0) }) { return "the reply lists AUTH \(present)" }
    guard mechanismSyntax else { return nil }
    return names.first { !Self.isMechanismName($0) }.map { "\(Escaped.show($0, limit: 100)) is no name of a mechanism" }
  }

  /// `sasl-mech = 1*20mech-char`, capital letters, digits, hyphens and underscores (RFC 4422 §3.1).
  private static func isMechanismName(_ name: String) -> Bool {
    (1...20).contains(name.utf8.count)
      && name.utf8.allSatisfy { ($0.isLetterOrDigit && $0 == $0.uppercased) || $0 == .hyphen || $0 == UInt8(ascii: "_") }
  }

  private func keywordMismatch(_ reply: Reply) -> String? {
    guard !keywords.isEmpty || !absent.isEmpty || keywordSyntax || !keywordParameters.isEmpty else { return nil }
    let ehlo = EhloReply(reply)
    let names = ehlo.keywords.map(\.name)
    if let missing = keywords.first(where: { !names.contains($0) }) { return "the reply does not list \(missing)" }
    if let present = absent.first(where: { names.contains($0) }) { return "the reply lists \(present)" }
    if keywordSyntax, let bad = ehlo.keywords.first(where: { !$0.isWellFormed }) {
      return "the line \(Escaped.show(bad.octets, limit: 200)) is no ehlo-line"
    }
    if let bad = ehlo.keywords.first(where: { keywordParameters.contains($0.name) && $0.hasItsParameters != true }) {
      return "the line \(Escaped.show(bad.octets, limit: 200)) has other parameters than its RFC allows"
    }
    return nil
  }
}

extension [UInt8] {
  /// Whether these octets stand somewhere in it.
  func holds(_ wanted: [UInt8], ignoringCase: Bool = false) -> Bool {
    guard !wanted.isEmpty else { return true }
    guard wanted.count <= count else { return false }
    let first = ignoringCase ? wanted[0].uppercased : wanted[0]
    for start in 0...(count - wanted.count) {
      guard (ignoringCase ? self[start].uppercased : self[start]) == first else { continue }
      let here = self[start..<(start + wanted.count)]
      if ignoringCase ? here.matchesIgnoringCase(wanted) : here.elementsEqual(wanted) { return true }
    }
    return false
  }
}
