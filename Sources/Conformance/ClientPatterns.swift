import Wire

/// What a command of the peer must be like, where it is the client; every part that is there holds.
package struct CommandPattern: Sendable {
  /// Its verb is one of these, in any letter case; upper case here.
  package var verbs: [String] = []
  /// What its argument has, each of them, in any letter case.
  package var arguments: [Template] = []
  /// What its argument lacks, each of them, in any letter case.
  package var excludes: [Template] = []
  /// Whether it fits the grammar of RFC 5321 §4.1.1 and ends in CRLF.
  package var isWellFormed = false
}

/// What a message of the peer must be like, where it is the client.
package struct MessagePattern: Sendable {
  /// Octets that stand somewhere in it, dots unstuffed.
  package var contains: [Template] = []
  /// Octets that stand nowhere in it.
  package var excludes: [Template] = []
  /// Whether every line ends in CRLF, and every one that begins with a dot has a second (RFC 5321 §2.3.8, §4.5.2).
  package var isWellFormed = false
  /// The most octets that a line has, its CRLF counted, a doubled dot not (RFC 5321 §4.5.3.1.6).
  package var longestLine: Int?
}

extension CommandPattern {
  /// Why a line, its end included, does not fit; empty where it is the verb, `nil` where all fits.
  func mismatch(_ line: [UInt8], in context: MatchContext) -> String? {
    var content = line[...]
    if content.last == .lineFeed { content = content.dropLast() }
    let endsInCRLF = content.last == .carriageReturn && content.count == line.count - 1
    if endsInCRLF { content = content.dropLast() }
    let verb = content.prefix { !$0.isWhiteSpace }
    guard verbs.isEmpty || verbs.contains(where: { verb.matchesIgnoringCase($0.utf8) }) else { return "" }
    let argument = Array(content.dropFirst(verb.count))
    for wanted in arguments.map({ $0.filled(with: context.values) }) where !argument.holds(wanted, ignoringCase: true) {
      return "the argument lacks \(Escaped.show(wanted, limit: 200))"
    }
    for unwanted in excludes.map({ $0.filled(with: context.values) }) where argument.holds(unwanted, ignoringCase: true) {
      return "the argument has \(Escaped.show(unwanted, limit: 200))"
    }
    guard isWellFormed else { return nil }
    guard endsInCRLF else { return "the line does not end in CRLF" }
    do throws(CommandSyntaxError) {
      _ = try Command.parse(line: Array(content), tolerating: [.trailingWhiteSpace])
      return nil
    } catch {
      return "the command is malformed from octet \(error.offset) on"
    }
  }
}

extension MessagePattern {
  /// Why mail data, the end included, does not fit; `nil` where all fits.
  func mismatch(_ data: [UInt8], in context: MatchContext) -> String? {
    if isWellFormed, let reason = Self.fault(of: data) { return reason }
    let stuffed = Array(data.dropLast(DotStuffing.end.count))
    let message = DotStuffing.unstuff(stuffed.span)
    if let longestLine {
      let length = Self.lengthOfLongestLine(of: message)
      if length > longestLine { return "the message has a line of \(length) octets" }
    }
    for wanted in contains.map({ $0.filled(with: context.values) }) where !message.holds(wanted) {
      return "the message lacks \(Escaped.show(wanted, limit: 200))"
    }
    for unwanted in excludes.map({ $0.filled(with: context.values) }) where message.holds(unwanted) {
      return "the message has \(Escaped.show(unwanted, limit: 200))"
    }
    return nil
  }

  private static func lengthOfLongestLine(of message: [UInt8]) -> Int {
    var longest = 0
    var start = 0
    for place in message.indices where place > start && message[place] == .lineFeed && message[place - 1] == .carriageReturn {
      longest = max(longest, place + 1 - start)
      start = place + 1
    }
    return max(longest, message.count - start)
  }

  private static func fault(of data: [UInt8]) -> String? {
    var lineStart = 0
    for (place, octet) in data.enumerated() {
      let isEndOfLine = octet == .lineFeed && place > 0 && data[place - 1] == .carriageReturn
      if octet == .lineFeed, !isEndOfLine { return "the message has a bare LF at octet \(place)" }
      if octet == .carriageReturn, place + 1 == data.count || data[place + 1] != .lineFeed {
        return "the message has a bare CR at octet \(place)"
      }
      guard isEndOfLine else { continue }
      let isLast = place + 1 == data.count
      if data[lineStart] == .dot, data[lineStart + 1] != .dot, !isLast { return "the line at octet \(lineStart) begins with one dot" }
      lineStart = place + 1
    }
    return nil
  }
}
