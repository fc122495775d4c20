import Wire

/// What a client presents to prove who it is.
package struct PresentedCredentials: Sendable, Equatable {
  /// Whom to act as; empty for the one whose password it is.
  package var authorizationIdentity: [UInt8]
  /// Whose password it is.
  package var authenticationIdentity: [UInt8]
  /// The password.
  package var password: [UInt8]

  /// Credentials of these parts.
  package init(authorizationIdentity: [UInt8] = [], authenticationIdentity: [UInt8], password: [UInt8]) {
    self.authorizationIdentity = authorizationIdentity
    self.authenticationIdentity = authenticationIdentity
    self.password = password
  }

  /// `message = [authzid] UTF8NUL authcid UTF8NUL passwd`, RFC 4616 §2; `nil` for anything else.
  package init?(plainMessage: [UInt8]) {
    let parts = plainMessage.split(separator: .nul, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count == 3 else { return nil }
    self.init(authorizationIdentity: parts[0], authenticationIdentity: parts[1], password: parts[2])
  }

  /// Whether they are those of one of the users, who acts as nobody else.
  ///
  /// All strings are prepared before they are compared; one that cannot be, or is empty then, proves nothing (RFC 4616 §2).
  func prove(_ passwords: [String: String]) -> Bool {
    guard let name = SASLprep.prepare(authenticationIdentity), let password = SASLprep.prepare(password),
      let expected = passwords[name].flatMap({ SASLprep.prepare(Array($0.utf8)) })
    else { return false }
    let identity = authorizationIdentity.isEmpty ? name : SASLprep.prepare(authorizationIdentity)
    return identity == name && Array(password.utf8) == Array(expected.utf8)
  }
}
