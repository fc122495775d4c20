import Dialogue
import Wire

/// RSET and EHLO leave nothing of a transaction (RFC 5321 §4.1.1.5, §4.1.4): what follows is answered as if it had never been.
enum ResetOracle: RelationOracle {
  static let name = "reset"
  static let clause = "RFC 5321 §4.1.1.5"
  static let severity = Finding.Severity.medium

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard script.events.count < 60, let connection = trace.connections.first else { return nil }
    let places = ScriptShape.commandPlaces(in: script, trace).filter { place in
      let before = connection.turns[place.turns].before
      return before.transaction == .none && before.hello == .ehlo && before.channel == .open
        && !TransactionOracle.isIndeterminate(connection.turns.prefix(place.turns))
    }
    guard !places.isEmpty else { return nil }
    let (place, turns) = random.pick(places)
    var lines = ["MAIL FROM:<other@example.org>"]
    if random.oneIn(2) { lines.append("RCPT TO:<bob@example.test>") }
    // What comes behind EHLO is what came before: the same name, the same extensions.
    let hello = connection.turns.prefix(turns).last { turn in
      if case .line(_, .command(.ehlo)) = turn.unit { return turn.reply.code.severity == 2 }
      return false
    }
    if random.oneIn(3), let line = hello?.unit.line { lines.append(String(decoding: line, as: UTF8.self)) } else { lines.append("RSET") }
    var variant = Variant(script)
    variant.script.events.insert(contentsOf: lines.flatMap { [Event.command(Array($0.utf8)), .wait] }, at: place)
    variant.added = Set(turns..<turns + lines.count)
    variant.mustAccept = turns + lines.count - 1
    return variant
  }
}
