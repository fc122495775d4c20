import Wire

/// CR or LF in what the client was told to send becomes a line of the dialogue.
enum LineInjectionOracle: ClientOracle {
  static let name = "line-injection"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    // What is in the message is the message's; only addresses and names are to stay in their line.
    let isAsked = trace.script.arguments.contains { $0.key != .message && $0.value.contains(Array(trace.canaries.injected.utf8)) }
    guard isAsked else { return [] }
    let canary = Array("NOOP \(trace.canaries.injected)".utf8)
    for connection in trace.connections {
      var last = "the beginning"
      // Behind a bare LF no command begins, whatever we answer: that is another oracle's.
      var isLineStart = true
      for said in connection.said {
        if said.kind == .command, isLineStart, said.line.starts(with: canary) { return [suspicion(last, said)] }
        if let verb = said.verb { last = verb.rawValue }
        isLineStart = said.octets.suffix(2).elementsEqual([.carriageReturn, .lineFeed])
      }
    }
    return []
  }

  private static func suspicion(_ last: String, _ said: ClientConnection.Said) -> Suspicion {
    Suspicion(
      name, "after \(last)", summary: "a line end in an argument of \(last) begins a command of its own", clause: "RFC 5321 §4.1.2",
      severity: .high, confidence: .certain, expected: "the argument is refused before anything of it is sent",
      observed: Escaped.show(said.octets, limit: 200))
  }
}
