import Dialogue
import Wire

/// A reply code that the exchange cannot draw (RFC 5321 §4.3.2); one that is only not listed ranks low.
enum ReplyCodeOracle: TraceOracle {
  static let name = "reply-code"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.flatMap { connection -> [Suspicion] in
      guard connection.isInStep else { return [] }
      return connection.suspicions { $0.isIndeterminate ? nil : judge($0) }
    }
  }

  private static func judge(_ turn: Turn) -> Suspicion? {
    let code = turn.reply.code
    guard !turn.promisesTooMuch else { return nil }
    if code == 221, turn.unit.exchange != .command(.quit) {
      return Suspicion(
        name, "221 without QUIT", summary: "221 ends the dialogue where 421 should", clause: "RFC 5321 §3.8", severity: .low,
        expected: "421, or a reply to \(turn.unit.shown)", observed: turn.reply.shown)
    }
    // Whoever takes a bare CR or LF for the end of a line, or for nothing, answers another command than was sent.
    if turn.unit.hasBareLineEnd {
      guard code.severity < 4, case .line(_, .unrecognized) = turn.unit else { return nil }
      return Suspicion(
        name, "a bare CR or LF within a line", summary: "a line with a bare CR or LF in it is read as a command without it",
        clause: "RFC 5321 §2.3.8", severity: .low, expected: "500 to \(turn.unit.shown)", observed: turn.reply.shown)
    }
    let permitted = turn.unit.exchange.permitted(in: turn.before)
    switch permitted.fit(of: code) {
    case .usual, .tolerated: return nil
    case .unlisted:
      return suspicion(turn, severity: .note, "\(code) is not listed", "a code that the section lists")
    case .wrong:
      // A code that is none is the grammar's, and so is a verb that is read where none stands.
      guard code.isWellFormed, turn.unit.exchange != .unrecognized || turn.unit.line.flatMap(VerbInDisguise.verb) == nil else { return nil }
      return suspicion(
        turn, severity: .medium, "\(turn.unit.word) drew \(code)",
        "a code of the severities \(permitted.severities.sorted().map { "\($0)yz" }.joined(separator: ", "))")
    }
  }

  private static func suspicion(_ turn: Turn, severity: Finding.Severity, _ key: String, _ expected: String) -> Suspicion {
    Suspicion(
      name, key,
      summary: "\(turn.unit.word) \(turn.before.situation) draws \(turn.reply.code)\(severity == .note ? ", which is not listed" : "")",
      clause: severity == .note ? "RFC 5321 §4.3.2" : turn.unit.section, severity: severity, expected: expected,
      observed: "\(turn.reply.shown) to \(turn.unit.shown)"
    ).ruled(Breach(5321, "4.2", "4.2-3", codes(turn.unit.exchange.permitted(in: turn.before))))
  }

  /// All that a case lets through.
  private static func codes(_ permitted: PermittedCodes) -> String {
    permitted.usual.union(permitted.tolerated).codes.map { "\($0)" }.joined(separator: " | ")
  }
}
