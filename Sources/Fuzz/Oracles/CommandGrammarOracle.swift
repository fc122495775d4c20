import Dialogue
import Wire

/// A command that the grammar does not have is carried out.
///
/// Few sentences forbid that, so it ranks low: RFC 5321 §4.1.2 has 501 for characters that no argument can have, §4.3.2 501 for the rest.
enum CommandGrammarOracle: TraceOracle {
  static let name = "command-grammar"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.flatMap { connection -> [Suspicion] in
      guard connection.isInStep else { return [] }
      return connection.turns.compactMap(judge)
    }
  }

  private static let judged: Set<Verb> = [.ehlo, .helo, .lhlo, .mail, .rcpt, .bdat, .data, .rset, .quit, .starttls, .auth]
  /// What receivers should let pass, and what nearly all do.
  private static let tolerance: CommandTolerance = [.trailingWhiteSpace, .textAfterLiteral, .spaceBeforePath]

  private static func judge(_ turn: Turn) -> Suspicion? {
    guard !turn.isEarly, (2...3).contains(turn.reply.code.severity), case .line(let line, .command(let verb)) = turn.unit,
      judged.contains(verb), !turn.unit.isOverlong
    else { return nil }
    do throws(CommandSyntaxError) {
      _ = try Command.parse(line: line, tolerating: tolerance, in: .internationalized)
      return nil
    } catch {
      let (words, clause) = words(for: error.kind)
      return Suspicion(
        name, "\(verb.rawValue), \(error.kind)", summary: "\(verb.rawValue) with \(words) draws \(turn.reply.code)", clause: clause,
        severity: .low, expected: "501", observed: "\(turn.reply.shown) to \(turn.unit.shown)")
    }
  }

  private static func words(for kind: CommandSyntaxError.Kind) -> (String, String) {
    switch kind {
    case .emptyVerb: ("white space in front", "RFC 5321 §4.1.1")
    case .missingArgument: ("no argument", "RFC 5321 §4.1.1")
    case .unexpectedArgument: ("an argument too many", "RFC 5321 §4.1.1")
    case .whiteSpace: ("odd white space", "RFC 5321 §4.1.1")
    case .pathKeyword: ("no FROM: or TO:", "RFC 5321 §4.1.1")
    case .address: ("an address outside the grammar", "RFC 5321 §4.1.2")
    case .parameterKeyword, .parameterValue: ("a parameter outside the grammar", "RFC 5321 §4.1.2")
    case .invalidOctet: ("an octet that no argument can have", "RFC 5321 §4.1.2")
    case .mechanism, .base64: ("an argument outside the grammar", "RFC 4954 §8")
    case .number, .lastKeyword: ("an argument outside the grammar", "RFC 3030 §2")
    }
  }
}
