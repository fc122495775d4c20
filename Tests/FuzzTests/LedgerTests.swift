import Synchronization
import Testing
import Transport

@testable import Fuzz

@Suite("The ledger: what a run sees depends on its number, and one that takes long holds up few")
struct LedgerTests {
  /// What every run saw, by its number: the last entry and how many there were.
  private static func views(
    workers: Int, first: UInt64 = 0, runs: UInt64, batch: UInt64 = 16, slow: UInt64? = nil
  ) throws -> [UInt64: [UInt64]] {
    let ledger = Ledger<UInt64>(entries: [], first: first, limit: runs, batch: batch)
    let seen = Mutex<[UInt64: [UInt64]]>([:])
    let mayGoOn = Interrupt()
    let work: @Sendable () -> Void = {
      while let run = ledger.nextRun() {
        seen.withLock { $0[run.number] = [UInt64(run.entries.count), run.entries.last ?? 0] }
        // The slow one ends once the 200th has begun.
        if run.number == slow, mayGoOn.wait(until: .after(.seconds(20))) { Issue.record("the others wait for run \(run.number)") }
        ledger.finish(run.number, .init(signatures: [run.number / 3], entry: run.number))
        if seen.withLock({ $0.count }) >= 200 { mayGoOn.trigger() }
      }
    }
    let threads = try (0..<workers).map { _ in try WorkerThread(work) }
    for thread in threads { thread.join() }
    return seen.withLock { $0 }
  }

  @Test("Every run sees the same on any number of workers, from whatever number on", arguments: [0, 1, 37, 160] as [UInt64])
  func isSame(first: UInt64) throws {
    let alone = try Self.views(workers: 1, first: first, runs: 1_000)
    #expect(alone.count == 1_000)
    #expect(try Self.views(workers: 8, first: first, runs: 1_000) == alone)
  }

  @Test("At the beginning a run sees the batch before the last, later an earlier one, and the entries of none behind it")
  func sees() throws {
    let views = try Self.views(workers: 1, runs: 4_096)
    #expect(views[16] == [0, 0])
    #expect(views[32] == [6, 15])
    #expect(views[48] == [11, 30])
    let last = try #require(views[4_095]?.last)
    #expect(last < 4_096 - 4_096 / 8 && last > 4_096 - 4_096 / 4)
  }

  @Test("A run that takes long is waited for by those alone that may see it")
  func isHeldUp() throws {
    // Run 160 is of the eleventh batch; with batches that see the last but one no more than 192 could begin.
    let views = try Self.views(workers: 4, runs: 320, slow: 160)
    #expect(views.count == 320)
    #expect(try Self.views(workers: 1, runs: 320) == views)
  }

  @Test("One batch a run is for a single worker, who sees the run before the last")
  func isAlone() throws {
    let views = try Self.views(workers: 1, runs: 100, batch: 1)
    #expect(views[99] == [33, 96])
  }
}
