/// Transparency: how a message travels after DATA, RFC 5321 §4.5.2.
package enum DotStuffing {
  /// The end of the mail data where a line has just ended.
  package static let end: Octets = [.dot, .carriageReturn, .lineFeed]

  /// Doubles the dot at the front of every line and adds the end of the mail data.
  ///
  /// Lines end in CRLF alone. A last line without CRLF gets one, since the end could not be seen otherwise (RFC 5321 §4.1.1.4).
  package static func stuff(_ message: Octets) -> Octets {
    var result: Octets = []
    result.reserveCapacity(message.count + message.count / 64 + 8)
    var previous: (UInt8, UInt8) = (.carriageReturn, .lineFeed)
    for octet in message {
      if octet == .dot, previous == (.carriageReturn, .lineFeed) { result.append(.dot) }
      result.append(octet)
      previous = (previous.1, octet)
    }
    if previous != (.carriageReturn, .lineFeed) { result += [.carriageReturn, .lineFeed] }
    return result + end
  }

  /// Removes the dot at the front of every line; the end of the mail data is not to be in it.
  package static func unstuff(_ data: some Sequence<UInt8>) -> Octets {
    var result: Octets = []
    result.reserveCapacity(data.underestimatedCount)
    var previous: (UInt8, UInt8) = (.carriageReturn, .lineFeed)
    for octet in data {
      if octet != .dot || previous != (.carriageReturn, .lineFeed) { result.append(octet) }
      previous = (previous.1, octet)
    }
    return result
  }
}
