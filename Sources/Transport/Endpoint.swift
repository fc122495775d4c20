/// Where a session goes, or where a listener waits.
package enum Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// A host name or an address literal without its brackets, and a port.
  case tcp(host: String, port: UInt16)

  /// A socket in the file system.
  case unix(path: String)

  /// Reads `host`, `host:port`, `[::1]`, `[::1]:port`, `::1` or `unix:/path`.
  ///
  /// - Parameters:
  ///   - text: What a person wrote.
  ///   - defaultPort: Taken where the text names no port.
  /// - Throws: ``EndpointError``, whose message says what is wrong with the text.
  package init(parsing text: String, defaultPort: UInt16) throws(EndpointError) {
    if text.hasPrefix("unix:") {
      self = .unix(path: try Self.checkedPath(text.dropFirst("unix:".count)))
      return
    }
    let host: Substring
    let port: Substring?
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]") else { throw .unclosedBracket(text) }
      host = text[text.index(after: text.startIndex)..<bracket]
      let rest = text[text.index(after: bracket)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw .unusableHost(text) }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") {
      host = text[..<colon]
      port = text[text.index(after: colon)...]
    } else {
      host = text[...]
      port = nil
    }
    guard !host.isEmpty else { throw .noHost(text) }
    guard host.utf8.count <= 253, host.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !Self.barredInHost.contains($0) }) else {
      throw .unusableHost(text)
    }
    self = .tcp(host: String(host), port: try port.map(Self.checkedPort) ?? defaultPort)
  }

  /// As it can be parsed again.
  package var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  private static let barredInHost: [UInt8] = Array("/@[]<>\"'\\,;?#".utf8)

  private static func checkedPort(_ text: Substring) throws(EndpointError) -> UInt16 {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text), port > 0 else {
      throw .unusablePort(String(text))
    }
    return port
  }

  private static func checkedPath(_ text: Substring) throws(EndpointError) -> String {
    guard !text.isEmpty, !text.utf8.contains(0) else { throw .noPath }
    guard text.utf8.count <= SocketAddress.longestPath else { throw .pathTooLong(String(text)) }
    return String(text)
  }
}

/// Why a text names no endpoint.
package enum EndpointError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no host before the port.
  case noHost(String)
  /// The host holds a character that no host name or address has.
  case unusableHost(String)
  /// An address in brackets that do not end.
  case unclosedBracket(String)
  /// Not a number from 1 to 65535.
  case unusablePort(String)
  /// `unix:` without a path.
  case noPath
  /// A path longer than the system takes.
  case pathTooLong(String)

  /// What a person reads.
  package var message: String {
    switch self {
    case .noHost(let text): "'\(text)' names no host; write host, host:port, [::1]:port or unix:/path"
    case .unusableHost(let text): "'\(text)' is not a host; write host, host:port, [::1]:port or unix:/path"
    case .unclosedBracket(let text): "'\(text)' has no closing ]; write an IPv6 address as [::1]:port"
    case .unusablePort(let text): "'\(text)' is not a port; a port is a number from 1 to 65535"
    case .noPath: "unix: needs a path, as in unix:/run/smtp.sock"
    case .pathTooLong(let path): "the socket path '\(path)' is longer than \(SocketAddress.longestPath) octets"
    }
  }

  /// The same as ``message``.
  package var description: String { message }
}
