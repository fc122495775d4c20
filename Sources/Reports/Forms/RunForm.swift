package import Conformance

/// A form of report that is made of a whole run: at the run's end, or later from its events.
///
/// A form of its own is one file with one type, named in ``RunForms/all``.
package protocol RunForm: Sendable {
  /// What `--report` calls it.
  static var name: String { get }
  /// What it is, in a few words for the help.
  static var words: String { get }

  /// The form with nothing said about it.
  init()

  /// The report.
  ///
  /// - Parameter run: A run, or as much of it as its report has.
  /// - Returns: All of its text. Nothing that a server wrote is more in it than visible text, and a run that is not whole is told as such.
  func text(of run: RunRecord) -> String
}

/// The forms there are.
package enum RunForms {
  /// Every form, in the order of the help.
  package static let all: [any RunForm.Type] = [
    JUnitForm.self, TAPForm.self, SARIFForm.self, MarkdownForm.self, GitHubForm.self, HTMLForm.self,
  ]

  /// The form of that name, if there is one.
  package static func named(_ name: String) -> (any RunForm.Type)? {
    all.first { $0.name == name }
  }
}

/// A form of report beside others of one run: it listens to the end, and writes then.
package struct WholeRunReport: Report {
  private let form: any RunForm
  private let out: any TextOutput
  private let context: ReportContext
  private var run: RunRecord

  /// A report of a run that has not begun.
  ///
  /// - Parameters:
  ///   - form: Its form.
  ///   - out: Where it goes; nothing is written before the run's end.
  ///   - context: What is known of the run.
  package init(_ form: any RunForm, to out: any TextOutput, context: ReportContext) {
    self.form = form
    self.out = out
    self.context = context
    run = RunRecord(head: context.head)
  }

  /// Keeps the event, and writes the report once the run is over.
  ///
  /// - Parameter event: What happened.
  /// - Throws: ``OutputError`` where it cannot be written.
  package mutating func receive(_ event: Event) throws(OutputError) {
    run.add(EventRecord(event, context: context))
    guard case .runFinished = event else { return }
    try out.write(form.text(of: run))
  }
}
