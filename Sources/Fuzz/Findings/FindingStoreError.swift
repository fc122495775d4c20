/// Why the folder of the findings cannot be used.
package enum FindingStoreError: Error, Sendable, Equatable {
  /// A file or folder cannot be written.
  case unwritable(String, reason: String)
  /// Another campaign writes to it.
  case inUse(String)
  /// It has results of an earlier campaign, and nobody said to go on with them.
  case notEmpty(String)

  /// What a person reads.
  package var message: String {
    switch self {
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .inUse(let path): "another campaign writes to \(path): name another folder with --output"
    case .notEmpty(let path): "\(path) has an earlier campaign: go on with it by --resume, or name another folder with --output"
    }
  }
}
