import Dialogue
import Wire

/// A place where servers part: the same script, and answers that a client would take differently.
struct Divergence: Sendable, Equatable {
  /// What divergences with one cause have in common.
  let key: String
  let summary: String
  /// What decides who is right; `open` where the RFCs leave it so.
  let clause: String
  let severity: Finding.Severity
  let observed: String
  /// Whether the answers say the same to a client, in other codes: a quirk, after which the comparison goes on.
  let isQuirk: Bool

  /// Compares the plays of one script.
  ///
  /// - Returns: Quirks up to the first divergence, and that.
  static func all(in traces: [Trace]) -> [Divergence] {
    let connections = traces.compactMap(\.connections.first)
    guard connections.count == traces.count, connections.allSatisfy({ !$0.turns.isEmpty }) else { return [] }
    let names = connections.map { connection in
      connection.turns.first.map { Array($0.reply.text(of: $0.reply.lines[0]).prefix { $0 != .space }) } ?? []
    }
    var found: [Divergence] = []
    let count = connections.map(\.turns.count).min() ?? 0
    for place in 0..<count {
      let turns = connections.map { $0.turns[place] }
      // Where one server took a unit for another one, there is nothing to compare any more.
      guard Set(turns.map(\.unit.word)).count == 1, !turns.contains(where: \.isEarly) else { return found }
      // What may be otherwise in a moment tells servers apart no more than it does one from itself.
      guard !turns.contains(where: { [421, 450, 451, 452, 454].contains($0.reply.code.value) }) else { return found }
      guard Set(turns.map(\.reply.code)).count > 1 else { continue }
      let divergence = Divergence(turns, names)
      found.append(divergence)
      guard divergence.isQuirk else { return found }
    }
    return found + ending(of: connections)
  }

  private init(_ turns: [Turn], _ names: [[UInt8]]) {
    let codes = turns.map { "\($0.reply.code)" }
    let word = turns[0].unit.word
    let severities = Set(turns.map(\.reply.code.severity))
    isQuirk = severities.count == 1
    let judgement = Divergence.judgement(of: turns)
    clause = judgement.clause
    severity = isQuirk ? .note : judgement.severity
    key = "\(word) \(turns[0].before.situation)\(judgement.detail): \(codes.joined(separator: ", "))"
    summary = "\(word) \(turns[0].before.situation) draws \(codes.joined(separator: ", "))\(judgement.words)"
    observed =
      zip(turns, names).enumerated().map { index, pair in
        "\(index + 1): \(NormalizedText.text(of: pair.0.reply, from: pair.1))"
      }.joined(separator: "; ") + " to \(turns[0].unit.shown)"
  }

  /// Who is right, by the codes that the exchange can draw and by the grammar of commands.
  private static func judgement(of turns: [Turn]) -> (clause: String, severity: Finding.Severity, words: String, detail: String) {
    let wrong = turns.indices.filter { index in
      turns[index].unit.exchange.permitted(in: turns[index].before).fit(of: turns[index].reply.code) == .wrong
    }
    if !wrong.isEmpty, wrong.count < turns.count {
      return (turns[0].unit.section, .medium, "; wrong by the section: \(numbers(wrong))", "")
    }
    if case .line(let line, .command) = turns[0].unit {
      do throws(CommandSyntaxError) {
        _ = try Command.parse(line: line, tolerating: [.trailingWhiteSpace, .textAfterLiteral], in: .internationalized)
      } catch {
        let takers = turns.indices.filter { turns[$0].reply.code.severity < 4 }
        guard !takers.isEmpty else { return ("open", .note, "", "") }
        return ("RFC 5321 §4.1.2", .low, "; the grammar has no such command: \(numbers(takers)) took it", ", \(error.kind)")
      }
    }
    return ("open", .note, "", "")
  }

  private static func numbers(_ indices: [Int]) -> String { indices.map { String($0 + 1) }.joined(separator: ", ") }

  /// All answers are alike, and then one of the connections ends.
  private static func ending(of connections: [ConnectionTrace]) -> [Divergence] {
    let fates = connections.map { $0.isInStep ? $0.fate.word : "out of step" }
    guard Set(fates).count > 1, !fates.contains("silent"), !fates.contains("refused"), !fates.contains("stopped"),
      let last = connections[0].turns.last
    else { return [] }
    return [
      Divergence(
        key: "behind \(last.unit.word): \(fates.joined(separator: ", "))",
        summary: "the dialogue ends otherwise: \(fates.joined(separator: ", "))",
        clause: "open", severity: .note, observed: "behind \(last.unit.shown)", isQuirk: true)
    ]
  }

  private init(key: String, summary: String, clause: String, severity: Finding.Severity, observed: String, isQuirk: Bool) {
    (self.key, self.summary, self.clause, self.severity, self.observed, self.isQuirk) = (key, summary, clause, severity, observed, isQuirk)
  }
}
