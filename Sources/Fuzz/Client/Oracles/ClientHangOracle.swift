import Wire

/// The client goes on long after its last connection has ended.
///
/// That it waits minutes for a reply is what RFC 5321 §4.5.3.2 wants; that nobody will ever give one is plain once the connection is closed.
enum ClientHangOracle: ClientOracle {
  static let name = "hang"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    guard trace.ending == nil, let last = trace.connections.last else { return [] }
    let said = last.said.last.map { "after \($0.verb?.rawValue ?? "what it said last")" } ?? "after the greeting"
    return [
      Suspicion(
        name, said, summary: "the client does not end once its connection has, \(said)", clause: "RFC 5321 §4.5.3.2", severity: .medium,
        expected: "an exit status once the connection has ended", observed: "the process still runs")
    ]
  }
}
