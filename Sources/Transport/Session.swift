#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One connection with one owner: octets out exactly as they are given, octets in exactly as they come.
///
/// Its methods block, each until its deadline; they belong on a worker thread.
package struct Session: ~Copyable, @unchecked Sendable {
  // Sendable by hand: a value that cannot be copied has one owner, nothing else reaches its descriptor or its TLS state,
  // and moving it to another thread moves all of that with it.

  var socket: Socket
  var buffer: ReceiveBuffer
  var log: Transcript
  var tls: TLSEngine?
  /// What nextReply has looked at, so that no octet is looked at twice.
  var scan = ReplyScan()
  /// How the peer's direction ended; it does not begin again.
  var ending: Arrival?
  /// Whether we have said that nothing more will come.
  private(set) var isHalfClosed = false
  /// Octets that came in while we were sending, which the next ``receive(deadline:)`` reports.
  var unannounced = 0
  let interrupt: Interrupt?
  /// What this session holds at most.
  package let limits: Limits
  private let peer: SocketAddress
  private var lastLocalAddress: String?

  /// Takes over a connected socket.
  init(_ socket: consuming Socket, peer: SocketAddress, interrupt: Interrupt?, limits: Limits) {
    if peer.family != AF_UNIX { socket.sendWithoutDelay() }
    self.socket = socket
    self.peer = peer
    self.interrupt = interrupt
    self.limits = limits
    buffer = ReceiveBuffer(limit: limits.unreadOctets)
    log = Transcript(limit: limits.transcriptOctets)
  }

  /// What went over this connection so far.
  package var transcript: Transcript { log }

  /// Adds a remark of the caller's to the transcript.
  package mutating func note(_ text: String) {
    log.note(text)
  }

  /// The octets received and not yet consumed.
  ///
  /// A copy that outlives the next receive costs a copy of the buffer.
  package var unread: ArraySlice<UInt8> { buffer.slice }

  /// How many octets were received and not yet consumed.
  package var unreadCount: Int { buffer.count }

  /// Lends the octets received and not yet consumed, without a copy.
  package func withUnread<Result, Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
    try buffer.withSpan(body)
  }

  /// Gives up so many unread octets from the front; more than there are gives up all.
  package mutating func consume(_ count: Int) {
    buffer.consume(count)
    scan = ReplyScan()
    unannounced = min(unannounced, buffer.count)
  }

  /// Our end of the connection, as `127.0.0.1:49152`.
  package var localAddress: String { lastLocalAddress ?? socket.localAddress.description }

  /// The peer's end of the connection, as `127.0.0.1:25`.
  package var peerAddress: String { peer.description }

  /// Whether this side has neither closed nor reset the connection.
  package var isOpen: Bool { socket.isOpen }

  /// Whether TLS runs.
  package var isUnderTLS: Bool { tls != nil }

  /// Tells the peer that nothing more will come; what it sends can still be received.
  ///
  /// No close_notify is sent.
  package mutating func halfClose() {
    guard socket.isOpen else { return }
    socket.shutDownWriting()
    isHalfClosed = true
    log.end(.halfClosed)
  }

  /// Drops the connection with a TCP reset.
  ///
  /// The unread octets stay.
  package mutating func reset() {
    guard socket.isOpen else { return }
    lastLocalAddress = localAddress
    socket.reset()
    log.end(.aborted)
  }

  /// Ends the connection in order; under TLS with a close_notify, where the peer's window takes it.
  package consuming func close() {
    if tls != nil { try? sendCloseNotify(deadline: .after(.zero)) }
    socket.close()
  }

  /// Ends the connection so that the peer can still read all that was sent.
  ///
  /// Closing with octets unread makes the system send a reset, which can overtake a last reply. This closes our
  /// direction, then drops what comes until the peer has closed its own, or until the deadline.
  package consuming func closeAfterPeer(deadline: Deadline) {
    if tls != nil { try? sendCloseNotify(deadline: deadline) }
    socket.shutDownWriting()
    if ending == nil || tls != nil { drain(until: deadline) }
    socket.close()
  }

  /// Reads and forgets until the peer's direction ends.
  private func drain(until deadline: Deadline) {
    withUnsafeTemporaryAllocation(byteCount: 1 << 12, alignment: 1) { scratch in
      while poll(reading: socket.descriptor, until: deadline, interrupt: interrupt) == .ready {
        switch socket.take(into: scratch) {
        case .octets(0), .failed: return
        case .octets, .wouldBlock: if deadline.hasPassed { return }
        }
      }
    }
  }
}
