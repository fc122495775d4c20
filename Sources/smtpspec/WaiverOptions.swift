import ArgumentParser
import Conformance

/// Which violations are known and do not fail the run.
struct WaiverOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Reads known violations from a file, beside those of --config; may be given again.",
      discussion: "One that no longer matches fails the run. 'smtpspec waive' writes such a file.", valueName: "file"))
  var waivers: [String] = []

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
}
