import Foundation

/// What the process's end says to whoever started it.
enum ExitStatus: Int32, CaseIterable {
  /// Every case that could decide found the server conforming.
  case conforming = 0
  case violations = 1
  /// Wrong usage, a configuration or specs that cannot be read.
  case usage = 2
  case nothingVerified = 3
  case staleWaiver = 4
  case serverDied = 5
  /// A fault of smtpspec itself.
  case fault = 70

  /// The status in a few words.
  var words: String {
    switch self {
    case .conforming: "conforming: no violation that fails the run"
    case .violations: "violations"
    case .usage: "wrong usage, configuration or specs"
    case .nothingVerified: "nothing could be verified, or the run was stopped before its end"
    case .staleWaiver: "a waiver is out of date"
    case .serverDied: "the server under test died"
    case .fault: "a fault of smtpspec itself, or a report that could not be written"
    }
  }

  /// All of them, for the help of what checks.
  static var table: String { table(allCases.map { ($0, $0.words) }) }

  /// Those of what fuzzes, for its help: in a few words what 0 and 1 say there; `nil` where 1 does not come.
  static func fuzzingTable(clean: String = "nothing new was found", found: String? = "findings that are new") -> String {
    let rows: [(ExitStatus, String?)] = [
      (.conforming, clean), (.violations, found), (.usage, "wrong usage, or a file that cannot be read"),
      (.nothingVerified, "nothing could be tried: what is fuzzed does not answer, or does not start"), (.serverDied, serverDied.words),
      (.fault, "a fault of smtpspec itself"),
    ]
    return table(rows.compactMap { status, words in words.map { (status, $0) } })
  }

  private static func table(_ rows: [(ExitStatus, String)]) -> String {
    (["EXIT STATUS:"] + rows.map { status, words in "  \(status.rawValue)\(status.rawValue < 10 ? " " : "")  \(words)" })
      .joined(separator: "\n")
  }

  /// Ends the process.
  static func end(with status: ExitStatus) -> Never {
    exit(status.rawValue)
  }
}

/// Why a command cannot be carried out, in plain words: what is wrong, where, and what to do.
struct Failure: Error {
  let message: String
  var status: ExitStatus = .usage

  init(_ message: String, status: ExitStatus = .usage) {
    self.message = message
    self.status = status
  }
}
