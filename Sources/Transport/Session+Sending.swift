#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Session {
  /// Sends octets, in one write where the system takes them; under TLS in as few records as they need.
  ///
  /// While the peer's window is full, what it sends meanwhile is taken in, so that two who talk at once do not wait for each other.
  ///
  /// - Throws: A passed deadline, an interrupt, or the end of the connection; some of the octets may have gone.
  package mutating func send(_ octets: [UInt8], deadline: Deadline) throws(TransportError) {
    try send(octets, 0..<octets.count, deadline: deadline)
  }

  /// Sends octets cut into segments, one write and under TLS one record each.
  package mutating func send(
    _ octets: [UInt8], cut: Segmentation, deadline: Deadline, using generator: inout some RandomNumberGenerator
  ) throws(TransportError) {
    var start = 0
    while start < octets.count {
      let end = cut.end(ofSegmentAt: start, in: octets, using: &generator)
      try send(octets, start..<end, deadline: deadline)
      start = end
      guard start < octets.count else { break }
      if interrupt?.isTriggered == true { throw .interrupted }
      if deadline.hasPassed { throw .timedOut(.send) }
    }
  }

  /// Sends octets under the record layer of TLS; without TLS this is a plain send.
  package mutating func sendRaw(_ octets: [UInt8], deadline: Deadline) throws(TransportError) {
    try write(octets, 0..<octets.count, as: tls == nil ? .sent : .sentRaw, deadline: deadline)
  }

  private mutating func send(_ octets: [UInt8], _ range: Range<Int>, deadline: Deadline) throws(TransportError) {
    if tls == nil {
      try write(octets, range, as: .sent, deadline: deadline)
    } else {
      try sendThroughTLS(octets, range, deadline: deadline)
    }
  }

  /// Writes to the socket itself, and records each write where it is of a kind to record.
  mutating func write(
    _ octets: [UInt8], _ range: Range<Int>, as kind: Transcript.Kind?, deadline: Deadline
  ) throws(TransportError) {
    guard socket.isOpen, !isHalfClosed else { throw .sessionEnded }
    var start = range.lowerBound
    while start < range.upperBound {
      let outcome = octets.withUnsafeBytes { all in
        let rest = UnsafeRawBufferPointer(rebasing: all[start..<range.upperBound])
        let outcome = socket.give(rest)
        if let kind, case .octets(let count) = outcome { log.append(kind, UnsafeRawBufferPointer(rebasing: rest[..<count])) }
        return outcome
      }
      switch outcome {
      case .octets(let count): start += count
      case .wouldBlock: try waitToWrite(deadline: deadline)
      case .failed(EPIPE): throw ending == .reset ? .reset : .closedByPeer
      case .failed(ECONNRESET): throw .reset
      case .failed(let code): throw .system(call: "send", errno: code)
      }
    }
  }

  private mutating func waitToWrite(deadline: Deadline) throws(TransportError) {
    // A peer that takes little at a time must not keep poll(2) from timing out.
    if deadline.hasPassed { throw .timedOut(.send) }
    let wantsToRead = ending == nil && buffer.room > 0
    let wait = socket.waitToWrite(orRead: wantsToRead, until: deadline, interrupt: interrupt)
    switch wait.outcome {
    case .ready: break
    case .timedOut: throw .timedOut(.send)
    case .interrupted: throw .interrupted
    case .failed(let code): throw .system(call: "poll", errno: code)
    }
    if wait.isReadable, case .octets(let count) = takeWhatIsThere() { unannounced += count }
  }
}
