import ArgumentParser
import Foundation
import Reports

/// One report that was asked for: its form, and where it goes.
struct FormRequest: ExpressibleByArgument {
  let form: any RunForm.Type
  /// A file; `nil` for standard output.
  let path: String?

  init(form: any RunForm.Type, path: String?) {
    self.form = form
    self.path = path == "-" ? nil : path
  }

  /// `junit=PATH`, or `github` for standard output.
  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let form = RunForms.named(parts[0]), parts.count == 1 || !parts[1].isEmpty else { return nil }
    self.init(form: form, path: parts.count == 1 ? nil : parts[1])
  }

  static var allValueStrings: [String] { RunForms.all.map { "\($0.name)=PATH" } }

  /// The reports that a test runner wants: Bazel's `XML_OUTPUT_FILE` is a file for JUnit's form.
  static func fromEnvironment(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> [FormRequest] {
    guard let path = environment["XML_OUTPUT_FILE"], !path.isEmpty else { return [] }
    return [FormRequest(form: JUnitForm.self, path: path)]
  }

  /// Where it goes.
  ///
  /// A file is empty until the run is over, so that none is taken for this run's which is another's; only
  /// the summary of a GitHub job, to which every step adds, keeps what it holds.
  ///
  /// - Throws: ``OutputError`` where it cannot be opened.
  func output(environment: [String: String] = ProcessInfo.processInfo.environment) throws(OutputError) -> DescriptorOutput {
    guard let path else { return .standardOutput() }
    if path == environment["GITHUB_STEP_SUMMARY"] { return try DescriptorOutput(appendingTo: path) }
    return try DescriptorOutput(path: path)
  }

  /// Writes the report of a run that was read.
  ///
  /// - Throws: ``Failure`` where it cannot be written.
  func write(_ run: RunRecord) throws(Failure) {
    do throws(OutputError) {
      try output().write(form.init().text(of: run))
    } catch {
      if !error.isClosedPipe { throw Failure(error.message, status: .fault) }
    }
  }
}

/// An option for each form of report, for what is made of reports afterwards.
struct FormOptions: ParsableArguments {
  @Option(
    name: .customLong("report"),
    help: ArgumentHelp(
      "Writes a report of this form; may be given again.", discussion: "FORM=PATH, or FORM alone for standard output. \(Self.list)",
      valueName: "form"))
  var forms: [FormRequest] = []

  /// The forms, for the help.
  static let list = "The forms: " + RunForms.all.map { "\($0.name) (\($0.words))" }.joined(separator: "; ") + "."
}
