import Wire

/// The client sends the message although the reply to DATA was no 354.
enum UnaskedDataOracle: ClientOracle {
  static let name = "unasked-data"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    for connection in trace.connections {
      var codes: [Int] = []
      for said in connection.said {
        if said.verb == .data { codes.append(said.code ?? 0) }
        guard said.kind == .command, said.line.starts(with: "Subject: \(trace.canaries.message)".utf8) else { continue }
        // Only where one whole well-formed reply said no is there nothing to misread; and one surplus reply before may be taken for its answer.
        guard let code = codes.last, (400..<600).contains(code), isInStep(connection) else { continue }
        return [
          Suspicion(
            name, "\(code / 100)yz", summary: "the message goes out although DATA drew \(code)", clause: "RFC 5321 §4.1.1.4",
            severity: .high,
            confidence: .certain, expected: "no mail data without a 354", observed: Escaped.show(said.line, limit: 100))
        ]
      }
    }
    return []
  }

  /// Whether every reply was one whole well-formed one, so that client and server counted alike.
  static func isInStep(_ connection: ClientConnection) -> Bool {
    ClientConnection.code(of: connection.greeting) != nil && connection.said.allSatisfy { $0.code != nil } && connection.injected.isEmpty
  }
}
