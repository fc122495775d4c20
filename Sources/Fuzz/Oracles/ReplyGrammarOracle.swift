import Dialogue
import Wire

/// A reply that the grammar does not have (RFC 5321 §4.2), or whose enhanced status code says something else (RFC 2034 §4).
enum ReplyGrammarOracle: TraceOracle {
  static let name = "reply-grammar"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.flatMap { connection in
      var found: [Suspicion] = []
      // Where SMTPUTF8 was asked for, replies may have UTF-8 (RFC 6531 §3.5).
      let mayBeUTF8 = {
        connection.turns.contains { turn in turn.unit.line.map { Recurrence.contains(Array("SMTPUTF8".utf8), in: $0) } ?? false }
      }
      for turn in connection.turns {
        for fault in turn.reply.faults where !(fault.kind == .eightBit && mayBeUTF8()) {
          found.append(suspicion(fault.kind, turn, isEcho: isEcho(fault.kind, connection)).about(turn.place))
        }
        if let suspicion = status(turn) ?? keyword(turn) ?? challenge(turn) { found.append(suspicion.about(turn.place)) }
      }
      if let malformed = connection.malformed {
        found.append(self.malformed(malformed.octets, malformed.unit).about(connection.turns.count))
      }
      if case .unreadable(let unit) = connection.fate, connection.malformed == nil {
        found.append(
          Suspicion(
            name, "endless, \(unit?.word ?? "")", summary: "a reply to \(unit?.word ?? "nothing") of more than 64 KiB",
            clause: "RFC 5321 §4.2", severity: .medium, expected: "a reply", observed: "more than 64 KiB without an end"))
      }
      return found
    }
  }

  /// Whether a line was sent that has what the reply should not have: then it is likely to come from there, whatever the command is.
  private static func isEcho(_ kind: ReplyFault.Kind, _ connection: ConnectionTrace) -> Bool {
    connection.turns.contains { turn in
      guard let line = turn.unit.line else { return false }
      return switch kind {
      case .bareLF, .bareCR: turn.unit.hasBareLineEnd
      case .nul: line.contains(.nul)
      case .eightBit: line.contains { $0 > 127 }
      case .control: line.contains { ($0 < 0x20 || $0 == 0x7F) && $0 != 0x09 }
      case .longLine: line.count > 128
      case .codeChange, .badSeparator, .badCode: false
      }
    }
  }

  private static func suspicion(_ kind: ReplyFault.Kind, _ turn: Turn, isEcho: Bool) -> Suspicion {
    let (words, clause, severity): (String, String, Finding.Severity) =
      switch kind {
      case .bareLF: ("ends a line in LF without CR", "RFC 5321 §2.3.8", .medium)
      case .bareCR: ("has a CR without LF", "RFC 5321 §2.3.8", .medium)
      case .nul: ("has a NUL", "RFC 5321 §4.2", .medium)
      case .eightBit: ("has an octet above 127", "RFC 5321 §4.2", .low)
      case .control: ("has a control character", "RFC 5321 §4.2", .medium)
      case .longLine: ("has a line of more than 512 octets", "RFC 5321 §4.5.3.1.5", .low)
      case .codeChange: ("has lines of different codes", "RFC 5321 §4.2.1", .medium)
      case .badSeparator: ("has neither space nor hyphen behind a code", "RFC 5321 §4.2", .medium)
      case .badCode: ("has a code that is none", "RFC 5321 §4.2", .medium)
      }
    return Suspicion(
      name, "\(kind.rawValue), \(isEcho ? "as it was sent" : turn.unit.word)",
      summary: "the reply to \(turn.unit.word) \(words)", clause: clause, severity: severity,
      expected: "lines of a code, text of HT and graphic US-ASCII, and CRLF", observed: "\(turn.reply.shown) to \(turn.unit.shown)"
    ).ruled(
      kind == .codeChange
        ? Breach(5321, "4.2.1", "4.2.1-5", "{without: code-change}") : Breach(5321, "4.2", "4.2-a", "{without: any-fault}"))
  }

  private static func malformed(_ octets: [UInt8], _ unit: Unit?) -> Suspicion {
    Suspicion(
      name, "no reply, \(unit?.word ?? "nothing")", summary: "\(unit?.word ?? "nothing") draws octets that are no reply",
      clause: "RFC 5321 §4.2", severity: .medium, expected: "a code of three digits at the front of each line",
      observed: Escaped.show(octets, limit: 200)
    ).ruled(Breach(5321, "4.2", "4.2-a", "{without: any-fault}"))
  }

  /// Each line of a 2yz, 4yz or 5yz reply has a status, whose class is the code's first digit; the greeting and EHLO's have none
  /// (RFC 2034 §4).
  private static func status(_ turn: Turn) -> Suspicion? {
    guard turn.keywords.contains("ENHANCEDSTATUSCODES"), !turn.isEarly, !turn.followsOddInput,
      [2, 4, 5].contains(turn.reply.code.severity)
    else { return nil }
    for line in turn.reply.lines {
      guard let status = turn.reply.enhancedCode(of: line) else {
        if greets(turn.unit) { continue }
        return Suspicion(
          name, "no status, \(turn.unit.word)", summary: "the reply to \(turn.unit.word) lacks a status code", clause: "RFC 2034 §4",
          severity: .low, expected: "a status of class \(line.code.severity) behind each code", observed: turn.reply.shown
        ).ruled(Breach(2034, "4", "4-2", "{enhanced: every-line}"))
      }
      guard Int(status.class) != line.code.severity else { continue }
      return Suspicion(
        name, "status of another class, \(turn.unit.word)",
        summary: "the reply to \(turn.unit.word) has code \(line.code) and status \(status)", clause: "RFC 2034 §4", severity: .medium,
        expected: "a status of class \(line.code.severity)", observed: turn.reply.shown
      ).ruled(Breach(2034, "4", "4-3", "{enhanced: agreeing}"))
    }
    return nil
  }

  private static func greets(_ unit: Unit) -> Bool {
    switch unit.exchange {
    case .connection, .command(.ehlo), .command(.helo), .command(.lhlo): true
    default: false
    }
  }

  /// What a 334 has behind its code is base64, or nothing (RFC 4954 §4).
  private static func challenge(_ turn: Turn) -> Suspicion? {
    guard turn.unit.exchange == .command(.auth), turn.reply.code == 334, !turn.isEarly, let line = turn.reply.lines.first,
      Base64.decode(turn.reply.octets[line.text]) == nil
    else { return nil }
    return Suspicion(
      name, "a challenge that is no base64", summary: "a challenge of AUTH is no base64", clause: "RFC 4954 §4", severity: .medium,
      expected: "334, a space, and base64 or nothing", observed: turn.reply.shown)
  }

  /// What EHLO lists are keywords and their parameters (RFC 5321 §4.1.1.1).
  private static func keyword(_ turn: Turn) -> Suspicion? {
    guard case .line(_, .command(let verb)) = turn.unit, verb == .ehlo || verb == .lhlo, turn.reply.code == 250, !turn.isEarly,
      !turn.followsOddInput,
      let keyword = EhloReply(turn.reply).keywords.first(where: { !$0.isWellFormed })
    else { return nil }
    return Suspicion(
      name, "keyword of EHLO", summary: "EHLO lists what is no keyword", clause: "RFC 5321 §4.1.1.1", severity: .low,
      expected: "a keyword of letters, digits and hyphens, and parameters", observed: Escaped.show(keyword.octets, limit: 120)
    ).ruled(Breach(5321, "4.1.1.1", "4.1.1.1-a", "{keyword-syntax: true}"))
  }
}
