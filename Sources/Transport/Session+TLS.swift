extension Session {
  /// Begins TLS as a client, after a 220 to STARTTLS or at once after the connection was made.
  ///
  /// A certificate that does not verify is a fact and no error: see ``TLSFacts/verified``.
  ///
  /// - Parameters:
  ///   - options: What to ask for.
  ///   - prefix: Octets to send in clear in the same write as the ClientHello.
  ///   - deadline: For the whole handshake.
  /// - Returns: What was agreed on and what the peer showed.
  /// - Throws: ``TransportError/tls(_:)``, a passed deadline, an interrupt, or the end of the connection.
  package mutating func startTLS(
    _ options: TLSOptions, prefixedBy prefix: [UInt8] = [], deadline: Deadline
  ) throws(TransportError) -> TLSFacts {
    // Nothing that comes before our ClientHello can belong to TLS, read by us or not.
    if tls == nil, buffer.room > 0, ending == nil { _ = takeWhatIsThere() }
    switch ending {
    case nil: break
    case .reset: throw .reset
    case .failed(let error): throw error
    default: throw .closedByPeer
    }
    let engine: TLSEngine
    do throws(TLSError) {
      guard tls == nil else { throw .alreadyStarted }
      engine = try TLSEngine(client: options)
    } catch {
      throw .tls(error)
    }
    let before = takeClearOctets()
    if !before.isEmpty { log.note("\(before.count) octets left over in clear before TLS") }
    let answered = try handshake(engine, prefix: prefix, deadline: deadline)
    let facts = engine.facts(
      trust: options.trust, verifyName: options.verifyName, isServer: false, clearOctetsBefore: before, clearOctetsAnswered: answered
    )
    finish(engine, facts)
    return facts
  }

  /// Begins TLS as a server, after the 220 to STARTTLS or at once after the connection was accepted.
  ///
  /// - Parameters:
  ///   - identity: The certificate to present.
  ///   - options: What to allow.
  ///   - keepingUnread: Leaves octets that came in clear unread, as if they had come under TLS. No honest server does that.
  ///   - recordStart: Where among the unread octets the handshake begins; those in front are the clear ones.
  ///   - deadline: For the whole handshake.
  /// - Returns: What was agreed on and what the peer showed.
  /// - Throws: ``TransportError/tls(_:)``, a passed deadline, an interrupt, or the end of the connection.
  package mutating func startTLSServer(
    _ identity: TLSIdentity, options: TLSServerOptions = TLSServerOptions(), keepingUnread: Bool = false,
    recordStart: Int? = nil, deadline: Deadline
  ) throws(TransportError) -> TLSFacts {
    let engine: TLSEngine
    do throws(TLSError) {
      guard tls == nil else { throw .alreadyStarted }
      engine = try TLSEngine(server: identity, options)
    } catch {
      throw .tls(error)
    }
    if let recordStart {
      let octets = takeClearOctets()
      let start = min(max(0, recordStart), octets.count)
      buffer.append(Array(octets[..<start]))
      octets[start...].withUnsafeBytes { engine.feed($0) }
    }
    let before = keepingUnread ? Array(buffer.slice) : takeClearOctets()
    if !before.isEmpty { log.note("\(before.count) octets came in clear before TLS\(keepingUnread ? " and were kept" : "")") }
    _ = try handshake(engine, prefix: [], deadline: deadline)
    let facts = engine.facts(trust: .none, verifyName: nil, isServer: true, clearOctetsBefore: before, clearOctetsAnswered: [])
    finish(engine, facts)
    return facts
  }

  /// Whether the peer has ended TLS with a close_notify.
  package var hasReceivedCloseNotify: Bool { tls?.receivedCloseNotify == true }

  /// Sends a close_notify and nothing else; the TCP connection stays open in both directions.
  package mutating func sendCloseNotify(deadline: Deadline) throws(TransportError) {
    guard let tls else { throw .tls(.notStarted) }
    guard !tls.sentCloseNotify else { return }
    if case .failed(let error) = tls.closeNotify() { throw .tls(error) }
    log.tls("close_notify sent")
    try flush(tls, deadline: deadline)
  }

  /// Goes on in clear without a word to the peer.
  ///
  /// Octets that came and were not decrypted become unread.
  package mutating func abandonTLS() {
    guard let tls else { return }
    self.tls = nil
    let octets = tls.takeInput()
    log.tls("TLS abandoned")
    if ending != .reset { ending = nil }
    buffer.append(octets)
    if !octets.isEmpty { log.append(.received, octets) }
  }

  private mutating func takeClearOctets() -> [UInt8] {
    unannounced = 0
    scan = ReplyScan()
    return buffer.removeAll()
  }

  private mutating func finish(_ engine: TLSEngine, _ facts: TLSFacts) {
    tls = engine
    log.tls("\(facts.version), \(facts.cipher)\(facts.group.map { ", " + $0 } ?? "")")
  }

  /// Runs the handshake; answers what came in clear in front of it, which is an error where no octets went out in clear with ours.
  private mutating func handshake(
    _ engine: TLSEngine, prefix: [UInt8], deadline: Deadline
  ) throws(TransportError) -> [UInt8] {
    var prefix = prefix
    var answered = ClearAnswer(isExpected: !prefix.isEmpty)
    log.tls("handshake begins")
    while true {
      let step = engine.handshake()
      let output = prefix + engine.takeOutput()
      if !prefix.isEmpty { log.append(.sent, prefix) }
      prefix = []
      do throws(TransportError) {
        try write(output, 0..<output.count, as: nil, deadline: deadline)
      } catch {
        // The reason the handshake failed tells more than that its alert could not be sent.
        if case .failed(let cause) = step { throw .tls(cause) }
        throw error
      }
      switch step {
      case .done: return answered.octets
      case .failed(let error): throw .tls(error)
      case .closed: throw .closedByPeer
      case .wantsInput: try feed(engine, &answered, deadline: deadline)
      }
    }
  }

  /// Waits for octets of the handshake.
  private mutating func feed(_ engine: TLSEngine, _ answer: inout ClearAnswer, deadline: Deadline) throws(TransportError) {
    while true {
      // A peer that never stops must not keep poll(2) from timing out.
      if deadline.hasPassed { throw .timedOut(.handshake) }
      switch poll(reading: socket.descriptor, until: deadline, interrupt: interrupt) {
      case .ready: break
      case .timedOut: throw .timedOut(.handshake)
      case .interrupted: throw .interrupted
      case .failed(let code): throw .system(call: "poll", errno: code)
      }
      let count: Int
      switch engine.incoming.withUnsafeMutableBytes({ socket.take(into: $0) }) {
      case .octets(let taken): count = taken
      case .wouldBlock: continue
      case .failed(let code):
        guard case .failed(let error) = end(byError: code) else { throw .reset }
        throw error
      }
      guard count > 0 else {
        _ = end(.endOfStream)
        throw .closedByPeer
      }
      let start: Int
      do throws(TLSError) {
        start = try answer.recordStart(in: engine.incoming[..<count])
      } catch {
        engine.incoming.withUnsafeBytes { log.append(.receivedRaw, UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        throw .tls(error)
      }
      if start > 0 { log.append(.received, Array(engine.incoming[..<start])) }
      guard start < count else { continue }
      engine.incoming.withUnsafeBytes { engine.feed(UnsafeRawBufferPointer(rebasing: $0[start..<count])) }
      return
    }
  }
}
