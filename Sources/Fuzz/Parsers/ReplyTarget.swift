import Wire

/// `Reply.parse`, `Reply.scan` and `EhloReply` against the grammar of RFC 5321 §4.2.
package struct ReplyTarget: ParserTarget {
  /// `reply`.
  package let name = "reply"
  private let grammar: Grammar
  private let strict: Int
  private let wide: Int
  private let ehloLine: Int
  private let starts: [Int]

  /// The target.
  ///
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  package init() throws(Grammar.Fault) {
    grammar = try Grammar.smtp.get()
    var numbers: [Int] = []
    for name in ["Reply-line", "wide-reply", "ehlo-line", "ehlo-ok-rsp", "Greeting"] {
      guard let number = grammar.number(of: name) else { throw Grammar.Fault(message: "no rule is named '\(name)'") }
      numbers.append(number)
    }
    strict = numbers[0]
    wide = numbers[1]
    ehloLine = numbers[2]
    starts = [numbers[0], numbers[0], numbers[3], numbers[4]]
  }

  /// A reply that the grammar derives, sometimes with another behind it.
  package func generate(using random: inout RunGenerator) -> [UInt8] {
    var octets = grammar.generate(random.pick(starts), using: &random)
    if random.oneIn(4) { octets += grammar.generate(strict, using: &random) }
    // Derived codes differ from line to line; mostly they are to be one.
    if !random.oneIn(4) { ReplyTarget.unifyCodes(&octets) }
    return octets
  }

  /// Parses the reply at the front of the input, strictly, tolerantly, and cut at every place.
  package func check(_ input: [UInt8]) -> ParserVerdict {
    var verdict = ParserVerdict()
    var signature = Signature()
    let outcome = ReplyTarget.parse(input[...])
    switch outcome {
    case .reply(let reply, let length):
      signature.add("reply \(reply.lines.count) \(min(length / 64, 20)) \(length == input.count)")
      let octets = Array(input.prefix(length))
      if reply.octets != octets { verdict.fail(.roundTrip, "the reply does not hold its octets") }
      if Recognizer.accepts(octets, as: wide, in: grammar) == false { verdict.fail(.tooWide, Escaped.show(octets, limit: 200)) }
      checkKeywords(of: reply, &verdict, &signature)
    case .incomplete, .refused:
      if case .refused(let error) = outcome {
        signature.add("\(error.kind) \(min(error.offset, 20))")
        if !(0..<max(input.count, 1)).contains(error.offset) { verdict.fail(.offset, "\(error)") }
      } else {
        signature.add("incomplete \(min(input.count, 12))")
      }
      if let end = acceptedPrefix(of: input) { verdict.fail(.tooNarrow, "\(outcome), while the first \(end) octets are a reply") }
    }
    checkSplits(input, outcome, &verdict)
    checkTolerant(input, outcome, &verdict, &signature)
    verdict.signature = signature.value
    return verdict
  }

  private enum Outcome: Equatable {
    case reply(Reply, Int)
    case incomplete
    case refused(ReplySyntaxError)
  }

  private static func parse(_ octets: ArraySlice<UInt8>, tolerating tolerance: ReplyTolerance = []) -> Outcome {
    do throws(ReplySyntaxError) {
      guard let (reply, length) = try Reply.parse(Array(octets).span, tolerating: tolerance) else { return .incomplete }
      return .reply(reply, length)
    } catch {
      return .refused(error)
    }
  }

  /// Where the first whole reply ends that the grammar sees.
  func acceptedPrefix(of input: [UInt8]) -> Int? {
    for end in input.indices.dropFirst(4) where input[end] == .lineFeed {
      if Recognizer.accepts(Array(input[...end]), as: strict, in: grammar) == true { return end + 1 }
    }
    return nil
  }

  /// A part of the input is no more and no less than the beginning of the whole: nothing is said too early or taken back.
  private func checkSplits(_ input: [UInt8], _ outcome: Outcome, _ verdict: inout ParserVerdict) {
    for count in input.indices {
      let part = ReplyTarget.parse(input.prefix(count))
      let isRight =
        switch (part, outcome) {
        case (.incomplete, .reply(_, let length)): count < length
        case (.incomplete, _): true
        default: part == outcome
        }
      if !isRight { return verdict.fail(.split, "the first \(count) octets: \(part), all: \(outcome)") }
    }
  }

  /// With every tolerance only what has no code is refused; what needs none is read the same, and the scan agrees.
  private func checkTolerant(_ input: [UInt8], _ outcome: Outcome, _ verdict: inout ParserVerdict, _ signature: inout Signature) {
    let tolerant = ReplyTarget.parse(input[...], tolerating: .everything)
    var scan: Reply.Scan?
    var scanError: ReplySyntaxError?
    do throws(ReplySyntaxError) { scan = try Reply.scan(input.span) } catch { scanError = error }
    switch tolerant {
    case .reply(let reply, let length):
      signature.add("faults \(reply.faults.map(\.kind.rawValue))")
      let kinds = reply.faults.reduce(into: ReplyTolerance()) { $0.insert(ReplyTolerance($1.kind)) }
      let agrees = scan.map { $0.code == reply.code && $0.length == length && $0.lineCount == reply.lines.count && $0.faults == kinds }
      if agrees != true {
        verdict.fail(.disagreement, "parse: \(length) \(kinds.kinds), scan: \(String(describing: scan))")
      }
      if case .reply = outcome, outcome != tolerant { verdict.fail(.disagreement, "tolerance changes a reply without faults") }
      if reply.faults.isEmpty, outcome != tolerant { verdict.fail(.disagreement, "no fault, and yet refused: \(outcome)") }
    case .incomplete:
      if scan != nil || scanError != nil { verdict.fail(.disagreement, "incomplete, but scan: \(String(describing: scan))") }
      if case .reply = outcome { verdict.fail(.disagreement, "tolerance makes a reply incomplete") }
    case .refused(let error):
      signature.add("no reply \(min(error.offset, 30))")
      if error.kind != .notAReply { verdict.fail(.disagreement, "refused although tolerated: \(error)") }
      if scanError != error { verdict.fail(.disagreement, "parse: \(error), scan: \(String(describing: scanError))") }
    }
  }

  /// The lines of an EHLO reply fit the grammar where they say that they do.
  private func checkKeywords(of reply: Reply, _ verdict: inout ParserVerdict, _ signature: inout Signature) {
    for keyword in EhloReply(reply).keywords {
      signature.add(keyword.isWellFormed ? min(keyword.parameters.count, 4) : -1)
      guard Recognizer.accepts(keyword.octets, as: ehloLine, in: grammar) == !keyword.isWellFormed else { continue }
      verdict.fail(keyword.isWellFormed ? .tooWide : .tooNarrow, "the EHLO line \(Escaped.show(keyword.octets, limit: 200))")
    }
  }

  /// Writes the first line's code in front of every line.
  private static func unifyCodes(_ octets: inout [UInt8]) {
    guard octets.count >= 3 else { return }
    let code = octets[..<3]
    for index in octets.indices where index >= 1 && octets[index - 1] == .lineFeed && index + 3 <= octets.count {
      octets.replaceSubrange(index..<index + 3, with: code)
    }
  }
}
