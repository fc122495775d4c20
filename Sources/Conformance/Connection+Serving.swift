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
      case .message: take(within: time, Self.endOfMailData, as: Observation.message)
      }
    switch observation {
    case .command(let line): owe(.command(line))
    case .message(let data): owe(.message(data))
    default: break
    }
    return observation
  }

  /// Where the mail data ends, its last CRLF included (RFC 5321 §4.1.1.4).
  private static func endOfMailData(_ octets: [UInt8]) -> Int? {
    if octets.starts(with: DotStuffing.end) { return DotStuffing.end.count }
    let end = [.carriageReturn, .lineFeed] + DotStuffing.end
    guard octets.count >= end.count else { return nil }
    return octets.indices.dropLast(end.count - 1).first { octets[$0...].starts(with: end) }.map { $0 + end.count }
  }
}
