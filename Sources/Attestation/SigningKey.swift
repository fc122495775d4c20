import COpenSSL

/// A private key that signs statements: Ed25519, or ECDSA with P-256 and SHA-256.
package struct SigningKey: Sendable {
  private let key: KeyPair

  /// Reads a PEM file that nobody else may read or change.
  ///
  /// - Parameters:
  ///   - path: Its path; a pipe is read as well.
  ///   - passphrase: What opens it, where it is encrypted.
  /// - Throws: ``KeyError``; nothing of the key is in it.
  package init(path: String, passphrase: String? = nil) throws(KeyError) {
    var octets = try KeyFile.read(path, isSecret: true)
    defer { octets.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
    try self.init(pem: octets, passphrase: passphrase)
  }

  /// Reads PEM text.
  ///
  /// - Parameters:
  ///   - octets: A private key in the form of PKCS #8, or the older one of EC keys.
  ///   - passphrase: What opens it, where it is encrypted.
  /// - Throws: ``KeyError``; nothing of the key is in it.
  package init(pem octets: [UInt8], passphrase: String? = nil) throws(KeyError) {
    let isEncrypted = KeyFile.contains("ENCRYPTED", octets)
    guard KeyFile.contains("PRIVATE KEY-----", octets) else {
      if KeyFile.contains("-----BEGIN PUBLIC KEY-----", octets) { throw .wrongHalf(expected: "signing takes the private one") }
      throw .notPEM(expected: "private key")
    }
    guard !isEncrypted || passphrase != nil else { throw .encrypted }
    guard let pointer = KeyFile.withMemory(of: octets, { Self.read($0, passphrase: passphrase ?? "") }) else {
      throw isEncrypted ? .wrongPassphrase : .notPEM(expected: "private key")
    }
    key = try KeyPair(owning: pointer)
  }

  /// The public half.
  package var verificationKey: VerificationKey { VerificationKey(key) }

  /// Signs some octets.
  ///
  /// - Parameter octets: What is signed: the encoding of ``Envelope/encoding(of:type:)``, never a bare payload.
  /// - Returns: The signature: 64 octets for Ed25519, a DER sequence for ECDSA; `nil` where OpenSSL cannot.
  package func signature(of octets: [UInt8]) -> [UInt8]? {
    guard let context = EVP_MD_CTX_new() else { return nil }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard EVP_DigestSignInit(context, nil, key.kind.digest, nil, key.pointer) == 1 else { return nil }
    var count = 0
    guard EVP_DigestSign(context, nil, &count, octets, octets.count) == 1 else { return nil }
    var signature = [UInt8](repeating: 0, count: count)
    guard EVP_DigestSign(context, &signature, &count, octets, octets.count) == 1 else { return nil }
    return Array(signature.prefix(count))
  }

  private static func read(_ memory: OpaquePointer, passphrase: String) -> OpaquePointer? {
    // With a text in its place, OpenSSL asks nobody.
    passphrase.withCString { PEM_read_bio_PrivateKey(memory, nil, nil, UnsafeMutableRawPointer(mutating: $0)) }
  }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
  /// What it is, and nothing of its secret.
  package var description: String { "a private key (\(key.kind.rawValue))" }
  /// Nothing of its secret.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
