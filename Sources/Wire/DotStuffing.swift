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
    forEachLine(of: message.span) { octets, line in
      if octets[line.lowerBound] == .dot { result.append(.dot) }
      result.append(octets, in: line)
    }
    if !message.isEmpty, !message.suffix(2).elementsEqual([.carriageReturn, .lineFeed]) { result += [.carriageReturn, .lineFeed] }
    return result + end
  }

  /// Removes the dot at the front of every line; the end of the mail data is not to be in it.
  package static func unstuff(_ data: Span<UInt8>) -> Octets {
    var result: Octets = []
    result.reserveCapacity(data.count)
    forEachLine(of: data) { octets, line in
      let hasDot = octets[line.lowerBound] == .dot
      result.append(octets, in: line.lowerBound + (hasDot ? 1 : 0)..<line.upperBound)
    }
    return result
  }

  /// Calls for every line with its CRLF, the last one even without; no line is empty.
  private static func forEachLine(of octets: Span<UInt8>, _ body: (Span<UInt8>, Range<Int>) -> Void) {
    var start = 0
    var position = 0
    while let lineFeed = octets.firstIndex(of: .lineFeed, from: position) {
      position = lineFeed + 1
      guard lineFeed > start, octets[lineFeed - 1] == .carriageReturn else { continue }
      body(octets, start..<position)
      start = position
    }
    if start < octets.count { body(octets, start..<octets.count) }
  }
}
