import ArgumentParser
import Foundation
import Reports

/// Where a report goes.
struct OutputPlace {
  /// A file; `nil` for standard output.
  let path: String?

  init(path: String?) {
    self.path = path == "-" ? nil : path
  }

  /// The name and the place in `junit=PATH`, or in `github` for standard output.
  static func split(_ argument: String) -> (name: String, place: OutputPlace)? {
    guard let sign = argument.firstIndex(of: "=") else { return (argument, OutputPlace(path: nil)) }
    let path = argument[argument.index(after: sign)...]
    return path.isEmpty ? nil : (String(argument[..<sign]), OutputPlace(path: String(path)))
  }

  /// Opens it.
  ///
  /// A file is empty until something is written, so that none is taken for this run's which is another's; only
  /// the summary of a GitHub job, to which every step adds, keeps what it holds.
  ///
  /// - Throws: ``OutputError`` where it cannot be opened.
  func output(environment: [String: String] = ProcessInfo.processInfo.environment) throws(OutputError) -> DescriptorOutput {
    guard let path else { return .standardOutput() }
    if path == environment["GITHUB_STEP_SUMMARY"] { return try DescriptorOutput(appendingTo: path) }
    return try DescriptorOutput(path: path)
  }

  /// Writes a whole report.
  ///
  /// - Throws: ``Failure`` where it cannot be written.
  func write(_ text: String) throws(Failure) {
    do throws(OutputError) {
      try output().write(text)
    } catch {
      // Whoever closes a pipe has read enough.
      if !error.isClosedPipe { throw Failure(error.message, status: .fault) }
    }
  }
}

/// One report that was asked for: its form, and where it goes.
struct FormRequest: ExpressibleByArgument {
  let form: any RunForm.Type
  let place: OutputPlace

  init(form: any RunForm.Type, path: String?) {
    self.form = form
    place = OutputPlace(path: path)
  }

  init?(argument: String) {
    guard let (name, place) = OutputPlace.split(argument), let form = RunForms.named(name) else { return nil }
    self.init(form: form, path: place.path)
  }

  static var allValueStrings: [String] { RunForms.all.map { "\($0.name)=PATH" } }

  /// The reports that a test runner wants: Bazel's `XML_OUTPUT_FILE` is a file for JUnit's form.
  static func fromEnvironment(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> [FormRequest] {
    guard let path = environment["XML_OUTPUT_FILE"], !path.isEmpty else { return [] }
    return [FormRequest(form: JUnitForm.self, path: path)]
  }

  /// Writes the report of a run that was read.
  ///
  /// - Throws: ``Failure`` where it cannot be written.
  func write(_ run: RunRecord) throws(Failure) {
    try place.write(form.init().text(of: run))
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
