import Dialogue
import Wire

/// A message is the same message by DATA and by BDAT (RFC 3030 §2).
enum DataOrChunkOracle: RelationOracle {
  static let name = "data-or-bdat"
  static let clause = "RFC 3030 §2"
  static let severity = Finding.Severity.low

  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant? {
    guard let connection = trace.connections.first, connection.isInStep, connection.keywords.contains("CHUNKING"),
      connection.turns.filter({ $0.unit.exchange == .endOfMailData }).count == 1,
      !script.events.contains(where: { if case .chunk = $0 { true } else { ScriptShape.changesChannel($0) && !isQuit($0) } }),
      let place = script.events.firstIndex(where: { if case .data = $0 { true } else { false } }),
      case .data(let body, Event.endOfMailData) = script.events[place], ScriptShape.isCleanData(body),
      let command = script.events[..<place].lastIndex(where: { $0 == .command(Array("DATA".utf8)) }),
      script.events[(command + 1)..<place].allSatisfy({ $0 == .wait || $0 == .cut })
    else { return nil }
    var events = script.events
    let message =
      DotStuffing.unstuff(body.span)
      + (body.isEmpty || body.suffix(2) == [.carriageReturn, .lineFeed] ? [] : [.carriageReturn, .lineFeed])
    events[place] = .chunk(declared: nil, isLast: true, octets: message)
    events.remove(at: command)
    var variant = Variant(Script(events))
    variant.comparison = .verdict
    return variant
  }

  private static func isQuit(_ event: Event) -> Bool {
    if case .command(let line) = event { return ScriptShape.verb(of: line) == .quit }
    return false
  }
}
