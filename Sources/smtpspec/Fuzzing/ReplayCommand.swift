import ArgumentParser
import Foundation
import Fuzz
import Transport

/// `smtpspec replay`: plays scripts again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Plays scripts against a server, and shows what came of them.",
    discussion: """
      A file is a script, octets of a session, or a finding's folder. The last argument is the server, if it is no file; else the scripts are played \
      against the reference server that smtpspec carries. Status 1 says that an oracle has something against the server.

      \(ExitStatus.fuzzingTable(clean: "no oracle has anything against the server", found: "one has"))
      """
  )

  @Argument(help: ArgumentHelp("Scripts, and the server behind them.", valueName: "file"))
  var arguments: [String]

  @OptionGroup(title: "Script")
  var format: ScriptFormatOptions

  @OptionGroup(title: "Target")
  var timing: PlayOptions

  @Flag(name: .customLong("other-ways"), help: "Plays each in other ways too: segments, pipelining, letter case and the like.")
  var playsOtherWays = false

  @Option(name: .customLong("repeat"), help: ArgumentHelp("Plays each so many times, and counts instead of showing.", valueName: "count"))
  var repetitions: Int?

  @Option(help: ArgumentHelp("How many at once, with --repeat.", valueName: "count"))
  var jobs = 1

  @Option(
    name: .customLong("defect"), help: ArgumentHelp("A deliberate fault of the built-in server; may be given again.", valueName: "name"))
  var defects: [String] = []

  func validate() throws {
    guard (1...1_000).contains(jobs) else { throw ValidationError("--jobs is 1 to 1000") }
    if let repetitions, repetitions < 1 { throw ValidationError("--repeat is 1 or more") }
  }

  func run() throws {
    let (files, host) = ScriptFile.split(arguments)
    guard !files.isEmpty else { throw Failure("name a script to play") }
    let scripts = try files.map { ($0, try ScriptFile.read($0, as: format.format)) }
    let interrupt = Interrupt()
    SignalWatch.start { interrupt.trigger() }
    let server = try timing.open(host, defects: defects, interrupt: interrupt)
    let replay = Replay(player: server.player, recipients: timing.recipients)
    var isClean = true
    for (name, file) in scripts {
      for problem in file.problems { StandardError.say("\(name):\(problem.line): \(problem.message)") }
      if let repetitions {
        let (suspicions, time) = replay.play(file.script, times: repetitions, jobs: jobs)
        isClean = isClean && suspicions.isEmpty
        print("\(name)\n\(repetitions) plays, \(Int((Double(repetitions) / (time / .seconds(1))).rounded()))/s")
        for (oracle, count) in suspicions.sorted(by: { $0.key < $1.key }) { print("\(oracle)  \(count) of \(repetitions)") }
        continue
      }
      let outcome = replay.play(file.script, withRelations: playsOtherWays || file.comparesPlays)
      print("\(name)\n\(outcome.transcript)", terminator: "")
      for suspicion in outcome.suspicions {
        isClean = false
        print("\(suspicion.severity.rawValue)  \(suspicion.oracle)  \(suspicion.clause)  \(suspicion.summary)")
        print("  expected  \(suspicion.expected)\n  observed  \(suspicion.observed)")
      }
    }
    server.stop()
    ExitStatus.end(with: isClean ? .conforming : .violations)
  }
}
