import Dialogue
import Wire

extension Defect {
  /// Faults of OAUTHBEARER, RFC 7628.
  static let bearerDefects: [Defect] = [
    .presenting("refuses-good-token", "RFC 7628 §3.2", "A good token draws 535.") { decision, _, context in
      if decision.code == 235 { decision.failAuthentication(in: context) }
    },
    .presenting("refuses-unknown-keys", "RFC 7628 §3.1", "A key that is not known draws 535.") { decision, message, context in
      let keys = BearerResponse(message)?.values.keys.filter { !["auth", "host", "port"].contains($0) } ?? []
      if !keys.isEmpty { decision.failAuthentication(in: context) }
    },
    .presenting("takes-response-without-auth", "RFC 7628 §3.1", "A response without the key auth succeeds.") { decision, message, context in
      if let response = BearerResponse(message), response.token == nil { decision.succeed(in: context) }
    },
    .presenting("takes-any-bearer-message", "RFC 7628 §3.1", "A message that does not fit the grammar succeeds.") {
      decision, message, context in
      if BearerResponse(message) == nil { decision.succeed(in: context) }
    },
    .presenting("hangs-up-on-malformed-bearer", "RFC 5321 §4.2", "A message that does not fit the grammar closes the connection.") {
      decision, message, _ in
      if BearerResponse(message) == nil { decision.hangUp() }
    },
    .presenting("takes-token-for-anybody", "RFC 4422 §3.6", "Whoever has a token may act as anybody.") { decision, message, context in
      guard var response = BearerResponse(message), decision.code == 334 else { return }
      response.identity = []
      if response.user(context.configuration) != nil { decision.succeed(in: context) }
    },
    .presenting("hangs-up-on-other-host", "RFC 5321 §4.2", "A host that is not the server's closes the connection without a reply.") {
      decision, message, context in
      if let host = BearerResponse(message)?.values["host"], host != Array(context.configuration.hostName.utf8) { decision.hangUp() }
    },
    .presenting("accepts-every-token", "RFC 7628 §3.2", "Any token authenticates the user.") { decision, _, context in
      if decision.code == 334 { decision.succeed(in: context) }
    },
    .presenting("failure-without-status", "RFC 7628 §3.2.2", "The object that tells of a failure has no status.") { decision, _, _ in
      if decision.code == 334 { decision.pose(lastWord: #"{"scope":"mail"}"#) }
    },
    .presenting("fails-without-telling", "RFC 7628 §3.2.2", "A token that is nobody's draws 535 at once.") { decision, _, context in
      if decision.code == 334 { decision.failAuthentication(in: context) }
    },
    .presenting("list-of-scopes", "RFC 7628 §3.2.2", "The scope is a list.") { decision, _, _ in
      if decision.code == 334 { decision.pose(lastWord: #"{"status":"invalid_token","scope":"mail profile"}"#) }
    },
    .deciding("failure-ends-well", "RFC 7628 §3.2.3", "After the client's answer to a failure, the exchange succeeds.") {
      decision, context in
      if context.before.authentication == .oauthFailed, decision.code == 535 { decision.succeed(in: context) }
    },
    .presenting("bearer-in-one-letter-case", "RFC 7628 §4", "Bearer and OAUTHBEARER are known in one letter case alone.") {
      decision, message, context in
      let isKnown = message.replacing(Array("auth=Bearer ".utf8), with: []) != message
      let isNamed = context.line.replacing(Array("OAUTHBEARER".utf8), with: []) != context.line
      if !isKnown || !isNamed { decision.failAuthentication(in: context) }
    },
    .deciding("bearer-in-clear", "RFC 7628 §3", "OAUTHBEARER is to be had without TLS.") { decision, context in
      guard !context.before.dialogue.isEncrypted else { return }
      decision.changeKeywords { keywords in
        keywords = keywords.map { $0.hasPrefix("AUTH ") ? "\($0) OAUTHBEARER" : $0 }
      }
      if case .auth("OAUTHBEARER", _) = context.command, decision.code == 504 { decision.pose(.oauthBearer) }
    },
  ]

  /// A defect in what the first message draws.
  private static func presenting(
    _ name: String, _ source: String, _ summary: String,
    _ change: @escaping @Sendable (inout Decision, _ message: [UInt8], DecisionContext) -> Void
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      if let message = context.firstMessage(.oauthBearer, .oauthBearer), decision.code == 235 || decision.code == 334 {
        change(&decision, message, context)
      }
    }
  }
}
