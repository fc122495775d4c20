import Wire

/// NOOP, HELP, VRFY, and what is refused for its syntax leave the session as it was (RFC 5321 §4.1.4, §4.1.1.6 to §4.1.1.9).
enum SideCommandOracle: RelationOracle {
  static let name = "side-command"
  static let clause = "RFC 5321 §4.1.4"
  static let severity = Finding.Severity.medium

  private static let commands = [
    "NOOP", "HELP", "VRFY alice", "XYZZY", "MAIL FROM:<", "RCPT TO:<a b>", "NOOP side", "EXPN team", "RCPT TO:<nobody@example.test>",
  ]

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard script.events.count < 60 else { return nil }
    let places = ScriptShape.commandPlaces(in: script, trace)
    guard !places.isEmpty else { return nil }
    let (place, turns) = random.pick(places)
    let line = Array(random.pick(commands).utf8)
    // A recipient that is refused is one only within a transaction, and what is accepted has changed the session.
    var variant = Variant(script)
    variant.script.events.insert(contentsOf: [.command(line), .wait], at: place)
    variant.added = [turns]
    variant.mustRefuse = ScriptShape.verb(of: line) == .rcpt || ScriptShape.verb(of: line) == .mail
    return variant
  }
}
