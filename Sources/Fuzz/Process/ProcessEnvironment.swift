import Foundation

/// The environment of processes that we start.
enum ProcessEnvironment {
  /// Ours with some variables set to other values, as `NAME=VALUE`.
  static func merged(with variables: [String: String]) -> [[UInt8]] {
    ProcessInfo.processInfo.environment.merging(variables) { $1 }
      .sorted { $0.key < $1.key }.map { Array("\($0.key)=\($0.value)".utf8) }
  }
}
