import Wire

/// The client begins a transaction although the server opened with a refusal.
enum RefusedGreetingOracle: ClientOracle {
  static let name = "refused-greeting"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    for connection in trace.connections {
      guard let code = ClientConnection.code(of: connection.greeting), (400..<600).contains(code) else { continue }
      guard let said = connection.said.first(where: { [.mail, .auth].contains($0.verb) }) else { continue }
      return [
        Suspicion(
          name, "\(said.verb?.rawValue ?? "") after \(code / 100)yz", summary: "\(said.verb?.rawValue ?? "") follows a greeting of \(code)",
          clause: "RFC 5321 §3.1", severity: .low, expected: "QUIT, or the end of the connection",
          observed: Escaped.show(said.line.prefix(4), limit: 20))
      ]
    }
    return []
  }
}
