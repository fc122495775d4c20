import ArgumentParser
import Conformance
import Foundation
import Reports

/// `smtpspec waive`: writes waivers for the violations of a report.
struct Waive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive",
    abstract: "Writes waivers for the violations of a report.",
    discussion: """
      It takes the events that 'check --json=FILE' writes, and gives one entry for each violation that no waiver names yet. Read them \
      before you keep them: 'observed' is the part of the observation that is taken for lasting.
      """
  )

  @Argument(help: ArgumentHelp("The events of a run.", valueName: "report"))
  var report: String

  @Option(help: ArgumentHelp("Why the violations may stay.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("Where that is tracked.", valueName: "link"))
  var issue: String?

  @Option(help: ArgumentHelp("The last day they may stay, as in 2027-01-31.", valueName: "day"))
  var until: String?

  @Option(help: ArgumentHelp("Only these cases, a glob over ids; may be given again.", valueName: "cases"))
  var only: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file that the entries are added to; standard output without it.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard !reason.isEmpty else { throw ValidationError("--reason says why the violations may stay") }
    if let until, !TargetConfiguration.Waiver.isDay(until) {
      throw ValidationError("--until \(Visible.line(until)): no day; write 2027-01-31")
    }
  }

  func run() throws {
    let run = try Merge.read(report)
    let text = WaiverText(reason: reason, issue: issue, until: until)
    let violated = run.inReadingOrder.filter { record in
      record.verdict.kind == .violated && (only.isEmpty || only.contains { TargetConfiguration.Waiver.names(record.facts.id, $0) })
    }
    let entries = violated.compactMap(text.entry)
    guard !entries.isEmpty else {
      let which = only.isEmpty ? "no violation that is not waived" : "no violation that --only names and that is not waived"
      StandardError.say("\(Visible.line(report)) has \(which): nothing to write")
      return
    }
    do throws(OutputError) {
      let file = try output.map { path throws(OutputError) in try DescriptorOutput(appendingTo: path) } ?? .standardOutput()
      try file.write(entries.joined())
    } catch {
      if !error.isClosedPipe { throw Failure(error.message, status: .fault) }
    }
    if let output { StandardError.say("\(entries.count) \(entries.count == 1 ? "waiver" : "waivers") added to \(Visible.line(output))") }
  }
}
