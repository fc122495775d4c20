import Wire

/// A change of one token of a command line: what lies between blanks, colons, brackets and equal signs.
package enum TokenMutator: CaseIterable, Sendable {
  case remove, duplicate, replaceByWord, replaceByMailbox, swap, takeFromOther, addParameter, otherVerb, widen, odd

  private static let separators: Set<UInt8> = [0x20, 0x3A, 0x3C, 0x3E, 0x3D, 0x40, 0x2C, 0x3B]

  /// Verbs, each a line's first word.
  private static let verbs = Verb.allCases.map(\.octets)

  /// Values that stand at an edge of what an argument can be.
  private static let oddValues: [[UInt8]] = [
    "[127.0.0.1]", "[IPv6:::1]", "[IPv6:::::]", "[]", "a..b", ".a", "a.", "\"a b\"", "\"\"", "\"a\\\"b\"", "-a.example",
    "a_b.example", "example..test", "", "*", "=", "+", "%", "!", "a!b", "a%b", "+00", "+41", "AGEAYg==", "LAST", "0", "-1",
    "99999999999999999999", "\0", "\u{FF}", "\t", "<", ">", "<<a@b.example>>", "a@b@c.example", "localhost", "example.test.",
    "xn--80ak6aa92e.example", "'", "`id`", "${run}", "$(id)", "../..", "a\nb", "a\rb",
  ].map { Array($0.unicodeScalars.map { UInt8($0.value) }) }

  /// Changes a line.
  ///
  /// - Parameters:
  ///   - line: What to change.
  ///   - words: A dictionary.
  ///   - other: Another line to take a token of.
  ///   - generator: Where mailboxes come from.
  ///   - random: Where chance comes from.
  package func apply(
    to line: inout [UInt8], words: [[UInt8]], other: [UInt8], generator: ScriptGenerator, using random: inout RunGenerator
  ) {
    var tokens = TokenMutator.tokens(of: line)
    let places = tokens.indices.filter { !TokenMutator.isSeparator(tokens[$0]) }
    guard !places.isEmpty else { return }
    let place = random.pick(places)
    switch self {
    case .remove: tokens.remove(at: place)
    case .duplicate: tokens.insert(contentsOf: [tokens[place], [.space]], at: place)
    case .replaceByWord: if !words.isEmpty { tokens[place] = random.pick(words) }
    case .replaceByMailbox: tokens[place] = generator.mailbox(using: &random)
    case .swap: tokens.swapAt(place, random.pick(places))
    case .takeFromOther:
      let others = TokenMutator.tokens(of: other)
      if !others.isEmpty { tokens[place] = random.pick(others) }
    case .addParameter:
      let parameters = [
        "SIZE=1", "BODY=8BITMIME", "AUTH=<>", "RET=HDRS", "ENVID=x", "NOTIFY=NEVER", "ORCPT=rfc822;a@b.example", "SMTPUTF8", "XYZ", "XYZ=1",
      ]
      tokens += [[.space], Array(random.pick(parameters).utf8)]
    case .otherVerb: tokens[0] = random.pick(TokenMutator.verbs)
    case .widen:
      tokens[place] = [UInt8](repeating: tokens[place].first ?? 0x61, count: random.pick([63, 64, 65, 255, 256, 400, 600, 1_000, 2_100]))
    case .odd: tokens[place] = random.pick(TokenMutator.oddValues)
    }
    line = Array(tokens.joined())
  }

  private static func isSeparator(_ token: [UInt8]) -> Bool { token.count == 1 && separators.contains(token[0]) }

  /// The tokens and the separators between them, in order; joined they are the line.
  static func tokens(of line: [UInt8]) -> [[UInt8]] {
    var tokens: [[UInt8]] = []
    var start = 0
    for index in line.indices where separators.contains(line[index]) {
      if start < index { tokens.append(Array(line[start..<index])) }
      tokens.append([line[index]])
      start = index + 1
    }
    if start < line.count { tokens.append(Array(line[start...])) }
    return tokens
  }
}
