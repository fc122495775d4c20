import Wire

/// A line of the message that begins with a dot goes out without a second one.
enum DotStuffingOracle: ClientOracle {
  static let name = "dot-stuffing"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    for connection in trace.connections {
      for (number, said) in connection.said.enumerated() {
        guard case .mailData = said.kind, isOurs(said, trace) else { continue }
        // A line begins behind CRLF: what stands behind a bare LF is another oracle's.
        if said.octets.contains(Array("\r\n.canary0dot\r\n".utf8)) {
          return [suspicion("line", "a line with a dot at its front goes out as it is: the receiver takes the dot away", ".canary0dot")]
        }
        // The lone dot ended the data, and the rest of the message stands there as commands.
        let rest = connection.said[(number + 1)...].first { $0.kind == .command && $0.line.elementsEqual("last line".utf8) }
        if rest != nil {
          return [suspicion("end", "a lone dot in the message ends the mail data: what follows it is taken for commands", "last line")]
        }
      }
    }
    return []
  }

  private static func isOurs(_ said: ClientConnection.Said, _ trace: ClientTrace) -> Bool {
    said.octets.contains(Array(trace.canaries.message.utf8))
  }

  private static func suspicion(_ key: String, _ summary: String, _ observed: String) -> Suspicion {
    Suspicion(
      name, key, summary: summary, clause: "RFC 5321 §4.5.2", severity: .high, confidence: .certain,
      expected: "a dot more at the front of every line that begins with one", observed: observed)
  }
}
