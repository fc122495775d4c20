package import Conformance

/// The report for programs: one JSON object a line, written as it happens, whose schema `docs/events.md` describes.
package struct JSONLinesReport: Report {
  private let out: any TextOutput
  private let context: ReportContext
  private var isFirst = true

  /// A report of a run that has not begun.
  ///
  /// - Parameters:
  ///   - out: Where it goes.
  ///   - context: What is known of the run.
  package init(to out: any TextOutput, context: ReportContext) {
    self.out = out
    self.context = context
  }

  /// Writes the event as one line.
  ///
  /// - Parameter event: What happened.
  /// - Throws: ``OutputError`` where it cannot be written.
  package mutating func receive(_ event: Event) throws(OutputError) {
    let head = isFirst ? context.head : nil
    isFirst = false
    try out.write(EventRecord(event, context: context).line(head: head))
  }
}
