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

  /// What is wrong.
  package let kind: Kind
  /// Where it stands, in octets from the front of the reply.
  package let offset: Int

  /// Names what is wrong and where.
  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

/// A set of faults: those that a parser is to record instead of refusing, or those that a scan met.
package struct ReplyTolerance: OptionSet, Sendable, Hashable {
  /// One bit a kind.
  package let rawValue: UInt16

  /// Makes a set of its bits.
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

  /// See ``ReplyFault/Kind/bareLF``.
  package static let bareLF = ReplyTolerance(rawValue: 1 << 0)
  /// See ``ReplyFault/Kind/bareCR``.
  package static let bareCR = ReplyTolerance(rawValue: 1 << 1)
  /// See ``ReplyFault/Kind/nul``.
  package static let nul = ReplyTolerance(rawValue: 1 << 2)
  /// See ``ReplyFault/Kind/eightBit``.
  package static let eightBit = ReplyTolerance(rawValue: 1 << 3)
  /// See ``ReplyFault/Kind/control``.
  package static let control = ReplyTolerance(rawValue: 1 << 4)
  /// See ``ReplyFault/Kind/longLine``.
  package static let longLine = ReplyTolerance(rawValue: 1 << 5)
  /// See ``ReplyFault/Kind/codeChange``.
  package static let codeChange = ReplyTolerance(rawValue: 1 << 6)
  /// See ``ReplyFault/Kind/badSeparator``.
  package static let badSeparator = ReplyTolerance(rawValue: 1 << 7)
  /// See ``ReplyFault/Kind/badCode``.
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

  /// What is wrong.
  package let kind: Kind
  /// Where it stands, in octets from the front of the reply.
  package let offset: Int

  /// Names what is wrong and where.
  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
