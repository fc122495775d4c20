import ArgumentParser
import Conformance
import Foundation
import ReferenceServer
import Reports

/// `smtpspec check`: runs the cases against a server and reports what came of them.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a server against the RFCs.",
    discussion: """
      Without an address and without --config it checks the reference server that smtpspec carries, in the --role that is named. Flags override the \
      configuration file. Only servers on this machine are checked unless --remote is given.

      \(ExitStatus.table)
      """
  )

  @OptionGroup(title: "Target")
  var target: TargetOptions

  @Option(help: ArgumentHelp("The configuration file of the target; 'smtpspec init' writes one.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("defect"), help: ArgumentHelp("A deliberate fault of the built-in server; may be given again.", valueName: "name"))
  var defects: [String] = []

  @OptionGroup(title: "Cases")
  var suite: SuiteOptions

  @OptionGroup(title: "Cases")
  var part: ShardOptions

  @OptionGroup(title: "Run")
  var settings: RunSettings

  @OptionGroup(title: "Run")
  var waivers: WaiverOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  func run() throws {
    let loaded = try suite.suite()
    let shard = try part.part()
    let chosen = try suite.cases(of: loaded)
    let cases = shard?.cases(of: chosen) ?? chosen
    let named = try target.target(file: config)
    guard defects.isEmpty || named == nil else {
      throw Failure("--defect is for the built-in server: leave the address and --config away")
    }
    var options = settings.options
    options.minimum = waivers.minimum
    options.baseline = try waivers.known()
    options.shard = shard
    try ShardOptions.acknowledge()
    let reproduction = Reproduction.ofThisProcess
    let context = ReportContext(
      head: RunHead(
        version: Smtpspec.version, specs: loaded.digest, started: Date.now.formatted(.iso8601), strict: settings.strict),
      register: loaded.register,
      cases: cases,
      command: { reproduction.command(for: $0) }
    )
    let reports = try report.reports(context: context)
    let cancellation = Cancellation()
    SignalWatch.start {
      StandardError.say("stopping; the report so far follows. Once more ends it at once.")
      cancellation.cancel()
    }
    let run = { [options] (target: TargetConfiguration) throws(Failure) in
      var target = target
      try waivers.apply(to: &target)
      return Runner(cases: cases, of: loaded.cases, target: target, options: options, cancellation: cancellation)
    }
    if let named { try check(run(named), reports, cancellation) }
    if target.role == .client {
      var client = TargetConfiguration(client: try BuiltInClient.program(defects: defects))
      try target.apply(to: &client)
      try check(run(client), reports, cancellation)
    }
    let policy = target.tlsPolicy.flatMap { SendingOptions.Policy(rawValue: $0.rawValue) } ?? .none
    let server = try BuiltInServer(as: target.role ?? .mx, defects: defects, policy: policy, isImplicitTLS: target.isImplicitTLS)
    var builtIn = server.target
    do {
      try target.apply(to: &builtIn)
      try check(run(builtIn), reports, cancellation, then: server.stop)
    } catch {
      server.stop()
      throw error
    }
  }

  /// Runs the cases, and ends the process with what they came to.
  private func check(
    _ runner: Runner, _ reports: [any Report], _ cancellation: Cancellation, then cleanUp: () -> Void = {}
  ) throws -> Never {
    var runner = runner
    var audience = Audience(reports: reports, cancellation: cancellation)
    let summary = runner.run { audience.tell($0) }
    cleanUp()
    if let failure = audience.failure { throw failure }
    Foundation.exit(summary.exitStatus)
  }
}
