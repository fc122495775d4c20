import Wire

/// What RFC 5321 §4.2 says of a parser of replies.
struct ReplyJudge: ParserJudge {
  let builtIn: any ParserTarget
  private let target: ReplyTarget
  private let grammar: Grammar
  private let wide: Int

  init() throws(Grammar.Fault) {
    target = try ReplyTarget()
    builtIn = target
    grammar = try Grammar.smtp.get()
    guard let wide = grammar.number(of: "wide-reply") else { throw Grammar.Fault(message: "no rule is named 'wide-reply'") }
    self.wide = wide
  }

  func fits(_ octets: [UInt8]) -> Bool? { Recognizer.accepts(octets, as: wide, in: grammar) }

  func areAlike(_ first: [UInt8], _ second: [UInt8]) -> Bool? {
    guard let first = try? Reply.parse(first.span)?.reply, let second = try? Reply.parse(second.span)?.reply else { return nil }
    return first.code == second.code
      && first.lines.map { Array(first.text(of: $0)) } == second.lines.map { Array(second.text(of: $0)) }
  }

  func judge(_ octets: [UInt8], _ answer: ParserAnswer, _ verdict: inout ParserVerdict) {
    let end = target.acceptedPrefix(of: octets)
    switch answer {
    case .accepted(let consumed, _):
      guard consumed > 0, consumed <= octets.count else {
        return verdict.fail(.offset, "\(consumed) octets of \(octets.count)")
      }
      if let end, end != consumed { return verdict.fail(.end, "\(consumed) octets, and the reply has \(end)") }
      let reply = octets.prefix(consumed)
      // Longer lines than a sender may write can be read (RFC 5321 §4.5.3.1).
      guard reply.split(separator: .lineFeed).allSatisfy({ $0.count < Limits.replyLine }) else { return }
      if fits(Array(reply)) == false { verdict.fail(.tooWide, "\(consumed) octets accepted") }
    case .refused: if let end { verdict.fail(.tooNarrow, "refused, while the first \(end) octets are a reply") }
    case .incomplete: if let end { verdict.fail(.waits, "the first \(end) octets are a reply") }
    case .none: verdict.fail(.garbled, "it had a parser of replies before")
    }
  }
}
