import Wire

/// Which cases run: those that one of `only` names (or all), less those that one of `skip` names.
///
/// A term is a glob over case ids (`rfc5321/3.3/*`, `*smuggling*`), or `rfc:5321`, `section:4.1.1` (and below), `level:must`,
/// `kind:vulnerability`, `covers:RFC5321-3.3-10`.
public struct Selection: Sendable {
  private let only: [Term]
  private let skip: [Term]

  /// Every case.
  public static let all = Selection()

  private init() {
    only = []
    skip = []
  }

  /// A selection by these terms.
  ///
  /// - Throws: ``SelectionError`` where a term cannot be read.
  public init(only: [String], skip: [String]) throws(SelectionError) {
    self.only = try only.map { text throws(SelectionError) in try Term(text) }
    self.skip = try skip.map { text throws(SelectionError) in try Term(text) }
  }

  /// Whether the case is chosen.
  public func contains(_ testCase: Case) -> Bool {
    (only.isEmpty || only.contains { $0.matches(testCase) }) && !skip.contains { $0.matches(testCase) }
  }

  /// The chosen cases, in their order.
  ///
  /// - Throws: ``SelectionError`` where a term matches no case at all, with the nearest id; and where nothing is left.
  public func cases(of cases: [Case]) throws(SelectionError) -> [Case] {
    for term in only + skip where !cases.contains(where: { term.matches($0) }) {
      var names = Set(cases.map(\.id))
      names.formUnion(cases.map { $0.id.split(separator: "/").dropFirst(2).joined(separator: "/") })
      let hint = nearest(term.text, in: names).map { ", did you mean '\($0)'?" } ?? "; 'smtpspec list' shows them"
      throw SelectionError(message: "no case matches '\(term.text)'\(hint)")
    }
    let chosen = cases.filter(contains)
    guard !chosen.isEmpty else { throw SelectionError(message: "--skip leaves no case of those that --only names") }
    return chosen
  }

  private struct Term: Sendable {
    let text: String
    let test: Test

    enum Test: Sendable {
      case rfc(Int)
      case section(String)
      case level(Level)
      case kind(Case.Kind)
      case covers(RequirementID)
      case glob(Glob)
    }

    init(_ text: String) throws(SelectionError) {
      self.text = text
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        self.test = .glob(Glob(text))
        return
      }
      let value = parts[1]
      switch parts[0] {
      case "rfc":
        guard let number = Int(value) else { throw SelectionError(message: "'\(text)': an RFC is a number, as in rfc:5321") }
        self.test = .rfc(number)
      case "section":
        self.test = .section(value)
      case "level":
        guard let level = Level(rawValue: value) else {
          throw SelectionError(message: "'\(text)': a level is must, should or may")
        }
        self.test = .level(level)
      case "kind":
        guard let kind = Case.Kind(rawValue: value) else {
          throw SelectionError(message: "'\(text)': a kind is conformance, vulnerability or interoperability")
        }
        self.test = .kind(kind)
      case "covers":
        guard let id = RequirementID(value) else {
          throw SelectionError(message: "'\(text)': a requirement is written RFC5321-3.3-10")
        }
        self.test = .covers(id)
      default:
        let hint = nearest(parts[0], in: ["rfc", "section", "level", "kind", "covers"]).map { ", did you mean '\($0):'?" } ?? ""
        throw SelectionError(message: "'\(text)': no selector '\(parts[0]):'\(hint)")
      }
    }

    func matches(_ testCase: Case) -> Bool {
      switch test {
      case .rfc(let number): testCase.rfc == number
      case .section(let section): testCase.section == section || testCase.section.hasPrefix(section + ".")
      case .level(let level): testCase.level == level
      case .kind(let kind): testCase.kind == kind
      case .covers(let id): testCase.covers.contains(id)
      case .glob(let glob): glob.matches(testCase.id) || glob.matchesFolder(of: testCase.id)
      }
    }
  }
}

/// What is wrong with a selection.
public struct SelectionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and what to do.
  public let message: String
  /// The message.
  public var description: String { message }
}

/// A pattern over ids: `*` is any run of characters, `?` any one.
struct Glob: Sendable {
  private let pattern: [UInt8]

  init(_ text: String) {
    self.pattern = Array(text.utf8)
  }

  /// Whether the whole text fits.
  func matches(_ text: String) -> Bool {
    let text = Array(text.utf8)
    var at = 0
    var place = 0
    var star: (place: Int, at: Int)?
    while at < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == UInt8(ascii: "?") || pattern[place] == text[at] {
        place += 1
        at += 1
      } else if let (starPlace, starAt) = star {
        star = (starPlace, starAt + 1)
        place = starPlace + 1
        at = starAt + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Whether the pattern names a folder, a section or a table that the id stands in: `rfc5321/3.3` names all of that section.
  func matchesFolder(of id: String) -> Bool {
    var prefix = id
    while let slash = prefix.lastIndex(of: "/") {
      prefix = String(prefix[..<slash])
      if matches(prefix) { return true }
    }
    return false
  }
}
