/// When replies leave: at once, or together with those of the commands that have come behind them.
///
/// - SeeAlso: RFC 2920 §3.2.
package enum Outbox {
  /// A reply on its way out.
  package struct Reply: Sendable {
    /// What goes over the wire.
    package var octets: [UInt8]
    /// Its code; 0 where nothing is said.
    package var code: Int
    /// Whether it answers RSET, MAIL or RCPT, which may wait for others of their group.
    package var mayWait: Bool
    /// Whether the verb of what it answers is not known.
    package var isUnrecognized: Bool
    /// Whether more input has come already.
    package var hasMoreInput: Bool
  }

  /// The moment at which replies may leave.
  package enum Moment: Sendable {
    /// A reply was added.
    case replied
    /// All input that has come is dealt with.
    case inputRanOut
    /// The connection is about to close, or TLS to begin.
    case ending
  }

  /// The conforming rule: a reply that may wait does so while there is more input, and takes those before it along when it goes.
  package static func release(_ replies: inout [Reply], at moment: Moment) -> [UInt8] {
    if moment == .replied, let last = replies.last, last.mayWait, last.hasMoreInput { return [] }
    defer { replies = [] }
    return replies.flatMap(\.octets)
  }
}
