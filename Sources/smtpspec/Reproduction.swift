/// The command that runs one case again, with what matters of the arguments that a run was started with.
struct Reproduction: Sendable {
  /// How smtpspec itself was called, so that the command works where that did.
  private let program: String
  /// The arguments after `check`, without the selection and the reports.
  private let arguments: [String]

  /// What other arguments choose or write, each with a value; the case's own id takes their place.
  private static let dropped: Set<String> = [
    "--only", "--skip", "--json", "--report", "--transcripts", "--jobs", "--repeat", "--color", "--time-limit", "--shard", "--min-run",
    "--baseline", "--subject", "--key", "--key-passphrase-env", "--output", "-o", "--url",
  ]
  private static let droppedFlags: Set<String> = ["--fail-fast", "--verbose", "-v"]

  /// The reproduction of a process's own run.
  ///
  /// - Parameters:
  ///   - program: The process's first argument.
  ///   - arguments: The others, with every option that may lack its value joined to it (``OptionalValue``).
  init(program: String, arguments: [String]) {
    self.program = program
    var kept: [String] = []
    var rest = arguments.drop { $0 != "check" && $0 != "certify" }.dropFirst()
    while let argument = rest.popFirst() {
      let name = argument.split(separator: "=", maxSplits: 1).first.map(String.init) ?? argument
      if Self.droppedFlags.contains(argument) { continue }
      if Self.dropped.contains(name) {
        if name == argument { _ = rest.popFirst() }
        continue
      }
      kept.append(argument)
    }
    self.arguments = kept
  }

  /// The reproduction of what this process runs.
  static var ofThisProcess: Reproduction {
    let words = CommandLine.arguments
    return Reproduction(program: words.first ?? "smtpspec", arguments: OptionalValue.joined(Array(words.dropFirst())))
  }

  /// The command for a case, to be pasted into a shell.
  func command(for id: String) -> String {
    ([program, "check"] + arguments + ["--only", id]).map(Self.quoted).joined(separator: " ")
  }

  /// A word as a shell wants it.
  static func quoted(_ word: String) -> String {
    let isPlain = { (scalar: Unicode.Scalar) in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", "=", "@", "%", "+", ",": true
      default: false
      }
    }
    if !word.isEmpty, word.unicodeScalars.allSatisfy(isPlain) { return word }
    return "'" + word.replacing("'", with: #"'\''"#) + "'"
  }
}
