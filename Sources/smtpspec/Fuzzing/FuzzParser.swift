import ArgumentParser
import Foundation
import Fuzz
import Reports
import Synchronization
import Transport
import Wire

/// `smtpspec fuzz parser`: parsers of replies, commands and mail data against the RFCs' grammar.
struct FuzzParser: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parser",
    abstract: "Fuzzes parsers of replies, commands and mail data against the grammar of the RFCs.",
    discussion: """
      Without --library and --command, those of smtpspec itself.

      \(ExitStatus.fuzzingTable())
      """
  )

  @Argument(help: ArgumentHelp("What to parse: reply, command, command-utf8, mail-data. (default: all)", valueName: "kind"))
  var kinds: [ParserKind] = []

  @Option(help: ArgumentHelp("A shared library with the functions of smtpspec_parser.h.", valueName: "file"))
  var library: String?

  @Option(help: ArgumentHelp("A command, run by the shell, that answers frames on its standard input.", valueName: "command"))
  var command: String?

  @OptionGroup(title: "Campaign")
  var campaign: CampaignOptions

  @Option(name: .customLong("hang"), help: ArgumentHelp("How long one answer may take.", valueName: "time"))
  var patience = Time(.seconds(1))

  @Option(help: ArgumentHelp("A rule to leave aside: \(FuzzParser.rules). May be given again.", valueName: "rule"))
  var ignore: [String] = []

  @Option(
    name: .customLong("input"), help: ArgumentHelp("Tries the input in this file, and nothing else; may be given again.", valueName: "file")
  )
  var inputs: [String] = []

  private static let rules = ParserFault.Rule.allCases.map(\.name).joined(separator: ", ")

  func validate() throws {
    guard library == nil || command == nil else { throw ValidationError("--library and --command name two parsers: give one") }
    guard patience.duration > .zero else { throw ValidationError("--hang is longer than no time") }
    _ = try ignored()
  }

  func run() throws {
    let targets = try targets()
    guard inputs.isEmpty else { return try replay(targets) }
    let store = try campaign.store()
    let beginning = campaign.beginning(in: store)
    let seed = beginning.seed
    var run = ParserCampaign(targets: targets, seed: seed)
    run.firstRun = beginning.run
    run.words = Seeds.words
    run.seeds = store.corpusOctets().compactMap { ParserSeed(file: $0) } + Seeds.forParsers
    run.workers = campaign.jobs
    run.runs = campaign.runs ?? .max
    run.ignored = try ignored()
    if let time = campaign.time {
      run.deadline = .after(time.duration)
    } else if campaign.runs == nil {
      run.deadline = .after(.seconds(60))
    }
    let interrupt = Interrupt()
    run.interrupt = interrupt
    SignalWatch.start {
      StandardError.say("stopping; what was found so far follows. Once more ends it at once.")
      interrupt.trigger()
    }
    let failure = Mutex<FindingStoreError?>(nil)
    let board = run.board
    let screen = campaign.screen(title: "fuzz parser: \(title)") { board.progress }
    let summary = run.run { find in
      do throws(FindingStoreError) {
        try store.record(Finding(find, of: title, seed: seed, command: reproduction))
      } catch {
        failure.withLock { $0 = error }
        interrupt.trigger()
      }
    } keep: { seed in
      do throws(FindingStoreError) { try store.keep(.octets(seed.file)) } catch { failure.withLock { $0 = error } }
    }
    screen.finish()
    do throws(FindingStoreError) { try store.mark(CampaignMark(seed: seed, run: beginning.run + summary.runs)) } catch {
      failure.withLock { $0 = error }
    }
    if let failure = failure.withLock({ $0 }) { throw Failure(failure.message, status: .fault) }
    print("\(summary.runs) inputs, \(summary.outcomes) different outcomes")
    CampaignOptions.end(with: store, seed: seed)
  }

  private func ignored() throws -> Set<ParserFault.Rule> {
    Set(
      try ignore.map { name in
        guard let rule = ParserFault.Rule.allCases.first(where: { $0.name == name }) else {
          throw ValidationError("--ignore \(Visible.line(name)): no such rule; there is \(Self.rules)")
        }
        return rule
      })
  }

  private func targets() throws -> [any ParserTarget] {
    let wanted = kinds.isEmpty ? ParserKind.allCases : kinds
    guard let arguments = try parserArguments() else {
      return try ParserCampaign.targets().filter { target in wanted.contains { $0.rawValue == target.name } }
    }
    let targets: [any ParserTarget]
    do throws(UserParser.Unusable) {
      targets = try UserParser(arguments, patience: patience.duration).targets(wanted)
    } catch {
      throw Failure("the parser cannot be fuzzed: \(error.message)", status: .nothingVerified)
    }
    guard !targets.isEmpty else {
      throw Failure("the parser has none of these kinds: \(wanted.map(\.rawValue).joined(separator: ", "))", status: .nothingVerified)
    }
    return targets
  }

  /// How a user's parser is started.
  private func parserArguments() throws -> [[UInt8]]? {
    if let command { return ["/bin/sh", "-c", "exec \(command)"].map { Array($0.utf8) } }
    guard let library else { return nil }
    guard FileManager.default.isReadableFile(atPath: library) else {
      throw Failure("--library \(Visible.line(library)): no such file, or no permission")
    }
    guard let own = Bundle.main.executablePath else { throw Failure("smtpspec does not find its own binary", status: .fault) }
    // Without a slash the linker would look in its own folders.
    return [own, "fuzz", "parser-host", library.contains("/") ? library : "./\(library)"].map { Array($0.utf8) }
  }

  /// Tries inputs that were found earlier.
  private func replay(_ targets: [any ParserTarget]) throws {
    var found = 0
    let ignored = try ignored()
    for file in inputs {
      guard let data = FileManager.default.contents(atPath: file) else { throw Failure("\(Visible.line(file)): cannot be read") }
      for target in targets {
        for fault in target.check([UInt8](data)).faults where !ignored.contains(fault.rule) {
          found += 1
          print("\(Visible.line(file)): \(target.name): \(fault.rule.rawValue): \(fault.detail)")
        }
      }
    }
    if found > 0 { throw ArgumentParser.ExitCode(ExitStatus.violations.rawValue) }
    print("nothing found")
  }

  /// Whose parser it is.
  private var title: String { library ?? command ?? "smtpspec" }

  /// What to type to try one input again.
  private var reproduction: String {
    var words = ["smtpspec", "fuzz", "parser"]
    if let library { words += ["--library", Reproduction.quoted(library)] }
    if let command { words += ["--command", Reproduction.quoted(command)] }
    return words.joined(separator: " ")
  }
}

extension ParserKind: ExpressibleByArgument {}

/// `smtpspec fuzz parser-host`: the process in which a user's library runs; `fuzz parser --library` starts it.
struct ParserHost: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parser-host", abstract: "Answers for a parser in a shared library.", shouldDisplay: false)

  @Argument(help: ArgumentHelp("The library.", valueName: "file"))
  var library: String

  func run() throws {
    do throws(LibraryHost.LoadFailure) {
      try LibraryHost(library).run()
    } catch {
      throw Failure("\(Visible.line(library)): \(Visible.line(error.message))")
    }
  }
}
