import Wire

/// The identity that submitted a message, as the AUTH parameter of MAIL names it.
///
/// - SeeAlso: RFC 4954 §5.
enum Submitter: Sendable, Equatable {
  /// `AUTH=<>`.
  case unknown
  case mailbox(Mailbox)

  /// Reads the parameter's value: xtext of a mailbox, or `<>`; `nil` for anything else.
  init?(_ value: [UInt8]) {
    guard let decoded = XText.decode(value) else { return nil }
    if decoded == [.less, .greater] {
      self = .unknown
    } else if let mailbox = Mailbox(decoded) {
      self = .mailbox(mailbox)
    } else {
      return nil
    }
  }
}
