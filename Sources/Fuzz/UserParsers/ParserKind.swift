import Wire

/// What a user's parser may parse.
package enum ParserKind: String, Sendable, CaseIterable {
  case reply
  case command
  case commandUTF8 = "command-utf8"
  case mailData = "mail-data"

  /// The octet that stands for it in a frame.
  var letter: UInt8 {
    switch self {
    case .reply: UInt8(ascii: "R")
    case .command: UInt8(ascii: "C")
    case .commandUTF8: UInt8(ascii: "U")
    case .mailData: UInt8(ascii: "M")
    }
  }

  /// The function of a library that parses it.
  var function: String {
    switch self {
    case .reply: "smtpspec_parse_reply"
    case .command: "smtpspec_parse_command"
    case .commandUTF8: "smtpspec_parse_command_utf8"
    case .mailData: "smtpspec_parse_mail_data"
    }
  }

  /// The kind of this letter.
  init?(letter: UInt8) {
    guard let kind = ParserKind.allCases.first(where: { $0.letter == letter }) else { return nil }
    self = kind
  }
}

/// What a user's parser says of the octets at the front of a stream.
enum ParserAnswer: Sendable, Equatable {
  /// It begins with something whole of so many octets; the value written again, where the parser can.
  case accepted(consumed: Int, written: [UInt8]?)
  case incomplete
  case refused
  /// There is no parser of this kind.
  case none

  /// The answer in a few words.
  var words: String {
    switch self {
    case .accepted(let consumed, let written):
      "accepted, \(consumed) octets" + (written.map { ", written as \(Escaped.show($0, limit: 200))" } ?? "")
    case .incomplete: "more is needed"
    case .refused: "refused"
    case .none: "no such parser"
    }
  }
}

/// What a user's parser is asked.
struct ParserRequest: Sendable, Equatable {
  let kind: ParserKind
  let octets: [UInt8]
  /// How many octets come first, where the parser is fed piece by piece.
  let cut: Int

  init(_ kind: ParserKind, _ octets: [UInt8], cut: Int? = nil) {
    self.kind = kind
    self.octets = octets
    self.cut = cut ?? octets.count
  }
}
