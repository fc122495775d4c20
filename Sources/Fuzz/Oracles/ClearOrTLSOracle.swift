import Wire

/// Mail commands draw the same in clear and under TLS (RFC 3207 §4.2 starts the dialogue anew, and changes nothing else of it).
enum ClearOrTLSOracle: RelationOracle {
  static let name = "clear-or-tls"
  static let clause = "RFC 3207 §4.2"
  static let severity = Finding.Severity.low

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard let connection = trace.connections.first, connection.isInStep, !connection.isEncrypted, connection.keywords.contains("STARTTLS"),
      !script.events.contains(where: { ScriptShape.changesChannel($0) && !isQuit($0) })
    else { return nil }
    let prelude: [Event] = [
      .command(ScriptShape.hello(connection).octets + Array(" client.example.org".utf8)), .wait, .startTLS(before: [], after: []), .wait,
    ]
    var variant = Variant(Script(prelude + script.events))
    variant.added = [1, 2]
    variant.comparison = .severities
    return variant
  }

  private static func isQuit(_ event: Event) -> Bool {
    if case .command(let line) = event { return ScriptShape.verb(of: line) == .quit }
    return false
  }
}
