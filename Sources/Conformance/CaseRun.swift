import Transport
import Wire

/// One attempt at one case, on one thread.
struct CaseRun {
  let testCase: Case
  let world: World
  var values: FixtureValues
  /// What names the mail that is sent to see whether later mail arrives.
  let laterToken: String
  var generator: SeededGenerator
  private(set) var connections: [Connection] = []
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  let limit: Deadline
  /// Liberties the server took.
  var latitudes: [String] = []
  /// What servers made up in the challenges so far.
  var challenges: [[UInt8]] = []
  /// What the target was given to send, where it is the client.
  var errand: Errand?
  /// The step that was satisfied by silence, which a reply that comes later would belie.
  var silentStep: (number: Int, expected: String)?

  /// Why an attempt ended before its last step.
  enum Stop: Error {
    case satisfied
    case verdict(Verdict)
    /// The server asked for patience or refused the connection: another attempt may tell.
    case busy(String)
    /// The run is being stopped: no verdict.
    case interrupted
  }

  /// What an attempt came to; no verdict where the run was interrupted.
  struct Outcome: Sendable {
    var verdict: Verdict?
    var isBusy = false
    var transcript: [TranscriptEntry] = []
    var duration: Duration
    var notes: [String] = []
  }

  init(_ testCase: Case, in world: World, attempt: Int, seed: UInt64, count: Int) {
    self.testCase = testCase
    self.world = world
    self.values = world.values
    self.values[.token] = Array(Token.make(run: world.run, count: count).utf8)
    self.values[.soon] = Array(InternetDateTime.fromNow(seconds: Self.soonInSeconds).description.utf8)
    self.laterToken = Token.make(run: ~world.run, count: count)
    self.generator = SeededGenerator(seed: seed ^ UInt64(attempt) &* 0x1000_0000_01B3)
    self.start = clock.now
    self.limit = .after(world.options.caseLimit + testCase.ownTime + (world.target.retryTime ?? .zero) * 2)
  }

  /// Runs the case to its verdict.
  mutating func perform() -> Outcome {
    var outcome = Outcome(duration: .zero)
    do {
      try prepare()
      for (place, step) in testCase.steps.enumerated() {
        for _ in 0..<times(of: step) { try perform(step, number: place + 1) }
      }
      try fence()
      outcome.verdict = conclusion
    } catch Stop.satisfied {
      outcome.verdict = conclusion
    } catch Stop.verdict(let verdict) {
      outcome.verdict = verdict
    } catch Stop.busy(let reason) {
      outcome.verdict = .inconclusive(reason)
      outcome.isBusy = true
    } catch {
      outcome.verdict = nil
    }
    if outcome.verdict != nil { takeLeave() }
    let remarks = endErrand(isInterrupted: outcome.verdict == nil)
    outcome.duration = clock.now - start
    outcome.transcript = transcript()
    for connection in connections { outcome.notes += connection.faults }
    outcome.notes += remarks
    outcome.verdict = outcome.verdict.map(Redaction(values.secrets).redact)
    return outcome
  }

  private var conclusion: Verdict {
    latitudes.isEmpty ? .satisfied : .latitude(latitudes.joined(separator: "; "))
  }

  // MARK: Connections

  /// The connection of this name, opened where it is new; a second one has its greeting read.
  mutating func connection(_ name: String) throws(Stop) -> Connection {
    if let known = connections.first(where: { $0.name == name }) { return known }
    if isMadeByTarget(name) {
      guard let made = try awaitConnection(name, within: world.options.timeout) else {
        throw .verdict(.inconclusive("the target made no further connection within \(world.options.timeout.shown)"))
      }
      return made
    }
    let connection = try open(name)
    if !connections.contains(where: { $0 === connection }) { connections.append(connection) }
    if name != Step.mainConnection { try require(220, on: connection, what: "the greeting") }
    return connection
  }

  mutating func open(_ name: String) throws(Stop) -> Connection {
    guard world.pacer.wait(world.interrupt) else { throw .interrupted }
    let connection: Connection
    do {
      let session = try Session.connect(to: world.target.endpoint, deadline: deadline(world.options.timeout), interrupt: world.interrupt)
      connection = Connection(name: name, openedAt: clock.now - start, session: session)
    } catch .interrupted {
      throw .interrupted
    } catch {
      throw .busy(error.message)
    }
    connections.append(connection)
    values[.address] = connection.addressLiteral.map { Array($0.utf8) }
    if world.target.tls.isImplicit {
      let observation = connection.startTLS(world.tlsOptions, after: [], deadline: deadline(world.options.timeout))
      guard case .handshake = observation else { throw .verdict(.inconclusive(observation.text)) }
    }
    return connection
  }

  /// Takes in a connection that the target has made.
  mutating func add(_ connection: Connection) -> Connection {
    connections.append(connection)
    return connection
  }

  /// How long the case has run.
  var sinceStart: Duration { clock.now - start }

  /// How far ahead the fixture `soon` is: the clocks of both ends may differ by most of it.
  private static let soonInSeconds = 10

  /// How often a step is done: so often as it says, or as a fixture does.
  private func times(of step: Step) -> Int {
    guard let fixture = step.timesOf, let text = values[fixture] else { return step.times }
    return Int(String(decoding: text, as: UTF8.self)) ?? step.times
  }

  func deadline(_ time: Duration) -> Deadline { min(.after(time), limit) }

  func context(_ connection: Connection?) -> MatchContext {
    let values = values
    return MatchContext(
      values: { values[$0] }, offersEnhancedCodes: connection?.offersEnhancedCodes ?? false, exchange: connection?.exchange,
      challenges: challenges, previous: connection?.replyBefore, hasCloseAlert: connection?.hasCloseAlert ?? false)
  }
}
