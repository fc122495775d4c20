import Dialogue
import Wire

/// A command that the grammar does not have is carried out.
///
/// Few sentences forbid that, so it ranks low: RFC 5321 §4.1.2 has 501 for characters that no argument can have, §4.3.2 501 for the rest.
/// A server that takes any name in EHLO does as most do, and it is a note.
enum CommandGrammarOracle: TraceOracle {
  static let name = "command-grammar"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.flatMap { connection -> [Suspicion] in
      // What was answered before the two lost step is sure.
      guard connection.stray == nil, connection.malformed == nil, connection.earlyOctets == nil else { return [] }
      return connection.suspicions(judge)
    }
  }

  private static let judged: Set<Verb> = [.ehlo, .helo, .lhlo, .mail, .rcpt, .bdat, .data, .rset, .quit, .starttls, .auth]
  /// What receivers should let pass, and what nearly all do.
  private static let tolerance: CommandTolerance = [.trailingWhiteSpace, .textAfterLiteral, .spaceBeforePath]

  private static func judge(_ turn: Turn) -> Suspicion? {
    guard (2...3).contains(turn.reply.code.severity), !turn.unit.isOdd, case .line(let line, let exchange) = turn.unit else { return nil }
    // 221 without QUIT takes leave, and carries out nothing.
    if turn.reply.code == 221, exchange != .command(.quit) { return nil }
    guard case .command(let verb) = exchange else { return disguised(line, turn) }
    guard !turn.isWellFormed, judged.contains(verb) else { return nil }
    do throws(CommandSyntaxError) {
      _ = try Command.parse(line: line, tolerating: tolerance, in: .internationalized)
      return nil
    } catch {
      let isName = [.ehlo, .helo, .lhlo].contains(verb)
      let words = isName ? CauseWords("the name in EHLO or HELO", "a name outside the grammar", "RFC 5321 §4.1.2") : words(error.kind, verb)
      return suspicion(turn, words.key, "\(verb.rawValue) with \(words.summary)", words.clause, isName ? .note : .low)
        .ruled(rule(for: verb, error.kind))
    }
  }

  /// The sentence that forbids it, where there is one.
  private static func rule(for verb: Verb, _ kind: CommandSyntaxError.Kind) -> Breach? {
    switch (verb, kind) {
    case (.mail, .address): Breach(5321, "4.1.4", "4.1.4-14", "5xx")
    case (.ehlo, _): Breach(5321, "4.1.4", "4.1.4-5", "5xx")
    case (.data, _), (.rset, _), (.quit, _): Breach(5321, "4.1.1", "4.1.1-4", "5xx")
    case (.bdat, _): Breach(3030, "2", "2-b", "5xx")
    default: nil
    }
  }

  /// A verb that is known, with octets before or behind it that belong to no verb.
  private static func disguised(_ line: [UInt8], _ turn: Turn) -> Suspicion? {
    guard let verb = VerbInDisguise.verb(in: line) else { return nil }
    let place = line.first?.isWhiteSpace == true ? "white space before" : "other octets behind"
    return suspicion(turn, "\(place) the verb", "\(verb.rawValue) with \(place) it", "RFC 5321 §4.1.1", .low)
  }

  private static func suspicion(
    _ turn: Turn, _ key: String, _ summary: String, _ clause: String, _ severity: Finding.Severity
  ) -> Suspicion {
    Suspicion(
      name, key, summary: "\(summary) draws \(turn.reply.code)", clause: clause, severity: severity, expected: "501",
      observed: "\(turn.reply.shown) to \(turn.unit.shown)")
  }

  private struct CauseWords {
    let key: String
    let summary: String
    let clause: String

    init(_ key: String, _ summary: String, _ clause: String) { (self.key, self.summary, self.clause) = (key, summary, clause) }
  }

  private static func words(_ kind: CommandSyntaxError.Kind, _ verb: Verb) -> CauseWords {
    switch kind {
    case .emptyVerb, .whiteSpace: CauseWords("white space", "odd white space", "RFC 5321 §4.1.1")
    case .missingArgument: CauseWords("no argument, \(verb.rawValue)", "no argument", "RFC 5321 §4.1.1")
    case .unexpectedArgument: CauseWords("an argument too many", "an argument too many", "RFC 5321 §4.1.1")
    case .pathKeyword: CauseWords("FROM: or TO:", "no FROM: or TO:", "RFC 5321 §4.1.1")
    case .address(let kind): CauseWords("\(part(kind)) of a path", "an address outside the grammar", "RFC 5321 §4.1.2")
    case .parameterKeyword, .parameterValue: CauseWords("parameters", "a parameter outside the grammar", "RFC 5321 §4.1.2")
    case .invalidOctet: CauseWords("octets", "an octet that no argument can have", "RFC 5321 §4.1.2")
    case .mechanism, .base64: CauseWords("AUTH", "an argument outside the grammar", "RFC 4954 §8")
    case .number, .lastKeyword: CauseWords("BDAT", "an argument outside the grammar", "RFC 3030 §2")
    }
  }

  /// The part of an address that one fault of a parser is likely to concern.
  private static func part(_ kind: AddressSyntaxError.Kind) -> String {
    switch kind {
    case .pathStart, .pathEnd, .trailingOctets: "the brackets"
    case .sourceRoute: "the source route"
    case .localPart, .quotedString, .at: "the local part"
    case .domain, .labelEnd: "the domain"
    case .literalStart, .ipv4, .ipv6, .literalTag, .literalContent, .literalEnd: "the address literal"
    }
  }
}

/// Lines whose first word is no verb, although a lax parser finds one in it.
enum VerbInDisguise {
  /// The verb that the line has behind white space, or before an octet that no verb can have.
  static func verb(in line: [UInt8]) -> Verb? {
    let word = line.drop { !$0.isLetter }.prefix { $0.isLetter }
    return Verb(word)
  }
}
