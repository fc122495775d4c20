import Transport
import Wire

/// The conversation, for people to read.
extension CaseRun {
  func transcript() -> [TranscriptEntry] {
    let secrets = values.secrets
    var entries: [TranscriptEntry] = []
    for connection in connections {
      for event in connection.session.transcript.events {
        let (direction, octets) = Self.shown(event.content)
        entries.append(
          TranscriptEntry(
            at: connection.openedAt + event.at, direction: direction,
            octets: Redaction.redact(octets, secrets), connection: connection.name))
      }
    }
    return connections.count == 1 ? entries : entries.sorted { $0.at < $1.at }
  }

  private static func shown(_ content: Transcript.Content) -> (TranscriptEntry.Direction, [UInt8]) {
    switch content {
    case .sent(let octets): (.sent, octets)
    case .received(let octets): (.received, octets)
    case .sentRaw(let octets): (.event, Array("sent under TLS: \(Escaped.show(octets, limit: 400))".utf8))
    case .receivedRaw(let octets): (.event, Array("received under TLS: \(Escaped.show(octets, limit: 400))".utf8))
    case .tls(let text), .note(let text): (.event, Array(text.utf8))
    case .end(let ending): (.event, Array(ending.rawValue.utf8))
    case .omitted(let events, let octets): (.event, Array("\(events) events of \(octets) octets are left out here".utf8))
    }
  }
}

/// Takes secrets out of what is shown.
enum Redaction {
  static func redact(_ octets: [UInt8], _ secrets: [[UInt8]]) -> [UInt8] {
    var result = octets
    for secret in secrets where secret.count >= 3 {
      var at = 0
      while at + secret.count <= result.count {
        if result[at..<(at + secret.count)].elementsEqual(secret) {
          result.replaceSubrange(at..<(at + secret.count), with: Array("[redacted]".utf8))
          at += 10
        } else {
          at += 1
        }
      }
    }
    return result
  }
}
