/// What MAIL declares a message's body to be: the values of its BODY parameter.
///
/// - SeeAlso: RFC 6152 §2, RFC 3030 §3.
package enum BodyType: String, Sendable, Hashable, CaseIterable {
  /// Lines of US-ASCII.
  case sevenBit = "7BIT"
  /// Lines of any octets.
  case eightBit = "8BITMIME"
  /// Any octets, in chunks alone.
  case binary = "BINARYMIME"
}

extension Configuration {
  /// Whether an extension is offered that has this value.
  func offers(_ body: BodyType) -> Bool {
    switch body {
    case .sevenBit, .eightBit: offers(.eightBitMIME)
    case .binary: offers(.binaryMIME)
    }
  }
}
