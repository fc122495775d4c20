#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Session {
  /// Connects to the first address of an endpoint that answers.
  ///
  /// - Parameters:
  ///   - endpoint: Its name is looked up; see ``Endpoint/resolve(deadline:interrupt:)`` to do that only once.
  ///   - deadline: For the lookup and all addresses together; each address gets an even share of what is left.
  ///   - interrupt: What ends every wait of this session.
  ///   - limits: What the session holds at most.
  /// - Returns: The connected session.
  /// - Throws: Why the last address could not be reached.
  package static func connect(
    to endpoint: Endpoint, deadline: Deadline, interrupt: Interrupt? = nil, limits: Limits = .default
  ) throws(TransportError) -> Session {
    let resolved = try endpoint.resolve(deadline: deadline, interrupt: interrupt)
    return try connect(to: resolved, deadline: deadline, interrupt: interrupt, limits: limits)
  }

  /// Connects to the first address that answers.
  package static func connect(
    to resolved: ResolvedEndpoint, deadline: Deadline, interrupt: Interrupt? = nil, limits: Limits = .default
  ) throws(TransportError) -> Session {
    var failure: TransportError?
    for (index, address) in resolved.addresses.enumerated() {
      do throws(TransportError) {
        let share = deadline.share(of: resolved.addresses.count - index)
        var isReset = false
        var socket = try connected(to: address, deadline: share, interrupt: interrupt, isReset: &isReset)
        socket.letReadsWait()
        var session = Session(socket, peer: address, interrupt: interrupt, limits: limits)
        if isReset { _ = session.end(.reset) }
        return session
      } catch {
        failure = error
        if error == .interrupted { break }
      }
    }
    throw failure ?? .hostNotFound(resolved.endpoint.description)
  }

  /// A connected socket, and whether the peer has reset the connection since it was made.
  ///
  /// An attempt that is answered with a reset is refused (ECONNREFUSED); ECONNRESET comes to a connection that there was.
  private static func connected(
    to address: SocketAddress, deadline: Deadline, interrupt: Interrupt?, isReset: inout Bool
  ) throws(TransportError) -> Socket {
    let socket = try Socket(family: address.family)
    var code = socket.startConnecting(to: address)
    while code == EAGAIN, address.family == AF_UNIX {
      try awaitRoom(inQueueOf: address, deadline: deadline, interrupt: interrupt)
      code = socket.startConnecting(to: address)
    }
    if code == EINPROGRESS || code == EINTR {
      let wait = socket.waitToWrite(orRead: false, until: deadline, interrupt: interrupt)
      switch wait.outcome {
      case .ready: code = wait.hasFailed ? socket.pendingError : 0
      case .timedOut: throw .timedOut(.connect(address.description))
      case .interrupted: throw .interrupted
      case .failed(let code): throw .system(call: "poll", errno: code)
      }
    }
    switch code {
    case 0, EISCONN: return socket
    case ECONNRESET:
      isReset = true
      return socket
    case ECONNREFUSED: throw .refused(by: address.description)
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: throw .unreachable(address.description, errno: code)
    case ETIMEDOUT: throw .timedOut(.connect(address.description))
    case ENOENT where address.family == AF_UNIX: throw .noSuchSocket(address.description)
    default: throw .system(call: "connect", errno: code)
    }
  }

  /// Waits a little, because the system tells nobody when a Unix socket's queue of connections has room again.
  private static func awaitRoom(
    inQueueOf address: SocketAddress, deadline: Deadline, interrupt: Interrupt?
  ) throws(TransportError) {
    guard !deadline.hasPassed else { throw .timedOut(.connect(address.description)) }
    let retry = min(deadline, .after(.milliseconds(2)))
    if poll(reading: -1, until: retry, interrupt: interrupt) == .interrupted { throw .interrupted }
  }
}
