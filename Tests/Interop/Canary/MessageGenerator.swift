import Conformance
import Wire

/// Makes messages that a conforming client may send, and that are hard on whoever handles them carelessly.
///
/// Their bodies have lines of every length up to 998 octets, dots at their fronts, blanks at their ends, empty lines at either end, every
/// octet but CR and LF, and words that mail software takes for its own. Lines end in CRLF alone, since a client sends no other CR or LF.
///
/// - SeeAlso: RFC 5321 §2.3.8, §4.5.2, §4.5.3.1.6.
struct MessageGenerator {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  private mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<max(bound, 1), using: &generator)
  }

  /// A whole message; its subject carries the number.
  mutating func message(number: Int) -> Octets {
    let header = "From: canary@example.org\r\nTo: alice@example.test\r\nDate: Sat, 28 Nov 2026 12:00:00 +0000\r\n"
    var octets = Array((header + "Message-ID: <\(number).canary@example.org>\r\nSubject: \(Self.mark)\(number)\r\n\r\n").utf8)
    for _ in 0..<below(40) { octets += line() + [.carriageReturn, .lineFeed] }
    return octets
  }

  /// What stands in front of the number in a subject.
  static let mark = "canary "

  private static let words = [
    ".", "..", "...", "", " ", "\t", "From me", ">From me", "QUIT", "RSET", ". ", ".\t", "--", "Subject: within the body", "BDAT 5 LAST",
    "\\.",
  ]

  private mutating func line() -> Octets {
    switch below(8) {
    case 0: return Array(Self.words[below(Self.words.count)].utf8)
    case 1: return Octets(repeating: .dot, count: 1 + below(5)) + text(length: below(60), from: 0x20..<0x7F)
    case 2: return text(length: below(70), from: 0x20..<0x7F) + Octets(repeating: 0x20, count: below(4))
    case 3: return text(length: below(200), from: 0x00..<0x80)
    case 4: return text(length: below(200), from: 0x80..<0x100)
    case 5: return text(length: below(200), from: 0x00..<0x100)
    case 6: return text(length: [997, 998, 996, 512, 511, 510, 80, 78][below(8)], from: 0x21..<0x7F)
    default: return text(length: below(998), from: 0x20..<0x7F)
    }
  }

  private mutating func text(length: Int, from range: Range<Int>) -> Octets {
    var octets = Octets()
    octets.reserveCapacity(length)
    while octets.count < length {
      let octet = UInt8(range.lowerBound + below(range.count))
      if octet != .carriageReturn, octet != .lineFeed { octets.append(octet) }
    }
    return octets
  }
}
