extension Session {
  /// Plaintext that goes to OpenSSL at once, so that a long message is never there a second time in whole.
  private static let mostAtOnce = 1 << 16

  /// Answers to the peer's key updates that may wait for our next write; a peer that makes more of them is not talking to us.
  private static let mostUnsentOctets = 1 << 14

  mutating func sendThroughTLS(_ octets: [UInt8], _ range: Range<Int>, deadline: Deadline) throws(TransportError) {
    guard let tls else { throw .tls(.notStarted) }
    guard !tls.sentCloseNotify, !tls.hasLostOutput else { throw .sessionEnded }
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + Self.mostAtOnce, range.upperBound)
      let step = octets.withUnsafeBytes { all in
        let part = UnsafeRawBufferPointer(rebasing: all[start..<end])
        let step = tls.write(part)
        if step == .done { log.append(.sent, part) }
        return step
      }
      switch step {
      case .done: break
      case .failed(let error): throw .tls(error)
      case .wantsInput, .closed: throw .tls(.protocolFailure("nothing can be written"))
      }
      try flush(tls, deadline: deadline)
      start = end
    }
  }

  /// Sends what TLS has ready.
  mutating func flush(_ engine: TLSEngine, deadline: Deadline) throws(TransportError) {
    let output = engine.takeOutput()
    do throws(TransportError) {
      try write(output, 0..<output.count, as: nil, deadline: deadline)
    } catch {
      engine.hasLostOutput = true
      log.note("not all of that was sent: \(error.message)")
      throw error
    }
  }

  /// One read of records that does not wait.
  mutating func takeEncrypted() -> Arrival? {
    guard let tls else { return nil }
    switch tls.incoming.withUnsafeMutableBytes({ socket.take(into: $0) }) {
    case .octets(0):
      log.note("no close_notify before the end of the stream")
      return end(.endOfStream)
    case .octets(let count):
      tls.incoming.withUnsafeBytes { tls.feed(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      return takeDecrypted()
    case .wouldBlock: return nil
    case .failed(let code): return end(byError: code)
    }
  }

  /// What can be decrypted of the records that are there; `nil` while that is nothing.
  mutating func takeDecrypted() -> Arrival? {
    guard let tls else { return nil }
    let (count, step) = buffer.take(from: tls, recordingIn: &log)
    switch step {
    case .done: return .octets(count)
    case .wantsInput:
      guard tls.unsentOctets <= Self.mostUnsentOctets else {
        return end(.failed(.tls(.protocolFailure("key updates without end"))))
      }
      return nil
    case .closed:
      tls.receivedCloseNotify = true
      log.tls("close_notify received")
      return end(.endOfStream)
    case .failed(let error):
      let raw = tls.takeInput()
      if !raw.isEmpty { log.append(.receivedRaw, raw) }
      // The peer may still want to know why.
      try? flush(tls, deadline: .after(.zero))
      return end(.failed(.tls(error)))
    }
  }
}
