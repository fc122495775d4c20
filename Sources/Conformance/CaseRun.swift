import Synchronization
import Transport
import Wire

/// What every case of a run shares; read-only but for the mailbox, which guards itself.
struct World: Sendable {
  let target: TargetConfiguration
  let survey: Survey
  let values: FixtureValues
  let options: RunOptions
  let mailbox: MailStore?
  let interrupt: Interrupt
  let pacer: Pacer
  /// This run's own part of every token.
  let run: UInt64

  /// How TLS is spoken with the target.
  var tlsOptions: TLSOptions { target.tlsOptions }
}

/// One attempt at one case, on one thread.
struct CaseRun {
  let testCase: Case
  let world: World
  private(set) var values: FixtureValues
  var generator: SeededGenerator
  private(set) var connections: [Connection] = []
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let limit: Deadline
  /// Liberties the server took.
  private var latitudes: [String] = []
  /// The step that was satisfied by silence, which a reply that comes later would belie.
  private var silentStep: (number: Int, expected: String)?

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
    self.generator = SeededGenerator(seed: seed ^ UInt64(attempt) &* 0x1000_0000_01B3)
    self.start = clock.now
    self.limit = .after(world.options.caseLimit)
  }

  /// Runs the case to its verdict.
  mutating func perform() -> Outcome {
    var outcome = Outcome(duration: .zero)
    do {
      try prepare()
      for (place, step) in testCase.steps.enumerated() {
        for _ in 0..<step.times { try perform(step, number: place + 1) }
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
    outcome.duration = clock.now - start
    outcome.transcript = transcript()
    for connection in connections { outcome.notes += connection.faults }
    return outcome
  }

  private var conclusion: Verdict {
    latitudes.isEmpty ? .satisfied : .latitude(latitudes.joined(separator: "; "))
  }

  // MARK: Connections

  /// The connection of this name, opened where it is new; a second one has its greeting read.
  mutating func connection(_ name: String) throws(Stop) -> Connection {
    if let known = connections.first(where: { $0.name == name }) { return known }
    let connection = try open(name)
    if !connections.contains(where: { $0 === connection }) { connections.append(connection) }
    if name != Step.mainConnection { try require(220, on: connection, what: "the greeting") }
    return connection
  }

  private mutating func open(_ name: String) throws(Stop) -> Connection {
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

  private func deadline(_ time: Duration) -> Deadline { min(.after(time), limit) }

  private func context(_ connection: Connection?) -> MatchContext {
    let values = values
    return MatchContext(values: { values[$0] }, offersEnhancedCodes: connection?.offersEnhancedCodes ?? false)
  }

  // MARK: The state a case starts in

  private mutating func prepare() throws(Stop) {
    let connection = try self.connection(Step.mainConnection)
    let given = testCase.given
    guard given != .connect else { return }
    try require(220, on: connection, what: "the greeting")
    guard given != .greeting else { return }
    if given == .helo || !world.survey.takesEHLO {
      try command("HELO ", .client, "", expecting: 250, on: connection)
    } else {
      try hello(on: connection)
    }
    guard ![.helo, .ehlo, .lhlo].contains(given) else { return }
    if given == .tls || given == .authenticated || (world.target.role == .submission && world.target.credentials != nil) {
      try startTLSIfOffered(on: connection)
    }
    guard given != .tls else { return }
    if given == .authenticated || (world.target.role == .submission && world.target.credentials != nil) {
      try authenticate(on: connection)
    }
    guard given != .authenticated else { return }
    try command("MAIL FROM:<", .sender, ">", expecting: 250, on: connection)
    guard given != .mail else { return }
    try command("RCPT TO:<", .recipient, ">", expecting: 250, on: connection)
    guard given != .rcpt else { return }
    try command("DATA", nil, "", expecting: 354, on: connection)
  }

  private mutating func hello(on connection: Connection) throws(Stop) {
    let verb = world.target.role == .lmtp ? "LHLO " : "EHLO "
    let reply = try command(verb, .client, "", expecting: 250, on: connection)
    connection.learn(reply)
  }

  private mutating func startTLSIfOffered(on connection: Connection) throws(Stop) {
    guard !world.target.tls.isImplicit, connection.keywords.contains(where: { $0.name == "STARTTLS" }) else { return }
    try command("STARTTLS", nil, "", expecting: 220, on: connection)
    let observation = connection.startTLS(world.tlsOptions, after: [], deadline: deadline(world.options.timeout))
    guard case .handshake = observation else { throw .verdict(.inconclusive("given: \(observation.text)")) }
    try hello(on: connection)
  }

  /// AUTH PLAIN with an initial response (RFC 4954 §4, RFC 4616).
  private mutating func authenticate(on connection: Connection) throws(Stop) {
    guard let username = values[.username], let password = values[.password] else {
      throw .verdict(.notApplicable("the target names no credentials"))
    }
    let response = Base64.encode([0] + username + [0] + password)
    send(Array("AUTH PLAIN ".utf8) + response + [.carriageReturn, .lineFeed], on: connection)
    try require(235, on: connection, what: "AUTH PLAIN")
  }

  @discardableResult
  private mutating func command(
    _ head: String, _ fixture: Fixture?, _ tail: String, expecting code: Int, on connection: Connection
  ) throws(Stop) -> Reply {
    let middle = fixture.flatMap { values[$0] } ?? []
    send(Array(head.utf8) + middle + Array(tail.utf8) + [.carriageReturn, .lineFeed], on: connection)
    return try require(code, on: connection, what: head.split(separator: " ").first.map(String.init) ?? head)
  }

  private mutating func send(_ octets: [UInt8], on connection: Connection) {
    connection.send(octets, cut: .whole, deadline: deadline(world.options.timeout), using: &generator)
  }

  /// A reply that the case needs, and whose absence leaves it undecided.
  @discardableResult
  private mutating func require(_ code: Int, on connection: Connection, what: String) throws(Stop) -> Reply {
    let observation = try observe(on: connection, within: world.options.timeout)
    if case .reply(let reply) = observation, Int(reply.code.value) == code { return reply }
    if observation.announcesClosing { throw .busy("given: \(what) drew \(observation.text)") }
    if case .ended = observation, what == "the greeting" { throw .busy("given: \(observation.text)") }
    throw .verdict(.inconclusive("given: \(what) drew \(observation.text), not \(code)"))
  }

  private func observe(on connection: Connection, within time: Duration) throws(Stop) -> Observation {
    guard let observation = connection.observe(within: min(time, limit.remaining)) else { throw .interrupted }
    return observation
  }

  // MARK: Steps

  private mutating func perform(_ step: Step, number: Int) throws(Stop) {
    guard !limit.hasPassed else {
      throw .verdict(.inconclusive("the case took longer than \(world.options.caseLimit.shown)"))
    }
    if let pattern = step.patterns.first(where: { $0.delivered != nil }) {
      try judge(lookIntoMailbox(pattern, step), step, place: 0, number: number, on: nil)
      return
    }
    let connection = try self.connection(step.connection)
    if let observation = try act(step, on: connection) {
      try judge(observation, step, place: 0, number: number, on: connection)
      return
    }
    for place in 0..<step.judgement.count {
      let pattern = step.pattern(at: place)
      let time = step.within ?? (pattern?.allowsSilence == true ? world.options.silence : world.options.timeout)
      let observation = try observe(on: connection, within: time)
      try judge(observation, step, place: place, number: number, on: connection)
      if case .silence(partial: 0, _) = observation { silentStep = (number, pattern?.text ?? "silence") }
      if case .reply(let reply) = observation, step.isGreeting(at: place, in: values) { connection.learn(reply) }
    }
  }

  /// Does what the step does; an observation where the action itself makes one.
  private mutating func act(_ step: Step, on connection: Connection) throws(Stop) -> Observation? {
    let values = values
    let deadline = deadline(step.within ?? world.options.timeout)
    switch step.action {
    case nil: return nil
    case .send(let templates):
      let octets = templates.flatMap { $0.filled { values[$0] } }
      connection.send(octets, cut: step.segmentation ?? testCase.segmentation ?? .whole, deadline: deadline, using: &generator)
    case .startTLS(let after):
      let prefix = after?.filled { values[$0] } ?? []
      let observation = connection.startTLS(world.tlsOptions, after: prefix, deadline: deadline)
      if step.judgement.count == 0, case .handshakeFailed(let reason) = observation {
        throw .verdict(.inconclusive("the TLS handshake failed: \(reason)"))
      }
      return step.judgement.count == 0 ? nil : observation
    case .tlsRaw(let template): connection.sendRaw(template.filled { values[$0] }, deadline: deadline)
    case .closeNotify: connection.sendCloseNotify(deadline: deadline)
    case .halfClose: connection.halfClose()
    case .reset: connection.reset()
    case .pause(let time):
      // The pause is what the case is about; an interrupt ends it.
      guard world.interrupt.wait(until: .after(min(time, limit.remaining))) else { throw .interrupted }
    }
    return nil
  }

  // MARK: Judging

  private mutating func judge(
    _ observation: Observation, _ step: Step, place: Int, number: Int, on connection: Connection?
  ) throws(Stop) {
    let context = context(connection)
    switch step.judgement {
    case .nothing: return
    case .assume(let patterns):
      guard let reason = patterns[place].mismatch(observation, in: context) else { return }
      if observation.announcesClosing { throw .busy("step \(number) drew \(observation.text)") }
      let detail = reason.isEmpty ? "" : " (\(reason))"
      throw .verdict(.inconclusive("step \(number) needs \(patterns[place].text), and met \(observation.text)\(detail)"))
    case .expect(let patterns, let accept, let tolerate):
      if accept.entry(at: place)?.matches(observation, in: context) == true { throw .satisfied }
      guard let reason = patterns[place].mismatch(observation, in: context) else { return }
      if let pattern = tolerate.entry(at: place), pattern.matches(observation, in: context) {
        latitudes.append("step \(number): \(observation.text)")
        return
      }
      let expected = ([patterns[place].text] + [accept, tolerate].compactMap { $0.entry(at: place)?.text }).joined(separator: " | ")
      try refuse(observation, reason, expected: expected, number: number, on: connection)
    }
  }

  /// What did not match: a violation, unless the server only asked for time.
  private mutating func refuse(
    _ observation: Observation, _ reason: String, expected: String, number: Int, on connection: Connection?
  ) throws(Stop) {
    if observation.announcesClosing { throw .busy("step \(number) drew \(observation.text)") }
    if observation.isTemporaryRefusal, reason.isEmpty {
      throw .verdict(.inconclusive("step \(number) drew a temporary refusal: \(observation.text)"))
    }
    var observed = observation.text
    if !reason.isEmpty { observed += ": \(reason)" }
    switch observation {
    case .silence(let partial, _) where connection != nil:
      guard let connection, partial == 0, try answersOnlyWhatFollows(connection) else {
        throw .verdict(.inconclusive("step \(number) expects \(expected), and there was \(observed)"))
      }
      observed += ", though what was sent after it was answered"
    case .handshakeFailed:
      throw .verdict(.inconclusive("step \(number): \(observed)"))
    default: break
    }
    throw .verdict(.violated(Violation(step: number, expected: expected, observed: observed)))
  }

  /// Whether the server answers a NOOP but never answered what came before it: then the reply is missing, not late.
  private mutating func answersOnlyWhatFollows(_ connection: Connection) throws(Stop) -> Bool {
    guard !connection.hasEnded, !connection.expectsData, connection.isAtLineStart else { return false }
    send(Array("NOOP\r\n".utf8), on: connection)
    guard case .reply = try observe(on: connection, within: world.options.timeout / 2) else { return false }
    if case .silence = try observe(on: connection, within: world.options.silence * 2) { return true }
    return false
  }

  /// Takes leave with QUIT, and looks whether a reply comes that belies an earlier silence.
  private mutating func fence() throws(Stop) {
    for connection in connections where !connection.hasEnded && !connection.expectsData && connection.isAtLineStart {
      send(Array("QUIT\r\n".utf8), on: connection)
      let isMain = connection.name == Step.mainConnection
      let time: Duration = silentStep != nil && isMain ? min(world.options.timeout, .seconds(2)) : .milliseconds(300)
      var surplus: [String] = []
      var deadline = Deadline.after(time)
      reading: while surplus.count < 8, !deadline.hasPassed {
        let observation = try observe(on: connection, within: deadline.remaining)
        switch observation {
        case .reply(let reply) where reply.code.value == 221: break reading
        case .reply:
          surplus.append(observation.text)
          // The next reply, if any, is on its way with this one.
          if silentStep != nil { deadline = min(deadline, .after(world.options.silence * 2)) }
        default: break reading
        }
      }
      let answersToQuit = connection.hasEnded || surplus.isEmpty ? 0 : 1
      guard isMain, let silentStep, surplus.count > answersToQuit else { continue }
      let observed = "after the silence, before the answer to QUIT: \(surplus[0])"
      throw .verdict(.violated(Violation(step: silentStep.number, expected: silentStep.expected, observed: observed)))
    }
  }

  // MARK: Mail

  private mutating func lookIntoMailbox(_ pattern: Pattern, _ step: Step) throws(Stop) -> Observation {
    guard let mailbox = world.mailbox, let wanted = pattern.delivered, let token = values[.token] else {
      throw .verdict(.notApplicable("no mailbox to look into"))
    }
    let name = String(decoding: token, as: UTF8.self)
    let copies = wanted.copies ?? 1
    let deadline = deadline(step.within ?? (copies == 0 ? world.options.silence * 4 : world.options.timeout))
    var found = mailbox.messages(with: name)
    while found.count < max(copies, 1), !deadline.hasPassed {
      guard world.interrupt.wait(until: min(deadline, .after(.milliseconds(10)))) else { throw .interrupted }
      found = mailbox.messages(with: name)
    }
    if wanted.copies != nil, copies > 0, found.count == copies {
      // One more would be one too many: give it the time that silence is given.
      guard world.interrupt.wait(until: .after(world.options.silence)) else { throw .interrupted }
      found = mailbox.messages(with: name)
    }
    if found.isEmpty, copies > 0 {
      throw .verdict(.inconclusive("nothing was delivered within \((step.within ?? world.options.timeout).shown)"))
    }
    return .delivered(Delivery(messages: found))
  }

  // MARK: Transcript

  private func transcript() -> [TranscriptEntry] {
    let secrets = values.secrets
    var entries: [TranscriptEntry] = []
    for connection in connections {
      for event in connection.session.transcript.events {
        let (direction, octets) = Self.shown(event.content)
        entries.append(
          TranscriptEntry(
            at: connection.openedAt + event.at, direction: direction,
            octets: Redaction.redact(octets, secrets), connection: connection.name))
      }
    }
    return connections.count == 1 ? entries : entries.sorted { $0.at < $1.at }
  }

  private static func shown(_ content: Transcript.Content) -> (TranscriptEntry.Direction, [UInt8]) {
    switch content {
    case .sent(let octets): (.sent, octets)
    case .received(let octets): (.received, octets)
    case .sentRaw(let octets): (.event, Array("sent under TLS: \(Escaped.show(octets, limit: 400))".utf8))
    case .receivedRaw(let octets): (.event, Array("received under TLS: \(Escaped.show(octets, limit: 400))".utf8))
    case .tls(let text), .note(let text): (.event, Array(text.utf8))
    case .end(let ending): (.event, Array(ending.rawValue.utf8))
    case .omitted(let events, let octets): (.event, Array("\(events) events of \(octets) octets are left out here".utf8))
    }
  }
}

extension [Pattern] {
  /// The entry for a place: a single one serves all.
  fileprivate func entry(at place: Int) -> Pattern? {
    count == 1 ? self[0] : indices.contains(place) ? self[place] : nil
  }
}

extension Step {
  fileprivate func pattern(at place: Int) -> Pattern? {
    switch judgement {
    case .nothing: nil
    case .assume(let patterns), .expect(let patterns, _, _): patterns[place]
    }
  }

  /// Whether the line at a place is EHLO or LHLO, whose reply tells what is offered.
  fileprivate func isGreeting(at place: Int, in values: FixtureValues) -> Bool {
    guard case .send(let templates) = action, templates.indices.contains(place) else { return false }
    let octets = templates[place].filled { values[$0] }
    return octets.prefix(5).matchesIgnoringCase("EHLO ".utf8) || octets.prefix(5).matchesIgnoringCase("LHLO ".utf8)
  }
}

/// Takes secrets out of what is shown.
enum Redaction {
  static func redact(_ octets: [UInt8], _ secrets: [[UInt8]]) -> [UInt8] {
    var result = octets
    for secret in secrets where secret.count >= 3 {
      var at = 0
      while at + secret.count <= result.count {
        if result[at..<(at + secret.count)].elementsEqual(secret) {
          result.replaceSubrange(at..<(at + secret.count), with: Array("[redacted]".utf8))
          at += 10
        } else {
          at += 1
        }
      }
    }
    return result
  }
}
