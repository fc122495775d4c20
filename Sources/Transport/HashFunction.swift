import COpenSSL

/// A hash function, and what authentication builds on it.
package enum HashFunction: Sendable, Hashable, CaseIterable {
  /// RFC 1321.
  case md5
  /// RFC 3174.
  case sha1
  /// RFC 6234.
  case sha256

  /// The length of a hash in octets.
  package var lengthInOctets: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }

  /// The hash of octets.
  ///
  /// - Returns: `nil` where this OpenSSL does without the function, as a FIPS build does without MD5.
  package func hash(_ octets: [UInt8]) -> [UInt8]? {
    var hash = [UInt8](repeating: 0, count: lengthInOctets)
    var length: UInt32 = 0
    guard EVP_Digest(octets, octets.count, &hash, &length, function, nil) == 1, length == hash.count else {
      ERR_clear_error()
      return nil
    }
    return hash
  }

  /// The HMAC of octets, RFC 2104.
  ///
  /// - Returns: `nil` as ``hash(_:)`` does.
  package func authenticate(_ octets: [UInt8], key: [UInt8]) -> [UInt8]? {
    var code = [UInt8](repeating: 0, count: lengthInOctets)
    var length: UInt32 = 0
    // OpenSSL takes a key that is no pointer for one that was set before, and an empty array has none: hence the octet behind it.
    guard HMAC(function, key + [0], Int32(clamping: key.count), octets, octets.count, &code, &length) != nil, length == code.count else {
      ERR_clear_error()
      return nil
    }
    return code
  }

  /// A key as long as the hash, by PBKDF2 with HMAC, RFC 8018 §5.2.
  ///
  /// - Parameters:
  ///   - password: Any octets.
  ///   - salt: Any octets.
  ///   - iterations: 1 or more; each costs two hashes.
  /// - Returns: `nil` as ``hash(_:)`` does, and for a count that is none.
  package func derive(password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8]? {
    guard iterations > 0, let count = Int32(exactly: iterations), let length = Int32(exactly: password.count) else { return nil }
    var key = [UInt8](repeating: 0, count: lengthInOctets)
    let done = password.withUnsafeBytes { password in
      PKCS5_PBKDF2_HMAC(
        password.baseAddress?.assumingMemoryBound(to: CChar.self), length, salt, Int32(clamping: salt.count), count, function,
        Int32(lengthInOctets), &key)
    }
    guard done == 1 else {
      ERR_clear_error()
      return nil
    }
    return key
  }

  private var function: OpaquePointer? {
    switch self {
    case .md5: EVP_md5()
    case .sha1: EVP_sha1()
    case .sha256: EVP_sha256()
    }
  }
}
