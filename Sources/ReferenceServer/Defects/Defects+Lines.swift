import Dialogue
import Wire

extension Defect {
  /// Faults in what ends a command line, and in what becomes of octets that were read.
  static let lineDefects: [Defect] = [
    .behaving("ends-commands-at-bare-lf", "RFC 5321 §2.3.8", "A bare LF ends a command line too.") { $0.lineEnds.insert(.lf) },
    .behaving("ends-commands-at-bare-cr", "RFC 5321 §2.3.8", "A CR ends a command line, whether LF follows or not.") { manner in
      var cutter = LineCutter(ends: [.carriageReturn], keepsEmptyLines: true)
      manner.readLine = { octets, _ in cutter.read(octets) }
    },
    .behaving("ends-commands-at-any-newline", "RFC 5321 §2.3.8", "CR, LF and NUL end a command line too; empty lines are passed over.") {
      manner in
      var cutter = LineCutter(ends: [.carriageReturn, .lineFeed, .nul], keepsEmptyLines: false)
      manner.readLine = { octets, _ in cutter.read(octets) }
    },
    .behaving("ends-commands-at-segment-end", "RFC 5321 §2.3.8", "Where one read ends, a command line ends too.") { manner in
      var reader = LineReader()
      manner.readLine = { octets, _ in
        let progress = reader.read(octets)
        guard progress.line == nil else { return progress }
        reader = LineReader()
        return .init(consumed: octets.count, line: trimmedLine(octets.octets))
      }
    },
    Defect(
      "takes-each-read-for-a-line", "RFC 2920 §3.2", "PIPELINING is not offered, and whatever one read returns is one command line.",
      configuration: { $0.extensions.remove(.pipelining) },
      distortion: { distortion in
        distortion.manner = { $0.readLine = { octets, _ in .init(consumed: octets.count, line: trimmedLine(octets.octets)) } }
      }
    ),
    .behaving("takes-each-record-for-a-line", "RFC 3207 §4", "Under TLS whatever one read returns is one command line.") { manner in
      manner.readLine = { octets, state in
        state.dialogue.isEncrypted ? .init(consumed: octets.count, line: trimmedLine(octets.octets)) : nil
      }
    },
    .behaving("one-line-a-record-under-tls", "RFC 3207 §4", "Under TLS what one read returned behind the first line is lost.") { manner in
      var reader = LineReader()
      manner.readLine = { octets, state in
        guard state.dialogue.isEncrypted else { return nil }
        let progress = reader.read(octets)
        return progress.line == nil ? progress : .init(consumed: octets.count, line: progress.line)
      }
    },
    .behaving("drops-partial-line-at-end-of-read", "RFC 2920 §3.2", "The beginning of a line that one read returned last is lost.") {
      manner in
      manner.readLine = { octets, _ in
        var reader = LineReader()
        return reader.read(octets)
      }
    },
    .behaving("acts-before-end-of-line", "RFC 821 §4.1.1", "A verb without an argument is carried out before its CRLF has come.") {
      manner in
      let verbs: [Verb] = [.noop, .rset, .data, .quit]
      var isEarly = false
      manner.readLine = { octets, _ in
        var reader = LineReader()
        let skipped = isEarly && octets.count >= 2 && octets[0] == .carriageReturn ? 2 : 0
        let progress = reader.read(octets.extracting(skipped...))
        guard progress.line != nil else { return .init(consumed: skipped, line: nil) }
        isEarly = false
        return .init(consumed: skipped + progress.consumed, line: progress.line)
      }
      manner.takesUnendedLine = { unread in
        guard unread.count == 4, let verb = Verb(unread), verbs.contains(verb) else { return nil }
        isEarly = true
        return .milliseconds(20)
      }
    },
    .echoing("echoes-command-octets", "RFC 5321 §4.2", "Every reply to a command ends with the command's octets as they came."),
  ]

  /// A line of whatever is given, its line end cut off; `nil` where nothing is left.
  private static func trimmedLine(_ octets: [UInt8]) -> LineReader.Line? {
    let end = octets.lastIndex { $0 != .carriageReturn && $0 != .lineFeed }
    return end.map { .line(Array(octets[...$0])) }
  }

  private static func echoing(_ name: String, _ source: String, _ summary: String) -> Defect {
    writing(name, source, summary) { octets, context in
      guard context.isCommandLine, octets.suffix(2) == [.carriageReturn, .lineFeed] else { return }
      octets.removeLast(2)
      octets += [.space] + context.line + [.carriageReturn, .lineFeed]
    }
  }
}

/// Cuts command lines at single octets; an LF behind a CR that ended a line is swallowed.
private struct LineCutter {
  let ends: Set<UInt8>
  let keepsEmptyLines: Bool
  private var line: [UInt8] = []
  private var swallowsLineFeed = false
  private static let limit = 4096

  init(ends: Set<UInt8>, keepsEmptyLines: Bool) {
    self.ends = ends
    self.keepsEmptyLines = keepsEmptyLines
  }

  mutating func read(_ octets: Span<UInt8>) -> LineReader.Progress {
    for index in 0..<octets.count {
      let octet = octets[index]
      if swallowsLineFeed, octet == .lineFeed {
        swallowsLineFeed = false
        continue
      }
      swallowsLineFeed = octet == .carriageReturn
      guard ends.contains(octet) else {
        if line.count < Self.limit { line.append(octet) }
        continue
      }
      defer { line = [] }
      if keepsEmptyLines || !line.isEmpty { return .init(consumed: index + 1, line: .line(line)) }
    }
    return .init(consumed: octets.count, line: nil)
  }
}
