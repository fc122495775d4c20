import Foundation

/// Hands out numbered runs to any number of workers, and shows each the finds of the same earlier runs, however the workers are timed.
///
/// Runs come in batches. A run of one batch sees what the runs up to an earlier batch have found, merged in the order of their numbers; so
/// what a run does depends on the seed and its number alone, as long as what is fuzzed answers the same. It is the batch before the last at
/// the beginning, when what is found leads on most, and an earlier one the more runs there were, so that a run that takes long holds up few.
package final class Ledger<Entry: Sendable>: @unchecked Sendable {
  // Sendable by hand: every access to the state holds the condition's lock.

  /// What one run came to.
  package struct Outcome: Sendable {
    /// What was reached, each as a number; the entry is kept where one of them is new.
    package var signatures: [UInt64]
    /// What to keep.
    package var entry: Entry
    /// Whether the entry is kept in any case.
    package var isKept: Bool

    /// An outcome.
    package init(signatures: [UInt64], entry: Entry, isKept: Bool = false) {
      self.signatures = signatures
      self.entry = entry
      self.isKept = isKept
    }
  }

  /// A run to do.
  package struct Run: Sendable {
    /// From 0.
    package let number: UInt64
    /// What to start from: what the seeds and earlier runs gave, the oldest first.
    package let entries: ArraySlice<Entry>
  }

  private let condition = NSCondition()
  private let batch: UInt64
  private let first: UInt64
  private let limit: UInt64
  private var next: UInt64
  private var finished: [UInt64: Outcome?] = [:]
  /// Runs below this are merged.
  private var merged: UInt64
  private var seen: Set<UInt64>
  private var entries: [Entry]
  /// How many of the entries the runs of each batch see, as far as that is known, until its runs are merged.
  private var views: [UInt64: Int] = [:]
  /// The first batch for which it is not known.
  private var nextView: UInt64
  private var isStopped = false
  private let onNew: @Sendable (New) -> Void

  /// An entry that is kept.
  package struct New: Sendable {
    /// The entry.
    package let entry: Entry
    /// What it was the first to reach; empty where it is kept in any case.
    package let signatures: [UInt64]
    /// The run that made it.
    package let run: UInt64
  }

  /// A ledger.
  ///
  /// - Parameters:
  ///   - entries: What to start from.
  ///   - seen: What was reached before.
  ///   - first: The number of the first run.
  ///   - limit: How many runs there are at most.
  ///   - batch: How many runs see the same.
  ///   - onNew: Told of an entry that is kept, in the order of the runs.
  package init(
    entries: [Entry], seen: Set<UInt64> = [], first: UInt64 = 0, limit: UInt64 = .max, batch: UInt64 = 64,
    onNew: @escaping @Sendable (New) -> Void = { _ in }
  ) {
    self.entries = entries
    self.seen = seen
    self.batch = batch
    let (end, overflow) = first.addingReportingOverflow(limit)
    self.limit = overflow ? .max : end
    self.first = first
    next = first
    merged = first
    nextView = first / batch
    self.onNew = onNew
    showMerged()
  }

  /// The next run; waits where it would see what is not known yet; `nil` when there is none.
  package func nextRun() -> Run? {
    condition.lock()
    defer { condition.unlock() }
    while !isStopped, next < limit {
      let generation = next / batch
      guard let count = views[generation] else {
        condition.wait()
        continue
      }
      defer { next += 1 }
      return Run(number: next, entries: entries.prefix(count))
    }
    return nil
  }

  /// The run has ended; `nil` where it came to nothing that counts.
  package func finish(_ number: UInt64, _ outcome: Outcome?) {
    condition.lock()
    defer { condition.unlock() }
    finished[number] = .some(outcome)
    if mergeBatches() { condition.broadcast() }
  }

  /// Hands out nothing more.
  package func stop() {
    condition.lock()
    defer { condition.unlock() }
    isStopped = true
    condition.broadcast()
  }

  /// Merges what has finished, batch or not, once nothing is handed out any more and every run has finished.
  package func drain() {
    condition.lock()
    defer { condition.unlock() }
    for number in finished.keys.sorted() {
      guard let outcome = finished.removeValue(forKey: number) ?? nil else { continue }
      merge(outcome, of: number)
    }
  }

  /// Takes signatures for not reached, so that a later run can reach them anew.
  package func forget(_ signatures: [UInt64]) {
    condition.lock()
    defer { condition.unlock() }
    seen.subtract(signatures)
  }

  /// How many runs have begun, how many different things were reached, and how many entries there are.
  package var counts: (runs: UInt64, signatures: Int, entries: Int) {
    condition.lock()
    defer { condition.unlock() }
    return (next, seen.count, entries.count)
  }

  /// Merges whole batches; says whether there was one.
  private func mergeBatches() -> Bool {
    var hasMerged = false
    while merged < limit {
      let end = min((merged / batch + 1) * batch, limit)
      guard (merged..<end).allSatisfy({ finished[$0] != nil }) else { break }
      for number in merged..<end {
        guard let outcome = finished.removeValue(forKey: number) ?? nil else { continue }
        merge(outcome, of: number)
      }
      views[merged / batch] = nil
      merged = end
      hasMerged = true
      showMerged()
    }
    return hasMerged
  }

  /// Gives what is merged to the batches that see so much and no more.
  private func showMerged() {
    while horizon(of: nextView) <= merged / batch {
      views[nextView] = entries.count
      nextView += 1
    }
  }

  /// How many batches have to be merged for one to begin, those before the first run included.
  private func horizon(of generation: UInt64) -> UInt64 {
    let start = first / batch
    let before = generation - start
    // One batch at a time is for a single worker, who waits for nobody.
    let lag = batch > 1 ? before / 8 : 0
    return start + (before > lag ? before - lag - 1 : 0)
  }

  private func merge(_ outcome: Outcome, of number: UInt64) {
    let fresh = outcome.signatures.filter { seen.insert($0).inserted }
    guard !fresh.isEmpty || outcome.isKept else { return }
    entries.append(outcome.entry)
    onNew(New(entry: outcome.entry, signatures: fresh, run: number))
  }
}
