/// A message read as a delivery status notification, RFC 3464.
///
/// Nothing is refused: what does not fit is told by ``fault``, and what can be read all the same is there.
package struct StatusReport: Sendable, Equatable {
  /// The parts of the top level, in their order; none where the message is no multipart.
  package let parts: [Part]
  /// The fields on the message, RFC 3464 §2.2; empty where there is no part with such fields.
  package let message: [HeaderField]
  /// The fields on each recipient, RFC 3464 §2.3.
  package let recipients: [[HeaderField]]
  /// The first thing that keeps the message from being a report, in words; `nil` where all fits.
  package let fault: String?

  /// One part of a multipart.
  package struct Part: Sendable, Equatable {
    /// Its type in small letters; `text/plain` where it names none (RFC 2045 §5.2).
    package let type: String
    /// How it is encoded, in upper case; `7BIT` where it does not say.
    package let encoding: String
    /// What stands behind its header fields.
    package let body: Octets
  }

  /// The most parts and the most groups of fields that are looked at.
  private static let limit = 1_000
  /// The most octets of fields that are looked at.
  private static let fieldLimitInOctets = 1 << 20
  /// The longest boundary, RFC 2046 §5.1.1.
  private static let boundaryLimit = 70

  /// Reads a message.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - lineEnds: What ends its lines.
  package init(_ message: Message, lineEnds: Set<LineEnd>) {
    let field = message.fields(named: "Content-Type").first
    let type = field.flatMap { ContentType($0.value) }
    var fault: String?
    func note(_ text: String, if holds: Bool = true) { if holds, fault == nil { fault = text } }
    note("its Content-Type is no multipart/report", if: type?.type != "multipart/report")
    let kind = type?.parameters["report-type"] ?? []
    note("its report-type is not delivery-status", if: !kind.matchesIgnoringCase("delivery-status".utf8))
    var parts: [Part] = []
    if type?.type.hasPrefix("multipart/") == true {
      let boundary = type?.parameters["boundary"] ?? []
      note("it has no boundary, or one of more than 70 octets", if: !(1...Self.boundaryLimit).contains(boundary.count))
      if !boundary.isEmpty {
        let split = Self.split(Octets(message.body), at: boundary)
        note("its last part has no end", if: !split.hasEnd)
        parts = split.parts.map { Self.part($0, lineEnds) }
      }
    }
    self.parts = parts
    note("it has \(parts.count) parts, not two or three", if: !(2...3).contains(parts.count))
    let status = parts.first { $0.type == "message/delivery-status" }
    note("its second part is no message/delivery-status", if: parts.count > 1 && parts[1].type != "message/delivery-status")
    guard let status else {
      (self.message, recipients, self.fault) = ([], [], fault)
      return
    }
    note("its fields are encoded as \(status.encoding)", if: status.encoding != "7BIT")
    note("its fields have octets beyond US-ASCII", if: status.body.contains { $0 > 127 })
    var groups = Self.groups(of: status.body, lineEnds) { note("among its fields is a line that is none") }
    note("it has no fields", if: groups.isEmpty)
    note("it has fields on the message alone", if: groups.count == 1)
    self.message = groups.isEmpty ? [] : groups.removeFirst()
    recipients = groups
    note("its first fields are a recipient's", if: self.message.contains { $0.isNamed("Final-Recipient") || $0.isNamed("Action") })
    note(
      "a recipient's fields have some that are the message's",
      if: groups.joined().contains { $0.isNamed("Reporting-MTA") || $0.isNamed("Original-Envelope-Id") })
    self.fault = fault
  }

  /// Cuts a body at its boundary, RFC 2046 §5.1.1; what stands before the first delimiter and after the last is left out.
  ///
  ///     delimiter       = CRLF "--" boundary
  ///     close-delimiter = delimiter "--"
  private static func split(_ body: Octets, at boundary: Octets) -> (parts: [Octets], hasEnd: Bool) {
    var parts: [Octets] = []
    var start: Int?
    var lineStart = 0
    while lineStart < body.count {
      let lineEnd = body[lineStart...].firstIndex(of: .lineFeed) ?? body.count
      defer { lineStart = lineEnd + 1 }
      guard let mark = delimiter(body[lineStart..<lineEnd], boundary) else { continue }
      if let start, parts.count < limit {
        // The line end before a delimiter belongs to the delimiter.
        var end = max(start, lineStart - 1)
        if end > start, body[end - 1] == .carriageReturn { end -= 1 }
        parts.append(Octets(body[start..<end]))
      }
      if mark == .end { return (parts, true) }
      start = min(lineEnd + 1, body.count)
    }
    return (parts, false)
  }

  private enum Mark { case next, end }

  /// What a line is that begins with two hyphens and the boundary; blanks may follow.
  private static func delimiter(_ line: ArraySlice<UInt8>, _ boundary: Octets) -> Mark? {
    guard line.starts(with: [.hyphen, .hyphen] + boundary) else { return nil }
    let rest = line.dropFirst(boundary.count + 2)
    let isEnd = rest.starts(with: [.hyphen, .hyphen])
    let padding = isEnd ? rest.dropFirst(2) : rest
    guard padding.allSatisfy({ $0.isWhiteSpace || $0 == .carriageReturn }) else { return nil }
    return isEnd ? .end : .next
  }

  private static func part(_ octets: Octets, _ lineEnds: Set<LineEnd>) -> Part {
    let message = Message(octets, lineEnds: lineEnds)
    let type = message.fields(named: "Content-Type").first
    return Part(
      type: type.map { ContentType($0.value)?.type ?? "" } ?? "text/plain",
      encoding: message.fields(named: "Content-Transfer-Encoding").first?.value.uppercasedString ?? "7BIT",
      body: Octets(message.body))
  }

  /// The groups of fields that empty lines part.
  private static func groups(of body: Octets, _ lineEnds: Set<LineEnd>, orElse fail: () -> Void) -> [[HeaderField]] {
    var groups: [[HeaderField]] = []
    var rest = body.prefix(fieldLimitInOctets)
    while groups.count < limit {
      while let octet = rest.first, octet == .lineFeed || octet == .carriageReturn { rest = rest.dropFirst() }
      guard !rest.isEmpty else { break }
      let message = Message(Octets(rest), lineEnds: lineEnds)
      guard !message.fields.isEmpty else {
        fail()
        break
      }
      groups.append(message.fields)
      if !message.hasSeparator, !message.body.isEmpty {
        fail()
        break
      }
      rest = message.body[...]
    }
    return groups
  }
}
