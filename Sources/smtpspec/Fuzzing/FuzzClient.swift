import ArgumentParser
import Foundation
import Fuzz
import Transport

/// Whether the client that is fuzzed was told to use TLS.
enum TLSDemand: String, ExpressibleByArgument, CaseIterable {
  /// It was told to speak TLS or not at all: what goes out in clear is a finding.
  case required
  /// It may.
  case offered
  /// The server has none.
  case none
}

/// `smtpspec fuzz client`: a server that misbehaves, and what oracles have against the clients that meet it.
struct FuzzClient: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "client",
    abstract: "Looks for servers' answers that break a client.",
    discussion: """
      The command starts the client once a run, without a shell: smtpspec fuzz client -- curl smtp://{host}:{port} --mail-from {sender} \
      --mail-rcpt {recipient} -T {message}. {user}, {password} and {ca} (the server's certificate, PEM) can stand in it as well. The server is on the \
      loopback interface.

      \(ExitStatus.fuzzingTable())
      """
  )

  @Argument(parsing: .postTerminator, help: ArgumentHelp("Behind '--': the client, with places in braces.", valueName: "command"))
  var command: [String] = []

  @Option(help: ArgumentHelp("What the command tells the client of TLS: required, offered or none.", valueName: "demand"))
  var tls = TLSDemand.offered

  @Option(help: ArgumentHelp("How long the client may go on once its connection has ended.", valueName: "time"))
  var timeout = Time(.seconds(5))

  @Option(help: ArgumentHelp("How long the client may say nothing before its connection is ended.", valueName: "time"))
  var quiet = Time(.seconds(1))

  @Flag(name: .customLong("crlf"), help: "Gives the message with lines that end in CRLF; else they end in LF, as files have it.")
  var hasCRLF = false

  @Option(name: .customLong("without"), help: ArgumentHelp("An oracle that is not asked; may be given again.", valueName: "oracle"))
  var silenced: [String] = []

  @Option(name: .customLong("script"), help: ArgumentHelp("Plays the server's script in this file, and nothing else.", valueName: "file"))
  var script: String?

  @OptionGroup(title: "Campaign")
  var campaign: CampaignOptions

  func validate() throws {
    guard !command.isEmpty else { throw ValidationError("Which client? Write its command behind '--', with {host} and {port} in it.") }
    guard timeout.duration > .zero, quiet.duration > .zero else { throw ValidationError("--timeout and --quiet are longer than no time") }
    for name in silenced where !ClientOracleList.names.contains(name) {
      throw ValidationError("no oracle is named '\(name)'; there are \(ClientOracleList.names.joined(separator: ", "))")
    }
    guard ClientCommand(command).has(.port) else { throw ValidationError("the command has no place for {port}") }
  }

  func run() throws {
    let interrupt = Interrupt()
    SignalWatch.start {
      StandardError.say("stopping; what was found so far follows. Once more ends it at once.")
      interrupt.trigger()
    }
    if let script { return try play(script, interrupt) }
    let store = try campaign.store()
    let beginning = campaign.beginning(in: store)
    let seed = beginning.seed
    let runner = try runner(in: store.folder.appendingPathComponent("client").path)
    var settings = ClientCampaign.Settings(seed: seed)
    settings.firstRun = beginning.run
    settings.runs = campaign.runs ?? .max
    if let time = campaign.time {
      settings.deadline = .after(time.duration)
    } else if campaign.runs == nil {
      settings.deadline = .after(.seconds(60))
    }
    settings.jobs = campaign.jobs
    settings.seeds = Seeds.files(in: "seeds/client").map { Script(decoding: $0.octets) }
    settings.words = Seeds.words
    settings.silenced = Set(silenced)
    settings.targetName = command.joined(separator: " ")
    let engine: ClientCampaign
    do throws(Grammar.Fault) {
      engine = try ClientCampaign(runner, settings: settings, store: store, interrupt: interrupt)
    } catch {
      throw Failure(error.message, status: .fault)
    }
    if let reason = engine.trial() { throw Failure("the client cannot be fuzzed: \(reason)", status: .nothingVerified) }
    let board = engine.board
    let screen = campaign.screen(title: "smtpspec fuzz client \(settings.targetName), seed \(seed)") { board.progress }
    let summary = engine.run()
    screen.finish()
    if let failure = summary.failure { throw Failure(failure, status: .fault) }
    print("\(summary.runs) runs, \(summary.states) states")
    CampaignOptions.end(with: store, seed: seed)
  }

  private func runner(in folder: String) throws(Failure) -> ClientRunner {
    do throws(ClientRunner.Unusable) {
      var runner = try ClientRunner(ClientCommand(command), folder: folder)
      runner.patience = timeout.duration
      runner.quiet = quiet.duration
      runner.isTLSRequired = tls == .required
      runner.offersTLS = tls != .none
      runner.hasCRLF = hasCRLF
      return runner
    } catch {
      throw Failure("the client cannot be fuzzed: \(error.message)", status: .nothingVerified)
    }
  }

  /// Plays one script, and shows what went over the wire and what the oracles have against it.
  private func play(_ file: String, _ interrupt: Interrupt) throws {
    guard let data = FileManager.default.contents(atPath: file) else { throw Failure("\(file): cannot be read") }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("smtpspec-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let runner = try runner(in: folder.path)
    let replay: ClientReplay
    do throws(ClientRunner.Unusable) {
      replay = try ClientReplay(
        Script(decoding: [UInt8](data)), with: runner, without: Set(silenced), interrupt: interrupt)
    } catch {
      throw Failure("the client cannot be fuzzed: \(error.message)", status: .nothingVerified)
    }
    print(replay.text, terminator: "")
    if replay.hasFindings { throw ArgumentParser.ExitCode(ExitStatus.violations.rawValue) }
  }
}
