import Dialogue
import Wire

/// What relations ask of a script's events.
enum ScriptShape {
  /// The verb of a line.
  static func verb(of line: [UInt8]) -> Verb? { Verb(line.prefix { !$0.isWhiteSpace }) }

  /// Whether a command may have others behind it in its group: MAIL, RCPT and RSET, and the end of the mail data (RFC 2920 §3.1).
  static func mayBeFollowed(_ event: Event) -> Bool {
    switch event {
    case .command(let line):
      guard let command = try? Command.parse(line: line, tolerating: .strict, in: .internationalized), line.count <= 510 else {
        return false
      }
      return command.verb == .mail || command.verb == .rcpt || command.verb == .rset
    case .data(_, let end): return end == Event.endOfMailData
    default: return false
    }
  }

  /// Whether an event does more than send octets of the dialogue.
  static func changesChannel(_ event: Event) -> Bool {
    switch event {
    case .startTLS, .closeNotify, .halfClose, .reset, .connect, .auth: true
    case .command(let line): [.starttls, .auth, .quit].contains(verb(of: line))
    case .octets, .data, .chunk, .wait, .cut: false
    }
  }

  /// The places of events before which a client in step may put a command: behind a wait, where the server waits for one.
  ///
  /// - Returns: Each place, and how many turns come before it, the greeting among them; only where each unit so far was one event.
  static func commandPlaces(in script: Script, _ trace: Trace) -> [(place: Int, turns: Int)] {
    guard let connection = trace.connections.first, connection.isInStep else { return [] }
    var places: [(Int, Int)] = []
    var turns = 1
    for (index, event) in script.events.enumerated() {
      switch event {
      case .wait where turns < connection.turns.count:
        let before = connection.turns[turns].before
        if index > 0, before.channel == .open, !before.expectsMailData, before.hello != .none { places.append((index + 1, turns)) }
      case .command(let line):
        guard line.count <= 510, !line.contains(.lineFeed), !line.contains(.carriageReturn),
          ![.bdat, .auth, .starttls, .quit].contains(verb(of: line)), turns < connection.turns.count,
          case .line = connection.turns[turns].unit
        else { return places }
        turns += 1
      case .data(let body, let end):
        guard end == Event.endOfMailData, isCleanData(body), turns < connection.turns.count,
          case .endOfMailData = connection.turns[turns].unit
        else { return places }
        turns += 1
        while turns < connection.turns.count, case .delivery = connection.turns[turns].unit { turns += 1 }
      case .wait, .cut: break
      default: return places
      }
    }
    return places
  }

  /// One of the places, rather within a transaction than outside: that is where something can be lost.
  static func pick(_ places: [(place: Int, turns: Int)], _ trace: Trace, using random: inout RunGenerator) -> (place: Int, turns: Int)? {
    let inside = places.filter { trace.connections.first?.turns[$0.turns].before.transaction != SessionState.Transaction.none }
    let choices = inside.isEmpty || random.oneIn(3) ? places : inside
    return choices.isEmpty ? nil : random.pick(choices)
  }

  /// The verb with which the client opened the dialogue so that it was told of extensions: EHLO, or LHLO in LMTP.
  static func hello(_ connection: ConnectionTrace) -> Verb { connection.isLMTP ? .lhlo : .ehlo }

  /// Whether mail data is lines that end in CRLF, none of which ends the data.
  static func isCleanData(_ body: [UInt8]) -> Bool {
    var previous: UInt8 = .lineFeed
    for (index, octet) in body.enumerated() {
      if octet == .lineFeed, previous != .carriageReturn { return false }
      if previous == .carriageReturn, octet != .lineFeed { return false }
      if octet == .dot, index == 0 || (previous == .lineFeed), !(index + 1 < body.count && body[index + 1] == .dot) { return false }
      previous = octet
    }
    return previous != .carriageReturn
  }
}
