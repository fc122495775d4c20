import Wire

/// What the client tells whoever started it, against what the server said: mail is lost, sent twice, or given up although it was taken.
///
/// It is asked only where client and server counted alike: where every reply was one whole well-formed one.
enum OutcomeOracle: ClientOracle {
  static let name = "outcome"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    guard case .status(let status)? = trace.ending, !trace.connections.isEmpty else { return [] }
    let messages = trace.connections.flatMap { connection in
      connection.said.compactMap { said -> (isWhole: Bool, code: Int?, isInStep: Bool)? in
        // A dot alone is no message: it ends what DATA began although everything before was refused (RFC 2920 §3.1).
        guard case .mailData(let isWhole) = said.kind, !said.octets.elementsEqual(DotStuffing.end) else { return nil }
        return (isWhole, said.code, UnaskedDataOracle.isInStep(connection))
      }
    }
    let taken = messages.filter { $0.isWhole && $0.isInStep && ($0.code ?? 0) / 100 == 2 }
    if taken.count > 1 {
      return [
        suspicion(
          "twice", "a message that the server has taken is sent again", .medium, "one transaction, once it drew 2yz",
          "\(taken.count) transactions, each answered 2yz")
      ]
    }
    if status == 0 { return lost(messages, trace) }
    // A message in whose dialogue something else went wrong afterwards was taken all the same.
    guard taken.count == 1, trace.connections.count == 1, let connection = trace.connections.first else { return [] }
    // Who has recipients of whom one is refused has to tell of that.
    guard connection.said.allSatisfy({ $0.verb != .rcpt || ($0.code ?? 0) / 100 == 2 }) else { return [] }
    let after = connection.said.drop { if case .mailData = $0.kind { false } else { true } }.dropFirst()
    // No server says 259; that a client reads the first digit alone is demanded all the same (§4.2).
    let isUsual = taken[0].code == 250
    let isPlain = isUsual && after.allSatisfy { $0.verb == .quit && $0.code == 221 }
    return [
      suspicion(
        isPlain ? "given up" : isUsual ? "given up after QUIT" : "given up, 2yz",
        "the client reports failure for a message that the server has taken\(isUsual ? "" : " with an unusual 2yz")",
        isPlain ? .medium : .low, "exit status 0: from the 2yz on the message is the server's",
        "exit status \(status) after \(taken[0].code ?? 0)")
    ]
  }

  private static func lost(_ messages: [(isWhole: Bool, code: Int?, isInStep: Bool)], _ trace: ClientTrace) -> [Suspicion] {
    guard trace.script.arguments.isEmpty else { return [] }
    if !messages.contains(where: { $0.isWhole }) {
      // Another 3yz than 354 is a go-ahead by its first digit, and one reply too many answers what comes next: the message went out.
      let word = Array(trace.canaries.message.utf8)
      let isSent = trace.connections.contains { connection in
        Recurrence.contains(word, in: connection.rest) || connection.said.contains { Recurrence.contains(word, in: $0.octets) }
      }
      guard !isSent else { return [] }
      return [
        suspicion("lost", "the client reports success, and no message was sent", .high, "an exit status other than 0", "exit status 0")
      ]
    }
    guard messages.allSatisfy({ $0.isInStep && ($0.code ?? 200) / 100 >= 4 }) else { return [] }
    return [
      suspicion(
        "lost against the reply", "the client reports success for a message that the server refused", .high, "an exit status other than 0",
        "exit status 0 after \(messages.compactMap(\.code).map(String.init).joined(separator: ", "))")
    ]
  }

  private static func suspicion(
    _ key: String, _ summary: String, _ severity: Finding.Severity, _ expected: String, _ observed: String
  ) -> Suspicion {
    Suspicion(
      name, key, summary: summary, clause: "RFC 5321 §4.2 and §4.2.5", severity: severity, expected: expected, observed: observed)
  }
}
