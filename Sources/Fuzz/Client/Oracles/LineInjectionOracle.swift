import Wire

/// CR or LF in what the client was told to send becomes a line of the dialogue.
enum LineInjectionOracle: ClientOracle {
  static let name = "line-injection"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    // What is in the message is the message's; only addresses and names are to stay in their line.
    let places = trace.script.arguments.filter { $0.key != .message && $0.value.contains(Array(trace.canaries.injected.utf8)) }
    guard let place = places.keys.map(\.rawValue).min() else { return [] }
    let canary = Array("NOOP \(trace.canaries.injected)".utf8)
    for said in trace.connections.flatMap(\.said) where said.kind == .command && said.line.starts(with: canary) {
      return [
        Suspicion(
          name, "line, \(place)", summary: "a line end in {\(place)} begins a command of its own", clause: "RFC 5321 §4.1.1.2 and §2.3.8",
          severity: .high, confidence: .certain, expected: "the address is refused before anything of it is sent",
          observed: Escaped.show(said.octets, limit: 200))
      ]
    }
    return []
  }
}
