import Dialogue
import Wire

/// Compares two plays whose answers must be the same.
enum Comparer {
  /// The first difference, if the two can be compared at all.
  ///
  /// - Parameters:
  ///   - oracle: The relation.
  ///   - first: What came of the script.
  ///   - second: What came of the variant.
  ///   - variant: How the two belong together.
  /// - Returns: What the relation has against the server.
  static func difference(_ oracle: any RelationOracle.Type, _ first: Trace, _ second: Trace, _ variant: Variant) -> Suspicion? {
    guard let first = first.connections.first, let second = second.connections.first, isComparable(first), isComparable(second) else {
      return nil
    }
    if variant.mustRefuse, variant.added.contains(where: { $0 < second.turns.count && !leavesAsItWas(second.turns[$0]) }) {
      return nil
    }
    if let place = variant.mustAccept {
      guard place < second.turns.count else { return nil }
      let turn = second.turns[place]
      guard turn.reply.code.severity == 2 else { return variant.mayRefuse ? nil : refused(oracle, turn)?.about(place) }
    }
    switch variant.comparison {
    case .codes: return codes(oracle, first, second, variant)
    case .severities: return severities(oracle, first, second, variant)
    case .verdict: return verdict(oracle, first, second)
    }
  }

  /// Whether a reply is a refusal behind which the session is what it was; one of the message that DATA begins may end the transaction.
  private static func leavesAsItWas(_ turn: Turn) -> Bool {
    let code = turn.reply.code
    if turn.unit.exchange == .command(.data) { return [500, 501, 503].contains(code.value) }
    return code.severity >= 4
  }

  /// RSET is never refused for what came before (RFC 5321 §4.1.1.5); EHLO may be, with the codes of §4.1.4 and §4.3.2 alone.
  private static func refused(_ oracle: any RelationOracle.Type, _ turn: Turn) -> Suspicion? {
    guard turn.reply.code.severity == 5 else { return nil }
    let isHello = turn.unit.exchange != .command(.rset)
    guard !isHello || ![500, 501, 502, 504, 550].contains(turn.reply.code.value) else { return nil }
    var suspicion = suspicion(
      oracle, "\(turn.unit.word) drew \(turn.reply.code)", isHello ? .low : oracle.severity, "\(turn.unit.word) is refused behind MAIL",
      turn,
      turn.reply.shown)
    if isHello { suspicion.clause = "RFC 5321 §4.1.4" }
    return isHello ? suspicion : suspicion.ruled(Breach(5321, "4.1.1.5", "4.1.1.5-2", "250"))
  }

  /// Whether nothing but the script decided what came: no shortage, no refusal for the moment, no silence.
  private static func isComparable(_ connection: ConnectionTrace) -> Bool {
    switch connection.fate {
    case .silent, .stopped, .refused, .handshakeFailed: return false
    case .open, .quit, .shutDown, .closed, .lost, .unreadable: break
    }
    return !connection.weEnded && !connection.turns.contains { passing.contains($0.reply.code.value) }
  }

  /// Codes that say that it may be otherwise in a moment.
  private static let passing: Set<UInt16> = [421, 450, 451, 452, 454]

  /// The answers of a play, without those of the turns that only the variant has, and those of which nobody knows what they answer.
  private static func answers(_ connection: ConnectionTrace, without added: Set<Int>) -> [Turn] {
    connection.turns.enumerated().filter { !added.contains($0.offset) && !$0.element.isEarly && !$0.element.followsOddInput }.map(\.element)
  }

  private static func codes(
    _ oracle: any RelationOracle.Type, _ first: ConnectionTrace, _ second: ConnectionTrace, _ variant: Variant
  ) -> Suspicion? {
    let (left, right) = (answers(first, without: []), answers(second, without: variant.added))
    for (one, other) in zip(left, right) {
      guard one.unit.word == other.unit.word else { return nil }
      // RFC 5321 §3.3 lets a server choose, and it may choose by whether a recipient was refused.
      if isOffer(one.unit), [one, other].allSatisfy({ [503, 554].contains($0.reply.code) }) { continue }
      guard one.reply.code != other.reply.code || one.reply.enhancedCode != other.reply.enhancedCode else { continue }
      guard !isEnough(one, first), !isChoice(other, second, variant) else { return nil }
      let digits = [one, other].map(\.reply.code.severity)
      return suspicion(
        oracle, "\(one.unit.word)\(behind(second, variant)): \(digits[0])yz or \(digits[1])yz",
        digits[0] == digits[1] ? .low : oracle.severity, "\(one.unit.word) draws two answers\(behind(second, variant))", one,
        "\(one.reply.shown), and \(other.reply.shown) in the other play", variant
      ).ruled(rule(variant, one, other))
    }
    // Out of step, nobody knows what the rest is an answer to.
    guard first.isInStep || second.isInStep, !first.hasOddInput, !second.hasOddInput, !hasBareEnd(first), !hasBareEnd(second) else {
      return nil
    }
    guard !first.losesFarewell, !second.losesFarewell, !hasEnough(first) else { return nil }
    // Where it ended both, it may have been later in one.
    if isEndedByServer(first), hasEnough(second) { return nil }
    if !variant.added.isEmpty, isEndedByServer(second) { return nil }
    guard left.count == right.count, first.isInStep == second.isInStep, first.fate.word == second.fate.word else {
      return ending(oracle, first, second, left, right)
    }
    return nil
  }

  /// Whether the server refused it and closed: it may have had enough of this client.
  private static func isEnough(_ turn: Turn, _ connection: ConnectionTrace) -> Bool {
    let isLast = connection.turns.last.map { $0.unit == turn.unit } ?? false
    return isLast && turn.reply.code.severity >= 4 && isEndedByServer(connection)
  }

  private static func hasEnough(_ connection: ConnectionTrace) -> Bool {
    connection.turns.last.map { isEnough($0, connection) } ?? false
  }

  /// Whether the other answer is the server's to choose where commands were added: it may count them, and it may begin TLS when it likes.
  private static func isChoice(_ turn: Turn, _ second: ConnectionTrace, _ variant: Variant) -> Bool {
    !variant.added.isEmpty && (turn.unit.exchange == .command(.starttls) || isEnough(turn, second))
  }

  /// Whether the server closed it, and nobody had said QUIT.
  private static func isEndedByServer(_ connection: ConnectionTrace) -> Bool {
    switch connection.fate {
    case .closed, .lost, .shutDown: true
    default: false
    }
  }

  /// Whether a unit in progress was answered that has a bare CR or LF.
  private static func hasBareEnd(_ connection: ConnectionTrace) -> Bool {
    connection.earlyOctets.map { $0.contains(.carriageReturn) || $0.contains(.lineFeed) } ?? false
  }

  /// The command behind which the answers differ, where one was added.
  private static func behind(_ second: ConnectionTrace, _ variant: Variant) -> String {
    guard let place = variant.added.max(), place < second.turns.count else { return "" }
    return " behind \(second.turns[place].unit.word)"
  }

  /// The rule that the second play breaks, where the first one drew a code that fits its place.
  private static func rule(_ variant: Variant, _ one: Turn, _ other: Turn) -> Breach? {
    guard let (rfc, section, requirement) = variant.rule, one.reply.code != other.reply.code,
      one.unit.exchange.permitted(in: one.before).fit(of: one.reply.code) == .usual,
      !variant.successDecides || one.reply.code.severity < 4
    else { return nil }
    return Breach(rfc, section, requirement, "\(one.reply.code)").about(other.place)
  }

  /// Whether it offers a message, which is refused where there is nobody to take it.
  private static func isOffer(_ unit: Unit) -> Bool {
    switch unit.exchange {
    case .command(.data), .chunk: true
    default: false
    }
  }

  /// One play has more answers than the other, or ended otherwise.
  private static func ending(
    _ oracle: any RelationOracle.Type, _ first: ConnectionTrace, _ second: ConnectionTrace, _ left: [Turn], _ right: [Turn]
  ) -> Suspicion? {
    let place = min(left.count, right.count)
    let turn = left.count > place ? left[place] : right.count > place ? right[place] : left.last
    let words = [first, second].map { $0.isInStep ? $0.fate.word : "out of step" }
    guard let turn else { return nil }
    return suspicion(
      oracle, "\(turn.unit.word): \(words[0]) or \(words[1])", oracle.severity, "the dialogue goes two ways at \(turn.unit.word)", turn,
      "\(left.count) answers and '\(words[0])', and \(right.count) answers and '\(words[1])' in the other play")
  }

  private static func severities(
    _ oracle: any RelationOracle.Type, _ first: ConnectionTrace, _ second: ConnectionTrace, _ variant: Variant
  ) -> Suspicion? {
    guard first.isInStep, second.isInStep else { return nil }
    let mail: Set<Verb> = [.mail, .rcpt, .data, .rset, .noop]
    func isOfMail(_ unit: Unit) -> Bool {
      if case .line(_, .command(let verb)) = unit { return mail.contains(verb) }
      return unit.exchange == .endOfMailData
    }
    for (one, other) in zip(answers(first, without: []), answers(second, without: variant.added)) {
      guard one.unit.word == other.unit.word else { return nil }
      // A server may want TLS, or AUTH, and may trust one more than the other.
      guard one.reply.code.value != 530, other.reply.code.value != 530 else { return nil }
      guard isOfMail(one.unit), one.reply.code.severity != other.reply.code.severity else { continue }
      guard !isEnough(one, first), !isEnough(other, second) else { return nil }
      return suspicion(
        oracle, "\(one.unit.word): \(one.reply.code.severity)yz or \(other.reply.code.severity)yz", oracle.severity,
        "\(one.unit.word) draws two answers", one, "\(one.reply.shown), and \(other.reply.shown) in the other play")
    }
    return nil
  }

  /// What became of the message, by DATA and by BDAT.
  private static func verdict(_ oracle: any RelationOracle.Type, _ first: ConnectionTrace, _ second: ConnectionTrace) -> Suspicion? {
    guard first.isInStep, second.isInStep,
      let one = first.turns.last(where: { $0.unit.exchange == .endOfMailData }),
      let other = second.turns.last(where: { if case .chunk(_, isLast: true) = $0.unit { true } else { false } }),
      one.reply.code.severity != other.reply.code.severity, one.before.recipientCount == other.before.recipientCount
    else { return nil }
    return suspicion(
      oracle, "\(one.reply.code.severity)yz or \(other.reply.code.severity)yz", oracle.severity, "one message draws two verdicts", one,
      "\(one.reply.shown) to DATA, and \(other.reply.shown) to BDAT")
  }

  private static func suspicion(
    _ oracle: any RelationOracle.Type, _ key: String, _ severity: Finding.Severity, _ summary: String, _ turn: Turn, _ observed: String,
    _ variant: Variant? = nil
  ) -> Suspicion {
    Suspicion(
      oracle.name, key, summary: "\(summary) (\(oracle.name))", clause: variant?.clause ?? oracle.clause, severity: severity,
      confidence: .compared,
      expected: "the same answer to \(turn.unit.shown)", observed: observed)
  }
}
