import Wire

/// A reply shows the word of another session: memory that was not cleared, or shared.
enum CanaryOracle: TraceOracle {
  static let name = "leaked-canary"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    for connection in trace.connections {
      for turn in connection.turns {
        guard let word = Placeholders.foreignCanary(in: turn.reply.octets, own: canary) else { continue }
        // A word that we sent ourselves, changed by a mutator, comes back as our own.
        if connection.turns.contains(where: { $0.unit.line.map { Recurrence.contains(word, in: $0) } ?? false }) { continue }
        return [
          Suspicion(
            name, turn.unit.word, summary: "the reply to \(turn.unit.word) shows what another session sent", clause: "open",
            severity: .critical, confidence: .tentative, expected: "nothing of other sessions", observed: turn.reply.shown)
        ]
      }
    }
    return []
  }
}

/// Finds octets within octets, letter case aside.
enum Recurrence {
  /// Whether a word stands in a line.
  static func contains(_ word: [UInt8], in line: [UInt8]) -> Bool {
    guard line.count >= word.count else { return false }
    return (0...(line.count - word.count)).contains { line[$0..<$0 + word.count].matchesIgnoringCase(word) }
  }
}
