/// What a client's message has in it, or lacks, that the mechanism did not ask for.
package enum SASLDeviation: String, Sendable, CaseIterable {
  // Any message.

  /// A character that is not base64 behind the message's.
  case notBase64 = "not-base64"

  // The names that it has.

  /// Of a user who does not exist.
  case unknownName = "unknown-name"
  /// No letter at all.
  case emptyName = "empty-name"
  /// With a soft hyphen in front, which SASLprep takes away.
  case unpreparedName = "unprepared-name"
  /// With a control character behind, which SASLprep refuses.
  case prohibitedName = "prohibited-name"
  /// With an equals sign that begins no escape (RFC 5802 §5.1).
  case badEscape = "bad-escape"
  /// Without the attribute.
  case noName = "no-name"
  /// The user's own name as authorization identity.
  case ownIdentity = "own-identity"
  /// Somebody else's.
  case otherIdentity = "other-identity"

  // SCRAM's first message.

  /// `y`: the client could bind to the channel, and believes that the server cannot (RFC 5802 §6).
  case bindingNotOffered = "binding-not-offered"
  /// `p=tls-unique`.
  case bindingWanted = "binding-wanted"
  /// `p=` and a type that does not exist.
  case bindingUnknown = "binding-unknown"
  /// A flag that does not exist.
  case unknownFlag = "unknown-flag"
  /// The attribute `m`.
  case mandatoryExtension = "mandatory-extension"
  /// An attribute that does not exist.
  case optionalExtension = "optional-extension"
  /// Without the client's nonce.
  case noNonce = "no-nonce"

  // SCRAM's second message.

  /// The server's nonce with a character more.
  case wrongNonce = "wrong-nonce"
  /// The client's nonce alone.
  case ownNonce = "own-nonce"
  /// Another header than that of the first message.
  case wrongBinding = "wrong-binding"
  /// Without the attribute `c`.
  case noBinding = "no-binding"
  /// As many zero octets as a proof has.
  case zeroProof = "zero-proof"

  // The proof.

  /// Of another password.
  case wrongPassword = "wrong-password"
  /// With one bit changed.
  case wrongProof = "wrong-proof"
  /// Without its last octet.
  case shortProof = "short-proof"
  /// None.
  case noProof = "no-proof"
  /// In capital letters (CRAM-MD5).
  case upperCaseProof = "upper-case-proof"
  /// The password as it is (CRAM-MD5).
  case plainPassword = "plain-password"
  /// The digest of another challenge (CRAM-MD5).
  case otherChallenge = "other-challenge"
}
