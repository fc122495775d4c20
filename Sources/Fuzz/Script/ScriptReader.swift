import Wire

/// Reads the text form of a script; every text is one, and what does not fit is reported beside it.
package struct ScriptReader {
  /// A line that says nothing in the format.
  package struct Problem: Sendable, Hashable {
    /// From 1.
    package let line: Int
    /// What is wrong with it.
    package let message: String
  }

  private var events: [Event] = []
  private var problems: [Problem] = []
  private var line = 0

  /// Reads a text.
  ///
  /// - Parameter octets: The text; comments begin with `#`, and a line that says nothing is sent as a command.
  /// - Returns: The script, and the lines that say nothing in the format.
  package static func read(_ octets: [UInt8]) -> (script: Script, problems: [Problem]) {
    var reader = ScriptReader()
    for line in octets.split(separator: .lineFeed, omittingEmptySubsequences: false) {
      reader.line += 1
      reader.read(line.last == .carriageReturn ? line.dropLast() : line)
    }
    return (Script(reader.events), reader.problems)
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    guard let first = line.first, first != UInt8(ascii: "#") else { return }
    let space = line.firstIndex(of: .space) ?? line.endIndex
    let word = String(decoding: line[..<space], as: UTF8.self)
    let rest = line[space...].dropFirst()
    switch word {
    case "smtpspec-script" where self.line == 1: break
    case "command": events.append(.command(ScriptReader.octets(rest)))
    case "octets": events.append(.octets(ScriptReader.octets(rest)))
    case "data": events.append(.data(body: ScriptReader.octets(rest), end: Event.endOfMailData))
    case "chunk": readChunk(rest)
    case "auth": readAuth(rest)
    case "starttls": events.append(.startTLS(before: [], after: []))
    case "|", "end", "before", "after": readPart(word, rest, of: line)
    default:
      guard let event = ScriptReader.plain[word], rest.isEmpty else {
        return takeAsCommand(line, "no event begins with '\(Escaped.show(word, limit: 40))'")
      }
      events.append(event)
    }
  }

  private static let plain: [String: Event] = [
    "close-notify": .closeNotify, "half-close": .halfClose, "reset": .reset, "wait": .wait, "cut": .cut, "connect": .connect,
  ]

  private mutating func readChunk(_ rest: ArraySlice<UInt8>) {
    let words = rest.split(separator: .space, omittingEmptySubsequences: false)
    let size = words.first ?? []
    let isLast = words.count > 1 && words[1].elementsEqual("last".utf8)
    if words.count > (isLast ? 2 : 1) { note("a chunk has a size and 'last', and nothing else") }
    events.append(.chunk(declared: size.elementsEqual("*".utf8) ? nil : ScriptReader.word(size), isLast: isLast, octets: []))
  }

  private mutating func readAuth(_ rest: ArraySlice<UInt8>) {
    let words = rest.split(separator: .space, maxSplits: 1, omittingEmptySubsequences: false)
    events.append(
      .auth(
        mechanism: ScriptReader.word(words.first ?? []), initial: words.count > 1 ? ScriptReader.word(words[1]) : nil, responses: []))
  }

  /// A line that belongs to the event above it.
  private mutating func readPart(_ word: String, _ rest: ArraySlice<UInt8>, of line: ArraySlice<UInt8>) {
    let octets = ScriptReader.octets(rest)
    switch (word, events.last) {
    case ("|", .octets(let old)): replaceLast(.octets(old + octets))
    case ("|", .data(let body, let end)): replaceLast(.data(body: body + octets, end: end))
    case ("|", .chunk(let declared, let isLast, let old)): replaceLast(.chunk(declared: declared, isLast: isLast, octets: old + octets))
    case ("|", .auth(let mechanism, let initial, let responses)):
      replaceLast(.auth(mechanism: mechanism, initial: initial, responses: responses + [octets]))
    case ("end", .data(let body, _)): replaceLast(.data(body: body, end: octets))
    case ("before", .startTLS(_, let after)): replaceLast(.startTLS(before: octets, after: after))
    case ("after", .startTLS(let before, _)): replaceLast(.startTLS(before: before, after: octets))
    default: takeAsCommand(line, "'\(word)' does not belong to the event above it")
    }
  }

  private mutating func replaceLast(_ event: Event) {
    events[events.count - 1] = event
  }

  private mutating func takeAsCommand(_ line: ArraySlice<UInt8>, _ message: String) {
    note(message)
    events.append(.command(ScriptReader.octets(line)))
  }

  private mutating func note(_ message: String) {
    problems.append(Problem(line: line, message: message))
  }

  /// The octets that a text stands for: `\r \n \t \0 \\ \xHH` are one each, and a backslash before anything else is itself.
  static func octets(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var octets: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      let (octet, length) = octet(in: text, at: index)
      octets.append(octet)
      index += length
    }
    return octets
  }

  /// The octets of one word; `-` is none.
  private static func word(_ text: ArraySlice<UInt8>) -> [UInt8] {
    text.elementsEqual([.hyphen]) ? [] : octets(text)
  }

  private static func octet(in text: ArraySlice<UInt8>, at index: Int) -> (UInt8, Int) {
    guard text[index] == .backslash, index + 1 < text.endIndex else { return (text[index], 1) }
    switch text[index + 1] {
    case UInt8(ascii: "r"): return (.carriageReturn, 2)
    case UInt8(ascii: "n"): return (.lineFeed, 2)
    case UInt8(ascii: "t"): return (.tab, 2)
    case UInt8(ascii: "0"): return (.nul, 2)
    case .backslash: return (.backslash, 2)
    case UInt8(ascii: "x") where index + 3 < text.endIndex:
      guard let high = text[index + 2].hexDigitValue, let low = text[index + 3].hexDigitValue else { return (.backslash, 1) }
      return (high << 4 | low, 4)
    default: return (.backslash, 1)
    }
  }
}
