import Dialogue
import Wire

/// More replies than commands, or a reply before a command has ended: what the server reads is not what was sent (RFC 5321 §4.2).
enum ReplyCountOracle: TraceOracle {
  static let name = "reply-count"

  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    trace.connections.compactMap { connection in
      guard !connection.weEnded else { return nil }
      if let turn = connection.turns.last, turn.isEarly {
        guard turn.followsOddInput, turn.unit.line?.contains(.lineFeed) != true else { return early(turn)?.about(turn.place) }
        // It is the second reply to what came before.
        let odd = connection.turns.last { $0.unit.isOdd && !$0.isEarly }
        return self.stray(turn.reply, after: odd?.unit, connection).ruled(nil)
      }
      guard let stray = connection.stray else { return nil }
      return self.stray(stray.reply, after: stray.after, connection).about(connection.turns.count - 1)
    }
  }

  private static func early(_ turn: Turn) -> Suspicion? {
    let isRefusal = turn.reply.code.severity >= 4
    switch turn.unit {
    case .endOfMailData(let count):
      // A server may have had enough before the end.
      if isRefusal, count > 1 << 15 { return nil }
      return Suspicion(
        name, "end of mail data without CRLF.CRLF, \(turn.reply.code.severity)yz",
        summary: "mail data that has not ended draws \(turn.reply.code): commands can be smuggled in it", clause: "RFC 5321 §4.1.1.4",
        severity: isRefusal ? .medium : .high, expected: "no reply before CRLF . CRLF", observed: turn.reply.shown
      ).ruled(Breach(5321, "4.1.1.4", "4.1.1.4-4", "silence"))
    case .line(let line, _):
      // Whoever has read as much as a line may have may say so.
      if isRefusal, line.count > 500 { return nil }
      let observed = "\(turn.reply.shown) to \(Escaped.show(line, limit: 120))"
      guard turn.unit.hasBareLineEnd else {
        return Suspicion(
          name, "no line end ends a command", summary: "a command that has not ended is answered", clause: "RFC 5321 §2.3.8",
          severity: .medium, expected: "no reply before CRLF", observed: observed
        ).ruled(Breach(5321, "2.3.8", "2.3.8-1", "silence"))
      }
      return bareLineEnd(line, isCarriedOut: isCarriedOut(turn.reply), observed).ruled(Breach(5321, "2.3.8", "2.3.8-1", "silence"))
    case .connection, .chunk, .delivery, .authenticationResponse: return nil
    }
  }

  /// Whether it says that a command was carried out; 221 without QUIT takes leave.
  private static func isCarriedOut(_ reply: Reply) -> Bool { (2...3).contains(reply.code.severity) && reply.code != 221 }

  /// A bare LF or CR is taken for the end of a line.
  private static func bareLineEnd(_ line: [UInt8], isCarriedOut: Bool, _ observed: String) -> Suspicion {
    let end = line.contains(.lineFeed) ? "LF" : "CR"
    return Suspicion(
      name, "a bare \(end) ends a command\(isCarriedOut ? ", which is carried out" : "")",
      summary: "a bare \(end) ends a command\(isCarriedOut ? ", which is carried out" : ", which is refused")", clause: "RFC 5321 §2.3.8",
      severity: .low, expected: "one reply to each line that ends in CRLF", observed: observed)
  }

  private static func stray(_ reply: Reply, after unit: Unit?, _ connection: ConnectionTrace) -> Suspicion {
    if connection.strayFollowsClearOctets {
      return Suspicion(
        name, "clear octets answered under TLS", summary: "what was sent in clear behind STARTTLS is answered under TLS",
        clause: "RFC 3207 §4.2", severity: .high, expected: "octets in clear are forgotten with the handshake", observed: reply.shown
      ).ruled(Breach(3207, "4.2", "4.2-1", "silence", at: .underTLS))
    }
    if connection.hasHastyData {
      return Suspicion(
        name, "what came in one go with DATA", summary: "what came in one go with DATA is answered as commands", clause: "RFC 2920 §3.2",
        severity: .low, expected: "one reply to the whole of the mail data", observed: reply.shown)
    }
    if connection.hasOddData, unit?.exchange == .endOfMailData {
      return Suspicion(
        name, "mail data with a bare CR or LF", summary: "mail data ends before CRLF.CRLF: commands can be smuggled in it",
        clause: "RFC 5321 §4.1.1.4", severity: .high, expected: "one reply to the whole of the mail data", observed: reply.shown
      ).ruled(Breach(5321, "4.1.1.4", "4.1.1.4-4", "silence", at: .behind))
    }
    // Of several it is likelier a LF: few servers end a line at CR.
    let odd = connection.turns.filter(\.unit.hasBareLineEnd)
    if let turn = odd.last(where: { $0.unit.line?.contains(.lineFeed) == true }) ?? odd.last, let line = turn.unit.line {
      // What came right behind it belongs to it; later nobody knows.
      let replies = turn.unit == unit ? [turn.reply, reply] : []
      return bareLineEnd(line, isCarriedOut: replies.contains(where: isCarriedOut), "\(turn.reply.shown), and \(reply.shown)")
        .ruled(Breach(5321, "2.3.8", "2.3.8-1", "silence", at: .behind))
    }
    if !connection.hasOddInput, case .chunk? = unit, let turn = connection.turns.last, turn.unit == unit, turn.reply.code.severity >= 4 {
      return Suspicion(
        name, "octets of a refused chunk", summary: "the octets of a refused chunk are answered as commands", clause: "RFC 3030 §2",
        severity: .high, expected: "one reply to BDAT and all its octets", observed: "\(turn.reply.shown), and \(reply.shown)"
      ).ruled(Breach(3030, "2", "2-6", "silence", at: .behind))
    }
    let isOverlong = connection.turns.contains { $0.unit.isOverlong }
    let word = isOverlong ? "an overlong line" : connection.hasOddInput ? "a bare CR or LF" : unit?.word ?? "nothing"
    return Suspicion(
      name, "after \(word)", summary: "one reply too many, after \(word)", clause: "RFC 5321 §4.2",
      severity: connection.hasOddInput ? .low : .medium, expected: "one reply to each command", observed: reply.shown
    ).ruled(Breach(5321, "4.2", "4.2-1", "silence", at: .behind))
  }
}
