import Wire

/// What RFC 5321 §4.1.1.4 and §4.5.2 say of who reads mail data.
struct MailDataJudge: ParserJudge {
  let builtIn: any ParserTarget = MailDataTarget()

  func fits(_ octets: [UInt8]) -> Bool? {
    let read = MailDataTarget.read(octets)
    return read.hasEnded && read.consumed == octets.count
  }

  func areAlike(_ first: [UInt8], _ second: [UInt8]) -> Bool? { nil }

  func judge(_ octets: [UInt8], _ answer: ParserAnswer, _ verdict: inout ParserVerdict) {
    let expected = MailDataTarget.read(octets)
    switch answer {
    case .accepted(let consumed, let written):
      guard consumed <= octets.count else { return verdict.fail(.offset, "\(consumed) octets of \(octets.count)") }
      guard expected.hasEnded, expected.consumed == consumed else {
        let end = expected.hasEnded ? "after \(expected.consumed)" : "nowhere"
        return verdict.fail(.end, "after \(consumed) octets; CRLF, dot and CRLF end the mail data \(end)")
      }
      guard let written, written != expected.message else { return }
      verdict.fail(.roundTrip, "the message is \(Escaped.show(expected.message, limit: 200)), not \(Escaped.show(written, limit: 200))")
    case .refused:
      // Who finds a bare CR or LF, an octet that is no ASCII or a line that is too long may refuse.
      if expected.hasEnded, Self.isPlain(octets.prefix(expected.consumed)) { verdict.fail(.tooNarrow, "refused") }
    case .incomplete: if expected.hasEnded { verdict.fail(.waits, "the mail data ends after \(expected.consumed) octets") }
    case .none: verdict.fail(.garbled, "it had a parser of mail data before")
    }
  }

  private static func isPlain(_ octets: ArraySlice<UInt8>) -> Bool {
    let lines = octets.split(separator: .lineFeed)
    return lines.allSatisfy { line in
      line.count < Limits.textLine && line.last == .carriageReturn
        && line.dropLast().allSatisfy { $0 == .tab || (0x20...0x7E).contains($0) }
    } && !octets.starts(with: [.lineFeed]) && !octets.contains(Array("\n\n".utf8))
  }
}
