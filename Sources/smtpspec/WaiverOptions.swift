import ArgumentParser
import Conformance
import Reports

/// Which violations are known and do not fail the run.
struct WaiverOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Reads known violations from a file, beside those of --config; may be given again.",
      discussion: "One that no longer matches fails the run. 'smtpspec waive' writes such a file.", valueName: "file"))
  var waivers: [String] = []

  @Option(
    help: ArgumentHelp(
      "Fails on violations only that an earlier run did not have.",
      discussion: "It takes the events that --json=FILE wrote then.", valueName: "report"))
  var baseline: String?

  @Option(
    name: .customLong("min-run"),
    help: ArgumentHelp("Fails the run where fewer cases than this were verified.", valueName: "count"))
  var minimum: Int?

  func validate() throws {
    if let minimum, minimum < 1 { throw ValidationError("--min-run is 1 or more") }
  }

  /// Adds the waivers of the files to a target's own.
  ///
  /// - Throws: ``Failure`` with file, line and column of the first mistake.
  func apply(to target: inout TargetConfiguration) throws(Failure) {
    for file in waivers {
      do throws(ConfigurationError) {
        target.waivers += try .load(file)
      } catch {
        throw Failure(error.message)
      }
    }
  }

  /// The ids of the cases that the baseline knows to be violated.
  ///
  /// - Throws: ``Failure`` where it cannot be read.
  func known() throws(Failure) -> Set<String> {
    guard let baseline else { return [] }
    let run = try Merge.read(baseline)
    if let why = run.incompleteness { StandardError.say("the baseline is not of a whole run: \(why)") }
    return Set(run.results.filter { $0.verdict.violation != nil }.map(\.facts.id))
  }
}
