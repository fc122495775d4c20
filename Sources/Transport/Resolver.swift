import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An endpoint whose name has been looked up, so that many sessions need only one lookup.
package struct ResolvedEndpoint: Sendable {
  /// What was looked up.
  package let endpoint: Endpoint
  let addresses: [SocketAddress]
}

extension Endpoint {
  /// No more addresses than this are tried for one name.
  static let mostAddresses = 16

  /// Looks the name up; an address literal or a path needs no lookup.
  ///
  /// getaddrinfo(3) cannot be told to stop, so it runs on a thread of its own, which is left behind at the deadline.
  ///
  /// - Parameters:
  ///   - deadline: For the lookup.
  ///   - interrupt: Ends the wait for it.
  /// - Returns: At least one address.
  /// - Throws: ``TransportError/hostNotFound(_:)``, ``TransportError/lookupFailed(host:reason:)``, a passed deadline or an interrupt.
  package func resolve(deadline: Deadline, interrupt: Interrupt? = nil) throws(TransportError) -> ResolvedEndpoint {
    switch self {
    case .unix(let path):
      guard let address = SocketAddress(path: path) else { throw .noSuchSocket(path) }
      return ResolvedEndpoint(endpoint: self, addresses: [address])
    case .tcp(let host, let port):
      if case .success(let addresses) = Self.lookUp(host, port, flags: AI_NUMERICHOST) {
        return ResolvedEndpoint(endpoint: self, addresses: addresses)
      }
      let lookup = Lookup()
      guard lookup.finished.canWake else { throw .system(call: "pipe", errno: EMFILE) }
      try WorkerThread.start { lookup.finish(Self.lookUp(host, port, flags: 0)) }
      switch poll(reading: lookup.finished.descriptor, until: deadline, interrupt: interrupt) {
      case .ready: break
      case .timedOut: throw .timedOut(.lookup(host))
      case .interrupted: throw .interrupted
      case .failed(let code): throw .system(call: "poll", errno: code)
      }
      switch lookup.outcome {
      case .success(let addresses): return ResolvedEndpoint(endpoint: self, addresses: addresses)
      case .failure(let error): throw error
      case nil: throw .lookupFailed(host: host, reason: "no result")
      }
    }
  }

  /// The addresses at which a listener may wait.
  func resolveForListening() throws(TransportError) -> [SocketAddress] {
    guard case .tcp(let host, let port) = self else { return try resolve(deadline: .never).addresses }
    return try Self.lookUp(host, port, flags: AI_PASSIVE).get()
  }

  private static func lookUp(_ host: String, _ port: UInt16, flags: Int32) -> Result<[SocketAddress], TransportError> {
    guard !host.utf8.contains(0) else { return .failure(.hostNotFound(host)) }
    var hints = addrinfo()
    hints.ai_flags = flags | AI_NUMERICSERV
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard code == 0 else {
      let unknown = code == EAI_NONAME || code == noAddress
      return .failure(unknown ? .hostNotFound(host) : .lookupFailed(host: host, reason: String(cString: gai_strerror(code))))
    }
    var addresses: [SocketAddress] = []
    var next = list
    while let item = next, addresses.count < mostAddresses {
      if let address = SocketAddress(copying: item.pointee.ai_addr, length: item.pointee.ai_addrlen) { addresses.append(address) }
      next = item.pointee.ai_next
    }
    return addresses.isEmpty ? .failure(.hostNotFound(host)) : .success(addresses)
  }

  /// EAI_NODATA, which Glibc shows only to those who ask for its extensions.
  private static let noAddress: Int32 = -5
}

/// What the thread that asks hands to the one that waits, and perhaps no longer waits.
private final class Lookup: Sendable {
  let finished = Interrupt()
  private let result = Mutex<Result<[SocketAddress], TransportError>?>(nil)

  func finish(_ outcome: Result<[SocketAddress], TransportError>) {
    result.withLock { $0 = outcome }
    finished.trigger()
  }

  var outcome: Result<[SocketAddress], TransportError>? { result.withLock { $0 } }
}
