import COpenSSL

/// Certificates that sign themselves.
enum SelfSigned {
  /// A certificate that bears the names, valid between two moments counted in seconds from now.
  static func make(names: [String], from: Int64, until: Int64) throws(TLSError) -> TLSIdentity.Material {
    guard let key = copenssl_new_p256_key() else { throw .unusableIdentity(TLSEngine.lastReason()) }
    let owner = TLSIdentity.PrivateKey(owning: key)
    guard let certificate = X509_new() else { throw .unusableIdentity(TLSEngine.lastReason()) }
    let certificateOwner = TLSIdentity.Certificate(owning: certificate)
    guard
      X509_set_version(certificate, 2) == 1,
      setSerial(of: certificate),
      X509_gmtime_adj(X509_getm_notBefore(certificate), Int(from)) != nil,
      X509_gmtime_adj(X509_getm_notAfter(certificate), Int(until)) != nil,
      X509_set_pubkey(certificate, key) == 1,
      setName(of: certificate, names.first ?? ""),
      addNames(names, to: certificate),
      addConstraint(to: certificate),
      X509_sign(certificate, key, EVP_sha256()) > 0
    else { throw .unusableIdentity(TLSEngine.lastReason()) }
    return TLSIdentity.Material(certificates: [certificateOwner], key: owner)
  }

  private static func setSerial(of certificate: OpaquePointer) -> Bool {
    var generator = SystemRandomNumberGenerator()
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), generator.next() >> 1 | 1) == 1
  }

  /// The subject, which is the issuer too.
  ///
  /// A common name has 64 characters at most (RFC 5280, appendix A).
  private static func setName(of certificate: OpaquePointer, _ name: String) -> Bool {
    let octets = Array(name.utf8.prefix(64))
    guard let subject = X509_get_subject_name(certificate),
      X509_NAME_add_entry_by_txt(subject, "CN", copenssl_ascii(), octets, Int32(octets.count), -1, 0) == 1
    else { return false }
    return X509_set_issuer_name(certificate, subject) == 1
  }

  private static func addNames(_ names: [String], to certificate: OpaquePointer) -> Bool {
    guard let list = copenssl_names_new() else { return false }
    defer { copenssl_names_free(list) }
    guard names.allSatisfy({ copenssl_names_add(list, $0) == 1 }) else { return false }
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, UnsafeMutableRawPointer(list), 0, 0) == 1
  }

  /// It may be a trust anchor, or else nobody could verify it by a trust file.
  private static func addConstraint(to certificate: OpaquePointer) -> Bool {
    guard let extensionPointer = X509V3_EXT_conf_nid(nil, nil, NID_basic_constraints, "critical,CA:TRUE") else { return false }
    defer { X509_EXTENSION_free(extensionPointer) }
    return X509_add_ext(certificate, extensionPointer, -1) == 1
  }
}
