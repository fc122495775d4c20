import COpenSSL

/// A certificate, the chain above it, and its key.
package struct TLSIdentity: Sendable {
  let material: Material
  let context: TLSContext

  /// Reads PEM files; the chain may follow the certificate.
  ///
  /// - Throws: ``TLSError/unusableIdentity(_:)``: a file that cannot be read, or a key that does not belong to the certificate.
  package init(certificateFile: String, keyFile: String) throws(TransportError) {
    do throws(TLSError) {
      let certificates = try PEM.certificates(in: certificateFile)
      let key = try PEM.privateKey(in: keyFile)
      try self.init(Material(certificates: certificates, key: key))
    } catch {
      throw .tls(error)
    }
  }

  /// Makes a key (EC P-256) and a certificate that signs itself, in memory.
  ///
  /// - Parameters:
  ///   - name: The common name and the first of the names the certificate bears: a DNS name or an address.
  ///   - alternatives: More names or addresses.
  ///   - validFrom: When it begins to be valid, counted from now.
  ///   - validUntil: When it ends to be valid, counted from now.
  /// - Returns: The identity.
  /// - Throws: ``TransportError/tls(_:)`` where OpenSSL cannot make it.
  package static func selfSigned(
    name: String, alternatives: [String] = [], validFrom: Duration = .seconds(-3600), validUntil: Duration = .seconds(30 * 86_400)
  ) throws(TransportError) -> TLSIdentity {
    do throws(TLSError) {
      let material = try SelfSigned.make(
        names: [name] + alternatives, from: validFrom.components.seconds, until: validUntil.components.seconds
      )
      return try TLSIdentity(material)
    } catch {
      throw .tls(error)
    }
  }

  private init(_ material: Material) throws(TLSError) {
    self.material = material
    context = try TLSContext(serving: material)
  }

  /// The certificate and the chain above it, as PEM.
  package var certificatePEM: String { material.certificates.map { PEM.text { PEM_write_bio_X509($0, $1) }($0.pointer) }.joined() }

  /// SHA-256 over the certificate, in hexadecimal.
  package var fingerprint: String { material.certificates.first.map { CertificateFacts($0.pointer).fingerprint } ?? "" }

  /// The private key, as PEM without encryption; for a caller that must write it to a file of its own.
  package var keyPEM: String { PEM.text { PEM_write_bio_PrivateKey($0, $1, nil, nil, 0, nil, nil) }(material.key.pointer) }

  /// The OpenSSL objects of an identity.
  // Sendable by hand: nothing is changed after `init`, and OpenSSL counts references with atomics.
  final class Material: @unchecked Sendable {
    let certificates: [Certificate]
    let key: PrivateKey

    init(certificates: [Certificate], key: PrivateKey) {
      self.certificates = certificates
      self.key = key
    }

    /// Makes a server's sessions present it.
    func use(in context: OpaquePointer) -> Bool {
      guard let leaf = certificates.first, SSL_CTX_use_certificate(context, leaf.pointer) == 1,
        SSL_CTX_use_PrivateKey(context, key.pointer) == 1, SSL_CTX_check_private_key(context) == 1
      else { return false }
      return certificates.dropFirst().allSatisfy { copenssl_add_chain(context, $0.pointer) == 1 }
    }

    /// Makes one client session present it.
    func use(in session: borrowing TLSEngine) -> Bool {
      guard let leaf = certificates.first, SSL_use_certificate(session.ssl, leaf.pointer) == 1 else { return false }
      return SSL_use_PrivateKey(session.ssl, key.pointer) == 1
    }
  }

  /// Owns an X509.
  // Sendable by hand: see Material.
  final class Certificate: @unchecked Sendable {
    let pointer: OpaquePointer
    init(owning pointer: OpaquePointer) { self.pointer = pointer }
    deinit { X509_free(pointer) }
  }

  /// Owns an EVP_PKEY.
  // Sendable by hand: see Material.
  final class PrivateKey: @unchecked Sendable {
    let pointer: OpaquePointer
    init(owning pointer: OpaquePointer) { self.pointer = pointer }
    deinit { EVP_PKEY_free(pointer) }
  }
}

/// PEM files and texts.
enum PEM {
  static func certificates(in path: String) throws(TLSError) -> [TLSIdentity.Certificate] {
    guard let file = BIO_new_file(path, "r") else { throw .unusableIdentity("\(path): \(TLSEngine.lastReason())") }
    defer { BIO_free(file) }
    var certificates: [TLSIdentity.Certificate] = []
    while certificates.count < 32, let pointer = PEM_read_bio_X509(file, nil, refusePassphrase, nil) {
      certificates.append(TLSIdentity.Certificate(owning: pointer))
    }
    ERR_clear_error()
    guard !certificates.isEmpty else { throw .unusableIdentity("\(path) holds no certificate") }
    return certificates
  }

  static func privateKey(in path: String) throws(TLSError) -> TLSIdentity.PrivateKey {
    guard let file = BIO_new_file(path, "r") else { throw .unusableIdentity("\(path): \(TLSEngine.lastReason())") }
    defer { BIO_free(file) }
    guard let pointer = PEM_read_bio_PrivateKey(file, nil, refusePassphrase, nil) else {
      ERR_clear_error()
      throw .unusableIdentity("\(path) holds no private key, or one under a passphrase")
    }
    return TLSIdentity.PrivateKey(owning: pointer)
  }

  /// What a function of OpenSSL's writes into a BIO.
  static func text<Object>(_ write: @escaping (OpaquePointer, Object) -> Int32) -> (Object) -> String {
    { object in
      guard let memory = BIO_new(BIO_s_mem()) else { return "" }
      defer { BIO_free(memory) }
      guard write(memory, object) > 0 else { return "" }
      let count = BIO_ctrl_pending(memory)
      let octets = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        filled = max(0, Int(BIO_read(memory, buffer.baseAddress, Int32(clamping: count))))
      }
      return String(decoding: octets, as: UTF8.self)
    }
  }

  /// OpenSSL would else ask at the terminal.
  private static let refusePassphrase: @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 =
    { _, _, _, _ in -1 }
}
