/// An expression of ABNF, RFC 5234, over octets.
package indirect enum Expression: Sendable, Hashable {
  /// One of these.
  case alternatives([Expression])
  /// All of these, one after the other.
  case sequence([Expression])
  /// At least so often, and where there is a limit at most so often.
  case repeated(Expression, least: Int, most: Int?)
  /// One octet between these.
  case octet(ClosedRange<UInt8>)
  /// These octets; letters in either case, as a string in quotes has it (RFC 5234 §2.3).
  case word([UInt8], ignoringCase: Bool)
  /// What the rule of this number says.
  case rule(Int)
}

/// A rule of a grammar.
package struct Rule: Sendable {
  /// The name as it is written where it is defined.
  package let name: String
  /// What it says; `nil` while no definition has been read.
  package internal(set) var expression: Expression?
  /// What the RFC says of it in prose.
  package internal(set) var condition: (@Sendable (ArraySlice<UInt8>) -> Bool)?
}

/// Rules of ABNF that refer to each other by name, in any letter case (RFC 5234 §2.1).
package struct Grammar: Sendable {
  /// The rules, each with its number.
  package internal(set) var rules: [Rule] = []
  private var numbers: [String: Int] = [:]
  /// How deep the shortest derivation of each rule is.
  package private(set) var depths: [Int] = []

  /// A grammar that is not to be read: the rule that lacks or the place that is no ABNF.
  package struct Fault: Error, Equatable {
    /// What is wrong, and where.
    package let message: String
  }

  /// Reads rules.
  ///
  /// - Parameters:
  ///   - texts: ABNF; a later text may add to the rules of an earlier one with `=/`.
  ///   - conditions: What the RFCs say of rules in prose.
  /// - Throws: ``Fault`` where a text is no ABNF or names a rule that nobody defines.
  package init(_ texts: [String], conditions: [String: @Sendable (ArraySlice<UInt8>) -> Bool] = [:]) throws(Fault) {
    for text in texts {
      var reader = ABNFReader(text: text)
      try reader.read(into: &self)
    }
    for rule in rules where rule.expression == nil { throw Fault(message: "no rule is named '\(rule.name)'") }
    for (name, condition) in conditions {
      guard let number = numbers[name.lowercased()] else { throw Fault(message: "a condition on '\(name)', which is no rule") }
      rules[number].condition = condition
    }
    measure()
  }

  /// The number of a rule, a new one where the name is new.
  mutating func number(_ name: String) -> Int {
    let key = name.lowercased()
    if let number = numbers[key] { return number }
    numbers[key] = rules.count
    rules.append(Rule(name: name, expression: nil, condition: nil))
    return rules.count - 1
  }

  /// The number of the rule of this name, in any letter case.
  package func number(of name: String) -> Int? { numbers[name.lowercased()] }

  /// Finds the depth of each rule's shortest derivation.
  private mutating func measure() {
    depths = rules.map { _ in Int.max }
    var changed = true
    while changed {
      changed = false
      for (index, rule) in rules.enumerated() {
        guard let expression = rule.expression, let depth = depth(of: expression), depth + 1 < depths[index] else { continue }
        depths[index] = depth + 1
        changed = true
      }
    }
  }

  /// The depth of an expression's shortest derivation, `nil` while it is not known to have one.
  func depth(of expression: Expression) -> Int? {
    switch expression {
    case .octet, .word: return 0
    case .rule(let number): return depths[number] == .max ? nil : depths[number]
    case .repeated(let inner, let least, _): return least == 0 ? 0 : depth(of: inner)
    case .alternatives(let choices): return choices.compactMap(depth).min()
    case .sequence(let parts):
      var deepest = 0
      for part in parts {
        guard let depth = depth(of: part) else { return nil }
        deepest = max(deepest, depth)
      }
      return deepest
    }
  }
}
