import Dialogue
import Wire

extension Decider {
  // MARK: ETRN, RFC 1985 §5

  /// Answers a request for the queue of a node, of a domain with all below it (`@`), or of a name of our own (`#`).
  ///
  /// Nothing is ever waiting here for the nodes that may ask: mail for them is in their mailboxes already, so 251 is what is true.
  func startQueue(_ option: UInt8?, _ name: [UInt8]) -> Decision {
    guard configuration.offers(.remoteQueue) else { return stay(notImplemented(.etrn)) }
    guard state.dialogue.hello == .ehlo else { return stay(Answer(503, .init(5, 1), "Send EHLO before ETRN")) }
    guard state.dialogue.transaction == .none else { return stay(Answer(503, .init(5, 1), "A mail transaction is in progress")) }
    func answer(_ code: Int, _ status: Answer.Status, _ head: String, _ tail: String = "") -> Decision {
      stay(Answer(code, status, octets: [Array(head.utf8) + name + Array(tail.utf8)]))
    }
    if option == UInt8(ascii: "#") { return answer(459, .init(7, 1), "Queue ", " not allowed: there is no such queue") }
    // The name is a fully qualified one: it has two labels at least.
    guard name.contains(UInt8(ascii: ".")) || option != nil else {
      return stay(Answer(501, .init(5, 4), "The node is no fully qualified domain name"))
    }
    guard configuration.domains.contains(where: { name.matchesIgnoringCase($0.utf8) }) else {
      return answer(459, .init(7, 1), "Node ", " not allowed: no mail is kept for it here")
    }
    return answer(251, .init(0, 0), "OK, no messages waiting for node ")
  }
}
