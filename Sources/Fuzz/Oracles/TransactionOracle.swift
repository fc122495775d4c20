import Dialogue
import Wire

/// A promise that the state of the session has no room for (RFC 5321 §4.1.4, §3.3).
enum TransactionOracle: TraceOracle {
  static let name = "transaction"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.flatMap { connection -> [Suspicion] in
      guard connection.isInStep else { return [] }
      var isIndeterminate = false
      return connection.soundTurns.compactMap { turn in
        defer { isIndeterminate = follows(turn, isIndeterminate) }
        return isIndeterminate ? nil : judge(turn)
      }
    }
  }

  /// After a refused chunk nobody can know what is left of the transaction, until RSET (RFC 3030 §2); nor where the server takes something
  /// for a command that is none, or what the state has no room for.
  static func follows(_ turn: Turn, _ wasIndeterminate: Bool) -> Bool {
    switch turn.unit.exchange {
    case .chunk where turn.reply.code.severity >= 4: true
    case .command(.bdat): true
    case .unrecognized where turn.reply.code.severity < 4: true
    case _ where promisesTooMuch(turn): true
    case .command(.rset), .command(.mail):
      wasIndeterminate && turn.reply.code.severity != 2
    default: wasIndeterminate
    }
  }

  /// Whether nobody can know where the transaction stands behind these turns.
  static func isIndeterminate(_ turns: some Sequence<Turn>) -> Bool { turns.reduce(false) { follows($1, $0) } }

  /// Whether the reply promises what the state does not have.
  static func promisesTooMuch(_ turn: Turn) -> Bool {
    let code = turn.reply.code
    // A line with a bare CR or LF may have been several; 221 without QUIT takes leave, and promises nothing.
    guard !turn.unit.hasBareLineEnd, code != 221 else { return false }
    // What is no success of this exchange is another oracle's.
    guard code.severity == (turn.unit.exchange == .command(.data) ? 3 : 2) || turn.unit.exchange == .command(.auth), code.severity < 4
    else { return false }
    let state = turn.before
    switch turn.unit {
    case .line(_, .command(.auth)): return state.isAuthenticated || state.transaction != .none
    case .line(_, .command(.vrfy)), .line(_, .command(.expn)), .line(_, .unrecognized), .connection, .authenticationResponse: return false
    default: return turn.unit.exchange.permitted(in: state).fit(of: code) == .wrong && code.isWellFormed
    }
  }

  private static func judge(_ turn: Turn) -> Suspicion? {
    guard promisesTooMuch(turn) else { return messageForNobody(turn) }
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

  /// RCPT without MAIL draws 503; DATA without MAIL is refused.
  private static func rule(for turn: Turn) -> Suspicion.Rule? {
    guard turn.before.transaction == .none, turn.before.hello != .none else { return nil }
    switch turn.unit.exchange {
    case .command(.rcpt): return Suspicion.Rule(rfc: 5321, section: "3.3", requirement: "3.3-10", expectation: "503")
    case .command(.data): return Suspicion.Rule(rfc: 5321, section: "3.3", requirement: "3.3-11", expectation: "503 | 554")
    default: return nil
    }
  }

  /// A message is accepted that has no recipient (RFC 5321 §3.3: 503 or 554 at DATA or behind the message).
  private static func messageForNobody(_ turn: Turn) -> Suspicion? {
    guard case .endOfMailData(let count) = turn.unit, count > 5, case .data(recipients: 0) = turn.before.transaction,
      turn.reply.code == 250
    else { return nil }
    return Suspicion(
      name, "a message for nobody", summary: "a message without recipients is accepted", clause: "RFC 5321 §3.3", severity: .low,
      expected: "554, or a refusal of DATA", observed: turn.reply.shown)
  }
}
