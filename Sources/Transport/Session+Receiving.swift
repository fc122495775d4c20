#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Session {
  /// Waits for at least one octet more.
  ///
  /// What has arrived already counts even after the deadline. The end of the stream is reported again at each call.
  package mutating func receive(deadline: Deadline) -> Arrival {
    if unannounced > 0 {
      let count = unannounced
      unannounced = 0
      return .octets(count)
    }
    while true {
      if let ending { return ending }
      guard socket.isOpen else { return .failed(.sessionEnded) }
      guard buffer.room > 0 else { return .full }
      if tls != nil, let arrival = takeDecrypted() { return arrival }
      if tls == nil, socket.readsCanWait, deadline.remaining > Socket.twicePatience {
        if interrupt?.isTriggered == true { return .interrupted }
        if let arrival = takeWhatIsThere(waiting: true) { return arrival }
        continue
      }
      switch poll(reading: socket.descriptor, until: deadline, interrupt: interrupt) {
      case .ready: break
      case .timedOut: return .timedOut
      case .interrupted: return .interrupted
      case .failed(let code): return .failed(.system(call: "poll", errno: code))
      }
      if let arrival = takeWhatIsThere() { return arrival }
      // Records without octets of the dialogue could keep poll(2) from ever timing out.
      if deadline.hasPassed { return .timedOut }
    }
  }

  /// One read that does not wait, or not for long: octets of the dialogue or how it ended; `nil` where there is nothing new to tell.
  mutating func takeWhatIsThere(waiting: Bool = false) -> Arrival? {
    guard tls == nil else { return takeEncrypted() }
    let outcome = buffer.take(from: socket, waiting: waiting, recordingIn: &log)
    switch outcome {
    case .octets(0): return end(.endOfStream)
    case .octets(let count): return .octets(count)
    case .wouldBlock: return nil
    case .failed(let code): return end(byError: code)
    }
  }

  /// Remembers and records how the peer's direction ended.
  mutating func end(_ arrival: Arrival) -> Arrival {
    ending = arrival
    switch arrival {
    case .endOfStream: log.end(.peerClosed)
    case .reset: log.end(.peerReset)
    case .failed(let error): log.note(error.message)
    case .octets, .timedOut, .interrupted, .full: break
    }
    return arrival
  }

  mutating func end(byError code: Int32) -> Arrival {
    end(code == ECONNRESET || code == EPIPE ? .reset : .failed(.system(call: "recv", errno: code)))
  }
}
