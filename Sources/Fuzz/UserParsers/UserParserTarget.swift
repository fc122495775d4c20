import Wire

/// A user's parser of one kind, held to the grammar, to itself, and to staying alive.
struct UserParserTarget: ParserTarget {
  let name: String
  private let kind: ParserKind
  private let parser: UserParser
  private let judge: any ParserJudge
  /// Places that are cut in one input; longer inputs are cut at some of theirs.
  private static let mostCuts = 300

  init(_ kind: ParserKind, of parser: UserParser) throws(Grammar.Fault) {
    name = kind.rawValue
    self.kind = kind
    self.parser = parser
    judge =
      switch kind {
      case .reply: try ReplyJudge()
      case .mailData: MailDataJudge()
      case .command, .commandUTF8:
        try CommandJudge(internationalized: kind == .commandUTF8) { line in
          let answers = try? parser.ask([ParserRequest(kind, line)])
          guard case .accepted? = answers?.first else { return false }
          return true
        }
      }
  }

  func generate(using random: inout RunGenerator) -> [UInt8] { judge.builtIn.generate(using: &random) }

  func check(_ input: [UInt8]) -> ParserVerdict { check(input, isCut: true) }

  func check(_ input: [UInt8], only rule: ParserFault.Rule) -> ParserVerdict {
    switch rule {
    case .split, .crash, .hang, .garbled: check(input, isCut: true)
    default: check(input, isCut: false)
    }
  }

  private func check(_ input: [UInt8], isCut: Bool) -> ParserVerdict {
    var verdict = ParserVerdict()
    let octets = kind == .command || kind == .commandUTF8 ? input + [.carriageReturn, .lineFeed] : input
    let places = isCut ? Self.places(in: octets) : []
    let requests =
      [ParserRequest(kind, octets)] + places.map { ParserRequest(kind, Array(octets[..<$0])) }
      + places.map { ParserRequest(kind, octets, cut: $0) }
    guard let answers = ask(requests, &verdict), let whole = answers.first else { return verdict }
    judge.judge(octets, whole, &verdict)
    checkCuts(places, answers, &verdict)
    if case .accepted(_, let written?) = whole { checkRoundTrip(octets, written, &verdict) }
    var signature = Signature()
    signature.add(Int(truncatingIfNeeded: judge.builtIn.check(input).signature))
    signature.add(String(whole.words.prefix(12)))
    verdict.signature = signature.value
    return verdict
  }

  /// Asks, and makes a fault of it where no answer comes even in a process of its own.
  private func ask(_ requests: [ParserRequest], _ verdict: inout ParserVerdict) -> [ParserAnswer]? {
    let first: ParserPeer.Interruption
    do throws(ParserPeer.Interruption) { return try parser.ask(requests) } catch { first = error }
    let guilty = requests[min(first.answers.count, requests.count - 1)]
    var failure = first.failure
    var remark = ""
    do throws(ParserPeer.Interruption) {
      _ = try parser.askAgain([guilty])
      // Not that one alone: all of them, in their order.
      do throws(ParserPeer.Interruption) {
        let answers = try parser.askAgain(requests)
        // A machine under load is slow, and that is no hang.
        if first.failure == .hung { return answers }
        remark = ", once and not again"
      } catch {
        failure = error.failure
        remark = ", after other input"
      }
    } catch {
      failure = error.failure
    }
    var signature = Signature()
    let detail = "\(UserParser.words(failure))\(remark); cut at \(guilty.cut) of \(guilty.octets.count) octets"
    switch failure {
    case .ended(let how, _), .notStarted(let how):
      signature.add(how)
      verdict.fail(.crash, detail, in: how)
    case .hung: verdict.fail(.hang, detail)
    case .garbled: verdict.fail(.garbled, detail)
    }
    verdict.signature = signature.value
    return nil
  }

  /// Where to cut: everywhere, or in a long input at its beginning, around line ends, and at even distances.
  private static func places(in octets: [UInt8]) -> [Int] {
    guard octets.count > mostCuts else { return Array(octets.indices) }
    let ends = octets.indices.filter { octets[$0] == .lineFeed }.flatMap { [$0 - 1, $0, $0 + 1] }.filter(octets.indices.contains)
    let even = stride(from: 0, to: octets.count, by: octets.count / 100 + 1)
    return Set(Array(0..<60) + ends.prefix(140) + even).sorted()
  }

  /// A part of the input says no more than the beginning of the whole, and how the whole is fed changes nothing.
  private func checkCuts(_ places: [Int], _ answers: [ParserAnswer], _ verdict: inout ParserVerdict) {
    let whole = answers[0]
    for (place, part) in zip(places, answers.dropFirst()) {
      let isRight =
        switch (part, whole) {
        case (.incomplete, .accepted(let consumed, _)): place < consumed
        case (.accepted, .accepted(let consumed, _)): part == whole && place >= consumed
        case (.incomplete, _): true
        default: part == whole
        }
      guard !isRight else { continue }
      verdict.fail(.split, "the first \(place) octets: \(part.words); all: \(whole.words)")
      return
    }
    for (place, fed) in zip(places, answers.dropFirst(1 + places.count)) where fed != whole {
      verdict.fail(.split, "fed in two parts, the first of \(place) octets: \(fed.words); at once: \(whole.words)")
      return
    }
  }

  private func checkRoundTrip(_ octets: [UInt8], _ written: [UInt8], _ verdict: inout ParserVerdict) {
    // What is written of mail data is the message, which the judge compares.
    guard kind != .mailData, let answer = ask([ParserRequest(kind, written)], &verdict)?.first else { return }
    let shown = "written as \(Escaped.show(written, limit: 200))"
    if answer != .accepted(consumed: written.count, written: written) {
      verdict.fail(.roundTrip, "\(shown), and that is: \(answer.words)")
    } else if judge.fits(octets) == true, judge.fits(written) == false {
      verdict.fail(.roundTrip, "\(shown), which the grammar does not have")
    } else if judge.areAlike(octets, written) == false {
      verdict.fail(.roundTrip, "\(shown), which says something else")
    }
  }
}

/// What the RFCs say of one kind of input.
protocol ParserJudge: Sendable {
  /// Our own parser of the kind, which makes input and tells one outcome from another.
  var builtIn: any ParserTarget { get }
  /// Whether the grammar has exactly these octets; `nil` where it is not asked.
  func fits(_ octets: [UInt8]) -> Bool?
  /// Whether two well-formed inputs say the same; `nil` where one is not well-formed.
  func areAlike(_ first: [UInt8], _ second: [UInt8]) -> Bool?
  /// Compares an answer with the grammar.
  func judge(_ octets: [UInt8], _ answer: ParserAnswer, _ verdict: inout ParserVerdict)
}
