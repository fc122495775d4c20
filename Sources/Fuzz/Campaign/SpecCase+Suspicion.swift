import Dialogue
import Wire

extension SpecCase {
  /// The case of a finding that a requirement of the register decides, where the specs have a step for each of its events.
  ///
  /// - Parameters:
  ///   - suspicion: What an oracle has against the server.
  ///   - script: The script that shows it.
  ///   - trace: What came of that script.
  ///   - slug: The case's id.
  /// - Returns: The YAML of a file with this one case; `nil` where there is none.
  static func of(_ suspicion: Suspicion, _ script: Script, _ trace: Trace, slug: String) -> String? {
    guard let rule = suspicion.rule, let connection = trace.connections.first, trace.connections.count == 1,
      let script = stepForStep(script, connection, upTo: rule.turn)
    else { return nil }
    var specCase = SpecCase(script, id: slug, title: suspicion.summary, rule: rule)
    specCase.isLMTP = connection.isLMTP
    specCase.seen = connection.turns.map(\.reply.code.severity)
    return specCase.yaml
  }

  /// The script without responses of AUTH that nothing asked for; `nil` where an event before this turn was not one unit that drew one
  /// reply, so that the case's steps would not be the dialogue's turns.
  private static func stepForStep(_ script: Script, _ connection: ConnectionTrace, upTo place: Int) -> Script? {
    var events = script.events
    var turn = 0
    for index in events.indices where events[index].sends {
      turn += 1
      if case .auth(let mechanism, let initial, let responses) = events[index] {
        let asked = connection.turns.dropFirst(turn + 1).prefix { if case .authenticationResponse = $0.unit { true } else { false } }.count
        events[index] = .auth(mechanism: mechanism, initial: initial, responses: Array(responses.prefix(asked)))
        turn += min(asked, responses.count)
        continue
      }
      guard turn < place else { continue }
      guard turn < connection.turns.count, isOne(events[index], connection.turns[turn].unit) else { return nil }
    }
    return Script(events)
  }

  /// Whether an event was taken for this unit.
  private static func isOne(_ event: Event, _ unit: Unit) -> Bool {
    switch (event, unit) {
    case (.command(let line), .line(_, let exchange)):
      return (ScriptShape.verb(of: line).map(Exchange.command) ?? .unrecognized) == exchange
    case (.data, .endOfMailData), (.chunk, .chunk), (.startTLS, .line(_, .command(.starttls))), (.octets, .line): return true
    default: return false
    }
  }
}
