import Wire

/// Measures the reply scanner against a plain scan for LF over the same octets.
///
/// `swift run -c release WireBenchmark [ROUNDS]`. Rounds alternate between the two, so that a change of the clock's rate meets both alike; rates
/// are medians, the ratio is the median of the rounds' ratios.
@main
enum WireBenchmark {
  /// Octets of one buffer.
  static let bufferSize = 256 * 1024
  /// Passes over the buffer in one timing.
  static let passes = 200

  /// What servers say in a session that delivers mail: greeting, EHLO, envelope, data, refusals, farewell.
  static let replies = [
    "220 mx.example.test ESMTP service ready\r\n",
    "250-mx.example.test greets client.example\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n"
      + "250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-DSN\r\n250 CHUNKING\r\n",
    "250 2.1.0 Ok\r\n",
    "250 2.1.5 Ok\r\n",
    "550 5.1.1 <nobody@example.test>: Recipient address rejected: User unknown in local recipient table\r\n",
    "354 End data with <CR><LF>.<CR><LF>\r\n",
    "250 2.0.0 Ok: queued as 4XyZkR1q7Tz9w\r\n",
    "451-4.7.1 Greylisting in effect, please come back later.\r\n451 4.7.1 See https://mx.example.test/greylisting for the reason\r\n",
    "250\r\n",
    "221 2.0.0 Bye\r\n",
  ]

  static func main() {
    let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 25
    guard rounds > 0 else { return print("the number of rounds must be positive") }
    let buffer = mixed()
    let gigabytes = Double(buffer.count * passes) / 1e9
    var lineScan: [Double] = []
    var replyScan: [Double] = []
    var counted = (lines: 0, replyLines: 0, replies: 0, faulty: 0)
    for _ in 0..<rounds {
      lineScan.append(gigabytes / seconds { counted.lines = lines(in: buffer) })
      replyScan.append(gigabytes / seconds { (counted.replyLines, counted.replies, counted.faulty) = scan(buffer) })
    }
    guard counted.lines == counted.replyLines, counted.faulty == 0 else { return print("the two scans disagree: \(counted)") }
    print("buffer       \(buffer.count) octets, \(counted.lines) lines, \(counted.replies) replies")
    print("LF scan      \(rounded(median(lineScan))) GB/s")
    print("Reply.scan   \(rounded(median(replyScan))) GB/s")
    print("ratio        \(rounded(median(zip(replyScan, lineScan).map { $0 / $1 })))")
  }

  /// Replies in an order without a period, so that no branch predictor learns it by heart.
  static func mixed() -> Octets {
    var buffer: Octets = []
    var state: UInt64 = 5321
    while true {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let reply = replies[Int(state >> 33) % replies.count].utf8
      guard buffer.count + reply.count <= bufferSize else { return buffer }
      buffer += reply
    }
  }

  @inline(never)
  static func lines(in buffer: Octets) -> Int {
    let octets = buffer.span
    var position = 0
    var count = 0
    while let end = octets.firstIndex(of: .lineFeed, from: position) {
      count += 1
      position = end + 1
    }
    return count
  }

  @inline(never)
  static func scan(_ buffer: Octets) -> (lines: Int, replies: Int, faulty: Int) {
    let octets = buffer.span
    var result = (lines: 0, replies: 0, faulty: 0)
    var position = 0
    while let reply = try? Reply.scan(octets, from: position) {
      result.lines += reply.lineCount
      result.replies += 1
      if reply.faults.rawValue != 0 { result.faulty += 1 }
      position += reply.length
    }
    return result
  }

  static func seconds(_ work: () -> Void) -> Double {
    let duration = ContinuousClock().measure { for _ in 0..<passes { work() } }
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
