import Wire

extension ReportPattern {
  /// How many recipients the reports have to tell of before they are judged.
  var recipientsToAwait: Int { max(recipients.count, count ?? 0) }

  /// Whether more reports may be on their way: not all that is to be told has been told.
  func isIncomplete(_ messages: [[UInt8]], in context: MatchContext) -> Bool {
    let reports = messages.map { Conformance.StoredMessage($0).report }
    // A message that tells of nobody is judged as it is.
    let told = reports.reduce(0) { $0 + ($1.recipients.isEmpty ? recipientsToAwait : $1.recipients.count) }
    return told < recipientsToAwait || missingName(in: messages, context) != nil
  }

  private func missingName(in messages: [[UInt8]], _ context: MatchContext) -> [UInt8]? {
    names.map { $0.filled(with: context.values) }.first { name in !messages.contains { $0.holds(name, ignoringCase: true) } }
  }

  /// Why the reports do not fit, `nil` where they do.
  func mismatch(_ messages: [[UInt8]], in context: MatchContext) -> String? {
    let reports = messages.map { Conformance.StoredMessage($0).report }
    if wellFormed, let fault = reports.compactMap(\.fault).first { return "the message is no report as it should be: \(fault)" }
    if let name = missingName(in: messages, context) { return "no report has \(Escaped.show(name, limit: 200))" }
    for report in reports {
      if let reason = Self.mismatch(report.message, message, in: context) { return reason }
    }
    let groups = reports.flatMap(\.recipients)
    if let count, groups.count != count { return "the reports tell of \(groups.count) recipients, not \(count)" }
    for wanted in recipients {
      guard !groups.isEmpty else { return "no report tells of a recipient" }
      let reasons = groups.map { Self.mismatch($0, wanted, in: context) }
      if reasons.contains(nil) { continue }
      return reasons.count == 1 ? reasons[0] : "none of \(reasons.count) recipients fits: \(reasons[0] ?? "")"
    }
    return only.flatMap { unexpected(beside: $0, in: reports.flatMap { $0.message + $0.recipients.joined() }) }
  }

  private func unexpected(beside known: [String], in fields: [HeaderField]) -> String? {
    let odd = fields.first { field in !field.name.lowercased().hasPrefix("x-") && !known.contains { field.isNamed($0) } }
    return odd.map { "the report has a field \(Escaped.show($0.name))" }
  }

  private static func mismatch(_ fields: [HeaderField], _ wanted: [FieldPattern], in context: MatchContext) -> String? {
    for pattern in wanted {
      let found = fields.filter { $0.isNamed(pattern.name) }
      guard let demand = pattern.demand else {
        if let field = found.first { return "the report has a field \(pattern.name): \(Escaped.show(field.value, limit: 200))" }
        continue
      }
      guard let field = found.first else {
        if demand.optional { continue }
        return "the report has no field \(pattern.name)"
      }
      if let reason = demand.mismatch(field.value, in: context) {
        return "\(pattern.name) is \(Escaped.show(field.value, limit: 300)) and \(reason)"
      }
    }
    return nil
  }
}

extension FieldDemand {
  /// What of a value does not fit, `nil` where all does.
  func mismatch(_ value: [UInt8], in context: MatchContext) -> String? {
    var rest = value[...]
    if let type {
      guard let semicolon = value.firstIndex(of: .semicolon) else { return "has no type" }
      guard Self.trimmed(value[..<semicolon]).matchesIgnoringCase(type.utf8) else { return "its type is not \(type)" }
      rest = value[(semicolon + 1)...]
    }
    let content = Self.trimmed(rest)
    if let wanted = self.value?.filled(with: context.values), wanted != content { return "is not \(Escaped.show(wanted, limit: 200))" }
    let first = Array(content.prefix { !$0.isWhiteSpace && $0 != 0x28 })
    if let wanted = word?.filled(with: context.values), wanted != first { return "is not \(Escaped.show(wanted, limit: 200))" }
    for wanted in has.map({ $0.filled(with: context.values) }) where !value.holds(wanted, ignoringCase: true) {
      return "lacks \(Escaped.show(wanted, limit: 200))"
    }
    let alternatives = any.map { $0.filled(with: context.values) }
    if !alternatives.isEmpty, !alternatives.contains(where: { value.holds($0, ignoringCase: true) }) {
      return "has none of \(alternatives.map { Escaped.show($0, limit: 100) }.joined(separator: ", "))"
    }
    if let status, let reason = Self.mismatch(status, first) { return reason }
    if date, DateTime(content) == nil { return "is no date with a numeric time zone" }
    if domain, AddressLiteral(first) == nil, Domain(first) == nil || !first.contains(.dot) { return "is no full domain name" }
    return nil
  }

  /// `status-code = DIGIT "." 1*3DIGIT "." 1*3DIGIT`, no number with a zero in front of it (RFC 3464 §2.3.4).
  private static func mismatch(_ status: [Int?], _ text: [UInt8]) -> String? {
    let words = text.split(separator: .dot, omittingEmptySubsequences: false)
    let numbers = words.compactMap { word in
      (1...3).contains(word.count) && word.allSatisfy(\.isDigit) && (word.count == 1 || word.first != .zero)
        ? Int(String(decoding: word, as: UTF8.self)) : nil
    }
    guard numbers.count == 3, words.count == 3, [2, 4, 5].contains(numbers[0]) else { return "is no status code" }
    return zip(status, numbers).allSatisfy { $0 == nil || $0 == $1 } ? nil : "is another status code"
  }

  private static func trimmed(_ octets: ArraySlice<UInt8>) -> [UInt8] {
    let front = octets.drop(while: \.isWhiteSpace)
    guard let last = front.lastIndex(where: { !$0.isWhiteSpace }) else { return [] }
    return Array(front[...last])
  }
}
