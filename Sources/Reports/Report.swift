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
  /// What writes the report, with which specs, and since when.
  package let head: RunHead
  /// The requirements that the cases cite.
  package let register: Register
  /// The cases chosen, in the suite's order.
  package let cases: [Case]
  /// The command that runs one case alone, by its id.
  package let command: @Sendable (String) -> String

  /// The version of smtpspec.
  package var version: String { head.version }
  /// The lowest level whose violation fails the run.
  package var strict: Level { head.strict }

  /// A run's context.
  ///
  /// - Parameters:
  ///   - head: What writes the report, with which specs, and since when.
  ///   - register: The requirements that the cases cite.
  ///   - cases: The cases chosen, in the suite's order.
  ///   - command: The command that runs one case alone, by its id.
  package init(head: RunHead, register: Register, cases: [Case], command: @escaping @Sendable (String) -> String) {
    self.head = head
    self.register = register
    self.cases = cases
    self.command = command
  }
}
