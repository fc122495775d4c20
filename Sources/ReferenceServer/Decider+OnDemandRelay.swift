import Dialogue
import Wire

extension Decider {
  // MARK: ATRN, RFC 2645 §5.2.1

  /// Answers a request for the mail of some domains, or of all that are the customer's; the connection is turned round where some is waiting.
  func turn(_ domains: [Domain]) -> Decision {
    guard configuration.offers(.onDemandRelay) else { return stay(notImplemented(.atrn)) }
    guard state.dialogue.hello == .ehlo else { return stay(Answer(503, .init(5, 1), "Send EHLO before ATRN")) }
    guard state.dialogue.isAuthenticated else { return stay(Answer(530, .init(7, 0), "Authentication required")) }
    let names = domains.map { String(decoding: $0.octets, as: UTF8.self).lowercased() }
    guard names.allSatisfy({ configuration.queues[$0] != nil }) else {
      return stay(Answer(450, .init(7, 1), "ATRN request refused: not all of these domains are yours"))
    }
    let messages = (names.isEmpty ? configuration.queues.keys.sorted() : names).flatMap { configuration.queues[$0] ?? [] }
    guard !messages.isEmpty else { return stay(Answer(453, .init(0, 0), "You have no mail")) }
    var decision = stay(Answer(250, .init(0, 0), "OK now reversing the connection"))
    decision.effect = .reverse(messages)
    return decision
  }
}
