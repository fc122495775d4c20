package import Wire

/// What a step met.
///
/// What it means is decided elsewhere.
package enum Observation: Sendable {
  case reply(Reply)
  /// What came cannot be a reply.
  case malformed([UInt8], ReplySyntaxError)
  /// Nothing whole came in time; so many octets of a reply did.
  case silence(partial: Int, waited: Duration)
  /// The peer ended the connection, or reset it.
  case ended(reset: Bool)
  /// A reply that never ends: more octets than a reply may take.
  case tooLong
  case handshake(String)
  case handshakeFailed(String)
  case delivered(Delivery)
  /// A line of the peer, where it is the client; its end is the last octet.
  case command([UInt8])
  /// A message of the peer, where it is the client: the mail data with its end.
  case message([UInt8])
  /// The peer has made a connection to us.
  case connected
  /// The client has ended, with this status.
  case exited(status: Int32)
  /// A report on the mail has come to its sender: that it failed, it says.
  case reported([UInt8])
  /// No report has come on the mail, so far.
  case unreported(waited: Duration)

  /// In words, the peer's octets escaped.
  package var text: String {
    switch self {
    case .reply(let reply): Escaped.show(reply.octets, limit: 600)
    case .malformed(let octets, let error): "no reply, but \(Escaped.show(octets, limit: 200)) (wrong from octet \(error.offset) on)"
    case .silence(0, let waited): "nothing within \(waited.shown)"
    case .silence(let partial, let waited): "\(partial) octets without the end of a reply within \(waited.shown)"
    case .ended(reset: false): "the server closed the connection"
    case .ended(reset: true): "the server reset the connection"
    case .tooLong: "a reply that does not end"
    case .handshake(let facts): "a TLS handshake: \(facts)"
    case .handshakeFailed(let reason): "no TLS handshake: \(reason)"
    case .delivered(let delivery): delivery.text
    case .command(let line): Escaped.show(line, limit: 600)
    case .connected: "a connection"
    case .exited(let status): "the client ended with status \(status)"
    case .reported(let report): "the report \(Escaped.show(report, limit: 3_000))"
    case .unreported(let waited): "no report within \(waited.shown)"
    case .message(let data): "the message \(Escaped.show(data, limit: 600))"
    }
  }

  /// Whether this is a refusal for now, which says nothing about the server's conformance: 421, 450, 451, 452, 454.
  package var isTemporaryRefusal: Bool {
    guard case .reply(let reply) = self else { return false }
    return [421, 450, 451, 452, 454].contains(reply.code.value)
  }

  /// Whether this is a TLS alert where a reply was due: an endpoint that gives up a handshake says so before it closes (RFC 8446 §6).
  package var isTLSAlert: Bool {
    guard case .malformed(let octets, _) = self else { return false }
    return octets.starts(with: [0x15, 0x03]) && octets.dropFirst(3).starts(with: [0x00, 0x02])
  }

  /// Whether the server asks us to come back later: 421.
  package var announcesClosing: Bool {
    guard case .reply(let reply) = self else { return false }
    return reply.code.value == 421
  }
}

extension Duration {
  /// `250 ms`, `1.5 s`.
  package var shown: String {
    let milliseconds = Int64(components.seconds) * 1_000 + components.attoseconds / 1_000_000_000_000_000
    guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
    let tenths = milliseconds / 100
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}
