import Dialogue
import Wire

extension Defect {
  /// Faults in which messages are refused once they have come, and in what happens to unfinished ones.
  static let contentDefects: [Defect] = [
    .rejecting("rejects-unmatched-resent-fields", "RFC 5321 §3.3", "Resent fields that do not match make a message draw 554.") { message in
      let counts = ["Resent-From", "Resent-Date", "Resent-To"].map { message.fields(named: $0).count }
      return message.fields.contains { $0.name.lowercased().hasPrefix("resent-") } && counts != [1, 1, 1]
    },
    .rejecting("rejects-imperfect-headers", "RFC 5321 §3.3", "A message whose header section is less than perfect draws 554.") {
      !$0.isPerfect
    },
    .rejecting("validates-header-fields", "RFC 5321 §4.5.3.1.8", "A message with header fields that are odd draws 554.") { message in
      message.fields(named: "Subject").count > 1 || message.fields(named: "Cc").contains { !$0.value.contains(.at) }
        || !message.fields(named: "Resent-To").isEmpty || !message.fields(named: "Resent-Date").isEmpty
        || message.fields.contains { $0.value.isEmpty }
    },
    .rejecting("counts-recipients-in-header", "RFC 5321 §4.5.3.1.8", "A message whose To field lists very many draws 554.") { message in
      message.fields(named: "To").contains { $0.value.count { $0 == UInt8(ascii: ",") } > 300 }
    },
    .rejecting("rejects-odd-trace-fields", "RFC 5321 §3.7.2", "A message with trace fields that do not parse draws 554.") { message in
      message.fields(named: "Received").contains { (try? TimeStampLine($0)) == nil }
        || message.fields(named: "Return-Path").contains { (try? ReturnPathLine($0)) == nil }
    },
    .configured("counts-few-hops", "RFC 5321 §6.3", "Twenty Received fields make a message draw 554.") { $0.hopLimit = 19 },
    .deciding("drops-connection-on-odd-content", "RFC 5321 §4.2", "An odd header section closes the connection without a reply.") {
      decision, context in
      if let content = context.content, content.octets.hasOddHeader { decision.hangUp() }
    },
    .deciding("drops-connection-on-eight-bit-data", "RFC 5321 §4.2", "Content with octets above 127 closes the connection without a reply.")
    { decision, context in
      if let content = context.content, content.octets.contains(where: { $0 >= 0x80 }) { decision.hangUp() }
    },
    .deciding(
      "delivers-unfinished-message", "RFC 5321 §4.1.1.10", "A message cut off by the end of the connection is delivered.", deliverUnfinished
    ),
    .deciding("delivers-refused-message", "RFC 5321 §4.2.5", "A message that was refused is delivered all the same.") { decision, context in
      guard let content = context.content, decision.code >= 400 else { return }
      var configuration = context.configuration
      configuration.hopLimit = .max
      configuration.sizeLimitInOctets = .max
      configuration.textLineLimitInOctets = nil
      decision.effect = Decider(context.before, under: configuration).decide(.message(content)).effect
    },
    .remembering("loses-last-line-after-helo", "RFC 821 §4.5.2", "After HELO the last line of the content is lost.") {
      { decision, context in
        guard let content = context.content, context.before.dialogue.hello == .helo else { return }
        let lines = content.octets.crlfLines.dropLast(2)
        let octets = Array((lines + [[]]).joined(separator: [UInt8].crlf))
        decision = context.redecide(.message(MailContent(octets: octets, sizeInOctets: octets.count)))
      }
    },
  ]

  private static let deliverUnfinished: @Sendable (inout Decision, DecisionContext) -> Void = { decision, context in
    guard case .lost(.some(let content)) = context.input else { return }
    decision = context.redecide(.message(content))
    decision.answers = []
  }

  private static func rejecting(
    _ name: String, _ source: String, _ summary: String, _ condition: @escaping @Sendable (Message) -> Bool
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      if let content = context.content, condition(Message(content.octets)) { decision.refuseMessage(554, .init(6, 0)) }
    }
  }
}

extension Message {
  /// What a meddlesome server takes for a proper message: more than RFC 5321 lets it ask for.
  fileprivate var isPerfect: Bool {
    guard hasSeparator, ["From", "Date", "Subject"].allSatisfy({ fields(named: $0).count == 1 }) else { return false }
    guard ["To", "Cc", "Bcc"].contains(where: { !fields(named: $0).isEmpty }) else { return false }
    guard let date = fields(named: "Date").first?.value, date.count > 3, date[..<3].allSatisfy(\.isLetter), date[3] == UInt8(ascii: ",")
    else { return false }
    if fields(named: "To").contains(where: { $0.value.contains("<<") }) { return false }
    return hasPerfectStructure
  }

  private var hasPerfectStructure: Bool {
    if let version = fields(named: "MIME-Version").first?.value, version != Array("1.0".utf8) { return false }
    if let type = fields(named: "Content-Type").first?.value, type.uppercasedString.hasPrefix("MULTIPART") {
      guard let boundary = Self.boundary(of: type) else { return false }
      if !Array(body).contains("--\(boundary)--") { return false }
    }
    guard let encoding = fields(named: "Content-Transfer-Encoding").first?.value, encoding.uppercasedString == "BASE64" else { return true }
    return body.allSatisfy { $0.isLetterOrDigit || "+/=\r\n".utf8.contains($0) }
  }

  private static func boundary(of type: [UInt8]) -> String? {
    let parts = type.replacing(Array("boundary=".utf8), with: [.nul]).split(separator: .nul, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let value = parts[1].prefix { $0 != UInt8(ascii: ";") }.filter { $0 != .quote }
    return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Whether the octets of a string stand somewhere in it.
  func contains(_ word: String) -> Bool {
    let octets = Array(word.utf8)
    return indices.contains { self[$0...].starts(with: octets) }
  }

  /// Whether a header section has a line that is no plain field.
  fileprivate var hasOddHeader: Bool {
    for (index, line) in crlfLines.enumerated() {
      if line.isEmpty { return false }
      if line.contains(where: { !$0.isText }) || line.contains("<><>") || line.starts(with: "DKIM-Signature:".utf8) { return true }
      if index > 0, line.first?.isWhiteSpace == true { continue }
      guard let colon = line.firstIndex(of: .colon), colon > 0, line[..<colon].allSatisfy({ $0.isLetter || $0 == .hyphen }) else {
        return true
      }
    }
    return false
  }
}
