import ArgumentParser
import Foundation

/// The command line: what the arguments ask for is done, and the process ends with one of ``ExitStatus``.
@main
struct Smtpspec: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smtpspec",
    abstract: "Tells whether an SMTP server does what the RFCs say.",
    discussion: """
      'smtpspec check' without an address checks the built-in reference server; with one, your own.

      \(ExitStatus.table)
      """,
    version: version,
    subcommands: [
      Check.self, List.self, Explain.self, CoverageCommand.self, Init.self, Serve.self, Send.self, Waive.self, Merge.self,
      ReportCommand.self, MatrixCommand.self, Compare.self, Certify.self, Verify.self, FuzzCommand.self,
      DiffCommand.self, ReplayCommand.self, MinimizeCommand.self,
    ]
  )

  /// The version of this release.
  static let version = "0.1.0"

  /// Runs the command that the process's arguments name.
  static func main() {
    // A reader that goes away ends the report, not the process: the write says so. A handler, unlike "ignore", is not inherited.
    signal(SIGPIPE) { _ in }
    do {
      var command = try parseAsRoot(OptionalValue.joined(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// Says what there is to say about the error, and ends the process with its status.
  private static func end(with error: any Error) -> Never {
    switch error {
    case let failure as Failure:
      StandardError.say(failure.message)
      ExitStatus.end(with: failure.status)
    case let failure as ServeFailure:
      StandardError.say(failure.message)
      ExitStatus.end(with: .usage)
    default: break
    }
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    switch code {
    case .success:
      if !text.isEmpty { print(text) }
      Foundation.exit(0)
    case .validationFailure:
      StandardError.write(text)
      ExitStatus.end(with: .usage)
    default:
      if let code = error as? ArgumentParser.ExitCode { Foundation.exit(code.rawValue) }
      StandardError.say("this should not have happened: \(error). Please report it with the command that you ran.")
      ExitStatus.end(with: .fault)
    }
  }
}
