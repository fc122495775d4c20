import Wire

/// A signed payload: a DSSE envelope, version 1.
///
/// - SeeAlso: The DSSE specification, `envelope.md` and `protocol.md`.
package struct Envelope: Sendable, Equatable {
  /// What the payload is: `application/vnd.in-toto+json` for a statement.
  package let payloadType: String
  /// What is signed.
  package let payload: [UInt8]
  /// The signatures of it.
  package let signatures: [Signature]

  /// A signature and the name of the key that it is said to be of.
  package struct Signature: Sendable, Equatable {
    /// A hint, which nothing vouches for.
    package let keyID: String
    /// The signature itself.
    package let octets: [UInt8]

    /// A signature with the name of a key.
    package init(keyID: String, octets: [UInt8]) {
      self.keyID = keyID
      self.octets = octets
    }
  }

  /// The type of payload that a statement is.
  package static let statementType = "application/vnd.in-toto+json"

  /// An envelope with these parts.
  package init(payloadType: String, payload: [UInt8], signatures: [Signature]) {
    self.payloadType = payloadType
    self.payload = payload
    self.signatures = signatures
  }

  /// Signs a payload; `nil` where OpenSSL cannot.
  ///
  /// - Parameters:
  ///   - payload: What is signed.
  ///   - type: What it is.
  ///   - key: The key that signs.
  package init?(signing payload: [UInt8], type: String = statementType, with key: SigningKey) {
    guard let signature = key.signature(of: Self.encoding(of: payload, type: type)) else { return nil }
    self.init(
      payloadType: type, payload: payload, signatures: [Signature(keyID: key.verificationKey.id, octets: signature)])
  }

  /// Whether one of the signatures is this key's, whatever name stands beside it.
  package func isSigned(by key: VerificationKey) -> Bool {
    let encoding = Self.encoding(of: payload, type: payloadType)
    return signatures.contains { key.accepts($0.octets, of: encoding) }
  }

  /// The octets that are signed, so that no payload can be taken for one of another type: the pre-authentication encoding.
  package static func encoding(of payload: [UInt8], type: String) -> [UInt8] {
    Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
  }
}
