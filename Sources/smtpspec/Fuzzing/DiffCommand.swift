import ArgumentParser
import Foundation
import Fuzz
import Transport

/// `smtpspec diff`: the same scripts to several servers.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Plays the same scripts to several servers, and shows where they part.",
    discussion: """
      Codes are compared, not texts. Answers of the same first digit are quirks, of which each is shown once; behind the first answer of another digit a script is \
      compared no more. Each divergence has the clause that decides who is right, or 'open'. 'builtin' is the reference server that smtpspec carries.

      \(ExitStatus.fuzzingTable(clean: "no divergence that is new", found: "divergences that are new"))
      """
  )

  @Argument(help: ArgumentHelp("Two servers or more: HOST:PORT, or 'builtin'.", valueName: "server"))
  var hosts: [String]

  @OptionGroup(title: "Target")
  var timing: PlayOptions

  @OptionGroup(title: "Campaign")
  var campaign: CampaignOptions

  func validate() throws {
    guard hosts.count >= 2 else { throw ValidationError("name two servers or more") }
  }

  func run() throws {
    let store = try campaign.store()
    let seed = campaign.beginning(in: store).seed
    let interrupt = Interrupt()
    let servers = try hosts.map { try timing.open($0 == "builtin" ? nil : $0, defects: [], interrupt: interrupt) }
    SignalWatch.start {
      StandardError.say("stopping; what was found so far follows. Once more ends it at once.")
      interrupt.trigger()
    }
    var settings = ServerCampaign.Settings(seed: seed)
    if let runs = campaign.runs { settings.runs = runs }
    settings.deadline = .after((campaign.time ?? Time(.seconds(60))).duration)
    settings.jobs = campaign.jobs
    settings.seeds = Seeds.scripts
    settings.words = Seeds.words
    settings.recipients = timing.recipients
    if let first = servers.first { settings.address = first.address }
    let engine: DiffCampaign
    do throws(Grammar.Fault) {
      engine = try DiffCampaign(
        targets: servers.map { DiffCampaign.Target(name: $0.name, player: $0.player) }, settings: settings, store: store,
        interrupt: interrupt)
    } catch {
      throw Failure(error.message, status: .fault)
    }
    let screen = campaign.screen(title: "smtpspec diff \(hosts.joined(separator: " ")), seed \(seed)") { engine.progress }
    let summary = engine.run()
    screen.finish()
    for server in servers { server.stop() }
    if let failure = summary.failure { throw Failure(failure.message, status: .fault) }
    print(
      "\(summary.runs) scripts to \(servers.count) servers: \(servers.enumerated().map { "\($0 + 1) \($1.name)" }.joined(separator: ", "))")
    CampaignOptions.end(with: store, seed: seed)
  }
}
