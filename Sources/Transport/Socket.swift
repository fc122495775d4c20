#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How a wait on a descriptor ended.
enum Readiness: Equatable {
  case ready
  case timedOut
  case interrupted
  case failed(Int32)
}

/// Waits until one descriptor can be read.
func poll(reading descriptor: Int32, until deadline: Deadline, interrupt: Interrupt?, stop: Interrupt? = nil) -> Readiness {
  var set = (
    pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    pollfd(fd: interrupt?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    pollfd(fd: stop?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
  )
  let outcome = poll(&set, count: stop != nil ? 3 : interrupt != nil ? 2 : 1, until: deadline)
  guard outcome == .ready else { return outcome }
  return set.1.revents != 0 || set.2.revents != 0 ? .interrupted : .ready
}

/// Waits on the first `count` of the set: the system copies each of them in and out.
private func poll(_ set: inout (pollfd, pollfd, pollfd), count nfds: nfds_t, until deadline: Deadline) -> Readiness {
  while true {
    let count = withUnsafeMutablePointer(to: &set) {
      $0.withMemoryRebound(to: pollfd.self, capacity: 3) { poll($0, nfds, deadline.remainingMilliseconds) }
    }
    if count > 0 { return .ready }
    if count < 0 {
      let code = errno
      if code != EINTR && code != EAGAIN { return .failed(code) }
    } else if deadline.hasPassed {
      return .timedOut
    }
  }
}

/// A stream socket whose calls do not block unless asked to, that closes itself: the system's calls, without a policy.
struct Socket: ~Copyable {
  /// What a call that reads or writes came to.
  enum Outcome {
    case octets(Int)
    case wouldBlock
    case failed(Int32)
  }

  /// -1 once it is closed.
  private(set) var descriptor: Int32
  /// Whether a read may wait in the system.
  private(set) var readsCanWait = false

  /// Takes over a descriptor that is non-blocking already.
  init(owning descriptor: Int32) {
    self.descriptor = descriptor
    #if canImport(Darwin)
      setOption(SOL_SOCKET, SO_NOSIGPIPE, 1)
    #endif
  }

  /// A socket of an address family.
  init(family: Int32) throws(TransportError) {
    #if canImport(Glibc)
      let made = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    #elseif canImport(Musl)
      let made = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)
    #else
      let made = socket(family, SOCK_STREAM, 0)
      if made >= 0 { Self.makeNonBlocking(made) }
    #endif
    guard made >= 0 else { throw .system(call: "socket", errno: errno) }
    self.init(owning: made)
  }

  deinit {
    if descriptor >= 0 { Self.release(descriptor) }
  }

  var isOpen: Bool { descriptor >= 0 }

  /// Starts to connect; 0 where it has connected at once, EINPROGRESS where one must wait until it can be written.
  func startConnecting(to address: borrowing SocketAddress) -> Int32 {
    address.withPointer { pointer, length in connect(descriptor, pointer, length) == 0 ? 0 : errno }
  }

  /// How the connection that was under way ended: 0, or an error number.
  var pendingError: Int32 {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
  }

  /// How long a read that waits does so before the caller looks at its deadline and its interrupt again.
  static let patience = Duration.milliseconds(100)
  /// What has to be left of a deadline for a read to wait so.
  static let twicePatience = patience * 2

  /// Lets reads wait in the system, for ``patience`` at the most: one call less for each than to wait with poll(2) first.
  mutating func letReadsWait() {
    var time = timeval(tv_sec: 0, tv_usec: 100_000)
    guard setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size)) == 0 else { return }
    readsCanWait = fcntl(descriptor, F_SETFL, 0) == 0
  }

  /// Reads what is there; where `waiting`, and reads can wait, there is something or ``patience`` has passed.
  func take(into buffer: UnsafeMutableRawBufferPointer, waiting: Bool = false) -> Outcome {
    let flags = waiting ? 0 : Int32(MSG_DONTWAIT)
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, flags)
      if count >= 0 { return .octets(count) }
      let code = errno
      if code == EAGAIN || code == EWOULDBLOCK { return .wouldBlock }
      if code != EINTR { return .failed(code) }
    }
  }

  func give(_ octets: UnsafeRawBufferPointer) -> Outcome {
    #if canImport(Darwin)
      let flags = Int32(MSG_DONTWAIT)
    #else
      let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
    #endif
    while true {
      let count = send(descriptor, octets.baseAddress, octets.count, flags)
      if count >= 0 { return .octets(count) }
      let code = errno
      if code == EAGAIN || code == EWOULDBLOCK { return .wouldBlock }
      if code != EINTR { return .failed(code) }
    }
  }

  /// How a wait for a socket that can be written ended.
  struct Wait {
    let outcome: Readiness
    var isReadable = false
    /// Whether the system has an error or an end to tell of, which the next write or ``pendingError`` shows.
    var hasFailed = false
  }

  /// Waits until the socket can be written or, where that is asked for too, read.
  func waitToWrite(orRead: Bool, until deadline: Deadline, interrupt: Interrupt?) -> Wait {
    var set = (
      pollfd(fd: descriptor, events: Int16(POLLOUT) | (orRead ? Int16(POLLIN) : 0), revents: 0),
      pollfd(fd: interrupt?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: -1, events: 0, revents: 0)
    )
    let outcome = poll(&set, count: interrupt != nil ? 2 : 1, until: deadline)
    guard outcome == .ready else { return Wait(outcome: outcome) }
    guard set.1.revents == 0 else { return Wait(outcome: .interrupted) }
    return Wait(
      outcome: .ready,
      isReadable: set.0.revents & Int16(POLLIN) != 0, hasFailed: set.0.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0)
  }

  /// Lets each write leave at once.
  func sendWithoutDelay() {
    setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
  }

  func setOption(_ level: Int32, _ name: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Says that nothing more will come from this side.
  func shutDownWriting() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Drops the connection with a reset instead of an orderly end.
  mutating func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  mutating func close() {
    guard descriptor >= 0 else { return }
    Self.release(descriptor)
    descriptor = -1
  }

  var localAddress: SocketAddress { SocketAddress { getsockname(descriptor, $0, $1) } }

  /// The next connection of a listening socket and who it is from, or an error number.
  func takeConnection() -> Result<(descriptor: Int32, peer: SocketAddress), ErrorNumber> {
    var made: Int32 = -1
    let peer = SocketAddress {
      made = accept(descriptor, $0, $1)
      return made
    }
    guard made >= 0 else { return .failure(ErrorNumber(code: errno)) }
    Self.makeNonBlocking(made)
    return .success((made, peer))
  }

  /// Binds and listens; 0 or an error number.
  func listen(at address: SocketAddress, backlog: Int32) -> Int32 {
    let bound = address.withPointer { pointer, length in bind(descriptor, pointer, length) }
    guard bound == 0, startListening(descriptor, backlog) == 0 else { return errno }
    return 0
  }

  /// Refuses new connections while the descriptor stays taken, so that no other thread waits on a stranger's.
  func stopListening() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// An error number of the system.
  struct ErrorNumber: Error { let code: Int32 }

  private static func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  private static func release(_ descriptor: Int32) {
    closeDescriptor(descriptor)
  }
}

/// `close`, which a method of the same name hides.
private func closeDescriptor(_ descriptor: Int32) {
  _ = close(descriptor)
}

/// `listen`, which a method of the same name hides.
private func startListening(_ descriptor: Int32, _ backlog: Int32) -> Int32 {
  listen(descriptor, backlog)
}
