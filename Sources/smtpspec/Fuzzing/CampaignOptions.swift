import ArgumentParser
import Foundation
import Fuzz

/// How a campaign of any kind goes about it, and where it writes.
struct CampaignOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder for findings and corpus; nothing is written elsewhere.", valueName: "folder"))
  var output = "smtpspec-findings"

  @Flag(help: "Goes on with the findings and the corpus that the folder has, and without --seed with its seed, behind its last run.")
  var resume = false

  @Option(help: ArgumentHelp("How long to fuzz, as in 30s, 10min.", valueName: "time"))
  var time: Time?

  @Option(help: ArgumentHelp("The most runs.", valueName: "count"))
  var runs: UInt64?

  @Option(name: .customLong("jobs"), help: ArgumentHelp("How many workers there are; 4 if nobody says.", valueName: "count"))
  var namedJobs: Int?

  /// How many workers there are.
  var jobs: Int { namedJobs ?? 4 }

  @Option(help: ArgumentHelp("The seed of every choice; the same seed does the same on any number of workers.", valueName: "number"))
  var seed: UInt64?

  func validate() throws {
    guard (1...1_000).contains(jobs) else { throw ValidationError("--jobs is 1 to 1000") }
    if let time, time.duration <= .zero { throw ValidationError("--time is longer than no time") }
    guard runs != 0 else { throw ValidationError("--runs is more than 0") }
  }

  /// Where to begin: with the seed that was named, where the folder's campaign stopped, or with a seed by chance.
  func beginning(in store: FindingStore) -> CampaignMark {
    if let seed { return CampaignMark(seed: seed, run: 0) }
    if resume, let mark = store.mark { return mark }
    return CampaignMark(seed: UInt64.random(in: 1...UInt64(UInt32.max)), run: 0)
  }

  /// Opens the folder.
  func store() throws(Failure) -> FindingStore {
    do throws(FindingStoreError) {
      return try FindingStore(at: output, resuming: resume)
    } catch {
      throw Failure(error.message)
    }
  }

  /// Shows progress on standard error.
  func screen(title: String, progress: @escaping @Sendable () -> CampaignProgress) -> StatusScreen {
    StatusScreen(
      title: title, isTerminal: isatty(STDERR_FILENO) == 1,
      write: { text in try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }, progress: progress)
  }

  /// Prints the table of what is new, and ends the process: 1 where there is something new, 5 where it died of it.
  static func end(with store: FindingStore, seed: UInt64) -> Never {
    let records = store.newRecords
    for line in FindingTable.lines(records) { print(line) }
    let count = records.count == 1 ? "1 new finding" : "\(records.count) new findings"
    print("\(count), seed \(seed)\(records.isEmpty ? "" : "; see \(store.folder.path)/findings")")
    ExitStatus.end(with: records.contains(where: \.isDeath) ? .serverDied : records.isEmpty ? .conforming : .violations)
  }
}
