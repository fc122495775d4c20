import ArgumentParser
import Conformance
import Foundation
import Reports

/// Which part of the cases runs here, when several machines share a run.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Runs one part of the cases, as in 2/5.",
      discussion: "Every case is in one part. Without it, Bazel's TEST_TOTAL_SHARDS and TEST_SHARD_INDEX are obeyed.", valueName: "part"))
  var shard: String?

  /// The part that was asked for.
  ///
  /// - Parameter environment: Where a test runner leaves its wishes.
  /// - Returns: `nil` for the whole.
  /// - Throws: ``Failure`` for what is no part of a whole.
  func part(environment: [String: String] = ProcessInfo.processInfo.environment) throws(Failure) -> Shard? {
    if let shard {
      guard let part = Shard(shard) else {
        throw Failure("--shard \(shard): write the part and the number of parts, as in 2/5; there are \(Shard.limit) parts at most")
      }
      return part
    }
    guard let total = environment["TEST_TOTAL_SHARDS"], !total.isEmpty else { return nil }
    // Bazel counts from 0.
    let index = environment["TEST_SHARD_INDEX"] ?? ""
    guard let count = Int(total), let place = Int(index), place < Int.max, let part = Shard(index: place + 1, count: count) else {
      throw Failure("TEST_TOTAL_SHARDS is '\(total)' and TEST_SHARD_INDEX '\(index)': no part of a whole; unset them, or use --shard")
    }
    return part
  }

  /// Tells a test runner that asks so that its wishes are obeyed: the file that it names exists from now on.
  ///
  /// - Throws: ``Failure`` where it cannot be made.
  static func acknowledge(environment: [String: String] = ProcessInfo.processInfo.environment) throws(Failure) {
    guard let path = environment["TEST_SHARD_STATUS_FILE"], !path.isEmpty else { return }
    do throws(OutputError) {
      try DescriptorOutput(appendingTo: path).write("")
    } catch {
      throw Failure("TEST_SHARD_STATUS_FILE: \(error.message)", status: .fault)
    }
  }
}
