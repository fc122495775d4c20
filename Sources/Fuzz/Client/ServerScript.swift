import Wire

/// What smtpspec does as a server that a client is fuzzed with: a turn for each time that a server has the word.
///
/// The first turn is the greeting, and each further one answers a command, a response of AUTH or the end of the mail data. A turn that says
/// nothing, and every one after the last, is what an honest server says there.
struct ServerScript: Sendable, Hashable {
  /// One time that the server has the word.
  struct Turn: Sendable, Hashable {
    /// What is sent, a segment each; none for the honest reply.
    var segments: [[UInt8]] = []
    /// What happens to the connection then.
    var ending: Ending?

    /// All that is sent.
    var octets: [UInt8] { segments.flatMap { $0 } }
    /// Whether the honest server speaks.
    var isHonest: Bool { segments.isEmpty && ending == nil }
  }

  /// An end of the connection, or of a direction of it.
  enum Ending: Sendable, Hashable, CaseIterable {
    case halfClose, reset, closeNotify
  }

  /// The turns of the first connection; others are honest.
  var turns: [Turn] = []
  /// What the client is told to send, instead of what is plain; by the names of ``ClientCommand/Placeholder``.
  var arguments: [ClientCommand.Placeholder: [UInt8]] = [:]

  /// An honest server, and a plain message.
  init() {}

  /// The same, as it is written in a corpus: `octets` are the server's, `wait` is the client's turn; `command NAME VALUE` sets an argument.
  init(_ script: Script) {
    var turn = Turn()
    var segment: [UInt8] = []
    func end(_ turn: inout Turn) {
      if !segment.isEmpty { turn.segments.append(segment) }
      segment = []
    }
    for event in script.events {
      switch event {
      case .octets(let octets): segment += octets
      case .cut: end(&turn)
      case .wait:
        end(&turn)
        turns.append(turn)
        turn = Turn()
      case .halfClose, .reset, .closeNotify:
        end(&turn)
        turn.ending = event == .halfClose ? .halfClose : event == .reset ? .reset : .closeNotify
      case .command(let line):
        let name = line.prefix { $0 != .space }
        guard let placeholder = ClientCommand.Placeholder(rawValue: String(decoding: name, as: UTF8.self)) else { continue }
        arguments[placeholder] = Array(line.dropFirst(name.count + 1))
      case .connect: return
      case .data, .chunk, .auth, .startTLS: continue
      }
    }
    end(&turn)
    if !turn.isHonest { turns.append(turn) }
  }

  /// The same as a script, which reads back as this.
  var script: Script {
    var events: [Event] = ClientCommand.Placeholder.allCases.compactMap { placeholder in
      arguments[placeholder].map { .command(Array(placeholder.rawValue.utf8) + [.space] + $0) }
    }
    for turn in turns {
      for (number, segment) in turn.segments.enumerated() {
        if number > 0 { events.append(.cut) }
        events.append(.octets(segment))
      }
      switch turn.ending {
      case .halfClose: events.append(.halfClose)
      case .reset: events.append(.reset)
      case .closeNotify: events.append(.closeNotify)
      case nil: break
      }
      events.append(.wait)
    }
    return Script(events)
  }
}
