package import Wire

/// The reply codes that an exchange may draw in one state.
///
/// - SeeAlso: RFC 5321 §4.3.2.
package struct PermittedCodes: Sendable, Hashable {
  /// How a code that came fits what may come.
  package enum Fit: Sendable, Hashable, CaseIterable {
    /// One of the codes listed for this exchange.
    case usual
    /// Not listed, but the text leaves room for it.
    case tolerated
    /// Not listed; its first digit is one that the exchange can draw, so a client can act on it.
    case unlisted
    /// A code whose first digit promises what this exchange cannot give in this state, or that is no code at all.
    case wrong
  }

  /// The codes listed for the exchange, those of every command (421, 500, 501) among them.
  package let usual: ReplyCodeSet
  /// Codes that the text leaves room for.
  package let tolerated: ReplyCodeSet
  /// The first digits that a client can make sense of here.
  package let severities: [UInt16]

  init(_ usual: ReplyCodeSet, tolerated: ReplyCodeSet = [], severities: [UInt16]) {
    self.usual = usual
    self.tolerated = tolerated
    self.severities = severities
  }

  /// Says how a code fits.
  package func fit(of code: ReplyCode) -> Fit {
    if usual.contains(code.value) { return .usual }
    if tolerated.contains(code.value) { return .tolerated }
    return severities.contains(code.value / 100) && code.value / 10 % 10 <= 5 ? .unlisted : .wrong
  }
}
