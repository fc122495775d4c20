import ArgumentParser
import Reports

/// `smtpspec report`: makes reports of other forms from a run's events.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes reports of other forms from a run's events.",
    discussion: """
      It takes the events that 'check --json=FILE' or 'merge' writes; those of a run that was killed, too: every form says then that it is incomplete. \
      Without a form it writes Markdown to standard output. Of the findings of 'fuzz' (the campaign's folder, or its divergences.jsonl) it makes junit and sarif. --html PATH is short for --report html=PATH, and so with each form.
      """
  )

  @Argument(help: ArgumentHelp("The events of a run.", valueName: "events"))
  var events: String

  @OptionGroup
  var options: FormOptions

  @Option(help: ArgumentHelp("Writes JUnit XML.", valueName: "path"))
  var junit: [String] = []

  @Option(help: ArgumentHelp("Writes TAP 14.", valueName: "path"))
  var tap: [String] = []

  @Option(help: ArgumentHelp("Writes SARIF 2.1.0.", valueName: "path"))
  var sarif: [String] = []

  @Option(help: ArgumentHelp("Writes Markdown.", valueName: "path"))
  var markdown: [String] = []

  @Option(help: ArgumentHelp("Writes annotations of a GitHub workflow.", valueName: "path"))
  var github: [String] = []

  @Option(help: ArgumentHelp("Writes a page for people.", valueName: "path"))
  var html: [String] = []

  /// Everything that was asked for, the options by their names.
  private var requests: [FormRequest] {
    let named = [
      (JUnitForm.name, junit), (TAPForm.name, tap), (SARIFForm.name, sarif), (MarkdownForm.name, markdown), (GitHubForm.name, github),
      (HTMLForm.name, html),
    ]
    let short = named.flatMap { name, paths in paths.compactMap { path in RunForms.named(name).map { FormRequest(form: $0, path: path) } } }
    let all = options.forms + short
    return all.isEmpty ? [FormRequest(form: MarkdownForm.self, path: nil)] : all
  }

  func run() throws {
    if let findings = FindingsReport.file(at: events) { return try report(findings) }
    let run = try Merge.read(events)
    if let why = run.incompleteness { StandardError.say("\(Visible.line(events)): \(why)") }
    for request in requests { try request.write(run) }
  }

  /// Makes the reports of a campaign's findings.
  private func report(_ file: String) throws(Failure) {
    let findings: FindingsReport
    do throws(RunReaderError) {
      findings = try FindingsReport.read(path: file)
    } catch {
      throw Failure(error.description)
    }
    for request in requests {
      guard let text = findings.text(form: request.form.name) else {
        throw Failure("of findings there is \(FindingsReport.forms.joined(separator: " and ")), not \(request.form.name)")
      }
      try request.place.write(text)
    }
  }
}
