import Dialogue
import Wire

extension Defect {
  /// Faults in where the mail data ends, and in transparency.
  static let mailDataDefects: [Defect] = [
    .behaving("ends-data-at-bare-newline", "RFC 5321 §4.1.1.4", "A dot between any two of CRLF, LF and CR ends the mail data.") { manner in
      let newline = SwallowedLineFeed()
      manner.mailDataReader = { _, configuration in AnyNewlineReader(limit: configuration.sizeLimitInOctets * 2, newline: newline) }
      var reader = LineReader()
      manner.readLine = { octets, _ in
        let skipped = newline.isAwaited && octets.count > 0 && octets[0] == .lineFeed ? 1 : 0
        newline.isAwaited = false
        let progress = reader.read(octets.extracting(skipped...))
        return .init(consumed: skipped + progress.consumed, line: progress.line)
      }
    },
    .terminating("ends-data-at-lf-dot-lf", "LF . LF ends the mail data.", "\n.\n"),
    .terminating("ends-data-at-lf-dot-crlf", "LF . CRLF ends the mail data.", "\n.\r\n"),
    .terminating("ends-data-at-crlf-dot-lf", "CRLF . LF ends the mail data.", "\r\n.\n"),
    .terminating(
      "ends-data-at-almost-a-dot", "A line that is nearly a lone dot ends the mail data.",
      "\r\n..\r\n", "\r\n...\r\n", "\r\n.a\r\n", "\r\n. \r\n", "\r\n.\t\r\n", "\r\n .\r\n", "\r\n\0.\r\n", "\r\n.\0\r\n"),
    .behaving("ends-data-at-lone-dot-segment", "RFC 5321 §4.1.1.4", "A read that returns a lone dot ends the mail data.") { manner in
      manner.mailDataReader = { _, configuration in
        SpecialMailDataReader(HonestMailDataReader(sizeLimitInOctets: configuration.sizeLimitInOctets)) { octets, _ in
          octets.count == 1 && octets[0] == .dot ? .init(consumed: 1, hasEnded: true) : nil
        }
      }
    },
    .behaving("leaves-dot-of-empty-message", "RFC 5321 §4.1.1.4", "The dot that ends an empty message is read as a command too.") {
      manner in
      manner.mailDataReader = { _, configuration in
        SpecialMailDataReader(HonestMailDataReader(sizeLimitInOctets: configuration.sizeLimitInOctets)) { octets, sofar in
          guard sofar == 0, octets.count > 0, octets[0] == .dot, octets.count < 3 || octets[1] == .carriageReturn else { return nil }
          return .init(consumed: 0, hasEnded: octets.count >= 3)
        }
      }
    },
    .behaving("ends-data-at-declared-size", "RFC 1870 §6", "The mail data ends after as many octets as MAIL declared.") { manner in
      manner.mailDataReader = { state, configuration in
        let honest = HonestMailDataReader(sizeLimitInOctets: configuration.sizeLimitInOctets)
        guard let size = state.declaredSize, size > 0 else { return honest }
        return CountingReader(size: size)
      }
    },
    .behaving("mistreats-dots", "RFC 5321 §4.5.2", "All dots at the ends of a line are removed, and a single one at its front stays.") {
      manner in
      manner.mailDataReader = { _, configuration in RawReader(limit: configuration.sizeLimitInOctets * 2, change: mistreatDots) }
    },
    .keepingStuffing("keeps-stuffed-dots", "RFC 5321 §4.5.2", "Doubled dots are stored as they came.") { _ in true },
    .keepingStuffing("keeps-stuffing-under-tls", "RFC 5321 §4.5.2", "Under TLS doubled dots are stored as they came.") {
      $0.dialogue.isEncrypted
    },
    .keepingStuffing("keeps-stuffing-after-helo", "RFC 821 §4.5.2", "After HELO doubled dots are stored as they came.") {
      $0.dialogue.hello == .helo
    },
    .deciding("refuses-twice-at-two-crs", "RFC 5321 §4.2", "Content that has CR CR LF is refused with two replies.") { decision, context in
      guard let content = context.content,
        content.octets != content.octets.replacing([.carriageReturn, .carriageReturn, .lineFeed], with: [])
      else { return }
      decision.answers = [Answer(554, .init(6, 0), "Refused"), Answer(554, .init(6, 0), "Refused again")]
      decision.effect = .none
    },
  ]

  private static let mistreatDots: @Sendable (inout [UInt8]) -> Void = { line in
    let dots = line.prefix { $0 == .dot }.count
    if dots != 1 || line.count == 1 { line.removeFirst(dots) }
    while line.last == .dot { line.removeLast() }
  }

  private static func terminating(_ name: String, _ summary: String, _ terminators: String...) -> Defect {
    behaving(name, "RFC 5321 §4.1.1.4", summary) { manner in
      let all = [MailDataReader.endOfMailData] + terminators.map { Array($0.utf8) }
      manner.mailDataReader = { _, configuration in
        HonestMailDataReader(sizeLimitInOctets: configuration.sizeLimitInOctets, terminators: all)
      }
    }
  }

  private static func keepingStuffing(
    _ name: String, _ source: String, _ summary: String, _ condition: @escaping @Sendable (ServerState) -> Bool
  ) -> Defect {
    behaving(name, source, summary) { manner in
      manner.mailDataReader = { state, configuration in
        let honest = HonestMailDataReader(sizeLimitInOctets: configuration.sizeLimitInOctets)
        return condition(state) ? RawReader(limit: configuration.sizeLimitInOctets * 2) : honest
      }
    }
  }
}

/// Whether the LF of a CRLF that has ended the mail data is still to come.
private final class SwallowedLineFeed {
  var isAwaited = false
}

/// Ends the mail data at a dot between any two of CRLF, LF and CR.
private struct AnyNewlineReader: MailDataReading {
  let limit: Int
  let newline: SwallowedLineFeed
  private var octets: [UInt8] = []
  private var count = 0
  private var isAtLineStart = true
  private var isBehindDot = false

  init(limit: Int, newline: SwallowedLineFeed) {
    self.limit = limit
    self.newline = newline
  }

  mutating func read(_ input: Span<UInt8>) -> MailDataReader.Progress {
    for index in 0..<input.count {
      let octet = input[index]
      let isNewline = octet == .carriageReturn || octet == .lineFeed
      if isBehindDot, isNewline {
        octets.removeLast()
        count -= 1
        guard octet == .carriageReturn else { return .init(consumed: index + 1, hasEnded: true) }
        if index + 1 < input.count { return .init(consumed: input[index + 1] == .lineFeed ? index + 2 : index + 1, hasEnded: true) }
        newline.isAwaited = true
        return .init(consumed: index + 1, hasEnded: true)
      }
      isBehindDot = isAtLineStart && octet == .dot
      isAtLineStart = isNewline
      count += 1
      if octets.count < limit { octets.append(octet) }
    }
    return .init(consumed: input.count, hasEnded: false)
  }

  var content: MailContent {
    let message = DotStuffing.unstuff(octets.span)
    return MailContent(octets: message, sizeInOctets: count > octets.count ? count : message.count)
  }
}

/// Ends the mail data after so many octets.
private struct CountingReader: MailDataReading {
  let size: Int
  private var octets: [UInt8] = []

  init(size: Int) {
    self.size = size
  }

  mutating func read(_ input: Span<UInt8>) -> MailDataReader.Progress {
    let more = min(size - octets.count, input.count)
    octets += input.octets(0..<more)
    return .init(consumed: more, hasEnded: octets.count == size)
  }

  var content: MailContent { MailContent(octets: octets, sizeInOctets: octets.count) }
}

/// Leaves the dots as they came, or does something of its own to every line.
private struct RawReader: MailDataReading {
  private var reader: MailDataReader
  private let change: ((inout [UInt8]) -> Void)?

  init(limit: Int, change: ((inout [UInt8]) -> Void)? = nil) {
    reader = MailDataReader(limit: limit)
    self.change = change
  }

  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    reader.read(octets)
  }

  var content: MailContent {
    guard let change else { return MailContent(octets: Array(reader.data), sizeInOctets: reader.count) }
    var lines = Array(reader.data).crlfLines
    for index in lines.indices { change(&lines[index]) }
    return MailContent(octets: Array(lines.joined(separator: [UInt8].crlf)), sizeInOctets: reader.count)
  }
}

/// Asks a rule first, and reads honestly where the rule says nothing.
private struct SpecialMailDataReader: MailDataReading {
  private var honest: HonestMailDataReader
  private var count = 0
  private let rule: (_ octets: Span<UInt8>, _ octetsSoFar: Int) -> MailDataReader.Progress?

  init(_ honest: HonestMailDataReader, rule: @escaping (Span<UInt8>, Int) -> MailDataReader.Progress?) {
    self.honest = honest
    self.rule = rule
  }

  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    if let progress = rule(octets, count) { return progress }
    let progress = honest.read(octets)
    count += progress.consumed
    return progress
  }

  var content: MailContent { honest.content }
}
