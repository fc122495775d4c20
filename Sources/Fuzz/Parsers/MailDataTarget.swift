import Wire

/// `MailDataReader` and `DotStuffing` against the plain words of RFC 5321 §4.1.1.4 and §4.5.2.
package struct MailDataTarget: ParserTarget {
  /// `mail-data`.
  package let name = "mail-data"
  private static let pieces: [[UInt8]] = ["\r\n", ".", "\r", "\n", "x", "\r\n.\r\n", "..", "\0", "\r\n.", "abcdefgh"].map { Array($0.utf8) }

  /// The target.
  package init() {}

  /// Octets around line ends and dots.
  package func generate(using random: inout RunGenerator) -> [UInt8] {
    (0..<random.index(20)).flatMap { _ in random.pick(MailDataTarget.pieces) }
  }

  /// Reads the input whole and cut in two at every place.
  package func check(_ input: [UInt8]) -> ParserVerdict {
    var verdict = ParserVerdict()
    let expected = MailDataTarget.read(input)
    for cut in input.indices.prefix(300) {
      var reader = MailDataReader()
      var consumed = reader.read(Array(input[..<cut]).span).consumed
      if consumed == cut { consumed += reader.read(Array(input[cut...]).span).consumed }
      if consumed != expected.consumed || reader.hasEnded != expected.hasEnded {
        verdict.fail(
          .split, "cut at \(cut): \(consumed) octets, ended \(reader.hasEnded); expected \(expected.consumed), \(expected.hasEnded)")
        break
      }
      guard reader.hasEnded, reader.message != expected.message else { continue }
      verdict.fail(.disagreement, "cut at \(cut): \(Escaped.show(reader.message, limit: 200))")
      break
    }
    // A message that ends in CRLF goes through as it is.
    let message = input + [.carriageReturn, .lineFeed]
    var reader = MailDataReader()
    let stuffed = DotStuffing.stuff(message)
    let progress = reader.read(stuffed.span)
    if !progress.hasEnded || progress.consumed != stuffed.count || reader.message != message {
      verdict.fail(.roundTrip, Escaped.show(stuffed, limit: 200))
    }
    var signature = Signature()
    signature.add("\(expected.hasEnded) \(min(expected.consumed, 20)) \(min(expected.message.count, 20)) \(input.count { $0 == .dot })")
    verdict.signature = signature.value
    return verdict
  }

  /// The same by the letter: the CRLF of DATA's own line counts, the first CRLF, dot, CRLF ends, and a line's first dot goes.
  static func read(_ input: [UInt8]) -> (consumed: Int, hasEnded: Bool, message: [UInt8]) {
    let all: [UInt8] = [.carriageReturn, .lineFeed] + input
    let end = all.indices.first { Array(all[$0...].prefix(5)) == MailDataReader.endOfMailData }
    guard let end else { return (input.count, false, []) }
    var message: [UInt8] = []
    var index = 2
    var isLineStart = true
    while index < end + 2 {
      if !(isLineStart && all[index] == .dot) { message.append(all[index]) }
      index += 1
      isLineStart = all[index - 1] == .lineFeed && all[index - 2] == .carriageReturn
    }
    return (end + 3, true, message)
  }
}
