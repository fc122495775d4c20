/// A mistake in a spec file or a configuration file.
public struct SpecError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file, as it was named.
  public let file: String
  /// From 1; 0 where the whole file is meant.
  public let line: Int
  /// From 1; 0 where the whole line is meant.
  public let column: Int
  /// What is wrong and what to do.
  public let message: String

  /// Place and message, `specs/foo.yaml:9:9: unknown key 'sned', did you mean 'send'?`.
  public var description: String {
    line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)"
  }
}

/// Every mistake found in the specs, in the order of files and lines.
public struct SpecErrors: Error, Sendable, Equatable, CustomStringConvertible {
  /// At least one.
  public let errors: [SpecError]

  /// One line each.
  public var description: String {
    errors.map(\.description).joined(separator: "\n")
  }
}

/// Collects mistakes, so that one run shows them all.
final class SpecProblems {
  private var errors: [SpecError] = []
  /// No more are kept: who has so many mends the first ones first.
  private static let limit = 100

  func add(_ error: SpecError) {
    // The rows of a table share their mistakes.
    if errors.count < Self.limit, !errors.contains(error) { errors.append(error) }
  }

  /// Runs the body; a mistake is noted and gives `nil`.
  func noting<Value>(_ body: () throws(SpecError) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      add(error)
      return nil
    }
  }

  func throwIfAny() throws(SpecErrors) {
    guard errors.isEmpty else { throw SpecErrors(errors: errors) }
  }
}

/// One file as it was read.
package struct SpecFile: Sendable {
  /// As shown in messages: `specs/rfc5321/3.3-mail-transactions.yaml`.
  package let name: String
  /// All of it.
  package let text: String

  /// A file of this name and text.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
