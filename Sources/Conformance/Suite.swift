internal import EmbeddedSpecs

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The cases and the register of requirements.
public struct Suite: Sendable {
  /// In the order of folders, files and places.
  public let cases: [Case]
  /// What the RFCs demand.
  public let register: Register
  /// File → its text, for showing a case as it is written.
  private let sources: [String: String]
  /// The folder that the files' names begin with, with its last slash.
  private let root: String

  /// The files' paths below their folder, and their texts.
  var files: [(path: String, text: String)] {
    sources.map { name, text in (name.hasPrefix(root) ? String(name.dropFirst(root.count)) : name, text) }
  }

  /// The suite that the binary carries.
  ///
  /// - Throws: ``SpecErrors`` for every mistake found.
  public static func embedded() throws(SpecErrors) -> Suite {
    var files: [SpecFile] = []
    files.reserveCapacity(embeddedSpecCount())
    for index in 0..<embeddedSpecCount() {
      files.append(embeddedSpec(at: index))
    }
    return try Suite(files: files, root: "specs/")
  }

  /// The suite of a folder laid out as `specs/` is.
  ///
  /// - Throws: ``SpecErrors`` for every mistake found, or for a folder that cannot be read.
  public static func load(folder: String) throws(SpecErrors) -> Suite {
    try Suite(files: SpecFolder.files(of: folder), root: folder.hasSuffix("/") ? folder : folder + "/")
  }

  /// The spec files' own names, as they are embedded, in order.
  package static var embeddedPaths: [String] {
    (0..<embeddedSpecCount()).map { embeddedSpec(at: $0).name }
  }

  /// The suite of these files.
  ///
  /// - Parameters:
  ///   - files: Registers are those below `requirements/`, all others hold cases.
  ///   - root: The folder that their names begin with, with its last slash.
  /// - Throws: ``SpecErrors`` for every mistake found.
  package init(files: [SpecFile], root: String = "specs/") throws(SpecErrors) {
    let problems = SpecProblems()
    let isRegister: (SpecFile) -> Bool = { $0.name.contains("requirements/") }
    var requirements: [Requirement] = []
    var titles: [Int: String] = [:]
    for file in files where isRegister(file) {
      RegisterLoader.load(file, into: &requirements, titles: &titles, problems: problems)
    }
    let register = Register(requirements: requirements, titles: titles)
    var cases: [Case] = []
    for file in files where !isRegister(file) {
      CaseLoader(file: file, register: register, problems: problems).load(into: &cases)
    }
    CaseLoader.refuseDuplicates(cases, problems: problems)
    try problems.throwIfAny()
    self.cases = cases.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    self.register = register
    self.root = root
    self.sources = Dictionary(files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  /// The case as its file has it, comments included.
  public func source(of testCase: Case) -> String {
    guard let text = sources[testCase.file] else { return "" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = testCase.line - 1
    guard lines.indices.contains(start) else { return "" }
    let indent = lines[start].prefix { $0 == " " }.count
    var end = start + 1
    while end < lines.count, lines[end].allSatisfy({ $0 == " " }) || lines[end].prefix(while: { $0 == " " }).count > indent {
      end += 1
    }
    while end > start + 1, lines[end - 1].allSatisfy({ $0 == " " }) { end -= 1 }
    return lines[start..<end].map { String($0.dropFirst(indent)) }.joined(separator: "\n")
  }
}

/// Where a section stands: RFC, then the numbers of the section.
private struct Place: Comparable {
  let rfc: Int
  let section: [Int]

  static func < (one: Place, other: Place) -> Bool {
    one.rfc == other.rfc ? one.section.lexicographicallyPrecedes(other.section) : one.rfc < other.rfc
  }
}

extension Case {
  fileprivate var place: Place {
    Place(rfc: rfc, section: section.split(separator: ".").map { Int($0) ?? Int.max })
  }
}

private func embeddedSpecCount() -> Int {
  embedded_specs_count()
}

private func embeddedSpec(at index: Int) -> SpecFile {
  let entry = embedded_spec_at(index)
  guard let path = entry.path, let octets = entry.octets else { return SpecFile(name: "", text: "") }
  let buffer = UnsafeBufferPointer(start: octets, count: entry.count)
  return SpecFile(name: "specs/" + String(cString: path), text: String(decoding: buffer, as: UTF8.self))
}
