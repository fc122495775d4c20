import Wire

/// A parser as both engines run it.
package enum Entry: String, CaseIterable, Sendable {
  case reply
  case command
  case mailData = "mail-data"

  /// Parses the input, and nothing else.
  @inline(__always)
  package func parse(_ octets: UnsafeBufferPointer<UInt8>) {
    let span = Span(_unsafeElements: octets)
    switch self {
    case .reply: _ = try? Reply.parse(span)
    case .command: _ = try? Command.parse(line: span)
    case .mailData:
      var reader = MailDataReader()
      _ = reader.read(span)
    }
  }

  /// What holds it to the grammar, to itself, and to every place where the input can be cut.
  package func targets() throws(Grammar.Fault) -> [any ParserTarget] {
    switch self {
    case .reply: [try ReplyTarget()]
    case .command: [try CommandTarget(internationalized: false), try CommandTarget(internationalized: true)]
    case .mailData: [MailDataTarget()]
    }
  }
}
