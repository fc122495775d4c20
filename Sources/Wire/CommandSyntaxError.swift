/// The first octet at which a command line stops fitting the grammar of RFC 5321 §4.1.1.
package struct CommandSyntaxError: Error, Sendable, Hashable {
  /// What is wrong there.
  package enum Kind: Sendable, Hashable {
    /// The line is empty or begins with white space.
    case emptyVerb
    /// The verb needs an argument.
    case missingArgument
    /// The verb has no argument, or no further one.
    case unexpectedArgument
    /// More or other white space than one space.
    case whiteSpace
    /// `FROM:` after MAIL or `TO:` after RCPT.
    case pathKeyword
    /// The path, domain or address literal.
    case address(AddressSyntaxError.Kind)
    /// A letter or digit at the front of a parameter.
    case parameterKeyword
    /// An octet that a parameter's value can have.
    case parameterValue
    /// An octet that is not space or graphic US-ASCII.
    case invalidOctet
    /// The name of a SASL mechanism, RFC 4422 §3.1.
    case mechanism
    /// Base64, `=` or `*`, RFC 4954 §8.
    case base64
    /// A number of at most 20 digits that fits 63 bits.
    case number
    /// `LAST` after BDAT's number, RFC 3030 §2.
    case lastKeyword
  }

  /// What is wrong.
  package let kind: Kind
  /// Where it stands, in octets from the front of the line.
  package let offset: Int
  /// The verb, where the line has a known one.
  package let verb: Verb?

  /// Names what is wrong and where.
  package init(_ kind: Kind, at offset: Int, verb: Verb? = nil) {
    self.kind = kind
    self.offset = offset
    self.verb = verb
  }
}

/// What a command parser lets pass although the grammar does not have it.
package struct CommandTolerance: OptionSet, Sendable, Hashable {
  /// One bit a tolerance.
  package let rawValue: UInt8

  /// Makes a set of its bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The grammar and nothing else.
  package static let strict: CommandTolerance = []
  /// White space before the line's end, which receivers SHOULD tolerate (RFC 5321 §4.1.1).
  package static let trailingWhiteSpace = CommandTolerance(rawValue: 1)
  /// Text after an address literal in EHLO, for which servers had better be prepared (RFC 5321 §4.1.1.1).
  package static let textAfterLiteral = CommandTolerance(rawValue: 2)
  /// Spaces between `FROM:` or `TO:` and the path, which many clients send (RFC 5321 §3.3 forbids them).
  package static let spaceBeforePath = CommandTolerance(rawValue: 4)

  /// What RFC 5321 asks of every receiver.
  package static let standard: CommandTolerance = [.trailingWhiteSpace]
}
