import Dialogue
import Wire

extension Turn {
  /// Whether nobody can know where the transaction stands behind it.
  ///
  /// After a refused chunk nobody can know what is left of the transaction, until RSET (RFC 3030 §2); nor where the server takes something
  /// for a command that is none, or what the state has no room for.
  var isIndeterminateAfter: Bool {
    switch unit.exchange {
    case .chunk where reply.code.severity >= 4: true
    case .command(.bdat): true
    case .unrecognized where reply.code.severity < 4: true
    case _ where promisesTooMuch: true
    case .command(.rset), .command(.mail): isIndeterminate && reply.code.severity != 2
    default: isIndeterminate
    }
  }
}

extension Unit {
  /// Whether a reply of this code promises what the state does not have (RFC 5321 §4.1.4).
  func isPromisedTooMuch(by code: ReplyCode, in state: SessionState) -> Bool {
    // What is no success of this exchange is another oracle's; 221 without QUIT takes leave, and promises nothing.
    guard code.severity < 4, code != 221, code.severity == (exchange == .command(.data) ? 3 : 2) || exchange == .command(.auth) else {
      return false
    }
    // A line with a bare CR or LF may have been several.
    guard !hasBareLineEnd else { return false }
    switch self {
    case .line(_, .command(.auth)): return state.isAuthenticated || state.transaction != .none
    case .line(_, .command(.vrfy)), .line(_, .command(.expn)), .line(_, .unrecognized), .connection, .authenticationResponse: return false
    default: return exchange.permitted(in: state).fit(of: code) == .wrong && code.isWellFormed
    }
  }
}
