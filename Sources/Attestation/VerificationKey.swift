import COpenSSL

/// A public key that checks the signatures of statements.
package struct VerificationKey: Sendable {
  private let key: KeyPair

  init(_ key: KeyPair) {
    self.key = key
  }

  /// Reads a PEM file.
  ///
  /// - Parameter path: Its path.
  /// - Throws: ``KeyError``.
  package init(path: String) throws(KeyError) {
    try self.init(pem: try KeyFile.read(path, isSecret: false))
  }

  /// Reads PEM text.
  ///
  /// - Parameter octets: A public key, as `openssl pkey -pubout` writes it.
  /// - Throws: ``KeyError``.
  package init(pem octets: [UInt8]) throws(KeyError) {
    guard !KeyFile.contains("PRIVATE KEY-----", octets) else {
      throw .wrongHalf(expected: "checking takes the public one, 'openssl pkey -in KEY -pubout' writes it")
    }
    let pointer = KeyFile.withMemory(of: octets) { PEM_read_bio_PUBKEY($0, nil, nil, nil) }
    guard let pointer else { throw .notPEM(expected: "public key") }
    key = try KeyPair(owning: pointer)
  }

  /// `Ed25519` or `ECDSA P-256`.
  package var kind: String { key.kind.rawValue }

  /// The key's name: the SHA-256 of its SubjectPublicKeyInfo, in hexadecimal digits.
  package var id: String {
    var encoded: UnsafeMutablePointer<UInt8>?
    let count = i2d_PUBKEY(key.pointer, &encoded)
    defer { copenssl_free(encoded) }
    guard count > 0, let encoded else { return "" }
    let digest = RunningDigest()
    digest.add(UnsafeRawBufferPointer(start: encoded, count: Int(count)))
    return digest.hexadecimal() ?? ""
  }

  /// The public key as PEM text.
  package var pem: String {
    KeyFile.written { PEM_write_bio_PUBKEY($0, key.pointer) }
  }

  /// Whether the signature is this key's, of these octets.
  package func accepts(_ signature: [UInt8], of octets: [UInt8]) -> Bool {
    guard let context = EVP_MD_CTX_new() else { return false }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard EVP_DigestVerifyInit(context, nil, key.kind.digest, nil, key.pointer) == 1 else { return false }
    return EVP_DigestVerify(context, signature, signature.count, octets, octets.count) == 1
  }
}
