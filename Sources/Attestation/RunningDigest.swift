import COpenSSL

/// A SHA-256 over octets that come bit by bit; one owner at a time.
package final class RunningDigest {
  private let context: OpaquePointer?
  private var works: Bool

  /// A digest of nothing yet.
  package init() {
    context = EVP_MD_CTX_new()
    works = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes the next octets.
  package func add(_ octets: UnsafeRawBufferPointer) {
    works = works && EVP_DigestUpdate(context, octets.baseAddress, octets.count) == 1
  }

  /// Takes the next octets.
  package func add(_ octets: [UInt8]) {
    octets.withUnsafeBytes { add($0) }
  }

  /// The digest of all that was taken.
  ///
  /// - Returns: 64 lower-case hexadecimal digits, or `nil` where OpenSSL cannot; it is asked for once.
  package func hexadecimal() -> String? {
    var digest = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    guard works, EVP_MD_get_size(EVP_sha256()) == digest.count, EVP_DigestFinal_ex(context, &digest, &count) == 1 else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
