import Dialogue
import Wire

/// A reply that is owed does not come in time.
enum HangOracle: TraceOracle {
  static let name = "hang"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.compactMap { connection in
      guard case .silent(let unit) = connection.fate, connection.isInStep, !connection.weEnded else { return nil }
      // A size that the grammar does not have may have been taken for one: then it waits for octets, and does not hang.
      if case .line(_, .command(.bdat)) = unit { return nil }
      let state = connection.turns.last.map { $0.before.situation } ?? "at once"
      let hangsAll = trace.othersAreServed == false
      return Suspicion(
        name, "\(unit.word) \(state)\(hangsAll ? ", and nobody else is served" : "")",
        summary: "\(unit.word) draws no reply\(hangsAll ? ", and the server greets nobody any more" : "")",
        clause: unit.section, severity: hangsAll ? .critical : .high, expected: "a reply to \(unit.shown)",
        observed: "nothing, for as long as we waited")
    }
  }
}
