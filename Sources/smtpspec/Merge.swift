import ArgumentParser
import Conformance
import Foundation
import Reports

/// `smtpspec merge`: joins the reports of a run's parts.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Joins the reports of a run's parts into one.",
    discussion: """
      It takes the events that 'check --shard … --json=FILE' writes, and ends with the status that the whole run would have: waivers are \
      judged by all cases, and a part that is missing is not passed over.

      \(ExitStatus.table)
      """
  )

  @Argument(help: ArgumentHelp("The events of the parts.", valueName: "report"))
  var reports: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; standard output without it.", valueName: "file"))
  var output: String?

  @OptionGroup
  var forms: FormOptions

  @Option(name: .customLong("min-run"), help: ArgumentHelp("Fails where fewer cases than this were verified.", valueName: "count"))
  var minimum: Int?

  @Option(help: ArgumentHelp("The folder of the specs that ran, where they are not those inside the binary.", valueName: "folder"))
  var specs: String?

  func validate() throws {
    if let minimum, minimum < 1 { throw ValidationError("--min-run is 1 or more") }
  }

  func run() throws {
    var parts: [JoinedRun.Part] = []
    for file in reports { parts.append((file, try Self.read(file))) }
    let suite = try SuiteOptions.suite(in: specs)
    let isSuite = parts.first?.run.head.specs == suite.digest
    if specs != nil, !isSuite { throw Failure("--specs: the reports are of other specs than those of the folder") }
    let whole: RunRecord
    do throws(JoinError) {
      whole = try JoinedRun(parts).run(suite: isSuite ? suite.cases : nil, minimum: minimum)
    } catch {
      throw Failure(error.message)
    }
    do throws(OutputError) {
      let file = try output.map { path throws(OutputError) in try DescriptorOutput(path: path) } ?? .standardOutput()
      for line in whole.lines { try file.write(line) }
    } catch {
      if !error.isClosedPipe { throw Failure(error.message, status: .fault) }
    }
    for request in forms.forms { try request.write(whole) }
    guard let summary = whole.summary else { return }
    StandardError.say(Self.words(of: summary, results: whole.results.count))
    Foundation.exit(summary.exitStatus)
  }

  /// Reads a report.
  ///
  /// - Throws: ``Failure`` with file and line.
  static func read(_ file: String) throws(Failure) -> RunRecord {
    do throws(RunReaderError) {
      return try RunReader.read(path: file)
    } catch {
      throw Failure(error.description)
    }
  }

  private static func words(of summary: Summary, results: Int) -> String {
    let meaning =
      switch summary.outcome {
      case .conforming: "conforming"
      case .violations: "\(summary.counts[.violated] ?? 0) violated"
      case .nothingVerified(let why): "undecided: \(Visible.line(why))"
      case .staleWaivers: "waivers are out of date"
      case .serverDied(let how): "the server under test died: \(Visible.line(how))"
      }
    let stale = summary.staleWaivers.map { "\n  " + Visible.line($0) }.joined()
    return "\(results) cases, \(summary.verified) verified, \(meaning) (exit status \(summary.exitStatus))\(stale)"
  }
}
