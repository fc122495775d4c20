import DequeModule
import Foundation

/// One case to run, and how often it was tried.
struct Job: Sendable {
  let testCase: Case
  /// How often the server asked for patience already.
  var attempts = 0
}

/// Hands cases to workers and their events to the runner, and keeps as many connections busy as the target bears.
///
/// It starts low, doubles for each round of cases that went well, halves when the target asks for patience, and from then on rises by one.
// Sendable by hand: every access to the state holds the condition's lock.
final class WorkQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private var pending: Deque<Job>
  private var events: Deque<Event> = []
  private var running = 0
  private var exclusiveIsRunning = false
  private var limit: Int
  private let most: Int
  private var streak = 0
  /// Until the target asks for patience the first time, the limit doubles.
  private var isStarting = true
  private var isStopped = false
  private var count = 0

  init(_ cases: [Case], jobs: Int) {
    pending = Deque(cases.filter { !$0.needs.exclusive }.map { Job(testCase: $0) })
    pending.append(contentsOf: cases.filter(\.needs.exclusive).map { Job(testCase: $0) })
    most = max(1, jobs)
    limit = min(4, most)
  }

  // MARK: Workers

  /// The next case, when its turn has come; `nil` when there are no more.
  func next() -> Job? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if isStopped || (pending.isEmpty && running == 0) { return nil }
      if let job = pending.first, running < limit, !exclusiveIsRunning, !job.testCase.needs.exclusive || running == 0 {
        pending.removeFirst()
        running += 1
        exclusiveIsRunning = job.testCase.needs.exclusive
        events.append(.caseStarted(job.testCase.id))
        condition.broadcast()
        return job
      }
      condition.wait()
    }
  }

  /// A number for each run of a case.
  func nextCount() -> Int {
    condition.lock()
    defer { condition.unlock() }
    count += 1
    return count
  }

  /// The case is judged.
  func finish(_ result: CaseResult) {
    condition.lock()
    defer { condition.unlock() }
    leave()
    streak += 1
    if streak >= limit, limit < most {
      limit = isStarting ? min(most, limit * 2) : limit + 1
      streak = 0
    }
    events.append(.caseFinished(result))
    condition.broadcast()
  }

  /// The server asked for patience: the case comes again later, and fewer run at once.
  func putBack(_ job: Job, reason: String) {
    condition.lock()
    defer { condition.unlock() }
    leave()
    streak = 0
    isStarting = false
    let lower = max(1, limit / 2)
    if lower < limit { events.append(.note("the target asks for patience, so at most \(lower) cases run at once: \(reason)")) }
    limit = lower
    pending.append(job)
    condition.broadcast()
  }

  /// The run was interrupted in the middle of the case.
  func abandon() {
    condition.lock()
    defer { condition.unlock() }
    leave()
    condition.broadcast()
  }

  private func leave() {
    running -= 1
    exclusiveIsRunning = false
  }

  // MARK: The runner

  /// Hands out nothing more.
  func stop() {
    condition.lock()
    defer { condition.unlock() }
    isStopped = true
    condition.broadcast()
  }

  /// The next event; `nil` when nothing runs and nothing more will.
  func nextEvent() -> Event? {
    condition.lock()
    defer { condition.unlock() }
    while events.isEmpty {
      if running == 0, pending.isEmpty || isStopped { return nil }
      condition.wait()
    }
    return events.removeFirst()
  }
}
