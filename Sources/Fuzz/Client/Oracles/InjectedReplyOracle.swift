import Wire

/// The client acts under TLS on replies that came in clear before it.
enum InjectedReplyOracle: ClientOracle {
  static let name = "injected-reply"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    trace.connections.compactMap { connection in
      guard connection.hasTLS, !connection.injected.isEmpty, !connection.saidUnasked.isEmpty else { return nil }
      return Suspicion(
        name, "goes on", summary: "a reply that came in clear behind the 220 to STARTTLS is taken for one that came under TLS",
        clause: "RFC 3207 §4.2", severity: .high, confidence: .certain,
        expected: "no further command under TLS before the first has been answered there",
        observed: Escaped.show(connection.saidUnasked, limit: 100))
    }
  }
}
