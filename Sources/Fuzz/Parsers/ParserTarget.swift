/// A parser that is fuzzed in process, with what must hold of it.
package protocol ParserTarget: Sendable {
  /// The name on the command line and in findings.
  var name: String { get }
  /// Makes an input from nothing.
  func generate(using random: inout RunGenerator) -> [UInt8]
  /// Parses the input in every way that must agree.
  ///
  /// - Returns: What did not hold, and a number for what was reached.
  func check(_ input: [UInt8]) -> ParserVerdict
}

/// What a parser did with one input.
package struct ParserVerdict: Sendable, Equatable {
  /// What did not hold.
  package var faults: [ParserFault] = []
  /// What was reached: the outcome, as far as it tells one input from another.
  package var signature: UInt64 = 0

  mutating func fail(_ rule: ParserFault.Rule, _ detail: String) {
    faults.append(ParserFault(rule: rule, detail: detail))
  }
}

/// Something that does not hold of a parser.
package struct ParserFault: Sendable, Hashable {
  /// What should hold.
  package enum Rule: String, Sendable, CaseIterable {
    /// What is accepted fits the grammar.
    case tooWide = "accepts what the grammar does not have"
    /// What fits the grammar is accepted.
    case tooNarrow = "refuses what the grammar has"
    /// What is written again reads back the same.
    case roundTrip = "does not survive being written and read again"
    /// However the octets are cut, the outcome is the same.
    case split = "depends on where the octets are cut"
    /// A place in the input lies in it.
    case offset = "names a place outside the input"
    /// Two parsers of the same thing say the same.
    case disagreement = "two readings of the same octets differ"
  }

  /// What should hold.
  package let rule: Rule
  /// What was seen instead.
  package let detail: String
}

/// FNV-1a, which is enough to tell outcomes apart and the same in every run.
package struct Signature: Sendable {
  /// The number.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The number of nothing.
  package init() {}

  /// Adds octets.
  package mutating func add(_ octets: some Sequence<UInt8>) {
    for octet in octets { value = (value ^ UInt64(octet)) &* 0x100_0000_01B3 }
    value = (value ^ 0xFF) &* 0x100_0000_01B3
  }

  /// Adds a text.
  package mutating func add(_ text: String) { add(text.utf8) }

  /// Adds a number.
  package mutating func add(_ number: Int) { withUnsafeBytes(of: number.littleEndian) { add($0) } }
}
