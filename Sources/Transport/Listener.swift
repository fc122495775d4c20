#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A socket that waits for connections.
package final class Listener: Sendable {
  private let socket: Socket
  private let address: SocketAddress
  private let path: String?
  private let closed = Interrupt()

  /// Listens on one address of a host; port 0 lets the system choose.
  package convenience init(host: String, port: UInt16) throws(TransportError) {
    try self.init(at: .tcp(host: host, port: port))
  }

  /// Listens at a path.
  ///
  /// A socket file that nobody listens on any more is replaced.
  package convenience init(path: String) throws(TransportError) {
    try self.init(at: .unix(path: path))
  }

  /// Listens at an endpoint.
  ///
  /// - Parameters:
  ///   - endpoint: Where; port 0 lets the system choose.
  ///   - backlog: How many connections may wait to be accepted; the system cuts it down to its own limit.
  /// - Throws: ``TransportError/addressInUse(_:)``, or what else the system says.
  package init(at endpoint: Endpoint, backlog: Int32 = 1024) throws(TransportError) {
    guard closed.canWake else { throw .system(call: "pipe", errno: EMFILE) }
    var failure = TransportError.hostNotFound(endpoint.description)
    for address in try endpoint.resolveForListening() {
      let socket: Socket
      do throws(TransportError) {
        socket = try Socket(family: address.family)
      } catch {
        failure = error
        continue
      }
      if address.family != AF_UNIX { socket.setOption(SOL_SOCKET, SO_REUSEADDR, 1) }
      var code = socket.listen(at: address, backlog: backlog)
      if code == EADDRINUSE, case .unix(let path) = endpoint, Self.isDead(address) {
        unlink(path)
        code = socket.listen(at: address, backlog: backlog)
      }
      guard code == 0 else {
        failure = code == EADDRINUSE ? .addressInUse(address.description) : .system(call: "listening on \(address)", errno: code)
        continue
      }
      if case .unix(let path) = endpoint { self.path = path } else { path = nil }
      self.address = address.family == AF_UNIX ? address : socket.localAddress
      self.socket = socket
      return
    }
    throw failure
  }

  deinit {
    if let path, !closed.isTriggered { unlink(path) }
  }

  /// The port, as the system chose it; 0 for a path.
  package var port: UInt16 { address.port }

  /// Where a client of this machine connects to.
  package var endpoint: Endpoint {
    if let path { return .unix(path: path) }
    let shown = address.description
    let host = shown.prefix(upTo: shown.lastIndex(of: ":") ?? shown.endIndex)
    return .tcp(host: host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host), port: address.port)
  }

  /// Waits for the next connection; `nil` once the deadline has passed, the interrupt is triggered or the listener closed.
  ///
  /// - Parameters:
  ///   - deadline: How long to wait.
  ///   - interrupt: Ends this wait. The session does not inherit it.
  ///   - sessionInterrupt: What ends the waits of the session.
  ///   - limits: What the session holds at most.
  /// - Returns: The session, or `nil`.
  /// - Throws: What the system says, for example that the process has no descriptors left; one may go on after that.
  package func accept(
    until deadline: Deadline = .never, interrupt: Interrupt? = nil, sessionInterrupt: Interrupt? = nil, limits: Session.Limits = .default
  ) throws(TransportError) -> Session? {
    while true {
      switch poll(reading: socket.descriptor, until: deadline, interrupt: interrupt, stop: closed) {
      case .ready: break
      case .timedOut, .interrupted: return nil
      case .failed(let code): throw .system(call: "poll", errno: code)
      }
      switch socket.takeConnection() {
      case .success(let (descriptor, peer)):
        let socket = Socket(owning: descriptor)
        return Session(socket, peer: peer, interrupt: sessionInterrupt, limits: limits)
      case .failure(let error):
        switch error.code {
        case EAGAIN, EWOULDBLOCK, EINTR, ECONNABORTED, EPROTO: continue
        default: throw .system(call: "accept", errno: error.code)
        }
      }
    }
  }

  /// Ends all waits in ``accept(until:interrupt:sessionInterrupt:limits:)``; new connections are refused from now on.
  package func close() {
    if let path, !closed.isTriggered { unlink(path) }
    closed.trigger()
    socket.stopListening()
  }

  /// Whether the socket file is left over from a listener that is gone.
  private static func isDead(_ address: SocketAddress) -> Bool {
    guard let probe = try? Socket(family: AF_UNIX) else { return false }
    return probe.startConnecting(to: address) == ECONNREFUSED
  }
}
