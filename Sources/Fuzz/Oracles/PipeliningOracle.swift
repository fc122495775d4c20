import Dialogue
import Wire

/// The answers are the same whether MAIL, RCPT and RSET are sent in step or in one go with what follows (RFC 2920 §3.1, §3.2).
enum PipeliningOracle: RelationOracle {
  static let name = "pipelining"
  static let clause = "RFC 2920 §3.2"
  static let severity = Finding.Severity.medium

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard let connection = trace.connections.first, connection.isInStep, connection.keywords.contains("PIPELINING"),
      !script.events.contains(where: { ScriptShape.changesChannel($0) }),
      // Mail data that DATA was refused for is a row of commands, which come one by one.
      connection.turns.count(where: { $0.unit.exchange == .endOfMailData })
        == script.events.count(where: { if case .data = $0 { true } else { false } })
    else { return nil }
    var events: [Event] = []
    var isOffered = false
    var removed = 0
    for (index, event) in script.events.enumerated() {
      if event == .wait, isOffered, index > 0, index + 1 < script.events.count, ScriptShape.mayBeFollowed(script.events[index - 1]) {
        removed += 1
        continue
      }
      // What the reply to EHLO offers counts once it was read.
      if case .command(let line) = event, ScriptShape.verb(of: line) == ScriptShape.hello(connection) { isOffered = true }
      events.append(event)
    }
    guard removed > 0 else { return nil }
    var variant = Variant(Script(events))
    variant.rule = (2920, "3.2", "3.2-1")
    return variant
  }
}
