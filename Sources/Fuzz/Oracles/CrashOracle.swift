import Dialogue
import Wire

/// The connection ends without 421 or 221: the server, or the process that served us, may have crashed (RFC 5321 §3.8).
enum CrashOracle: TraceOracle {
  static let name = "crash"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.compactMap { connection in
      guard connection.isInStep, !connection.weEnded, !connection.isMisread, !connection.losesFarewell else { return nil }
      switch connection.fate {
      case .lost(let unit):
        return lost(unit, in: connection)?.about(connection.turns.count - (unit.exchange == .command(.quit) ? 1 : 0))
      case .closed: return closed(connection)?.about(connection.turns.count - 1)
      case .open, .quit, .shutDown, .silent, .unreadable, .handshakeFailed, .refused, .stopped: return nil
      }
    }
  }

  private static func lost(_ unit: Unit, in connection: ConnectionTrace) -> Suspicion? {
    if connection.endsBehindOthers, let last = connection.turns.last, last.reply.code.severity >= 4 {
      return closed(connection)?.ruled(nil)
    }
    if unit.exchange == .command(.quit) {
      return Suspicion(
        name, "QUIT without 221", summary: "QUIT draws no 221", clause: "RFC 5321 §4.1.1.10", severity: .medium,
        expected: "221, and then the end of the connection", observed: "the end of the connection"
      ).ruled(Breach(5321, "4.1.1.10", "4.1.1.10-1", "221", at: .next("QUIT")))
    }
    let isOdd = unit.isOdd || connection.hasOddInput
    let state = isOdd ? "behind an overlong line, or a bare CR or LF" : connection.turns.isEmpty ? "at once" : connection.state.situation
    return Suspicion(
      name, isOdd ? state : "\(unit.word) \(state)", summary: "\(unit.word) ends the connection without a reply, \(state)",
      clause: "RFC 5321 §3.8", severity: isOdd ? .low : .high, expected: "a reply to \(unit.shown)",
      observed: "the end of the connection, and no 421"
    ).ruled(Breach(5321, "3.8", "3.8-1", "any"))
  }

  /// What is sent next is answered.
  private static let stillThere = Breach(5321, "3.8", "3.8-1", "any", at: .next("NOOP"))

  private static func closed(_ connection: ConnectionTrace) -> Suspicion? {
    guard let last = connection.turns.last else { return nil }
    let isRefusal = last.reply.code.severity >= 4
    if isRefusal {
      // Whoever sends more at once than one line, unasked, breaks a rule first (RFC 5321 §4.3.1).
      let isHasty = connection.hasOddInput || connection.endsBehindOthers && !connection.keywords.contains("PIPELINING")
      let words = isHasty ? ", where the client did not wait" : ""
      return Suspicion(
        name, "closed behind a refusal\(words)", summary: "the connection ends behind a refusal, without 421\(words)",
        clause: "RFC 5321 §3.8", severity: isHasty ? .note : .low, expected: "an open connection until QUIT, or 421",
        observed: "the end of the connection after \(last.reply.shown)"
      ).ruled(stillThere)
    }
    return Suspicion(
      name, "closed after \(last.unit.word) drew \(last.reply.code.severity)yz",
      summary: "the connection ends after \(last.unit.word) drew \(last.reply.code), without 421", clause: "RFC 5321 §3.8",
      severity: last.followsOddInput || last.unit.isOdd ? .medium : .high, expected: "an open connection until QUIT, or 421",
      observed: "the end of the connection after \(last.reply.shown)"
    ).ruled(stillThere)
  }
}
