/// The first octet at which a trace field stops fitting the grammar of RFC 5321 §4.4.
package struct TraceSyntaxError: Error, Sendable, Hashable {
  /// What was expected there.
  package enum Kind: Sendable, Hashable {
    /// A field of this name.
    case fieldName
    /// White space.
    case whiteSpace
    /// The end of a comment.
    case comment
    /// `FROM` and a domain.
    case fromClause
    /// `BY` and a domain.
    case byClause
    /// The TCP information that has to follow an address literal.
    case tcpInfo
    /// An address, domain, path or literal.
    case address(AddressSyntaxError.Kind)
    /// A clause's value.
    case clauseValue
    /// Another clause: VIA, WITH, ID and FOR come in this order, once each.
    case clauseOrder
    /// A clause's name or the semicolon before the date.
    case semicolon
    /// A date and time.
    case date(DateTime.Part)
    /// The end.
    case trailingOctets
  }

  /// What is wrong.
  package let kind: Kind
  /// Where it stands, in octets from the front of the field's unfolded value.
  package let offset: Int

  /// Names what is wrong and where.
  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
