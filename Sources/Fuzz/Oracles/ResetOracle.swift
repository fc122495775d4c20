import Dialogue
import Wire

/// RSET, EHLO and the end of a message leave nothing of a transaction (RFC 5321 §4.1.1.5, §4.1.4, §4.1.1.4): what follows is answered as if
/// it had never been.
enum ResetOracle: RelationOracle {
  static let name = "reset"
  static let clause = "RFC 5321 §4.1.1.5"
  static let severity = Finding.Severity.medium

  static let weight = 2

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard script.events.count < 60, let connection = trace.connections.first else { return nil }
    let places = ScriptShape.commandPlaces(in: script, trace).filter { place in
      let turn = connection.turns[place.turns]
      return turn.before.transaction == .none && turn.before.hello.isExtended && turn.before.channel == .open && !turn.isIndeterminate
    }
    guard let (place, turns) = ScriptShape.pick(places, trace, using: &random) else { return nil }
    var added = ["MAIL FROM:<other@example.org>"].flatMap(inStep)
    if random.oneIn(2) { added += inStep("RCPT TO:<bob@example.test>") }
    var variant = Variant(script)
    switch random.index(3) {
    case 0:
      // What comes behind EHLO is what came before: the same name, the same extensions.
      let hello = connection.turns.prefix(turns).last { turn in
        if case .line(_, .command(ScriptShape.hello(connection))) = turn.unit { return turn.reply.code.severity == 2 }
        return false
      }
      guard let line = hello?.unit.line else { return nil }
      added += [.command(line), .wait]
      (variant.clause, variant.rule) = ("RFC 5321 §4.1.4", (5321, "4.1.4", "4.1.4-4"))
    case 1:
      // A message ends a transaction as well; it needs a recipient, and may be refused.
      added = ["MAIL FROM:<other@example.org>", "RCPT TO:<bob@example.test>", "DATA"].flatMap(inStep)
      added += [.data(body: Array("Subject: before\r\n\r\nText.".utf8), end: Event.endOfMailData), .wait]
      variant.mayRefuse = true
      (variant.clause, variant.rule) = ("RFC 5321 §4.1.1.4", (5321, "4.1.1.4", "4.1.1.4-b"))
    default:
      added += inStep("RSET")
      variant.rule = (5321, "4.1.1.5", "4.1.1.5-1")
    }
    let count = added.count { $0.sends }
    variant.script.events.insert(contentsOf: added, at: place)
    variant.added = Set(turns..<turns + count)
    variant.mustAccept = turns + count - 1
    return variant
  }

  private static func inStep(_ line: String) -> [Event] { [.command(Array(line.utf8)), .wait] }
}
