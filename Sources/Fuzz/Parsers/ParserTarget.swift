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
  /// The same, as far as a fault of this rule can come of it; asked often, while an input is made smaller.
  func check(_ input: [UInt8], only rule: ParserFault.Rule) -> ParserVerdict
}

extension ParserTarget {
  /// All of it.
  package func check(_ input: [UInt8], only rule: ParserFault.Rule) -> ParserVerdict { check(input) }
}

/// What a parser did with one input.
package struct ParserVerdict: Sendable, Equatable {
  /// What did not hold.
  package var faults: [ParserFault] = []
  /// What was reached: the outcome, as far as it tells one input from another.
  package var signature: UInt64 = 0

  mutating func fail(_ rule: ParserFault.Rule, _ detail: String, in bucket: String = "") {
    faults.append(ParserFault(rule: rule, detail: detail, bucket: bucket))
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
    /// What is accepted ends where the grammar ends it.
    case end = "ends elsewhere than the grammar says"
    /// What has ended needs no more.
    case waits = "asks for more where the end is there"
    /// No input ends the process.
    case crash = "crashes"
    /// Every input is answered in time.
    case hang = "hangs"
    /// The answers are of the form that was agreed on.
    case garbled = "answers out of form"

    /// The name on the command line and in file names.
    package var name: String {
      switch self {
      case .tooWide: "too-wide"
      case .tooNarrow: "too-narrow"
      case .roundTrip: "round-trip"
      case .split: "split"
      case .offset: "offset"
      case .disagreement: "disagreement"
      case .end: "end"
      case .waits: "waits"
      case .crash: "crash"
      case .hang: "hang"
      case .garbled: "garbled"
      }
    }
  }

  /// What should hold.
  package let rule: Rule
  /// What was seen instead.
  package let detail: String
  /// What tells faults under the same rule apart; each bucket has a find of its own.
  package var bucket = ""
}

/// FNV-1a, which is enough to tell outcomes apart and the same in every run.
package struct Signature: Sendable {
  /// The number.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The number of nothing.
  package init() {}

  /// The number in sixteen hexadecimal digits, for names.
  package var hex: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

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
