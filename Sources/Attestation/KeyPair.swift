import COpenSSL

/// Owns a key of OpenSSL's: both halves, or the public one alone.
// Sendable by hand: nothing is changed after `init`, and OpenSSL counts references with atomics.
final class KeyPair: @unchecked Sendable {
  /// The kinds of keys that sign statements.
  enum Kind: String {
    case ed25519 = "Ed25519"
    case p256 = "ECDSA P-256"

    /// The digest that is signed; Ed25519 takes the octets themselves.
    var digest: OpaquePointer? {
      switch self {
      case .ed25519: nil
      case .p256: EVP_sha256()
      }
    }
  }

  let pointer: OpaquePointer
  let kind: Kind

  /// Takes a key, and frees it in any case.
  init(owning pointer: OpaquePointer) throws(KeyError) {
    switch EVP_PKEY_get_base_id(pointer) {
    case EVP_PKEY_ED25519: kind = .ed25519
    case EVP_PKEY_EC where Self.group(of: pointer) == "prime256v1": kind = .p256
    case let other:
      let group = other == EVP_PKEY_EC ? Self.group(of: pointer) : nil
      let name = OBJ_nid2sn(other).map { String(cString: $0) } ?? "unknown"
      EVP_PKEY_free(pointer)
      throw .unsupported(group.map { "EC \($0)" } ?? name)
    }
    self.pointer = pointer
  }

  deinit { EVP_PKEY_free(pointer) }

  private static func group(of key: OpaquePointer) -> String? {
    var name = [CChar](repeating: 0, count: 80)
    var count = 0
    guard EVP_PKEY_get_group_name(key, &name, name.count, &count) == 1, count < name.count else { return nil }
    return String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
