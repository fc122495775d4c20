import Transport
import Wire

/// The conversation, for people to read.
extension CaseRun {
  func transcript() -> [TranscriptEntry] {
    let redaction = Redaction(values.secrets + connections.flatMap(\.secrets))
    var entries: [TranscriptEntry] = []
    for connection in connections {
      let events = connection.session.transcript.events
      // A secret may have been sent in pieces, one event each.
      let sent = redaction.redact(pieces: events.map { if case .sent(let octets) = $0.content { octets } else { [] } })
      let received = redaction.redact(pieces: events.map { if case .received(let octets) = $0.content { octets } else { [] } })
      for (place, event) in events.enumerated() {
        let (direction, octets) = Self.shown(event.content, sent[place], received[place], redaction)
        entries.append(
          TranscriptEntry(at: connection.openedAt + event.at, direction: direction, octets: octets, connection: connection.name))
      }
    }
    return connections.count == 1 ? entries : entries.sorted { $0.at < $1.at }
  }

  private static func shown(
    _ content: Transcript.Content, _ sent: [UInt8], _ received: [UInt8], _ redaction: Redaction
  ) -> (TranscriptEntry.Direction, [UInt8]) {
    switch content {
    case .sent: (.sent, sent)
    case .received: (.received, received)
    case .sentRaw(let octets): (.event, Array("sent under TLS: \(Escaped.show(redaction.redact(octets), limit: 400))".utf8))
    case .receivedRaw(let octets): (.event, Array("received under TLS: \(Escaped.show(redaction.redact(octets), limit: 400))".utf8))
    case .tls(let text), .note(let text): (.event, Array(redaction.redact(text).utf8))
    case .end(let ending): (.event, Array(ending.rawValue.utf8))
    case .omitted(let events, let octets): (.event, Array("\(events) events of \(octets) octets are left out here".utf8))
    }
  }
}
