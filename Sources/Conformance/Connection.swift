import Transport
import Wire

/// One connection of a case: the session, and what is known of the dialogue on it.
///
/// A case's thread owns it; nothing of it is shared.
final class Connection {
  /// `main`, or the name a step gave it.
  let name: String
  /// When it was opened, since the case began.
  let openedAt: Duration
  private(set) var session: Session
  /// The authentication exchange that was begun last.
  var exchange: SASLExchange?
  /// The keywords of the last EHLO reply.
  private(set) var keywords: [EhloKeyword] = []
  /// Whether what we send now is read as data, not as commands: a 354 or 334 came last.
  private(set) var expectsData = false
  /// The last two replies.
  private var lastReplies: [[UInt8]] = []
  /// Whether AUTH has drawn its 235 (RFC 4954 §4).
  private(set) var isAuthenticated = false
  /// Whether the peer has ended the connection.
  private(set) var hasEnded = false
  /// Whether we have said QUIT and waited for what comes.
  var hasTakenLeave = false
  /// Whether what was sent last ends a line, so that a command can follow.
  private(set) var isAtLineStart = true
  /// Whether we have ended TLS on a connection that is still open.
  private var hasSentCloseNotify = false
  /// Whether the roles have been reversed: the peer sends commands, and we reply.
  private(set) var isServing = false
  /// Why a handshake failed that tells nothing of the peer.
  private(set) var undecidedHandshake: String?
  /// What the peer, where it is the client, waits to have answered.
  private(set) var owed: Owed?
  /// Whether we have opened the dialogue as its server.
  private(set) var hasGreeted = false
  /// What the peer has shown of its credentials.
  private(set) var secrets: [[UInt8]] = []
  /// The faults of syntax in the replies so far.
  private(set) var faults: [String] = []

  /// What we are to the peer, where it has connected to us.
  var host: Host?

  init(name: String, openedAt: Duration, session: consuming Session, host: Host? = nil) {
    self.host = host
    isServing = host != nil
    self.name = name
    self.openedAt = openedAt
    self.session = session
  }

  /// The reply before the last one.
  var replyBefore: [UInt8]? { lastReplies.count == 2 ? lastReplies[0] : nil }
  /// Whether the peer has ended TLS with a close_notify.
  var hasCloseAlert: Bool { session.hasReceivedCloseNotify }
  var offersEnhancedCodes: Bool { keywords.contains { $0.name == "ENHANCEDSTATUSCODES" } }

  /// Sends octets, cut as asked.
  ///
  /// What the peer does about it shows in the next observation.
  func send(_ octets: [UInt8], cut: Segmentation, deadline: Deadline, using generator: inout SeededGenerator) {
    guard !hasEnded else { return }
    isAtLineStart = octets.last == .lineFeed
    do {
      try session.send(octets, cut: cut, deadline: deadline, using: &generator)
    } catch {
      // A peer that closes while we send may have answered first: the answer is read all the same.
      session.note("sending ended early: \(error.message)")
    }
  }

  /// The next reply, or what came instead of one.
  func observe(within time: Duration) -> Observation? {
    if hasEnded { return .ended(reset: false) }
    switch session.nextReply(deadline: .after(time)) {
    case .reply(let reply):
      lastReplies = lastReplies.suffix(1) + [reply.octets]
      if reply.code.value == 235 { isAuthenticated = true }
      expectsData = reply.code.value == 354 || reply.code.value == 334
      for fault in reply.faults where faults.count < 8 {
        faults.append("a reply \(reply.code) has \(fault.kind.rawValue) at octet \(fault.offset)")
      }
      return .reply(reply)
    case .malformed(let octets, let error): return .malformed(octets, error)
    case .silence(partialOctets: let partial): return .silence(partial: partial, waited: time)
    case .endOfStream:
      hasEnded = true
      return .ended(reset: false)
    case .reset:
      hasEnded = true
      return .ended(reset: true)
    case .tooLong:
      hasEnded = true
      return .tooLong
    case .failed(let error):
      hasEnded = true
      session.note("the connection failed: \(error.message)")
      return .ended(reset: true)
    case .interrupted: return nil
    }
  }

  /// Takes the peer for the client from now on.
  func serve() {
    isServing = true
  }

  /// What a client waits to have answered.
  enum Owed {
    case command([UInt8])
    case message([UInt8])
  }

  /// Remembers what the peer waits to have answered.
  func owe(_ owed: Owed) { self.owed = owed }

  /// Sends a reply of ours.
  func answer(_ octets: [UInt8], deadline: Deadline) {
    var generator = SeededGenerator(seed: 0)
    send(octets, cut: .whole, deadline: deadline, using: &generator)
    noteAnswer()
  }

  /// A reply of ours is on its way: the peer waits for nothing any more.
  func noteAnswer() {
    serve()
    hasGreeted = true
    owed = nil
  }

  /// Keeps what the peer shows of its credentials out of what is told.
  func hide(_ octets: [UInt8]) {
    let secret = Array(octets.drop { $0.isWhiteSpace }.prefix { !$0.isWhiteSpace })
    if !secret.isEmpty { secrets.append(secret) }
  }

  /// Ends our direction, under TLS with a close_notify.
  func endInOrder(deadline: Deadline) {
    if session.isUnderTLS { sendCloseNotify(deadline: deadline) }
    halfClose()
  }

  /// A TLS handshake in which we are the server (RFC 3207).
  func startTLS(as identity: TLSIdentity, deadline: Deadline) -> Observation {
    guard !hasEnded else { return .ended(reset: false) }
    do {
      let facts = try session.startTLSServer(identity, deadline: deadline)
      var text = "\(facts.version) \(facts.cipher)"
      if !facts.clearOctetsBefore.isEmpty { text += ", after \(facts.clearOctetsBefore.count) octets in clear" }
      return .handshake(text)
    } catch {
      hasEnded = true
      return .handshakeFailed(error.message)
    }
  }

  /// Takes octets from the front of those unread, once they are whole.
  ///
  /// - Parameters:
  ///   - time: How long to wait.
  ///   - length: How many octets belong to what is waited for; `nil` while they are not all there.
  ///   - make: What they are.
  /// - Returns: What was made of them, or what came instead; `nil` where the wait was interrupted.
  func take(within time: Duration, _ length: ([UInt8]) -> Int?, as make: ([UInt8]) -> Observation) -> Observation? {
    if hasEnded { return .ended(reset: false) }
    serve()
    let deadline = Deadline.after(time)
    while true {
      let unread = Array(session.unread)
      if let length = length(unread) {
        session.consume(length)
        return make(Array(unread.prefix(length)))
      }
      switch session.receive(deadline: deadline) {
      case .octets: continue
      case .timedOut: return .silence(partial: unread.count, waited: time)
      case .interrupted: return nil
      case .endOfStream:
        hasEnded = true
        return .ended(reset: false)
      case .full:
        hasEnded = true
        return .tooLong
      case .reset, .failed:
        hasEnded = true
        return .ended(reset: true)
      }
    }
  }

  /// Remembers what an EHLO reply offers.
  func learn(_ reply: Reply) {
    keywords = EhloReply(reply).keywords
  }

  /// A TLS handshake on this connection.
  func startTLS(_ options: TLSOptions, after octets: [UInt8], deadline: Deadline) -> Observation {
    guard !hasEnded else { return .ended(reset: false) }
    do {
      let facts = try session.startTLS(options, prefixedBy: octets, deadline: deadline)
      keywords = []
      var text = "\(facts.version) \(facts.cipher)"
      if !facts.clearOctetsBefore.isEmpty {
        text += ", \(facts.clearOctetsBefore.count) octets left over in clear: \(Escaped.show(facts.clearOctetsBefore, limit: 200))"
      }
      return .handshake(text)
    } catch {
      hasEnded = true
      if error.leavesHandshakeUndecided { undecidedHandshake = error.message }
      return .handshakeFailed(error.message)
    }
  }

  func sendRaw(_ octets: [UInt8], deadline: Deadline) {
    guard !hasEnded else { return }
    if hasSentCloseNotify { goOnInClear() }
    do { try session.sendRaw(octets, deadline: deadline) } catch { session.note("sending ended early: \(error.message)") }
  }

  func sendCloseNotify(deadline: Deadline) {
    guard !hasEnded else { return }
    do { try session.sendCloseNotify(deadline: deadline) } catch { session.note("close_notify was not sent: \(error.message)") }
    hasSentCloseNotify = true
  }

  /// Leaves TLS behind, once the peer has had the time for its own close_notify.
  private func goOnInClear() {
    let deadline = Deadline.after(.milliseconds(100))
    while case .octets = session.receive(deadline: deadline) {}
    session.abandonTLS()
    hasSentCloseNotify = false
  }

  /// Adds a remark to the transcript.
  func note(_ text: String) {
    session.note(text)
  }

  func halfClose() {
    guard !hasEnded else { return }
    session.halfClose()
  }

  /// Drops the connection, where it is still open.
  func abandon() {
    if session.isOpen { reset() }
  }

  func reset() {
    session.reset()
    hasEnded = true
  }

  /// The address literal of our end, with its brackets (RFC 5321 §4.1.3); `nil` for a Unix socket.
  var addressLiteral: String? {
    let address = session.localAddress
    guard let colon = address.lastIndex(of: ":") else { return nil }
    let host = address[..<colon]
    return host.hasPrefix("[") ? "[IPv6:" + host.dropFirst() : "[\(host)]"
  }
}

/// A small fast generator that a seed replays: SplitMix64.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator whose numbers depend on the seed alone.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next number.
  ///
  /// - Returns: Any 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension TransportError {
  /// Whether a handshake that ends so says nothing of the peer: it was not tried as it should be, or it was not waited for to its end.
  fileprivate var leavesHandshakeUndecided: Bool {
    switch self {
    case .timedOut, .interrupted, .tls(.unusableOptions), .tls(.unusableTrust): true
    default: false
    }
  }
}
