import Foundation
import Testing

@Suite("docs/messages.md has every message, and no other")
struct MessageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("Source and page say the same")
  func agree() throws {
    let text = String(decoding: try Data(contentsOf: Self.root.appendingPathComponent("docs/messages.md")), as: UTF8.self)
    let documented = Set(text.matches(of: /\n\| `([^`]+)` \|/).map { String($0.output.1) })
    let written = try Self.messages()
    #expect(written.count > 150)
    for message in written.keys.sorted() where !documented.contains(message) {
      Issue.record("docs/messages.md lacks a row for this message of \(written[message] ?? ""): | `\(message)` | what to do |")
    }
    for message in documented.subtracting(written.keys).sorted() { Issue.record("docs/messages.md has '\(message)', which nothing says") }
  }

  /// The messages in the sources, with `…` for what is filled in, and a file that says it.
  private static func messages() throws -> [String: String] {
    var found: [String: String] = [:]
    for room in ["Attestation", "Conformance", "Fuzz", "Reports", "Transport", "smtpspec"] {
      let folder = root.appendingPathComponent("Sources/\(room)")
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
      for file in files where file.pathExtension == "swift" {
        let source = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        for message in literals(in: source, of: file.lastPathComponent) { found[message] = "\(room)/\(file.lastPathComponent)" }
      }
    }
    return found
  }

  private static func literals(in source: String, of name: String) -> [String] {
    let types =
      "Failure|ValidationError|SelectionError|ConfigurationError|SpecError|JoinError|StatementError|RunReaderError|FieldError|ServeFailure"
    var patterns = [
      #"\b(?:"# + types + #"|StandardError\.say|refusal|failure)\((?:[a-z]+: [A-Za-z.0-9]+, )*(?:message: )?""#,
      #"\.(?:error|note|nothingVerified|inconclusive|notApplicable)\(""#,
    ]
    if name.hasSuffix("Error.swift") { patterns.append(#"\bcase \.[^\n"]*:\s+""#) }
    if ["Survey.swift", "WaiverBook.swift"].contains(name) { patterns.append(#"\breturn ""#) }
    return patterns.flatMap { pattern in
      let expression = try? NSRegularExpression(pattern: pattern)
      let matches = expression?.matches(in: source, range: NSRange(source.startIndex..., in: source)) ?? []
      return matches.compactMap { match in Range(match.range, in: source).flatMap { literal(in: source[$0.upperBound...]) } }
    }.filter { $0.filter(\.isLetter).count >= 3 && $0.contains(/[A-Za-z]{3}/) }
  }

  /// The text of a literal whose first quote has been read.
  private static func literal(in rest: Substring) -> String? {
    var text = ""
    var place = rest.startIndex
    func next() { place = rest.index(after: place) }
    while place < rest.endIndex {
      switch rest[place] {
      case "\"": return text.trimmingCharacters(in: .whitespaces)
      case "\n": return nil
      case "\\":
        next()
        if rest[place] == "(" {
          place = endOfInterpolation(in: rest, from: place)
          if text.last != "…" { text.append("…") }
        } else {
          text.append(rest[place])
          next()
        }
      default:
        text.append(rest[place])
        next()
      }
    }
    return nil
  }

  /// The place behind the parenthesis that ends what begins at `place`.
  private static func endOfInterpolation(in rest: Substring, from start: Substring.Index) -> Substring.Index {
    var depth = 0
    var isText = false
    var place = start
    while place < rest.endIndex {
      switch rest[place] {
      case "\"": isText.toggle()
      case "(" where !isText: depth += 1
      case ")" where !isText: depth -= 1
      default: break
      }
      place = rest.index(after: place)
      if depth == 0 { return place }
    }
    return place
  }
}
