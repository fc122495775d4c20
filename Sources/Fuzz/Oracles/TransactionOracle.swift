import Dialogue
import Wire

/// A promise that the state of the session has no room for (RFC 5321 §4.1.4, §3.3).
enum TransactionOracle: TraceOracle {
  static let name = "transaction"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.flatMap { connection -> [Suspicion] in
      guard connection.isInStep else { return [] }
      return connection.suspicions { turn in
        (turn.isIndeterminate ? nil : judge(turn)) ?? hello(turn, isLMTP: connection.isLMTP) ?? offer(turn)
      }
    }
  }

  private static func judge(_ turn: Turn) -> Suspicion? {
    guard turn.promisesTooMuch else { return messageForNobody(turn) }
    let clause =
      switch turn.unit.exchange {
      case .command(.rcpt), .command(.data), .endOfMailData: "RFC 5321 §4.1.4"
      default: turn.unit.section
      }
    if turn.unit.exchange == .command(.starttls) { return startTLS(turn) }
    var suspicion = Suspicion(
      name, "\(turn.unit.word) \(turn.before.situation) drew \(turn.reply.code)",
      summary: "\(turn.unit.word) \(turn.before.situation) draws \(turn.reply.code)", clause: clause, severity: .medium,
      expected: "a refusal, such as 503", observed: "\(turn.reply.shown) to \(turn.unit.shown)")
    suspicion.rule = rule(for: turn)
    return suspicion
  }

  /// It is the client that must not begin TLS within TLS; the server must only know that it has it (RFC 3207 §4.2).
  private static func startTLS(_ turn: Turn) -> Suspicion {
    Suspicion(
      name, "STARTTLS under TLS drew \(turn.reply.code)", summary: "STARTTLS under TLS draws \(turn.reply.code)", clause: "RFC 3207 §4.2",
      severity: .low, expected: "a refusal, such as 503", observed: "\(turn.reply.shown) to \(turn.unit.shown)")
  }

  /// What is out of order draws 503, DATA perhaps 554, and AUTH 503 once it has succeeded, and within a transaction.
  private static func rule(for turn: Turn) -> Breach? {
    switch turn.unit.exchange {
    case .command(.auth) where turn.before.isAuthenticated: Breach(4954, "4", "4-2", "503")
    case .command(.auth): Breach(4954, "4", "4-3", "503")
    case .chunk: Breach(5321, "4.1.4", "4.1.4-16", "503 | 554")
    case .command(.rcpt) where turn.before.transaction == .none && turn.before.hello != .none: Breach(5321, "3.3", "3.3-10", "503")
    case .command(.data) where turn.before.transaction == .none && turn.before.hello != .none: Breach(5321, "3.3", "3.3-11", "503 | 554")
    default: nil
    }
  }

  /// In LMTP neither HELO nor EHLO succeeds (RFC 2033 §4.1).
  private static func hello(_ turn: Turn, isLMTP: Bool) -> Suspicion? {
    guard isLMTP, case .line(_, .command(let verb)) = turn.unit, verb == .ehlo || verb == .helo, turn.reply.code.severity == 2 else {
      return nil
    }
    return Suspicion(
      name, "\(verb.rawValue) in LMTP", summary: "\(verb.rawValue) draws \(turn.reply.code) in LMTP", clause: "RFC 2033 §4.1",
      severity: .medium,
      expected: "a refusal, such as 500", observed: turn.reply.shown
    ).ruled(Breach(2033, "4.1", "4.1-1", "5xx"))
  }

  /// What is TLS already cannot begin TLS (RFC 3207 §4.2).
  private static func offer(_ turn: Turn) -> Suspicion? {
    guard turn.before.isEncrypted, case .line(_, .command(let verb)) = turn.unit, verb == .ehlo || verb == .lhlo, turn.reply.code == 250,
      EhloReply(turn.reply).keywords.contains(where: { $0.name == "STARTTLS" })
    else { return nil }
    return Suspicion(
      name, "STARTTLS offered under TLS", summary: "STARTTLS is offered under TLS", clause: "RFC 3207 §4.2", severity: .low,
      expected: "a list without STARTTLS", observed: turn.reply.shown
    ).ruled(Breach(3207, "4.2", "4.2-7", "{absent: [STARTTLS]}"))
  }

  /// A message is accepted that has no recipient (RFC 5321 §3.3: 503 or 554 at DATA or behind the message).
  private static func messageForNobody(_ turn: Turn) -> Suspicion? {
    guard case .endOfMailData(let count) = turn.unit, count > 5, case .data(recipients: 0) = turn.before.transaction,
      turn.reply.code == 250
    else { return nil }
    return Suspicion(
      name, "a message for nobody", summary: "a message without recipients is accepted", clause: "RFC 5321 §3.3", severity: .low,
      expected: "554, or a refusal of DATA", observed: turn.reply.shown
    ).ruled(Breach(5321, "3.3", "3.3-11", "5xx"))
  }
}
