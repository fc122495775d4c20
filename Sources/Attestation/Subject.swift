#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What a statement is about: a server build, by name and digest.
package struct Subject: Sendable, Equatable {
  /// How people call it; it says nothing by itself.
  package let name: String
  /// The SHA-256 of it: 64 lower-case hexadecimal digits.
  package let digest: String

  /// A build by name and digest.
  package init(name: String, digest: String) {
    self.name = name
    self.digest = digest
  }

  /// Why a text names no build.
  package struct Failure: Error, Equatable {
    /// What is wrong and what to do.
    package let message: String
  }

  /// Reads what a user names: the path of a file, whose digest is computed, or a digest, as that of a container image.
  ///
  /// - Parameter text: `build/server`, `sha256:HEX`, or `registry.example.test/server@sha256:HEX`.
  /// - Throws: ``Failure``.
  package init(_ text: String) throws(Failure) {
    if let digest = Self.digest(at: text) {
      let name = text.dropLast(digest.count + Self.prefix.count)
      self.init(name: name.isEmpty ? "sha256:\(digest.prefix(12))" : String(name.dropLast()), digest: digest)
      return
    }
    if text.split(separator: "@").last?.hasPrefix(Self.prefix) == true {
      throw Failure(message: "a SHA-256 has 64 hexadecimal digits, in lower case: NAME@sha256:…")
    }
    let name = text.split(separator: "/").last.map(String.init) ?? text
    self.init(name: name, digest: try Self.digest(ofFile: text))
  }

  private static let prefix = "sha256:"

  /// The digest that a text ends with, alone or behind an `@`.
  private static func digest(at text: String) -> String? {
    let digits = text.suffix(64)
    guard digits.utf8.count == 64, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
    let front = text.dropLast(64)
    guard front.hasSuffix(prefix) else { return nil }
    let name = front.dropLast(prefix.count)
    return name.isEmpty || (name.hasSuffix("@") && name.count > 1) ? String(digits) : nil
  }

  private static func digest(ofFile path: String) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(message: "it cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(message: "it is no file: name the file of the build, or its digest as NAME@sha256:…")
    }
    let digest = RunningDigest()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(message: "it cannot be read: \(String(cString: strerror(errno)))") }
      guard count > 0 else { break }
      buffer.withUnsafeBytes { digest.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    guard let text = digest.hexadecimal() else { throw Failure(message: "OpenSSL computes no SHA-256 here") }
    return text
  }
}

/// The system's `read`, by another name than the method's.
private func systemRead(_ descriptor: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, base, count)
}
