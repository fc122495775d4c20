import Wire

/// Verbs and keywords mean the same in any letter case (RFC 5321 §2.4, §4.1.1).
enum LetterCaseOracle: RelationOracle {
  static let name = "letter-case"
  static let clause = "RFC 5321 §2.4"
  static let severity = Finding.Severity.medium

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard !script.events.contains(.connect) else { return nil }
    var changed = false
    let events = script.events.map { event -> Event in
      guard case .command(let line) = event,
        let command = try? Command.parse(line: line, tolerating: .strict, in: .internationalized), command.verb != nil
      else { return event }
      let other = inOtherCase(line, command, &random)
      changed = changed || other != line
      return .command(other)
    }
    guard changed else { return nil }
    var variant = Variant(Script(events))
    variant.successDecides = true
    variant.rule = (5321, "2.4", "2.4-a")
    return variant
  }

  private static func inOtherCase(_ line: [UInt8], _ command: Command, _ random: inout RunGenerator) -> [UInt8] {
    var line = line
    let isLower = random.oneIn(2)
    func change(_ range: Range<Int>, _ random: inout RunGenerator) {
      for index in range where line[index].isLetter {
        line[index] = isLower ? line[index] | 0x20 : random.oneIn(2) ? line[index] ^ 0x20 : line[index]
      }
    }
    let verbEnd = line.firstIndex(where: \.isWhiteSpace) ?? line.count
    change(0..<verbEnd, &random)
    guard case .mail(_, let parameters) = command else {
      if case .rcpt(_, let parameters) = command { changeArguments(parameters.count, &line, verbEnd, isLower) }
      return line
    }
    changeArguments(parameters.count, &line, verbEnd, isLower)
    return line
  }

  /// `FROM` or `TO`, and the keywords of the parameters at the line's end.
  private static func changeArguments(_ parameters: Int, _ line: inout [UInt8], _ verbEnd: Int, _ isLower: Bool) {
    var ranges: [Range<Int>] = []
    if let colon = line[verbEnd...].firstIndex(of: UInt8(ascii: ":")) { ranges.append(verbEnd..<colon) }
    var end = line.count
    for _ in 0..<parameters {
      guard let space = line[..<end].lastIndex(of: .space) else { break }
      let keywordEnd = line[space..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
      ranges.append(space..<keywordEnd)
      end = space
    }
    for range in ranges {
      for index in range where line[index].isLetter { line[index] = isLower ? line[index] | 0x20 : line[index] ^ 0x20 }
    }
  }
}
