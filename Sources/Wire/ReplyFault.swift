/// Something in a reply that RFC 5321 §4.2 does not allow.
package struct ReplyFault: Sendable, Hashable {
  /// What is wrong; the raw value is its name in the specs.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// An LF that no CR precedes; it is taken as the end of the line.
    case bareLF = "bare-lf"
    /// A CR that no LF follows.
    case bareCR = "bare-cr"
    /// The octet 0.
    case nul
    /// An octet above 127.
    case eightBit = "eight-bit"
    /// A control octet other than NUL, HT, CR and LF.
    case control
    /// A line of more than 512 octets, RFC 5321 §4.5.3.1.5.
    case longLine = "long-line"
    /// A line whose code is not the first line's, RFC 5321 §4.2.1.
    case codeChange = "code-change"
    /// Something else than a space, a hyphen or the line's end after the code; the line is taken as the last.
    case badSeparator = "bad-separator"
    /// A code whose first digit is not 2–5 or whose second is not 0–5.
    case badCode = "bad-code"
  }

  package let kind: Kind
  /// Where it stands, in octets from the front of the reply.
  package let offset: Int

  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

/// A set of faults: those that a parser is to record instead of refusing, or those that a scan met.
package struct ReplyTolerance: OptionSet, Sendable, Hashable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The set of one kind.
  package init(_ kind: ReplyFault.Kind) {
    self =
      switch kind {
      case .bareLF: .bareLF
      case .bareCR: .bareCR
      case .nul: .nul
      case .eightBit: .eightBit
      case .control: .control
      case .longLine: .longLine
      case .codeChange: .codeChange
      case .badSeparator: .badSeparator
      case .badCode: .badCode
      }
  }

  package static let bareLF = ReplyTolerance(rawValue: 1 << 0)
  package static let bareCR = ReplyTolerance(rawValue: 1 << 1)
  package static let nul = ReplyTolerance(rawValue: 1 << 2)
  package static let eightBit = ReplyTolerance(rawValue: 1 << 3)
  package static let control = ReplyTolerance(rawValue: 1 << 4)
  package static let longLine = ReplyTolerance(rawValue: 1 << 5)
  package static let codeChange = ReplyTolerance(rawValue: 1 << 6)
  package static let badSeparator = ReplyTolerance(rawValue: 1 << 7)
  package static let badCode = ReplyTolerance(rawValue: 1 << 8)

  /// Every kind: a tool that judges a server has to read what it judges.
  package static let everything = ReplyTolerance(rawValue: (1 << 9) - 1)

  /// The kinds in the set.
  package var kinds: [ReplyFault.Kind] { ReplyFault.Kind.allCases.filter { contains(ReplyTolerance($0)) } }
}

/// The first octet at which what arrived stops being a reply.
package struct ReplySyntaxError: Error, Sendable, Equatable {
  /// Why it is refused.
  package enum Kind: Sendable, Hashable {
    /// A line does not begin with three digits.
    case notAReply
    /// A fault that was not tolerated.
    case fault(ReplyFault.Kind)
  }

  package let kind: Kind
  /// Where it stands, in octets from the front of the reply.
  package let offset: Int

  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
