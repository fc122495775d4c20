package import Conformance

/// A form in which a run is reported: it is told every event, in order, and writes what it makes of it.
///
/// A form of its own is one file with one type, given to the run beside the others.
package protocol Report {
  /// Takes the next event.
  ///
  /// - Parameter event: What happened.
  /// - Throws: ``OutputError`` where the report cannot be written any more.
  mutating func receive(_ event: Event) throws(OutputError)
}

/// What every form of report knows about a run before it begins.
package struct ReportContext: Sendable {
  /// The version of smtpspec.
  package let version: String
  /// The requirements that the cases cite.
  package let register: Register
  /// The cases chosen, in the suite's order.
  package let cases: [Case]
  /// The lowest level whose violation fails the run.
  package let strict: Level
  /// The command that runs one case alone, by its id.
  package let command: @Sendable (String) -> String

  /// A run's context.
  ///
  /// - Parameters:
  ///   - version: The version of smtpspec.
  ///   - register: The requirements that the cases cite.
  ///   - cases: The cases chosen, in the suite's order.
  ///   - strict: The lowest level whose violation fails the run.
  ///   - command: The command that runs one case alone, by its id.
  package init(version: String, register: Register, cases: [Case], strict: Level, command: @escaping @Sendable (String) -> String) {
    self.version = version
    self.register = register
    self.cases = cases
    self.strict = strict
    self.command = command
  }
}
