import Dialogue
import Wire

/// A reply that is owed does not come in time.
enum HangOracle: TraceOracle {
  static let name = "hang"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.compactMap { connection in
      if connection.lingers { return lingering }
      guard case .silent(let unit) = connection.fate, connection.isInStep, !connection.weEnded, !connection.isMisread else {
        return nil
      }
      // A size that the grammar does not have may have been taken for one: then it waits for octets, and does not hang.
      if case .line(_, .command(.bdat)) = unit { return nil }
      if trace.othersAreServed == false { return everybody(unit, connection) }
      // It may have taken something else for a unit, and wait for the rest of it.
      guard !unit.isOdd, !connection.hasOddInput else { return nil }
      if connection.endsMidUnit { return heldBack(unit, connection) }
      if connection.endsBehindOthers { return flushed(unit, connection) }
      return suspicion("\(unit.word) \(connection.state.situation)", "\(unit.word) draws no reply", unit.section, .high, unit)
        .ruled(Breach(5321, "4.2", "4.2-1", "any").about(connection.turns.count))
    }
  }

  /// 221 is followed by the end of the connection (RFC 5321 §4.1.1.10).
  private static let lingering = Suspicion(
    name, "open behind 221", summary: "the connection stays open behind 221", clause: "RFC 5321 §4.1.1.10", severity: .low,
    expected: "the end of the connection", observed: "nothing, for as long as we waited")

  private static func everybody(_ unit: Unit, _ connection: ConnectionTrace) -> Suspicion {
    suspicion(
      "\(unit.word) \(connection.state.situation), and nobody else is served",
      "\(unit.word) draws no reply, and the server greets nobody any more", unit.section, .critical, unit)
  }

  /// What was sent in one go with other commands is forgotten.
  ///
  /// Where PIPELINING is not offered, a client has to wait (RFC 5321 §4.3.1), and also behind all but a few commands (RFC 2920 §3.1).
  private static func flushed(_ unit: Unit, _ connection: ConnectionTrace) -> Suspicion? {
    guard connection.keywords.contains("PIPELINING"), let last = connection.turns.last else { return nil }
    return suspicion(
      "input behind \(last.unit.word) is lost", "\(unit.word) draws no reply where it comes in one go with \(last.unit.word)",
      "RFC 2920 §3.2", mayBeFollowed(last.unit) ? .high : .low, unit)
  }

  private static func mayBeFollowed(_ unit: Unit) -> Bool {
    switch unit.exchange {
    case .command(.mail), .command(.rcpt), .command(.rset), .endOfMailData, .chunk: true
    default: false
    }
  }

  /// The reply waits for the rest of what follows.
  ///
  /// A client that pipelines sends that without waiting, and others send nothing.
  private static func heldBack(_ unit: Unit, _ connection: ConnectionTrace) -> Suspicion? {
    guard connection.keywords.contains("PIPELINING") else { return nil }
    return suspicion(
      "held back", "the reply to \(unit.word) is held back while a part of the next command has come", "RFC 2920 §3.2", .low, unit)
  }

  private static func suspicion(
    _ key: String, _ summary: String, _ clause: String, _ severity: Finding.Severity, _ unit: Unit
  ) -> Suspicion {
    Suspicion(
      name, key, summary: summary, clause: clause, severity: severity, expected: "a reply to \(unit.shown)",
      observed: "nothing, for as long as we waited")
  }
}
