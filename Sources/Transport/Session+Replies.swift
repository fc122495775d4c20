import Wire

/// How far the search for the end of a reply has come, in octets from the front of the unread ones.
struct ReplyScan: Sendable {
  /// The beginning of the line that has not ended yet.
  var lineStart = 0
  /// No LF stands between the line's beginning and here.
  var scanned = 0
  /// The parser was already asked about a line that does not begin like a reply's.
  var askedAboutHead = false
}

extension Session {
  /// Waits for one whole reply, RFC 5321 §4.2, and consumes it.
  ///
  /// Each octet is searched once, however slowly they drip in.
  ///
  /// - Parameter deadline: For the whole reply, not for each read.
  /// - Returns: The reply, or what came instead of it.
  package mutating func nextReply(deadline: Deadline) -> ReplyArrival {
    while true {
      if let reply = takeReply() { return reply }
      switch receive(deadline: deadline) {
      case .octets: continue
      case .timedOut: return .silence(partialOctets: buffer.count)
      case .endOfStream: return .endOfStream
      case .reset: return .reset
      case .interrupted: return .interrupted
      case .full: return .tooLong
      case .failed(let error): return .failed(error)
      }
    }
  }

  /// The reply that is there already, or `nil` while its last line has not ended.
  package mutating func takeReply() -> ReplyArrival? {
    while let lineFeed = buffer.lineFeed(from: scan.scanned) {
      let goesOn = lineGoesOn(endingAt: lineFeed)
      if !goesOn, let reply = parseReply() { return reply }
      scan = ReplyScan(lineStart: lineFeed + 1, scanned: lineFeed + 1)
      if scan.lineStart > limits.replyOctets { return .tooLong }
    }
    scan.scanned = buffer.count
    if !scan.askedAboutHead, !headIsOfReply() {
      scan.askedAboutHead = true
      if let reply = parseReply() { return reply }
    }
    return buffer.count > limits.replyOctets ? .tooLong : nil
  }

  /// Whether a line that has ended says, by `code "-"`, that another follows.
  private func lineGoesOn(endingAt lineFeed: Int) -> Bool {
    guard lineFeed - scan.lineStart >= 4, buffer[scan.lineStart + 3] == UInt8(ascii: "-") else { return false }
    return headIsOfReply()
  }

  /// Whether the line's first three octets, as far as they are there, are digits.
  private func headIsOfReply() -> Bool {
    for offset in scan.lineStart..<min(scan.lineStart + 3, buffer.count) where !(0x30...0x39).contains(buffer[offset]) {
      return false
    }
    return true
  }

  private mutating func parseReply() -> ReplyArrival? {
    do throws(ReplySyntaxError) {
      let parsed = try buffer.withSpan { span throws(ReplySyntaxError) in try Reply.parse(span, tolerating: .everything) }
      guard let (reply, length) = parsed else { return nil }
      guard length <= limits.replyOctets else { return .tooLong }
      consume(length)
      return .reply(reply)
    } catch {
      let end = buffer.lineFeed(from: scan.lineStart).map { $0 + 1 } ?? buffer.count
      let octets = Array(buffer.slice.prefix(end))
      consume(end)
      return .malformed(octets, error)
    }
  }
}
