import ArgumentParser
import Foundation
import Fuzz
import Transport

/// `smtpspec fuzz server`: scripts of commands against a server, and what oracles have against its answers.
struct FuzzServer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "server",
    abstract: "Looks for dialogues that break a server.",
    discussion: """
      Without an address it fuzzes the reference server that smtpspec carries. Findings, each with a script that shows it, go into the folder \
      that --output names; 'smtpspec replay' plays them again. Only servers on this machine are fuzzed unless --remote is given.

      \(ExitStatus.fuzzingTable())
      """
  )

  @Argument(help: "The server: HOST, HOST:PORT, [IPV6]:PORT or unix:/PATH; port 25 by default.")
  var host: String?

  @OptionGroup(title: "Target")
  var target: PlayOptions

  @Option(
    name: .customLong("server"),
    help: ArgumentHelp(
      "Starts the server, watches its process, and starts it again when it has died; it must stay in the foreground.", valueName: "command")
  )
  var command: String?

  @Option(help: ArgumentHelp("How long the server that is started has until it answers.", valueName: "time"))
  var ready = Time(.seconds(10))

  @Option(
    name: .customLong("defect"), help: ArgumentHelp("A deliberate fault of the built-in server; may be given again.", valueName: "name"))
  var defects: [String] = []

  @OptionGroup(title: "Campaign")
  var campaign: CampaignOptions

  @Option(help: ArgumentHelp("The most runs a second.", valueName: "count"))
  var rate: Double?

  @Flag(
    name: .customLong("no-catalogue"),
    help: "Leaves the scripts away that have broken servers before: the grammar alone is where it starts.")
  var isWithoutCatalogue = false

  @Option(name: .customLong("without"), help: ArgumentHelp("An oracle that is not asked; may be given again.", valueName: "oracle"))
  var silenced: [String] = []

  @Flag(
    name: .customLong("edges"),
    help: "Keeps what reaches new edges of the server too, which --server starts and afl-clang-fast or SanitizerCoverage has built."
  )
  var followsEdges = false

  @Flag(name: .customLong("count-edges"), help: "Counts such edges, and lets nothing depend on them.")
  var countsEdges = false

  @Flag(name: .customLong("first"), help: "Stops at the first finding.")
  var stopsAtFirst = false

  func validate() throws {
    if let rate, !(rate.isFinite && rate > 0) { throw ValidationError("--rate is more than 0") }
    guard ready.duration > .zero else { throw ValidationError("--ready is longer than no time") }
    guard command == nil || host != nil else { throw ValidationError("--server goes with the address at which the server will answer") }
    if followsEdges || countsEdges {
      guard command != nil else { throw ValidationError("the edges of a server are seen where --server starts it") }
      guard campaign.namedJobs ?? 1 == 1 else {
        throw ValidationError("the edge map is one for all connections, so that edges go with --jobs 1")
      }
    }
    for name in silenced where !OracleList.names.contains(name) {
      throw ValidationError("no oracle is named '\(name)'; there are \(OracleList.names.joined(separator: ", "))")
    }
  }

  func run() throws {
    let store = try campaign.store()
    let beginning = campaign.beginning(in: store)
    let seed = beginning.seed
    let interrupt = Interrupt()
    let edges = try edgeCoverage(interrupt)
    let server = try target.open(
      host, defects: defects, starting: command, ready: ready.duration, environment: edges?.environment ?? [:], interrupt: interrupt)
    if let edges, !edges.isUsed {
      server.stop()
      throw Failure(
        "the server counts no edges: build it with afl-clang-fast, or link examples/edges/smtpspec_edges.c, and let __AFL_SHM_ID through",
        status: .nothingVerified)
    }
    var settings = ServerCampaign.Settings(seed: seed)
    settings.firstRun = beginning.run
    if let runs = campaign.runs { settings.runs = runs }
    if let time = campaign.time { settings.deadline = .after(time.duration) }
    settings.jobs = edges == nil ? campaign.jobs : 1
    settings.edges = edges
    settings.followsEdges = followsEdges
    settings.rate = rate
    settings.seeds = isWithoutCatalogue ? [] : target.role == .lmtp ? Seeds.scripts.map(\.inLMTP) : Seeds.scripts
    settings.words = Seeds.words
    settings.recipients = target.recipients
    settings.targetName = server.name
    settings.address = server.address
    settings.silenced = Set(silenced)
    settings.stopsAtFirst = stopsAtFirst
    SignalWatch.start {
      StandardError.say("stopping; what was found so far follows. Once more ends it at once.")
      interrupt.trigger()
    }
    let engine: ServerCampaign
    do throws(Grammar.Fault) {
      engine = try ServerCampaign(player: server.player, settings: settings, store: store, keeper: server.keeper, interrupt: interrupt)
    } catch {
      throw Failure(error.message, status: .fault)
    }
    let screen = campaign.screen(title: "smtpspec fuzz server \(server.name), seed \(seed)") { engine.progress }
    let summary = engine.run()
    screen.finish()
    server.stop()
    if let failure = summary.failure { throw Failure(failure.message, status: .fault) }
    let reached = summary.edges.map { ", \($0) edges" } ?? ""
    print("\(summary.runs) runs, \(summary.sessions) connections, \(summary.states) states\(reached), \(summary.kept) kept")
    if let first = summary.firstFinding {
      print("the first finding was met in run \(first.run) and confirmed after \(first.after.formatted(.units(allowed: [.milliseconds])))")
    }
    CampaignOptions.end(with: store, seed: seed)
  }

  /// The edges of the server, where they are asked for; `AFL_MAP_SIZE` may say how large their map is.
  private func edgeCoverage(_ interrupt: Interrupt) throws(Failure) -> EdgeCoverage? {
    guard followsEdges || countsEdges else { return nil }
    var size = EdgeCoverage.usualSize
    if let text = ProcessInfo.processInfo.environment["AFL_MAP_SIZE"] {
      guard let number = Int(text) else { throw Failure("AFL_MAP_SIZE is a number of octets, and not '\(text)'") }
      size = number
    }
    do throws(EdgeFailure) {
      return try EdgeCoverage(size: size, interrupt: interrupt)
    } catch {
      throw Failure(error.message)
    }
  }
}
