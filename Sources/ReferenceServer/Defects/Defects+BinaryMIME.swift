import Wire

extension Defect {
  /// Faults of the BINARYMIME extension.
  static let binaryDefects: [Defect] = [
    .deciding("refuses-body-binarymime", "RFC 3030 §3", "BODY=BINARYMIME draws 555.") { decision, context in
      if context.verb == .mail, decision.next.body == .binary { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("body-value-upper-case-only", "RFC 5321 §2.4", "A value of BODY that is not in capitals draws 555.") { decision, context in
      guard let value = context.parameters.first(where: { $0.keyword == "BODY" })?.value else { return }
      if value.contains(where: { (0x61...0x7A).contains($0) }) { decision.refuse(555, .init(5, 4), in: context) }
    },
    .deciding("takes-data-after-binarymime", "RFC 3030 §3", "DATA draws 354 for a message that was announced as binary.") {
      decision, context in
      if context.verb == .data, context.before.body == .binary { decision = context.redecide { $0.body = .eightBit } }
    },
    .listing("lists-binarymime-without-chunking", "RFC 3030 §3", "BINARYMIME is listed, and CHUNKING is not.") { keywords in
      keywords.removeAll { $0 == "CHUNKING" }
    },
    .deciding("refuses-undeclared-binary", "RFC 3030 §3", "A message with binary parts draws 554 if MAIL did not announce it.") {
      decision, context in
      guard let chunk = context.chunk, chunk.isLast, context.before.body != .binary, decision.code == 250 else { return }
      if Message(chunk.message.octets).fields(named: "Content-Transfer-Encoding").contains(where: { $0.isBinary }) {
        decision.refuseMessage(554, .init(6, 0))
      }
    },
    Defect(
      "takes-binarymime-unannounced", "RFC 5321 §4.1.1.11", "BODY=BINARYMIME is accepted, and BINARYMIME is not listed.",
      configuration: { $0.extensions.remove(.binaryMIME) },
      distortion: { distortion in
        distortion.line = { line, _ in
          if Verb(line.prefix(4)) == .mail { line = line.replacing(Array(" BODY=BINARYMIME".utf8), with: []) }
        }
      }),
  ]
}

extension HeaderField {
  fileprivate var isBinary: Bool { value.matchesIgnoringCase("binary".utf8) }
}
