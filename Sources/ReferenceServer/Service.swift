/// What a server is for, which decides how a session begins and what it takes.
package enum Service: String, Sendable, CaseIterable {
  /// Takes mail for its domains from anyone (RFC 5321).
  case mx
  /// Takes mail from its users, once they have authenticated (RFC 6409).
  case submission
  /// Local delivery: LHLO, and a reply for every recipient (RFC 2033).
  case lmtp
  /// Hands over mail to the customer who connects and asks for it (RFC 2645).
  case odmr
}
