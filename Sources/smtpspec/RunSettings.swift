public import ArgumentParser
public import Conformance
import Reports

/// How a run goes about it.
struct RunSettings: ParsableArguments {
  @Option(help: ArgumentHelp("The most connections at once; fewer while the server cannot keep up.", valueName: "count"))
  var jobs = RunOptions().jobs

  @Option(help: ArgumentHelp("How long a reply may take, as in 500ms, 10s, 2min.", valueName: "time"))
  var timeout = Time(RunOptions().timeout)

  @Option(
    help: ArgumentHelp(
      "How long nothing may come before that counts as silence. (default: four times what a plain message takes, 100ms to 2s)",
      valueName: "time"))
  var silence: Time?

  @Option(
    name: .customLong("time-limit"),
    help: ArgumentHelp("How long the run may take; what has not run by then is left out.", valueName: "time"))
  var timeLimit: Time?

  @Option(help: ArgumentHelp("The most new connections a second.", valueName: "count"))
  var rate: Double?

  @Option(
    help: ArgumentHelp(
      "The lowest level whose violation fails the run: must (default), should or may.",
      discussion: "--strict alone means should.",
      valueName: "level"))
  var strict = Level.must

  @Flag(name: .customLong("fail-fast"), help: "Stops at the first violation that fails the run.")
  var failsFast = false

  @Option(name: .customLong("repeat"), help: ArgumentHelp("Runs each case so many times; it must come to the same.", valueName: "count"))
  var repetitions = 1

  @Flag(help: "Runs the slow cases, too.")
  var slow = false

  @Option(help: ArgumentHelp("The seed of every random choice.", valueName: "number"))
  var seed: UInt64 = RunOptions().seed

  func validate() throws {
    guard (1...1_000).contains(jobs) else { throw ValidationError("--jobs is 1 to 1000") }
    guard (1...1_000).contains(repetitions) else { throw ValidationError("--repeat is 1 to 1000") }
    guard [timeout, silence ?? timeout, timeLimit ?? timeout].allSatisfy({ $0.duration > .zero }) else {
      throw ValidationError("--timeout, --silence and --time-limit are longer than no time")
    }
    if let rate, !(rate.isFinite && rate > 0) { throw ValidationError("--rate is more than 0") }
  }

  /// The same for the runner.
  var options: RunOptions {
    var options = RunOptions()
    options.jobs = jobs
    options.timeout = timeout.duration
    options.silence = silence?.duration
    options.runLimit = timeLimit?.duration
    options.rate = rate
    options.strict = strict
    options.failFast = failsFast
    options.repetitions = repetitions
    options.slow = slow
    options.seed = seed
    return options
  }
}

extension Level: ExpressibleByArgument {}

/// A time as people write it: `500ms`, `10s`, `2min`.
struct Time: ExpressibleByArgument {
  let duration: Duration

  init(_ duration: Duration) {
    self.duration = duration
  }

  init?(argument: String) {
    guard let duration = Duration(parsing: argument) else { return nil }
    self.duration = duration
  }

  var defaultValueDescription: String {
    duration < .seconds(1) ? duration.millisecondsText(decimals: 0) + "ms" : "\(duration.components.seconds)s"
  }
}
