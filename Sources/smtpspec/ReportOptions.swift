import ArgumentParser
import Foundation
import Reports

/// Where the report of a run goes and how it looks.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Writes one JSON event a line, as it happens.",
      discussion: "--json alone writes to standard output, and the report for people goes to standard error; --json=FILE writes a file.",
      valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Writes each case's conversation into a file of this folder.", valueName: "folder"))
  var transcripts: String?

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Writes a report of another form at the end; may be given again.",
      discussion: "FORM=PATH, or FORM alone for standard output. \(FormOptions.list)", valueName: "form"))
  var forms: [FormRequest] = []

  @Flag(name: [.short, .long], help: "Shows every case, not only those that are not satisfied.")
  var verbose = false

  @Option(help: ArgumentHelp("Colour: always, auto or never; auto respects NO_COLOR.", valueName: "when"))
  var color = ColorChoice.auto

  /// The reports that were asked for.
  ///
  /// - Throws: ``Failure`` where a file or folder cannot be written.
  func reports(context: ReportContext) throws(Failure) -> [any Report] {
    var reports: [any Report] = []
    do throws(OutputError) {
      let requests = forms + FormRequest.fromEnvironment()
      let isTaken = json == "-" || requests.contains { $0.place.path == nil }
      let screen: DescriptorOutput = isTaken ? .standardError() : .standardOutput()
      var options = ConsoleReport.Options()
      options.isVerbose = verbose
      options.isColored = color.resolved(isTerminal: screen.isTerminal, environment: ProcessInfo.processInfo.environment)
      if screen.isTerminal, ProcessInfo.processInfo.environment["TERM"] != "dumb" { options.columns = { screen.columns } }
      reports.append(ConsoleReport(to: screen, context: context, options: options))
      if let json {
        reports.append(JSONLinesReport(to: json == "-" ? .standardOutput() : try DescriptorOutput(path: json), context: context))
      }
      for request in requests { reports.append(WholeRunReport(request.form.init(), to: try request.place.output(), context: context)) }
      if let transcripts { reports.append(try TranscriptFolder(path: transcripts, context: context)) }
    } catch {
      throw Failure(error.message)
    }
    return reports
  }
}

extension ColorChoice: ExpressibleByArgument {}
