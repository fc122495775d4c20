import Transport
import Wire

/// The peer as the client: after ATRN (RFC 2645 §5.3), or where it has connected to us.
extension Connection {
  /// What comes next of what is waited for, or what came instead.
  func observe(_ expected: Pattern.Expected, within time: Duration) -> Observation? {
    let observation =
      switch expected {
      case .reply, .outcome: observe(within: time)
      case .command: take(within: time, { $0.firstIndex(of: .lineFeed).map { $0 + 1 } }, as: Observation.command)
      case .message: takeMailData(within: time)
      }
    switch observation {
    case .command(let line): owe(.command(line))
    case .message(let data): owe(.message(data))
    default: break
    }
    return observation
  }

  /// The mail data up to its end, the last CRLF included (RFC 5321 §4.1.1.4).
  private func takeMailData(within time: Duration) -> Observation? {
    var end = EndOfMailData()
    return take(within: time, { end.search($0) }, as: Observation.message)
  }
}

/// Searches for the end of mail data while it arrives, each octet once.
struct EndOfMailData {
  private static let end: [UInt8] = [.carriageReturn, .lineFeed] + DotStuffing.end
  private var searched = 0

  /// Looks at what has come since the last search.
  ///
  /// - Parameter octets: All that has arrived of the mail data.
  /// - Returns: Its length, the last CRLF included; `nil` while it does not end.
  mutating func search(_ octets: [UInt8]) -> Int? {
    while let place = octets[searched...].firstIndex(of: .lineFeed) {
      searched = place + 1
      let line = octets[..<searched]
      if line.count == DotStuffing.end.count ? line.elementsEqual(DotStuffing.end) : line.suffix(Self.end.count).elementsEqual(Self.end) {
        return searched
      }
    }
    searched = octets.count
    return nil
  }
}
