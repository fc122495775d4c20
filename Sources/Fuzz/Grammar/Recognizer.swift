/// Says whether octets are what a rule derives, by following every derivation: slow, and as plain as the grammar itself.
///
/// It shares nothing with the parsers of `Wire`, which it is there to judge.
package struct Recognizer {
  /// Longer input is not judged.
  package static let limit = 2_048
  /// Deeper derivations are not followed: comments may nest without end.
  private static let deepest = 120

  private let grammar: Grammar
  private let octets: [UInt8]
  private var memory: [Int: [Int]] = [:]

  private init(_ grammar: Grammar, _ octets: [UInt8]) {
    self.grammar = grammar
    self.octets = octets
  }

  /// Whether a rule derives exactly these octets.
  ///
  /// - Parameters:
  ///   - octets: What to judge.
  ///   - rule: The number of the rule.
  ///   - grammar: Where the rule is from.
  /// - Returns: The verdict, or `nil` where the octets are more than ``limit``.
  package static func accepts(_ octets: [UInt8], as rule: Int, in grammar: Grammar) -> Bool? {
    guard octets.count <= limit else { return nil }
    var recognizer = Recognizer(grammar, octets)
    return recognizer.ends(of: .rule(rule), at: 0, depth: 0).last == octets.count
  }

  /// Where what an expression derives may end, in ascending order.
  private mutating func ends(of expression: Expression, at start: Int, depth: Int) -> [Int] {
    switch expression {
    case .octet(let range): return start < octets.count && range.contains(octets[start]) ? [start + 1] : []
    case .word(let word, let ignoringCase): return has(word, at: start, ignoringCase) ? [start + word.count] : []
    case .alternatives(let choices):
      var found: [Int] = []
      for choice in choices { Recognizer.merge(ends(of: choice, at: start, depth: depth), into: &found) }
      return found
    case .sequence(let parts):
      var places = [start]
      for part in parts {
        places = step(part, from: places, depth: depth)
        if places.isEmpty { break }
      }
      return places
    case .repeated(let inner, let least, let most): return repetitions(of: inner, least, most, at: start, depth: depth)
    case .rule(let number): return ends(ofRule: number, at: start, depth: depth)
    }
  }

  private mutating func step(_ expression: Expression, from places: [Int], depth: Int) -> [Int] {
    var found: [Int] = []
    for place in places { Recognizer.merge(ends(of: expression, at: place, depth: depth), into: &found) }
    return found
  }

  private mutating func repetitions(of inner: Expression, _ least: Int, _ most: Int?, at start: Int, depth: Int) -> [Int] {
    var found = least == 0 ? [start] : []
    var places = [start]
    var count = 0
    while count < most ?? .max, !places.isEmpty {
      places = step(inner, from: places, depth: depth)
      count += 1
      guard count >= least else { continue }
      // Beyond the least, only places that are new lead to others that are new.
      if most == nil { places.removeAll { place in Recognizer.contains(place, in: found) } }
      Recognizer.merge(places, into: &found)
    }
    return found
  }

  private mutating func ends(ofRule number: Int, at start: Int, depth: Int) -> [Int] {
    let key = number << 16 | start
    if let known = memory[key] { return known }
    guard depth < Recognizer.deepest, let expression = grammar.rules[number].expression else { return [] }
    var found = ends(of: expression, at: start, depth: depth + 1)
    if let condition = grammar.rules[number].condition { found.removeAll { !condition(octets[start..<$0]) } }
    memory[key] = found
    return found
  }

  private func has(_ word: [UInt8], at start: Int, _ ignoringCase: Bool) -> Bool {
    guard octets.count - start >= word.count else { return false }
    return word.indices.allSatisfy { index in
      let octet = octets[start + index]
      return octet == word[index] || ignoringCase && Recognizer.lower(octet) == Recognizer.lower(word[index])
    }
  }

  private static func lower(_ octet: UInt8) -> UInt8 { (0x41...0x5A).contains(octet) ? octet + 0x20 : octet }

  private static func contains(_ place: Int, in places: [Int]) -> Bool {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low] == place
  }

  private static func merge(_ new: [Int], into places: inout [Int]) {
    guard !new.isEmpty else { return }
    if let last = places.last, let first = new.first, last >= first {
      places = Array(Set(places).union(new)).sorted()
    } else {
      places += new
    }
  }
}
