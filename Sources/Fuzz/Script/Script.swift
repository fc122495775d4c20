import Wire

/// What one client does, event by event; it begins on a new connection whose greeting it has read.
public struct Script: Sendable, Hashable {
  /// The events in order.
  public var events: [Event]

  /// A script of these events.
  public init(_ events: [Event] = []) {
    self.events = events
  }

  /// The first octets of a script's file; a file that begins otherwise is taken for octets of a session.
  public static let signature = "smtpspec-script 1"

  /// Reads a script from any octets: there are none that are not one.
  ///
  /// A text that begins with ``signature`` is read event by event, anything else as the octets of one session, see ``init(session:)``.
  public init(decoding octets: [UInt8]) {
    if octets.starts(with: Script.signature.utf8) {
      self = ScriptReader.read(octets).script
    } else {
      self.init(session: octets)
    }
  }

  /// The same with LHLO where it has EHLO or HELO (RFC 2033 §4.1).
  package var inLMTP: Script {
    Script(
      events.map { event in
        guard case .command(let line) = event, let verb = Verb(line.prefix { !$0.isWhiteSpace }), verb == .ehlo || verb == .helo else {
          return event
        }
        return .command(Verb.lhlo.octets + line.dropFirst(verb.octets.count))
      })
  }

  /// What goes over each connection in clear, without what depends on the answers.
  public var connections: [[UInt8]] {
    events.split(separator: .connect, omittingEmptySubsequences: false).map { $0.flatMap(\.octets) }
  }

  /// How many octets it sends.
  var octetCount: Int { events.reduce(0) { $0 + $1.octets.count } }
}
