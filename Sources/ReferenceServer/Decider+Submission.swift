import Dialogue
import Wire

/// Message submission, RFC 6409.
extension Decider {
  /// What MAIL draws from a client that has not said who it is (§4.3); `nil` where it has, or need not.
  var authenticationRequired: Answer? {
    guard configuration.service == .submission, !state.dialogue.isAuthenticated else { return nil }
    return Answer(530, .init(7, 0), "Authentication required")
  }
}
