#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One address of the system's own form: IPv4, IPv6 or a path.
struct SocketAddress: Sendable {
  /// What `sun_path` holds without its closing zero octet.
  static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  private var storage: sockaddr_storage
  private var length: socklen_t

  /// The address that a call such as getpeername(2) fills in.
  init(filledBy call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) {
    storage = sockaddr_storage()
    length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &storage) { [length] pointer in
      var filled = length
      let result = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &filled) }
      return (result, filled)
    }
    length = result.0 >= 0 ? min(result.1, length) : 0
  }

  /// One of the addresses that getaddrinfo(3) found.
  init?(copying address: UnsafePointer<sockaddr>?, length: socklen_t) {
    guard let address, length > 0, Int(length) <= MemoryLayout<sockaddr_storage>.size else { return nil }
    storage = sockaddr_storage()
    self.length = length
    withUnsafeMutableBytes(of: &storage) {
      $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(length)))
    }
  }

  /// A path that is no longer than ``longestPath``; `nil` for any other.
  init?(path: String) {
    let octets = Array(path.utf8)
    guard !octets.isEmpty, octets.count <= Self.longestPath, !octets.contains(0) else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: octets) }
    storage = sockaddr_storage()
    withUnsafeMutableBytes(of: &storage) { storage in
      withUnsafeBytes(of: &address) { storage.copyMemory(from: $0) }
    }
    length = socklen_t(MemoryLayout<sockaddr_un>.size)
  }

  /// AF_INET, AF_INET6 or AF_UNIX.
  var family: Int32 { Int32(storage.ss_family) }

  /// The port, or 0 for a path.
  var port: UInt16 {
    switch family {
    case AF_INET: UInt16(bigEndian: read(as: sockaddr_in.self).sin_port)
    case AF_INET6: UInt16(bigEndian: read(as: sockaddr_in6.self).sin6_port)
    default: 0
    }
  }

  /// Lends the address to a call of the system.
  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  private func read<Address>(as type: Address.Type) -> Address {
    withUnsafeBytes(of: storage) { $0.loadUnaligned(as: type) }
  }
}

extension SocketAddress: CustomStringConvertible {
  /// `127.0.0.1:25`, `[::1]:25`, `unix:/path`, or `unix:` for a socket without a name.
  var description: String {
    guard length > 0 else { return "" }
    if family == AF_UNIX {
      let path = withUnsafeBytes(of: read(as: sockaddr_un.self).sun_path) { Array($0.prefix { $0 != 0 }) }
      return "unix:" + String(decoding: path, as: UTF8.self)
    }
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = withPointer { address, length in
      getnameinfo(address, length, &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
    }
    guard code == 0 else { return "" }
    let name = host.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return family == AF_INET6 ? "[\(name)]:\(port)" : "\(name):\(port)"
  }
}
