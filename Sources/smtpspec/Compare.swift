import ArgumentParser
import Foundation
import Reports

/// `smtpspec compare`: what changed from one run to another.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Shows what broke, what was mended, and what is new between two runs.",
    discussion: """
      It takes the events that 'check --json=FILE' writes. The exit status is 1 where something fails the new run that did not fail the old one, \
      3 where there is no such thing but the new report is incomplete, and else 0.
      """
  )

  @Argument(help: ArgumentHelp("The events of the earlier run.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The events of the later run.", valueName: "new"))
  var new: String

  @Option(help: ArgumentHelp("Colour: always, auto or never; auto respects NO_COLOR.", valueName: "when"))
  var color = ColorChoice.auto

  func run() throws {
    let comparison = Comparison(old: try Merge.read(old), new: try Merge.read(new))
    let screen = DescriptorOutput.standardOutput()
    let isColored = color.resolved(isTerminal: screen.isTerminal, environment: ProcessInfo.processInfo.environment)
    try OutputPlace(path: nil).write(comparison.lines(style: Style(isColored: isColored)).map { $0 + "\n" }.joined())
    if comparison.regressions > 0 { ExitStatus.end(with: .violations) }
    if comparison.isUndecided { ExitStatus.end(with: .nothingVerified) }
  }
}
