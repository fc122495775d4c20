import Wire
import Yams

/// A node of a YAML file that knows where it stands.
///
/// Walking is bounded: aliases share nodes, so a small file can be a huge tree.
struct SpecNode {
  let node: Node
  let context: SpecContext

  /// An error at this node.
  func error(_ message: String) -> SpecError {
    let mark = Self.mark(of: node)
    return SpecError(file: context.file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message)
  }

  /// The line it begins on, from 1.
  var line: Int { Self.mark(of: node)?.line ?? 0 }

  /// Where it stands, `smtpspec.yaml:9:9`.
  var place: String {
    let mark = Self.mark(of: node)
    return "\(context.file):\(mark?.line ?? 0):\(mark?.column ?? 0)"
  }

  private static func mark(of node: Node) -> Mark? {
    switch node {
    case .scalar(let scalar): scalar.mark
    case .mapping(let mapping): mapping.mark
    case .sequence(let sequence): sequence.mark
    case .alias(let alias): alias.mark
    }
  }

  // MARK: Shapes

  var isScalar: Bool { node.scalar != nil }
  var isMapping: Bool { node.mapping != nil }
  var isSequence: Bool { node.sequence != nil }

  /// Whether it is an unquoted `null` or `~`, or nothing at all.
  var isNull: Bool {
    guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// A scalar's text.
  func string() throws(SpecError) -> String {
    guard let text = node.scalar?.string else { throw error("a text belongs here") }
    return text
  }

  /// A scalar that is not empty.
  func name() throws(SpecError) -> String {
    let text = try string()
    guard !text.isEmpty else { throw error("a text belongs here, and this is empty") }
    return text
  }

  /// A whole number in a range.
  func integer(in range: ClosedRange<Int>) throws(SpecError) -> Int {
    let text = try string()
    guard let value = Int(text), range.contains(value) else {
      throw error("'\(text)' is no whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// `true` or `false`.
  func flag() throws(SpecError) -> Bool {
    switch try string() {
    case "true": true
    case "false": false
    case let text: throw error("'\(text)' is neither true nor false")
    }
  }

  /// `200ms`, `2s`, `1.5s`, `5min`.
  func duration() throws(SpecError) -> Duration {
    let text = try string()
    guard let duration = Duration(parsing: text) else {
      throw error("'\(text)' is no time: write 200ms, 2s or 5min")
    }
    return duration
  }

  /// One of an enum's texts, with the nearest on a miss.
  func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type, what: String) throws(SpecError) -> Choice
  where Choice.RawValue == String {
    let text = try string()
    guard let choice = Choice(rawValue: text) else {
      let all = Choice.allCases.map(\.rawValue)
      let hint = nearest(text, in: all).map { ", did you mean '\($0)'?" } ?? "; there is \(all.joined(separator: ", "))"
      throw error("unknown \(what) '\(text)'\(hint)")
    }
    return choice
  }

  /// A sequence's elements.
  func elements() throws(SpecError) -> [SpecNode] {
    guard let sequence = node.sequence else { throw error("a list belongs here") }
    try context.spend(sequence.count, at: self)
    return sequence.map { SpecNode(node: $0, context: context) }
  }

  /// A sequence's elements, or the one thing that stands for a list of one.
  func oneOrMore() throws(SpecError) -> [SpecNode] {
    isSequence ? try elements() : [self]
  }

  /// A mapping's pairs in order; two of one key are refused.
  func pairs() throws(SpecError) -> [(key: String, keyNode: SpecNode, value: SpecNode)] {
    guard let mapping = node.mapping else { throw error("a map (key: value) belongs here") }
    try context.spend(mapping.count, at: self)
    var pairs: [(key: String, keyNode: SpecNode, value: SpecNode)] = []
    for (key, value) in mapping {
      let keyNode = SpecNode(node: key, context: context)
      pairs.append((try keyNode.string(), keyNode, SpecNode(node: value, context: context)))
    }
    return pairs
  }

  /// A mapping by key, with no keys but these.
  func fields(_ known: [String]) throws(SpecError) -> Fields {
    var fields: [String: SpecNode] = [:]
    for (key, keyNode, value) in try pairs() {
      guard known.contains(key) else {
        let hint = nearest(key, in: known).map { ", did you mean '\($0)'?" } ?? "; known here: \(known.joined(separator: ", "))"
        throw keyNode.error("unknown key '\(key)'\(hint)")
      }
      fields[key] = value
    }
    return Fields(of: self, fields: fields)
  }

  /// A mapping whose keys were checked.
  struct Fields {
    let of: SpecNode
    let fields: [String: SpecNode]

    subscript(key: String) -> SpecNode? { fields[key] }

    /// The value of a key that must be there.
    func required(_ key: String) throws(SpecError) -> SpecNode {
      guard let value = fields[key] else { throw of.error("'\(key)' is missing") }
      return value
    }

    /// A list of texts, or one text; empty where the key is absent.
    func names(_ key: String) throws(SpecError) -> [String] {
      guard let value = fields[key] else { return [] }
      return try value.oneOrMore().map { node throws(SpecError) in try node.name() }
    }
  }
}

/// What the nodes of one file share.
final class SpecContext {
  let file: String
  private var budget = 200_000

  init(file: String) {
    self.file = file
  }

  func spend(_ count: Int, at node: SpecNode) throws(SpecError) {
    budget -= count
    guard budget >= 0 else { throw node.error("too much here: aliases blow this file up past its bound") }
  }

  /// The deepest nesting that a file may have.
  static let depthLimit = 40

  /// Reads a file's root.
  static func root(of file: SpecFile) throws(SpecError) -> SpecNode {
    let context = SpecContext(file: file.name)
    try refuseDepth(file)
    let node: Node?
    do {
      node = try Yams.compose(yaml: file.text)
    } catch {
      throw Self.error(error, in: file.name)
    }
    guard let node else { throw SpecError(file: file.name, line: 1, column: 1, message: "the file is empty") }
    return SpecNode(node: node, context: context)
  }

  /// Refuses nesting that would exhaust a parser's stack before the parser sees it.
  private static func refuseDepth(_ file: SpecFile) throws(SpecError) {
    var line = 1
    var open = 0
    var dashes = 0
    for octet in file.text.utf8 {
      switch octet {
      case UInt8(ascii: "\n"):
        line += 1
        dashes = 0
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): dashes += 1
      default: break
      }
      // Brackets in quoted texts count too: the bound is far above what a case needs.
      if open > depthLimit * 10 || dashes > 4_000 {
        throw SpecError(file: file.name, line: line, column: 1, message: "nested too deeply")
      }
    }
  }

  private static func error(_ error: any Error, in file: String) -> SpecError {
    switch error {
    case let error as YamlError:
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
        return SpecError(file: file, line: mark.line, column: mark.column, message: "not YAML: \(problem)")
      case .duplicatedKeysInMapping(let duplicates, let context):
        let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
        return SpecError(file: file, line: context.mark.line, column: context.mark.column, message: "key twice: \(names)")
      default:
        return SpecError(file: file, line: 0, column: 0, message: "not YAML: \(error)")
      }
    default:
      return SpecError(file: file, line: 0, column: 0, message: "not YAML: \(error)")
    }
  }
}

extension Duration {
  /// Reads `200ms`, `2s`, `1.5s`, `5min`; `nil` where it is no such text, or longer than a day.
  package init?(parsing text: String) {
    let units: [(String, Double)] = [("ms", 0.001), ("min", 60), ("s", 1)]
    guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
      let value = Double(text.dropLast(unit.count)), value.isFinite, value >= 0, value * factor <= 86_400
    else { return nil }
    self = .milliseconds(Int64((value * factor * 1_000).rounded()))
  }
}
