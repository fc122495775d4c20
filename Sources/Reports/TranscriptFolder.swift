package import Conformance

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The conversations of a run, one text file a case, in one folder and never outside it.
package struct TranscriptFolder: Report {
  private let path: String
  private let context: ReportContext
  private var used: Set<String> = []
  /// The longest name of a file, in octets; file systems take 255.
  private static let nameLimit = 200

  /// A folder for the conversations; it is made where it does not exist.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - context: What is known of the run.
  /// - Throws: ``OutputError`` where there is no such folder and none can be made.
  package init(path: String, context: ReportContext) throws(OutputError) {
    self.path = path
    self.context = context
    try Self.makeFolder(path)
  }

  /// Writes the conversation of a case that ended; every other event is nothing to it.
  ///
  /// - Parameter event: What happened.
  /// - Throws: ``OutputError`` where it cannot be written.
  package mutating func receive(_ event: Event) throws(OutputError) {
    guard case .caseFinished(let result) = event, !result.transcript.isEmpty else { return }
    // A link of that name could point elsewhere, so what is there goes first, and only a new file is opened.
    let file = path + "/" + fileName(of: result.testCase.id)
    _ = unlink(file)
    try DescriptorOutput(newFile: file).write(text(of: result))
  }

  private func text(of result: CaseResult) -> String {
    let testCase = result.testCase
    var lines = [
      "\(Visible.line(testCase.id)): \(Visible.line(testCase.title))",
      "\(result.verdict.kind.words)\(result.verdict.reason.isEmpty ? "" : ": ")\(result.verdict.reason)",
      "covers \(testCase.covers.map(\.description).joined(separator: ", ")); \(Visible.line(testCase.file)):\(testCase.line)",
    ]
    lines += result.notes.map { "noted: \(Visible.line($0))" }
    lines += ["", "\(context.command(testCase.id))", ""]
    lines += TranscriptText.inFile.lines(of: result.transcript)
    return lines.map { $0 + "\n" }.joined()
  }

  /// A name that is a file's and nothing else: letters, digits, `.`, `-`, `_`, never a leading dot, never used twice.
  private mutating func fileName(of id: String) -> String {
    let safe = id.unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": Character(scalar)
      case "/": "_"
      default: "-"
      }
    }
    var stem = String(safe.prefix(Self.nameLimit))
    if stem.isEmpty || stem.hasPrefix(".") { stem = "_" + stem }
    var name = stem
    var count = 1
    while !used.insert(name.lowercased()).inserted {
      count += 1
      name = "\(stem)~\(count)"
    }
    return name + ".txt"
  }

  private static func makeFolder(_ path: String) throws(OutputError) {
    var place = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      place += place.isEmpty && !path.hasPrefix("/") ? String(part) : "/" + part
      if mkdir(place, 0o777) != 0, errno != EEXIST, errno != EROFS, errno != EACCES { throw OutputError(name: place, code: errno) }
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw OutputError(name: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw OutputError(name: path, code: ENOTDIR) }
  }
}
