import Wire

/// NOOP, HELP, VRFY, and whatever is refused, leave the session as it was (RFC 5321 §4.1.4, §4.1.1.6 to §4.1.1.9).
enum SideCommandOracle: RelationOracle {
  static let name = "side-command"
  static let clause = "RFC 5321 §4.1.4"
  static let severity = Finding.Severity.medium
  static let weight = 4

  /// What changes nothing, accepted or refused.
  private static let harmless = ["NOOP", "NOOP side", "HELP", "VRFY alice", "EXPN team", "XYZZY"]
  /// What changes nothing where it is refused.
  private static let refusable = [
    "RCPT TO:<nobody@example.test>", "MAIL FROM:<other@example.org>", "MAIL FROM:<other@example.org> SIZE=99999999999999",
    "RCPT TO:<alice@example.test>", "DATA", "RSET", "STARTTLS", "ETRN example.org", "EHLO client.example.org", "HELO client.example.org",
    "AUTH PLAIN AGEAYg==",
  ]

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard script.events.count < 60,
      let (place, turns) = ScriptShape.pick(ScriptShape.commandPlaces(in: script, trace), trace, using: &random)
    else { return nil }
    let isHarmless = random.oneIn(2)
    var line = Array(random.pick(isHarmless ? harmless : refusable).utf8)
    if !isHarmless, !random.oneIn(3) { line = broken(line, &random) }
    var variant = Variant(script)
    variant.script.events.insert(contentsOf: [.command(line), .wait], at: place)
    variant.added = [turns]
    // What is accepted may have changed the session, and then nothing is compared.
    variant.mustRefuse = !isHarmless
    (variant.clause, variant.rule) = reason(for: ScriptShape.verb(of: line))
    return variant
  }

  /// The line with something in it or at its end that the grammar does not have there, as a rule.
  private static func broken(_ line: [UInt8], _ random: inout RunGenerator) -> [UInt8] {
    switch random.index(5) {
    case 0: return line + Array(" XYZ=1".utf8)
    case 1: return Array(line.dropLast())
    case 2: return line.prefix { $0 != .space } + (line.contains(.space) ? [] : Array(" side".utf8))
    case 3: return line + Array(" <".utf8)
    default:
      var line = line
      line.insert(random.pick([.nul, .space, 0x22, 0x3C, 0x40, 0x80]), at: random.index(line.count))
      return line
    }
  }

  /// What says so of a verb, and the requirement of the register.
  private static func reason(for verb: Verb?) -> (String, (rfc: Int, section: String, requirement: String)?) {
    switch verb {
    case .noop: ("RFC 5321 §4.1.1.9", (5321, "4.1.1.9", "4.1.1.9-a"))
    case .help: ("RFC 5321 §4.1.1.8", (5321, "4.1.1.8", "4.1.1.8-a"))
    case .vrfy: ("RFC 5321 §4.1.1.6", (5321, "4.1.1.6", "4.1.1.6-a"))
    case .expn: ("RFC 5321 §4.1.1.7", (5321, "4.1.1.6", "4.1.1.6-a"))
    case .ehlo, .helo: (clause, (5321, "4.1.4", "4.1.4-6"))
    case .mail: (clause, (5321, "4.1.4", "4.1.4-15"))
    case .rcpt, .data: (clause, (5321, "4.1.4", "4.1.4-17"))
    default: (clause, nil)
    }
  }
}
