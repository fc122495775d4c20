import Transport
import Wire

extension Defect {
  /// Faults of CRAM-MD5, RFC 2195 §2, and of mechanisms in which the server speaks first.
  static let challengeDefects: [Defect] = [
    .answering("refuses-right-digest", "RFC 2195 §2", "The right digest draws 535.") { decision, _, context in
      if decision.code == 235 { decision.failAuthentication(in: context) }
    },
    .deciding("challenge-without-brackets", "RFC 2195 §2", "The challenge of CRAM-MD5 has no angle brackets.") { decision, _ in
      guard case .cramMD5(let challenge) = decision.next.authentication, decision.code == 334 else { return }
      decision.pose(.cramMD5(challenge: challenge.filter { $0 != .less && $0 != .greater }))
    },
    .configured("same-challenge-again", "RFC 2195 §2", "The challenge of CRAM-MD5 is always the same.") {
      $0.makeNonce = { Array("1896".utf8) }
      $0.clock = ServerClock(now: { 697_170_952 }, offset: { 0 })
    },
    .answering("accepts-every-digest", "RFC 2195 §2", "Any digest authenticates the user.") { decision, _, context in
      if decision.code == 535 { decision.succeed(in: context) }
    },
    .answering("hangs-up-on-digest-in-capitals", "RFC 5321 §4.2", "A digest in capitals closes the connection without a reply.") {
      decision, response, _ in
      let digest = response.suffix(while: { $0 != .space })
      if decision.code == 535, digest.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }) { decision.hangUp() }
    },
    .answering("compares-cram-names-unprepared", "RFC 4954 §4", "CRAM-MD5 compares user names as they come.") {
      decision, response, context in
      if response.starts(with: [0xC2, 0xAD]) { decision.failAuthentication(in: context) }
    },
    .deciding(
      "takes-initial-response-where-server-is-first", "RFC 4954 §4",
      "An initial response to CRAM-MD5 is passed over, and the challenge sent."
    ) { decision, context in
      guard case .auth("CRAM-MD5", .some) = context.command, decision.code == 501 else { return }
      decision = context.redecide(.command(.auth(mechanism: "CRAM-MD5", initialResponse: nil)))
    },
    .deciding(
      "initial-response-with-wrong-enhanced-code", "RFC 4954 §4", "The 501 for an initial response to CRAM-MD5 goes with 5.5.4."
    ) { decision, context in
      if case .auth("CRAM-MD5", .some) = context.command, decision.code == 501 { decision.say(501, .init(5, 4), "Bad argument") }
    },
    .listingAuthentication("lists-lower-case-mechanism", "RFC 4422 §3.1", "A mechanism is listed in small letters.") { $0 + " x-local" },
  ]

  /// A defect in what the response of CRAM-MD5 draws.
  private static func answering(
    _ name: String, _ source: String, _ summary: String,
    _ change: @escaping @Sendable (inout Decision, _ response: [UInt8], DecisionContext) -> Void
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      guard case .cramMD5 = context.before.authentication, let response = context.response.flatMap({ Base64.decode($0) }) else { return }
      change(&decision, response, context)
    }
  }
}

extension Decision {
  /// Sends the challenge of an exchange, which goes on from there.
  mutating func pose(_ exchange: AuthenticationExchange) {
    answers = [Answer(334, nil, octets: [Base64.encode(exchange.challenge)])]
    next.authentication = exchange
  }

  /// Sends a challenge after which the exchange fails, whatever the client says.
  mutating func pose(lastWord challenge: String) {
    answers = [Answer(334, nil, octets: [Base64.encode(Array(challenge.utf8))])]
    next.authentication = .oauthFailed
  }
}

extension DecisionContext {
  /// The message, decoded, of an exchange whose client speaks first: what AUTH brings along, or the line behind an empty challenge.
  func firstMessage(_ mechanism: Mechanism, _ exchange: AuthenticationExchange) -> [UInt8]? {
    if before.authentication == exchange { return response.flatMap { Base64.decode($0) } }
    guard case .auth(mechanism.rawValue, let initial?) = command else { return nil }
    return initial == [.equal] ? [] : Base64.decode(initial)
  }
}

extension [UInt8] {
  /// The longest end whose octets all satisfy a condition.
  func suffix(while condition: (UInt8) -> Bool) -> [UInt8] {
    Array(reversed().prefix(while: condition).reversed())
  }
}
