import Wire

/// The messages of a mailbox that carry a case's token.
package struct Delivery: Sendable {
  /// Whole messages, as they lie in the mailbox.
  package let messages: [[UInt8]]
  /// What they are, in words: messages, or reports on one.
  var what = "message"

  /// In words.
  package var text: String {
    switch messages.count {
    case 0: "no \(what) was delivered"
    case 1: "one \(what) was delivered: \(Escaped.show(messages[0], limit: what == "report" ? 3_000 : 600))"
    case let count: "\(count) \(what)s were delivered"
    }
  }
}

extension DeliveredPattern {
  /// Why what was delivered does not fit, `nil` where it does; `nil` for copies that are still to come is never given.
  func mismatch(_ delivery: Delivery, in context: MatchContext) -> String? {
    if let copies, delivery.messages.count != copies {
      return "\(delivery.messages.count) \(report == nil ? "copies" : "reports") were delivered, not \(copies)"
    }
    guard copies != 0 else { return nil }
    guard !delivery.messages.isEmpty else {
      return report == nil ? "no message was delivered" : "nothing was reported, though mail that was sent later arrived"
    }
    for octets in delivery.messages {
      if let reason = mismatch(octets, in: context) { return reason }
    }
    return report.flatMap { $0.mismatch(delivery.messages, in: context) }
  }

  private func mismatch(_ octets: [UInt8], in context: MatchContext) -> String? {
    let message = StoredMessage(octets)
    if let body {
      let wanted = StoredMessage.normalised(body.filled(with: context.values), to: message)
      guard message.body == wanted else {
        return "the body is \(Escaped.show(message.body, limit: 300)), not \(Escaped.show(wanted, limit: 300))"
      }
    }
    for wanted in contains.map({ StoredMessage.normalised($0.filled(with: context.values), to: message) }) where !octets.holds(wanted) {
      return "the message lacks \(Escaped.show(wanted, limit: 200))"
    }
    for unwanted in excludes.map({ StoredMessage.normalised($0.filled(with: context.values), to: message) }) where octets.holds(unwanted) {
      return "the message has \(Escaped.show(unwanted, limit: 200))"
    }
    for header in headers {
      let fields = message.fields.filter { $0.isNamed(header.name) }
      guard let value = header.value else {
        if !fields.isEmpty { return "the message has a field \(header.name)" }
        continue
      }
      guard !fields.isEmpty else { return "the message has no field \(header.name)" }
      let wanted = value.filled(with: context.values)
      guard fields.contains(where: { $0.value.holds(wanted, ignoringCase: true) }) else {
        return "\(header.name) is \(Escaped.show(fields[0].value, limit: 300)) and lacks \(Escaped.show(wanted, limit: 200))"
      }
    }
    if let first {
      guard let field = message.fields.first, field.isNamed(first) else {
        return "the message's first field is \(Escaped.show(message.fields.first?.name ?? "none", limit: 80)), not \(first)"
      }
    }
    return received.flatMap { $0.mismatch(message, in: context) }
  }
}

extension DeliveredPattern.ReceivedPattern {
  fileprivate func mismatch(_ message: StoredMessage, in context: MatchContext) -> String? {
    let fields = message.fields.filter { $0.isNamed("Received") }
    // Where the mailbox is a later server's, that one's fields lie on top: it had the message from the target.
    let own = fields.first { field in
      !TimeStampLine.looseClauses(of: field).contains { $0.name == "FROM" && $0.value.matchesIgnoringCase(context.values(.host) ?? []) }
    }
    guard let field = own ?? fields.first else {
      return "the message has no Received field"
    }
    let shown = Escaped.show(field.value, limit: 400)
    do throws(TraceSyntaxError) {
      if wellFormed { _ = try TimeStampLine(field, literalAlone: literalAlone) }
    } catch {
      return "Received is no time-stamp-line, from octet \(error.offset) on (\(error.kind)): \(shown)"
    }
    let found = TimeStampLine.looseClauses(of: field)
    for (name, demand) in clauses {
      let clause = found.first { $0.name == name.uppercased() }
      if case .oneOf(_, orAbsent: true) = demand, clause == nil { continue }
      guard let clause else { return "Received has no '\(name)' clause: \(shown)" }
      switch demand {
      case .present: break
      case .holds(let template):
        let wanted = template.filled(with: context.values)
        guard clause.value.holds(wanted, ignoringCase: true) else {
          return "Received's '\(name)' clause lacks \(Escaped.show(wanted, limit: 100)): \(shown)"
        }
      case .oneOf(let templates, _):
        guard templates.contains(where: { $0.filled(with: context.values).matchesIgnoringCase(clause.value) }) else {
          return "Received's '\(name)' clause is \(Escaped.show(clause.value, limit: 100)): \(shown)"
        }
      }
    }
    if let additional, let line = try? TimeStampLine(field, literalAlone: true) {
      for clause in line.additional where !additional.contains(where: { $0.uppercased() == clause.name }) {
        return "Received has a clause \(Escaped.show(clause.name)): \(shown)"
      }
    }
    return nil
  }
}

/// A message as a mailbox keeps it: header fields and body.
struct StoredMessage {
  private let message: Message
  /// Whether the mailbox keeps lines with LF alone, as most on Unix do.
  private let usesBareLF: Bool

  init(_ octets: [UInt8]) {
    let firstLF = octets.firstIndex(of: .lineFeed)
    usesBareLF = firstLF.map { $0 == 0 || octets[$0 - 1] != .carriageReturn } ?? false
    message = Message(octets, lineEnds: usesBareLF ? [.crlf, .lf] : [.crlf])
  }

  var fields: [HeaderField] { message.fields }
  /// What it says as a delivery status notification.
  var report: StatusReport { StatusReport(message, lineEnds: usesBareLF ? [.crlf, .lf] : [.crlf]) }
  var body: [UInt8] { Array(message.body) }

  /// What is looked for, its CRLFs written as the mailbox writes them.
  static func normalised(_ octets: [UInt8], to message: StoredMessage) -> [UInt8] {
    guard message.usesBareLF else { return octets }
    var result: [UInt8] = []
    result.reserveCapacity(octets.count)
    for (place, octet) in octets.enumerated() {
      if octet == .carriageReturn, place + 1 < octets.count, octets[place + 1] == .lineFeed { continue }
      result.append(octet)
    }
    return result
  }
}
