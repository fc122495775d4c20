/// What a handshake agreed on and what the peer showed.
package struct TLSFacts: Sendable, Equatable {
  /// As OpenSSL writes it: `TLSv1.3`.
  package let version: String
  /// The cipher suite's name by the IANA registry.
  package let cipher: String
  /// The group of the key exchange; `nil` for RSA key transport.
  package let group: String?
  /// The server name that the client sent, RFC 6066 §3.
  package let serverName: String?
  /// The peer's certificates, its own first.
  package let chain: [CertificateFacts]
  /// The result of the chain's check in OpenSSL's words, `ok` where there was nothing against it.
  package let verifyResult: String
  /// Whether the chain leads to somebody who is trusted and bears the name that was asked for.
  package let verified: Bool
  /// Whether the peer's certificate bears the name; `nil` where no name was asked for.
  package let nameMatches: Bool?
  /// Octets that had come in clear before the handshake began.
  ///
  /// They never count as come under TLS.
  package let clearOctetsBefore: [UInt8]
  /// What a peer answered in clear to octets sent in the same write as the ClientHello.
  package let clearOctetsAnswered: [UInt8]
}

/// What a certificate says.
package struct CertificateFacts: Sendable, Equatable {
  /// As RFC 2253 writes a name.
  package let subject: String
  /// Who signed it, in the same form.
  package let issuer: String
  /// In hexadecimal.
  package let serial: String
  /// When it begins to be valid, as `2026-05-01T00:00:00Z`.
  package let notBefore: String
  /// When it ends to be valid, in the same form.
  package let notAfter: String
  /// The DNS names and addresses it bears.
  package let names: [String]
  /// The kind of key by its object's short name: `id-ecPublicKey`.
  package let keyKind: String
  /// The size of the key in bits.
  package let keyBits: Int
  /// What it was signed with: `ecdsa-with-SHA256`.
  package let signatureAlgorithm: String
  /// SHA-256 over the certificate, in hexadecimal.
  package let fingerprint: String
}
