import Transport
import Wire

/// What went over the wire, a line a line, every octet visible.
package enum DialogueText {
  /// The most lines that are shown of one connection.
  private static let lineLimit = 400

  /// The text of a play whose transcripts were kept.
  package static func text(of trace: Trace) -> String {
    trace.connections.enumerated().map { index, connection in
      (trace.connections.count > 1 ? "connection \(index + 1)\n" : "") + text(of: connection)
    }.joined()
  }

  private static func text(of connection: ConnectionTrace) -> String {
    connection.transcript.map(text) ?? ""
  }

  /// The text of one connection's transcript.
  static func text(of transcript: Transcript) -> String {
    var lines: [String] = []
    for event in transcript.events {
      switch event.content {
      case .sent(let octets): lines += shown("→ ", octets)
      case .received(let octets): lines += shown("← ", octets)
      case .sentRaw(let octets): lines += shown("⇒ ", octets)
      case .receivedRaw(let octets): lines += shown("⇐ ", octets)
      case .tls(let text), .note(let text): lines.append("· " + Escaped.show(text, limit: 400))
      case .end(let ending): lines.append("· " + ending.rawValue)
      case .omitted(let events, let octets): lines.append("· \(events) events and \(octets) octets are left out")
      }
    }
    let left = lines.count - lineLimit
    if left > 0 { lines = Array(lines.prefix(lineLimit)) + ["· \(left) lines more"] }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func shown(_ arrow: String, _ octets: [UInt8]) -> [String] {
    var lines: [String] = []
    var start = 0
    while start < octets.count {
      let end = octets[start...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? octets.count
      lines.append(arrow + Escaped.show(octets[start..<end], limit: 2_000))
      start = end
    }
    return lines
  }
}
