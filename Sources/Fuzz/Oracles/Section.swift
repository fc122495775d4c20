import Dialogue
import Wire

extension Unit {
  /// The section that says what it draws.
  var section: String {
    switch exchange {
    case .connection: "RFC 5321 §3.1"
    case .endOfMailData: if case .delivery = self { "RFC 2033 §4.2" } else { "RFC 5321 §4.1.1.4" }
    case .chunk: "RFC 3030 §2"
    case .unrecognized: "RFC 5321 §4.2.4"
    case .command(let verb): Unit.section(of: verb)
    }
  }

  private static func section(of verb: Verb) -> String {
    switch verb {
    case .ehlo, .helo: "RFC 5321 §4.1.1.1"
    case .mail: "RFC 5321 §4.1.1.2"
    case .rcpt: "RFC 5321 §4.1.1.3"
    case .data: "RFC 5321 §4.1.1.4"
    case .rset: "RFC 5321 §4.1.1.5"
    case .vrfy: "RFC 5321 §4.1.1.6"
    case .expn: "RFC 5321 §4.1.1.7"
    case .help: "RFC 5321 §4.1.1.8"
    case .noop: "RFC 5321 §4.1.1.9"
    case .quit: "RFC 5321 §4.1.1.10"
    case .starttls: "RFC 3207 §4"
    case .auth: "RFC 4954 §4"
    case .bdat: "RFC 3030 §2"
    case .etrn: "RFC 1985 §5"
    case .atrn: "RFC 2645 §5.2"
    case .lhlo: "RFC 2033 §4.1"
    case .send, .soml, .saml, .turn: "RFC 5321 §4.2.4"
    }
  }

  /// What was sent, made visible and short.
  var shown: String {
    switch self {
    case .connection: "the connection"
    case .endOfMailData(let count): "the end of the mail data (\(count) octets)"
    case .delivery(let recipient): "the delivery to recipient \(recipient)"
    case .line(let line, _), .chunk(let line, _), .authenticationResponse(let line): Escaped.show(line, limit: 120)
    }
  }
}

extension Reply {
  /// The reply, made visible and short.
  var shown: String { Escaped.show(octets, limit: 200) }
}

extension SessionState {
  /// What the session has of a transaction, in words.
  var situation: String {
    switch transaction {
    case .none where hello == .none: "before EHLO"
    case .none: "without MAIL"
    case .mail(0): "after MAIL"
    case .mail: "with recipients"
    case .data: "in the mail data"
    case .chunks: "between chunks"
    }
  }
}
