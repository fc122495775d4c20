import Wire

extension Script {
  /// The script as a person reads it, an event a line: see `corpus/README.md`.
  public var text: String {
    Script.signature + "\n" + events.map(Script.text).joined()
  }

  private static func text(of event: Event) -> String {
    switch event {
    case .command(let line): return head("command", line)
    case .octets(let octets): return "octets\n" + block(octets)
    case .data(let body, let end):
      return "data\n" + block(body) + (end == Event.endOfMailData ? "" : head("end", end))
    case .chunk(let declared, let isLast, let octets):
      let size = declared.map(word) ?? "*"
      return "chunk \(size)\(isLast ? " last" : "")\n" + block(octets)
    case .auth(let mechanism, let initial, let responses):
      let initial = initial.map { " " + word($0) } ?? ""
      return "auth \(word(mechanism))\(initial)\n" + responses.map { head("|", $0) }.joined()
    case .startTLS(let before, let after):
      return "starttls\n" + (before.isEmpty ? "" : head("before", before)) + (after.isEmpty ? "" : head("after", after))
    case .closeNotify: return "close-notify\n"
    case .halfClose: return "half-close\n"
    case .reset: return "reset\n"
    case .wait: return "wait\n"
    case .cut: return "cut\n"
    case .connect: return "connect\n"
    }
  }

  private static func head(_ word: String, _ octets: [UInt8]) -> String {
    octets.isEmpty ? word + "\n" : "\(word) \(shown(octets))\n"
  }

  /// A line for each line of the octets, so that a change in one shows as a change of one.
  private static func block(_ octets: [UInt8]) -> String {
    var lines = ""
    var start = 0
    while start < octets.count {
      let end = octets[start...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? octets.count
      lines += head("|", Array(octets[start..<end]))
      start = end
    }
    return lines
  }

  /// Octets without control octets, and without a space that an editor would cut off.
  private static func shown(_ octets: [UInt8]) -> String {
    let text = Escaped.show(octets)
    return text.hasSuffix(" ") ? text.dropLast() + #"\x20"# : text
  }

  /// Octets as one word; `-` is none, and `*` has a meaning of its own.
  private static func word(_ octets: [UInt8]) -> String {
    switch octets {
    case []: "-"
    case [UInt8(ascii: "-")]: #"\x2d"#
    case [UInt8(ascii: "*")]: #"\x2a"#
    default: Escaped.show(octets).split(separator: " ", omittingEmptySubsequences: false).joined(separator: #"\x20"#)
    }
  }
}
