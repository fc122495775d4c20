import Dialogue
import Wire

extension Defect {
  /// Faults of the ENHANCEDSTATUSCODES extension.
  static let enhancedCodeDefects: [Defect] = [
    .listing("lists-enhancedstatuscodes-with-parameter", "RFC 2034 §3", "ENHANCEDSTATUSCODES is listed with a parameter.") {
      for index in $0.indices where $0[index] == "ENHANCEDSTATUSCODES" { $0[index] += " RFC3463" }
    },
    .spelling("lists-enhancedstatuscodes-without-them", "RFC 2034 §4", "ENHANCEDSTATUSCODES is listed, and no reply has a code.") { _ in ""
    },
    .spelling("no-enhanced-codes-in-refusals", "RFC 2034 §4", "Replies of 5yz have no enhanced code.") { $0.reply >= 500 ? "" : $0.text },
    .spelling("no-enhanced-codes-after-helo", "RFC 2034 §4", "In a session that HELO opened no reply has an enhanced code.") {
      $0.context.before.dialogue.hello == .helo ? "" : $0.text
    },
    .spelling("no-enhanced-codes-before-ehlo", "RFC 2034 §4", "Before EHLO no reply has an enhanced code.") {
      $0.context.before.dialogue.hello == .none ? "" : $0.text
    },
    .spelling("no-enhanced-code-in-ready-to-start-tls", "RFC 2034 §4", "The 220 to STARTTLS has no enhanced code.") {
      $0.context.verb == .starttls ? "" : $0.text
    },
    .spelling("no-enhanced-code-after-the-data", "RFC 2034 §4", "The reply to the end of the data has no enhanced code.") {
      $0.context.content != nil ? "" : $0.text
    },
    .spelling("success-code-in-refusals", "RFC 2034 §4", "The enhanced codes of 5yz replies are of class 2.") {
      $0.reply >= 500 ? "2" + $0.text.dropFirst() : $0.text
    },
    .spelling("failure-code-in-success", "RFC 2034 §4", "The enhanced codes of 2yz replies are of class 5.") {
      $0.reply < 300 ? "5" + $0.text.dropFirst() : $0.text
    },
    .spelling("permanent-code-in-transient-refusals", "RFC 2034 §4", "The enhanced codes of 4yz replies are of class 5.") {
      $0.reply / 100 == 4 ? "5" + $0.text.dropFirst() : $0.text
    },
    .spelling("enhanced-code-in-last-line-only", "RFC 2034 §4", "Of several lines only the last has an enhanced code.") {
      $0.isLast ? $0.text : ""
    },
    .spelling("enhanced-code-in-first-line-only", "RFC 2034 §4", "Of several lines only the first has an enhanced code.") {
      $0.isFirst ? $0.text : ""
    },
    .spelling("enhanced-codes-count-lines", "RFC 2034 §4", "Of several lines each has an enhanced code of its own.") {
      $0.isFirst ? $0.text : $0.text.dropLast(2) + (Int($0.text.suffix(1)) == 1 ? "2 " : "1 ")
    },
    .spelling("enhanced-codes-of-class-3", "RFC 2034 §4", "The enhanced codes of 2yz replies are of class 3.") {
      $0.reply < 300 ? "3" + $0.text.dropFirst() : $0.text
    },
    .spelling("enhanced-codes-of-two-numbers", "RFC 2034 §4", "Enhanced codes have two numbers.") { "\($0.numbers[0]).\($0.numbers[1]) " },
    .spelling("enhanced-codes-of-four-digits", "RFC 2034 §4", "The last number of an enhanced code has four digits.") {
      "\($0.numbers[0]).\($0.numbers[1]).\(1000 + $0.numbers[2]) "
    },
    .spelling("enhanced-codes-with-leading-zeros", "RFC 3463 §2", "The numbers of an enhanced code have two digits.") {
      $0.numbers.enumerated().map { $0 > 0 && $1 < 10 ? "0\($1)" : "\($1)" }.joined(separator: ".") + " "
    },
    .spelling("enhanced-code-with-colon", "RFC 2034 §3", "A colon follows the enhanced code.") { $0.text.dropLast() + ": " },
    .spelling("unregistered-enhanced-codes", "RFC 3463 §2", "The enhanced code is X.9.9 wherever the reply is no success.") {
      $0.reply < 400 ? $0.text : "\($0.numbers[0]).9.9 "
    },
    .spelling("every-code-says-mailbox-full", "RFC 3463 §3", "The enhanced code is always X.2.2.") { "\($0.numbers[0]).2.2 " },
    .deciding("enhanced-code-in-ehlo-reply", "RFC 2034 §4", "The first line of the reply to EHLO begins with an enhanced code.") {
      decision, context in
      if context.verb == .ehlo, decision.code == 250 { decision.answers[0].lines[0].insert(contentsOf: "2.0.0 ".utf8, at: 0) }
    },
    .deciding("enhanced-code-in-helo-reply", "RFC 2034 §4", "The reply to HELO begins with an enhanced code.") { decision, context in
      if context.verb == .helo, decision.code == 250 { decision.answers[0].status = .init(0, 0) }
    },
    .deciding("enhanced-code-in-greeting", "RFC 2034 §4", "The greeting begins with an enhanced code.") { decision, context in
      if case .connection = context.input, decision.code == 220 { decision.answers[0].status = .init(0, 0) }
    },
  ]

  /// A defect in how the enhanced code at the front of a line is written.
  private static func spelling(
    _ name: String, _ source: String, _ summary: String, _ spell: @escaping @Sendable (StatusCodeOfLine) -> String
  ) -> Defect {
    writing(name, source, summary) { octets, context in
      var lines = octets.crlfLines
      let end = lines.count - 1
      for index in lines.indices where index < end {
        let line = lines[index]
        guard line.count > 3, let reply = Int(String(decoding: line[..<3], as: UTF8.self)) else { continue }
        let text = Array(line[4...])
        guard let (code, length) = EnhancedStatusCode.parse(text.span) else { continue }
        let spelled = spell(
          StatusCodeOfLine(
            reply: reply, numbers: [Int(code.class), Int(code.subject), Int(code.detail)], isFirst: index == 0, isLast: index == end - 1,
            context: context))
        lines[index].replaceSubrange(4..<min(line.count, 4 + length + 1), with: spelled.utf8)
      }
      octets = Array(lines.joined(separator: [UInt8].crlf))
    }
  }
}

/// The enhanced code of one line of a reply.
private struct StatusCodeOfLine {
  /// The reply code.
  let reply: Int
  /// Class, subject and detail.
  let numbers: [Int]
  let isFirst: Bool
  let isLast: Bool
  let context: DecisionContext

  /// As it is written, with the space behind it.
  var text: String { numbers.map(String.init).joined(separator: ".") + " " }
}
