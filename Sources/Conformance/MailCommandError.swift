/// Why a command shows no mailbox.
enum MailCommandError: Error, Equatable {
  case notStarted(String)
  case status(Int32)
  case tooSlow
  case tooLong

  /// In words.
  var message: String {
    switch self {
    case .notStarted(let reason): "it cannot be run: \(reason)"
    case .status(let status): "it ended with status \(status)"
    case .tooSlow: "it did not end in time"
    case .tooLong: "it printed too much"
    }
  }
}
