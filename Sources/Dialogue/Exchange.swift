package import Wire

/// Something that a server answers with exactly one reply.
///
/// - SeeAlso: RFC 5321 §4.2, §4.3.2.
package enum Exchange: Sendable, Hashable {
  /// The connection itself, answered by the greeting.
  case connection
  /// A command whose verb is known, well-formed or not.
  case command(Verb)
  /// A line with no known verb.
  case unrecognized
  /// The end of the mail data.
  case endOfMailData
  /// A BDAT that parses, with its octets (RFC 3030 §2).
  case chunk(isLast: Bool)
}
