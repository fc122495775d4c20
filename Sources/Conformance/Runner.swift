import Foundation
package import Transport
import Wire

/// Stops a run from outside: Ctrl-C.
///
/// What was found until then is reported.
public final class Cancellation: Sendable {
  /// What every wait of the run has in its poll set.
  package let interrupt = Interrupt()

  /// A cancellation that nobody has asked for.
  public init() {}

  /// Ends every wait of the run; safe from any thread, more than once.
  public func cancel() {
    interrupt.trigger()
  }
}

/// Runs cases against a target and tells what came of each.
public struct Runner {
  private let cases: [Case]
  private let suite: [String]
  private let options: RunOptions
  private let interrupt: Interrupt
  private var target: TargetConfiguration

  /// A run of these cases.
  ///
  /// - Parameters:
  ///   - cases: What runs.
  ///   - suite: Every case there is, of which `cases` are some; waivers may name the others, too. `nil` where there are no others.
  ///   - target: The server.
  ///   - options: How the run goes about it.
  ///   - cancellation: Stops it from outside.
  public init(
    cases: [Case], of suite: [Case]? = nil, target: TargetConfiguration, options: RunOptions = RunOptions(),
    cancellation: Cancellation = Cancellation()
  ) {
    self.cases = cases
    self.suite = (suite ?? cases).map(\.id)
    self.target = target
    self.options = options
    self.interrupt = cancellation.interrupt
  }

  /// Runs them all; blocks until the last is judged, or the run is stopped.
  ///
  /// - Parameter sink: Takes the events in order, on the calling thread.
  /// - Returns: The summary, which the last event carries too.
  public mutating func run(_ sink: (Event) -> Void) -> Summary {
    let start = ContinuousClock().now
    var tally = Tally(options: options, waivers: target.waivers, cases: cases, suite: suite)
    let process: ServerProcess?
    do {
      process = try target.server.map { command throws(ServerProcess.Failure) in
        try ServerProcess(command, endpoint: target.endpoint, interrupt: interrupt)
      }
    } catch {
      return finish(&tally, start, .nothingVerified(error.message), sink)
    }
    defer { process?.stop() }
    do {
      let world = try survey(sink)
      var death = run(in: world, process: process, &tally, sink)
      if death == nil, !interrupt.isTriggered { death = self.death(world, process, sink) }
      if death == nil, let opening = world.survey.refusedOpening, tally.failures == 0 {
        return finish(&tally, start, .nothingVerified("the target opens with \(opening), so only its refusal could be judged"), sink)
      }
      return finish(&tally, start, death.map { .serverDied($0) }, sink)
    } catch {
      if error.isInterrupt { tally.isPartial = true }
      if let process, let ending = process.ending { return finish(&tally, start, .serverDied(ending), sink) }
      return finish(&tally, start, .nothingVerified(error.message), sink)
    }
  }

  private func finish(_ tally: inout Tally, _ start: ContinuousClock.Instant, _ outcome: Summary.Outcome?, _ sink: (Event) -> Void)
    -> Summary
  {
    if interrupt.isTriggered { tally.isPartial = true }
    let summary = tally.summary(after: ContinuousClock().now - start, outcome: outcome)
    sink(.runFinished(summary))
    return summary
  }

  /// Looks at the target, sends a healthy message through, and tells what was found.
  private mutating func survey(_ sink: (Event) -> Void) throws(Surveyor.Failure) -> World {
    var survey = Survey()
    if target.role != .client {
      var surveyor = Surveyor(target: target, options: options, interrupt: interrupt)
      survey = try surveyor.survey()
      target = surveyor.target
    }
    let nextHop = try openNextHop()
    let mark = target.role == .relay ? "-sender@" : target.localSender ?? "-sender@"
    let store = target.mailbox.map { MailStore($0, sink: nextHop.map { ($0.sink, mark, false) }) }
    let senderStore = target.senderMailbox.map { MailStore($0, sink: nextHop.map { ($0.sink, mark, true) }) }
    if let problem = store?.problem() ?? senderStore?.problem() { throw Surveyor.Failure(problem) }
    var world = World(
      target: target, survey: survey, values: FixtureValues(target, survey: survey), options: options,
      mailbox: store, senderMailbox: senderStore, nextHop: nextHop, interrupt: interrupt, pacer: Pacer(rate: options.rate),
      run: UInt64.random(in: .min ... .max),
      silence: options.silence ?? .milliseconds(250)
    )
    let keywords = survey.keywords.map { Escaped.show($0.octets, limit: 200) }
    let facts = RunFacts(
      target: target.address, role: target.role, greeting: survey.greeting, extensions: keywords, cases: cases.count, seed: options.seed,
      shard: options.shard, waivers: target.waivers
    )
    sink(.runStarted(facts))
    for note in survey.notes { sink(.note(note)) }
    let start = ContinuousClock().now
    if let problem = Canary(world: world).sing() {
      sink(.note("a plain message does not get through: \(problem)"))
    } else if options.silence == nil, target.role == .mx, target.recipient != nil {
      // A server that is slow to answer is slow to be silent.
      world.silence = min(max((ContinuousClock().now - start) * 4, .milliseconds(100)), .seconds(2))
    }
    return world
  }

  /// Listens for what the target sends, where it sends any.
  private mutating func openNextHop() throws(Surveyor.Failure) -> NextHop? {
    if target.role == .relay, target.domain == nil {
      throw Surveyor.Failure("a relay needs a domain whose mail it sends to smtpspec: --domain names it")
    }
    if target.role.isSender {
      target.mailbox = .sink
      target.senderMailbox = .sink
    }
    guard target.role.isSender || target.mailbox == .sink || target.senderMailbox == .sink else { return nil }
    do throws(TransportError) {
      return try NextHop(
        at: target.listen ?? .tcp(host: "127.0.0.1", port: 0), identity: target.role.isSender ? target.tls.identity : nil, sink: MailSink(),
        interrupt: interrupt)
    } catch {
      throw Surveyor.Failure("nothing can listen for the target: \(error.message)")
    }
  }

  // MARK: The cases

  /// Runs them, and gives how the server's death showed where it died meanwhile.
  private func run(in world: World, process: ServerProcess?, _ tally: inout Tally, _ sink: (Event) -> Void) -> String? {
    var runnable: [Case] = []
    for testCase in cases {
      guard let obstacle = world.survey.obstacle(to: testCase, target: target, values: world.values, options: options) else {
        runnable.append(testCase)
        continue
      }
      let result = CaseResult(
        testCase: testCase, verdict: .notApplicable(obstacle), duration: .zero, transcript: [], attempts: 0, notes: [])
      tally.add(result)
      sink(.caseFinished(result))
    }
    // What the target sends comes to one listener, so one case after the other.
    let jobs = target.role.isSender ? 1 : options.jobs
    let queue = WorkQueue(Self.order(runnable, silence: world.silence, jobs: jobs), jobs: jobs)
    let limit = options.runLimit.map { Deadline.after($0) }
    var threads: [WorkerThread] = []
    let options = options
    for _ in 0..<min(max(1, jobs), max(1, runnable.count)) {
      let thread = try? WorkerThread {
        while !world.interrupt.isTriggered, limit?.hasPassed != true, let job = queue.next() {
          Worker(world: world, queue: queue, options: options).perform(job)
        }
        queue.stopIfInterrupted(world.interrupt, limit)
      }
      if let thread { threads.append(thread) }
    }
    guard !threads.isEmpty else {
      sink(.note("the system gives no thread to run cases on"))
      return nil
    }
    var sinceCanary = 0
    var undecidedInARow = 0
    var death: String?
    while let event = queue.nextEvent() {
      guard case .caseFinished(let result) = event else {
        sink(event)
        continue
      }
      let judged = tally.add(result)
      sink(.caseFinished(judged))
      sinceCanary += 1
      if tally.endsEarly(after: judged) || process?.ending != nil { queue.stop() }
      undecidedInARow = judged.verdict.kind == .inconclusive ? undecidedInARow + 1 : 0
      if undecidedInARow >= Canary.patience, death == nil {
        undecidedInARow = 0
        death = Canary(world: world).silence().map { "it stopped answering: \($0)" }
        if death != nil { queue.stop() }
      }
      if sinceCanary >= Canary.interval {
        sinceCanary = 0
        if let problem = Canary(world: world).sing() { sink(.note("a plain message does not get through any more: \(problem)")) }
      }
    }
    for thread in threads { thread.join() }
    world.nextHop?.stop()
    return death
  }

  /// The cases in an order that keeps the wall time low: some quick ones, on which the number of connections rises, then those
  /// that wait, the longest first, so that none of them is left for the end, then the rest.
  static func order(_ cases: [Case], silence: Duration, jobs: Int) -> [Case] {
    let quick = cases.filter { $0.idleTime(silence: silence) == .zero }
    let waiting = cases.enumerated().map { (place: $0.offset, time: $0.element.idleTime(silence: silence)) }
      .filter { $0.time > .zero }
      .sorted { ($1.time, $0.place) < ($0.time, $1.place) }
      .map { cases[$0.place] }
    return quick.prefix(3 * jobs) + waiting + quick.dropFirst(3 * jobs)
  }

  /// How the server's death showed, `nil` where it lives.
  private func death(_ world: World, _ process: ServerProcess?, _ sink: (Event) -> Void) -> String? {
    if let ending = process?.ending { return ending }
    let canary = Canary(world: world)
    var refusal: String?
    for attempt in 0..<5 {
      refusal = canary.connectionProblem()
      guard refusal != nil else { break }
      if attempt < 4 { _ = world.interrupt.wait(until: .after(.milliseconds(200))) }
    }
    if let refusal { return "after the last case: \(refusal)" }
    if let problem = canary.sing() { sink(.note("after the last case a plain message does not get through: \(problem)")) }
    return nil
  }
}

extension WorkQueue {
  /// An interrupt or the run's deadline ends the run for all workers.
  fileprivate func stopIfInterrupted(_ interrupt: Interrupt, _ limit: Deadline?) {
    if interrupt.isTriggered || limit?.hasPassed == true { stop() }
  }
}

/// Judges one case: attempts, patience, confirmation.
private struct Worker {
  let world: World
  let queue: WorkQueue
  let options: RunOptions

  func perform(_ job: Job) {
    var job = job
    var last: CaseRun.Outcome?
    // A violation is seen twice before it is told; with --repeat every verdict is.
    var runs = max(1, options.repetitions)
    var attempts = 0
    while attempts < runs {
      attempts += 1
      let outcome = attempt(job, attempts)
      guard let verdict = outcome.verdict else {
        queue.abandon()
        return
      }
      if outcome.isBusy, job.attempts < Self.patience {
        job.attempts += 1
        queue.putBack(job, reason: verdict.reason)
        return
      }
      if let before = last?.verdict, before.kind != verdict.kind {
        finish(job, outcome, .inconclusive("not the same twice: \(before.told); then \(verdict.told)"), attempts)
        return
      }
      last = outcome
      if verdict.kind == .violated { runs = max(runs, 2) }
    }
    if let last, let verdict = last.verdict { finish(job, last, verdict, attempts) }
  }

  /// How often a case comes again when the server asks for patience, before that is its verdict.
  private static let patience = 3

  private func attempt(_ job: Job, _ number: Int) -> CaseRun.Outcome {
    var run = CaseRun(job.testCase, in: world, attempt: number, seed: options.seed ^ job.testCase.id.stableHash, count: queue.nextCount())
    return run.perform()
  }

  private func finish(_ job: Job, _ outcome: CaseRun.Outcome, _ verdict: Verdict, _ attempts: Int) {
    queue.finish(
      CaseResult(
        testCase: job.testCase, verdict: verdict, duration: outcome.duration, transcript: outcome.transcript,
        attempts: attempts + job.attempts, notes: outcome.notes))
  }
}

extension Verdict {
  /// The reason it carries, if any.
  fileprivate var reason: String {
    switch self {
    case .satisfied, .violated, .waived: ""
    case .latitude(let reason), .inconclusive(let reason), .notApplicable(let reason): reason
    }
  }

  /// In words, for a verdict that did not last.
  fileprivate var told: String {
    if let violation { return "violated (\(violation.observed))" }
    return reason.isEmpty ? kind.rawValue : "\(kind.rawValue) (\(reason))"
  }
}

extension String {
  /// A hash that is the same in every process: FNV-1a.
  fileprivate var stableHash: UInt64 {
    utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x1000_0000_01B3 }
  }
}
