extension Grammar {
  /// Deeper than this, only the shortest derivations are taken.
  private static let deepest = 40

  /// Derives octets from a rule by chance.
  ///
  /// - Parameters:
  ///   - rule: The rule's number.
  ///   - random: Where chance comes from.
  ///   - length: About how many octets may come before repetitions are kept to their least.
  /// - Returns: Octets that the rule derives, unless what the RFC says in prose could not be met in a few tries.
  package func generate(_ rule: Int, using random: inout RunGenerator, length: Int = 300) -> [UInt8] {
    var octets: [UInt8] = []
    generate(.rule(rule), into: &octets, using: &random, depth: 0, length: length)
    return octets
  }

  private func generate(_ expression: Expression, into octets: inout [UInt8], using random: inout RunGenerator, depth: Int, length: Int) {
    switch expression {
    case .octet(let range): octets.append(UInt8.random(in: range, using: &random))
    case .word(let word, let ignoringCase):
      let inverts = ignoringCase && random.oneIn(12)
      octets += inverts ? word.map { Grammar.otherCase($0) } : word
    case .sequence(let parts):
      for part in parts { generate(part, into: &octets, using: &random, depth: depth, length: length) }
    case .alternatives(let choices):
      generate(choice(of: choices, depth, octets.count > length, &random), into: &octets, using: &random, depth: depth, length: length)
    case .repeated(let inner, let least, let most):
      for _ in 0..<count(least, most, isShort: depth > Grammar.deepest || octets.count > length, &random) {
        generate(inner, into: &octets, using: &random, depth: depth, length: length)
      }
    case .rule(let number):
      guard let expression = rules[number].expression else { return }
      let start = octets.count
      for _ in 0..<8 {
        generate(expression, into: &octets, using: &random, depth: depth + 1, length: length)
        guard let condition = rules[number].condition, !condition(octets[start...]) else { return }
        octets.removeSubrange(start...)
      }
      generate(expression, into: &octets, using: &random, depth: depth + 1, length: length)
    }
  }

  private func choice(of choices: [Expression], _ depth: Int, _ isLong: Bool, _ random: inout RunGenerator) -> Expression {
    guard depth > Grammar.deepest || isLong else { return random.pick(choices) }
    return choices.min { (self.depth(of: $0) ?? .max) < (self.depth(of: $1) ?? .max) } ?? choices[0]
  }

  /// How often to repeat: mostly little, now and then the limit or a lot.
  private func count(_ least: Int, _ most: Int?, isShort: Bool, _ random: inout RunGenerator) -> Int {
    if isShort { return least }
    if let most, random.oneIn(6) { return most }
    var count = least
    let limit = min(most ?? .max, least + (random.oneIn(40) ? 80 : 8))
    while count < limit, !random.oneIn(3) { count += 1 }
    return count
  }

  private static func otherCase(_ octet: UInt8) -> UInt8 {
    (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet) ? octet ^ 0x20 : octet
  }
}
