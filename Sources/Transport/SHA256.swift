import COpenSSL

/// The digest of FIPS 180-4 that names files and folders in reports.
package enum SHA256 {
  /// How many octets a digest has.
  package static let length = 32

  /// The digest of some octets.
  ///
  /// - Parameter octets: All of them.
  /// - Returns: ``length`` octets, or none where OpenSSL was built or set up without SHA-256.
  package static func digest(of octets: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: length)
    var count = 0
    let isDone = digest.withUnsafeMutableBufferPointer { digest in
      octets.withUnsafeBufferPointer { octets in
        EVP_Q_digest(nil, "SHA256", nil, octets.baseAddress, octets.count, digest.baseAddress, &count) == 1
      }
    }
    return isDone && count == length ? digest : []
  }
}
