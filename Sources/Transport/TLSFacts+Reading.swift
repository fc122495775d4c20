import COpenSSL

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension TLSEngine {
  /// What the finished handshake agreed on.
  func facts(
    trust: TLSOptions.Trust, verifyName: String?, isServer: Bool, clearOctetsBefore: [UInt8], clearOctetsAnswered: [UInt8]
  ) -> TLSFacts {
    let leaf = SSL_get1_peer_certificate(ssl)
    defer { X509_free(leaf) }
    // A server's view of the chain leaves out the client's own certificate.
    var chain = isServer ? [leaf].compactMap { $0.map(CertificateFacts.init) } : []
    for index in 0..<copenssl_chain_count(ssl) {
      if let item = copenssl_chain_item(ssl, index) { chain.append(CertificateFacts(item)) }
    }
    let result = SSL_get_verify_result(ssl)
    let nameMatches = verifyName.map { name in leaf.map { Self.bears($0, name) } ?? false }
    let trusted = trust != .none && leaf != nil && result == X509_V_OK
    return TLSFacts(
      version: String(cString: SSL_get_version(ssl)),
      cipher: SSL_get_current_cipher(ssl).flatMap { SSL_CIPHER_standard_name($0) }.map { String(cString: $0) } ?? "none",
      group: copenssl_group_name(ssl).map { String(cString: $0) },
      serverName: SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) },
      chain: chain,
      verifyResult: trust == .none ? "not checked" : String(cString: X509_verify_cert_error_string(result)),
      verified: trusted && nameMatches != false,
      nameMatches: nameMatches,
      clearOctetsBefore: clearOctetsBefore,
      clearOctetsAnswered: clearOctetsAnswered
    )
  }

  /// Whether a certificate bears a DNS name or an address, RFC 6125 §6.
  private static func bears(_ certificate: OpaquePointer, _ name: String) -> Bool {
    if X509_check_ip_asc(certificate, name, 0) == 1 { return true }
    let flags = UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)
    return X509_check_host(certificate, name, name.utf8.count, flags, nil) == 1
  }
}

extension CertificateFacts {
  /// Reads a certificate.
  init(_ certificate: OpaquePointer) {
    subject = Self.text(of: X509_get_subject_name(certificate))
    issuer = Self.text(of: X509_get_issuer_name(certificate))
    serial = Self.serial(of: certificate)
    notBefore = Self.text(ofTime: X509_get0_notBefore(certificate))
    notAfter = Self.text(ofTime: X509_get0_notAfter(certificate))
    names = Self.names(of: certificate)
    let key = X509_get0_pubkey(certificate)
    keyKind = key.map { Self.name(ofIdentifier: EVP_PKEY_get_base_id($0)) } ?? "unreadable"
    keyBits = key.map { Int(EVP_PKEY_get_bits($0)) } ?? 0
    signatureAlgorithm = Self.name(ofIdentifier: X509_get_signature_nid(certificate))
    fingerprint = Self.fingerprint(of: certificate)
  }

  private static func text(of name: OpaquePointer?) -> String {
    guard let name else { return "" }
    return PEM.text { X509_NAME_print_ex($0, $1, 0, copenssl_name_style()) }(name)
  }

  private static func name(ofIdentifier identifier: Int32) -> String {
    OBJ_nid2sn(identifier).map { String(cString: $0) } ?? "unknown"
  }

  private static func serial(of certificate: OpaquePointer) -> String {
    guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nil) else { return "" }
    defer { BN_free(number) }
    guard let text = BN_bn2hex(number) else { return "" }
    defer { copenssl_free(text) }
    return String(cString: text)
  }

  private static func text(ofTime time: UnsafePointer<ASN1_TIME>?) -> String {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return "" }
    let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map(Self.padded).joined(separator: "-")
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Self.padded(Int($0)) }.joined(separator: ":")
    return "\(date)T\(clock)Z"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func names(of certificate: OpaquePointer) -> [String] {
    guard let list = copenssl_names(certificate) else { return [] }
    defer { copenssl_names_free(list) }
    return (0..<copenssl_names_count(list)).compactMap { index in
      var octets: UnsafePointer<UInt8>?
      var length: Int32 = 0
      let kind = copenssl_names_item(list, index, &octets, &length)
      guard kind >= 0, let octets, length >= 0 else { return nil }
      let value = Array(UnsafeBufferPointer(start: octets, count: Int(length)))
      return kind == GEN_DNS ? String(decoding: value, as: UTF8.self) : Self.address(value)
    }
  }

  private static func address(_ octets: [UInt8]) -> String? {
    guard octets.count == 4 || octets.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(octets.count == 4 ? AF_INET : AF_INET6, octets, &text, socklen_t(text.count)) != nil else { return nil }
    return text.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func fingerprint(of certificate: OpaquePointer) -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard X509_digest(certificate, EVP_sha256(), &digest, &count) == 1 else { return "" }
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.prefix(Int(count)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
