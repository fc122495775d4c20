import ArgumentParser
import Foundation
import Fuzz
import Transport

/// `smtpspec minimize`: makes a script smaller.
struct MinimizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minimize",
    abstract: "Makes a script smaller while an oracle has the same against the server.",
    discussion: ExitStatus.fuzzingTable(clean: "the script that is left was printed", found: nil)
  )

  @Argument(help: "A script, octets of a session, or a finding's folder.")
  var file: String

  @Argument(help: "The server; without one, the reference server that smtpspec carries.")
  var host: String?

  @OptionGroup(title: "Script")
  var format: ScriptFormatOptions

  @OptionGroup(title: "Target")
  var timing: PlayOptions

  @Option(help: ArgumentHelp("The oracle whose finding it is; the first that has one, if none is named.", valueName: "name"))
  var oracle: String?

  @Option(help: ArgumentHelp("How long it may take.", valueName: "time"))
  var time = Time(.seconds(60))

  @Option(help: ArgumentHelp("What to print: script, raw, shell.", valueName: "format"))
  var to = ExportFormat.script

  @Option(
    name: .customLong("defect"), help: ArgumentHelp("A deliberate fault of the built-in server; may be given again.", valueName: "name"))
  var defects: [String] = []

  func run() throws {
    let script = try ScriptFile.read(file, as: format.format).script
    let interrupt = Interrupt()
    SignalWatch.start { interrupt.trigger() }
    let server = try timing.open(host, defects: defects, interrupt: interrupt)
    let replay = Replay(player: server.player, recipients: timing.recipients)
    let result = replay.minimize(script, oracle: oracle, deadline: .after(time.duration))
    server.stop()
    guard let result else { throw Failure("no oracle has anything against the server with this script", status: .nothingVerified) }
    StandardError.say(
      "\(script.events.count) events are \(result.script.events.count): \(result.suspicion.oracle), \(result.suspicion.summary)")
    try FileHandle.standardOutput.write(contentsOf: Data(to.octets(of: result.script, at: server.address)))
  }
}
