import Dialogue
import Wire

extension Defect {
  /// Faults of the 8BITMIME extension.
  static let eightBitDefects: [Defect] = [
    .listing("lists-8bitmime-with-parameter", "RFC 6152 §2", "8BITMIME is listed with a parameter.") {
      for index in $0.indices where $0[index] == "8BITMIME" { $0[index] += " 7BIT" }
    },
    .deciding("mail-demands-body", "RFC 6152 §2", "MAIL without BODY draws 501.") { decision, context in
      guard context.verb == .mail, decision.code == 250, !context.hasBody else { return }
      decision.refuse(501, .init(5, 4), in: context)
    },
    .reading("takes-any-body", "RFC 6152 §2", "A BODY that is neither 7BIT nor 8BITMIME is taken for 8BITMIME.") { line, _ in
      guard Verb(line.prefix(4)) == .mail, let end = line.pathEnd else { return }
      let words = line[(end + 1)...].split(separator: .space).map { word in
        word.prefix(4).matchesIgnoringCase("BODY".utf8) && !word.dropFirst(5).matchesIgnoringCase("7BIT".utf8)
          ? Array("BODY=8BITMIME".utf8)[...] : word
      }
      line = line[...end] + words.flatMap { [.space] + $0 }
    },
    .deciding("refuses-body", "RFC 6152 §3", "MAIL with BODY draws 555.") { decision, context in
      if context.verb == .mail, decision.code == 250, context.hasBody { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("refuses-eight-bit-messages", "RFC 6152 §3", "A message with octets above 127 draws 554.") { decision, context in
      if let content = context.content, content.octets.contains(where: { $0 > 127 }) { decision.refuseMessage(554, .init(6, 3)) }
    },
    .behaving("ends-data-without-high-bits", "RFC 6152 §3", "CRLF . CRLF ends the mail data whatever the high bits of its octets.") {
      manner in
      manner.mailDataReader = { _, configuration in
        var terminators: [[UInt8]] = []
        for bits in 0..<32 {
          terminators.append(
            MailDataReader.endOfMailData.enumerated().map { place, octet in bits & (1 << place) == 0 ? octet : octet | 0x80 })
        }
        return HonestMailDataReader(sizeLimitInOctets: configuration.sizeLimitInOctets, terminators: terminators)
      }
    },
    .changing("drops-last-line-end", "RFC 6152 §3", "The CRLF before the final dot is not stored.") { copy, _ in
      if copy.content.suffix(2) == .crlf { copy.content.removeLast(2) }
    },
  ]
}

extension DecisionContext {
  /// Whether MAIL has a BODY parameter.
  fileprivate var hasBody: Bool { parameters.contains { $0.keyword == "BODY" } }
}
