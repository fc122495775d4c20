import COpenSSL

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Files that hold keys.
enum KeyFile {
  /// The most octets of a key's file; an RSA key of 16384 bits has less.
  private static let limit = 64 * 1024

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - isSecret: Whether nobody else may read or change it: its group may read it at most, as where a CI system mounts secrets.
  /// - Returns: All of it.
  /// - Throws: ``KeyError``.
  static func read(_ path: String, isSecret: Bool) throws(KeyError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    if isSecret { try refuseExposure(of: descriptor) }
    // One allocation, so that no copy of a secret is left behind by one that grows.
    var octets = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < octets.count {
      let read = octets[count...].withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
      guard read > 0 else { break }
      count += read
    }
    guard count <= limit else { throw .tooLong }
    octets.removeSubrange(count...)
    return octets
  }

  private static func refuseExposure(of descriptor: Int32) throws(KeyError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(String(cString: strerror(errno))) }
    // A pipe is between two processes alone.
    guard status.st_mode & S_IFMT == S_IFREG else { return }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw .foreign }
    let mode = status.st_mode & 0o777
    guard mode & 0o037 == 0 else { throw .exposed(String(mode, radix: 8)) }
  }

  /// Whether PEM text has these words in it.
  static func contains(_ words: String, _ octets: [UInt8]) -> Bool {
    let words = Array(words.utf8)
    guard octets.count >= words.count else { return false }
    return (0...(octets.count - words.count)).contains { octets[$0] == words[0] && octets[$0..<($0 + words.count)].elementsEqual(words) }
  }

  /// What a reader of OpenSSL's makes of some octets.
  static func withMemory(of octets: [UInt8], _ read: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
    octets.withUnsafeBytes { buffer in
      guard let memory = BIO_new_mem_buf(buffer.baseAddress, Int32(clamping: buffer.count)) else { return nil }
      defer {
        BIO_free(memory)
        ERR_clear_error()
      }
      return read(memory)
    }
  }

  /// What a writer of OpenSSL's makes.
  static func written(_ write: (OpaquePointer) -> Int32) -> String {
    guard let memory = BIO_new(BIO_s_mem()) else { return "" }
    defer { BIO_free(memory) }
    guard write(memory) > 0 else { return "" }
    let octets = [UInt8](unsafeUninitializedCapacity: BIO_ctrl_pending(memory)) { buffer, filled in
      filled = max(0, Int(BIO_read(memory, buffer.baseAddress, Int32(clamping: buffer.count))))
    }
    return String(decoding: octets, as: UTF8.self)
  }
}

/// The system's `read`, by another name than the method's.
private func systemRead(_ descriptor: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, base, count)
}
