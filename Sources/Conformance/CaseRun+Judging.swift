import Transport
import Wire

/// What an observation means for a case.
extension CaseRun {
  mutating func judge(
    _ observation: Observation, _ step: Step, place: Int, number: Int, on connection: Connection?
  ) throws(Stop) {
    let context = context(connection)
    switch step.judgement {
    case .nothing: return
    case .assume(let patterns):
      guard let reason = patterns[place].mismatch(observation, in: context) else { return }
      if observation.announcesClosing { throw .busy("step \(number) drew \(observation.text)") }
      try checkLogin(observation, step, place: place, number: number, on: connection)
      let detail = reason.isEmpty ? "" : " (\(reason))"
      throw .verdict(.inconclusive("step \(number) needs \(patterns[place].text), and met \(observation.text)\(detail)"))
    case .expect(let patterns, let accept, let tolerate):
      if accept.entry(at: place)?.matches(observation, in: context) == true { throw .satisfied }
      guard let reason = patterns[place].mismatch(observation, in: context) else { return }
      try checkLogin(observation, step, place: place, number: number, on: connection)
      if let pattern = tolerate.entry(at: place), pattern.matches(observation, in: context) {
        latitudes.append("step \(number): \(observation.text)")
        return
      }
      let expected = ([patterns[place].text] + [accept, tolerate].compactMap { $0.entry(at: place)?.text }).joined(separator: " | ")
      try refuse(observation, reason, expected: expected, number: number, on: connection)
    }
  }

  /// Ends the case where the server refuses it for want of a login.
  private func checkLogin(_ observation: Observation, _ step: Step, place: Int, number: Int, on connection: Connection?) throws(Stop) {
    guard let connection, wantsLogin(observation, on: connection) else { return }
    // These are never refused for want of one (RFC 4954 §6).
    if let verb = step.verb(at: place), ["EHLO", "HELO", "AUTH", "STARTTLS", "NOOP", "RSET", "QUIT"].contains(verb) { return }
    throw .verdict(.notApplicable("step \(number) drew \(observation.text): the target wants a login"))
  }

  /// Whether this is 530 from a server whose role is to know its clients (RFC 6409 §4.3), before it was told who we are.
  func wantsLogin(_ observation: Observation, on connection: Connection) -> Bool {
    guard world.target.role == .submission || world.target.role == .odmr, !connection.isAuthenticated else { return false }
    guard case .reply(let reply) = observation else { return false }
    return reply.code.value == 530
  }

  /// What did not match: a violation, unless the server only asked for time.
  mutating func refuse(
    _ observation: Observation, _ reason: String, expected: String, number: Int, on connection: Connection?
  ) throws(Stop) {
    if observation.announcesClosing { throw .busy("step \(number) drew \(observation.text)") }
    if observation.isTemporaryRefusal, reason.isEmpty {
      throw .verdict(.inconclusive("step \(number) drew a temporary refusal: \(observation.text)"))
    }
    var observed = observation.text
    // A message is long, and what is wrong with it must not be cut off with its end.
    if case .delivered = observation, !reason.isEmpty {
      observed = "\(reason); \(observed)"
    } else if !reason.isEmpty {
      observed += ": \(reason)"
    }
    switch observation {
    case .silence(let partial, _) where connection != nil:
      guard let connection, partial == 0, try answersOnlyWhatFollows(connection) else {
        throw .verdict(.inconclusive("step \(number) expects \(expected), and there was \(observed)"))
      }
      observed += ", though what was sent after it was answered"
    default: break
    }
    throw .verdict(.violated(Violation(step: number, expected: expected, observed: observed)))
  }

  /// Whether the server answers a NOOP but never answered what came before it: then the reply is missing, not late.
  mutating func answersOnlyWhatFollows(_ connection: Connection) throws(Stop) -> Bool {
    guard !connection.hasEnded, !connection.expectsData, connection.isAtLineStart, !connection.isServing else { return false }
    send(Array("NOOP\r\n".utf8), on: connection)
    guard case .reply = try observe(on: connection, within: world.options.timeout / 2) else { return false }
    if case .silence = try observe(on: connection, within: world.silence * 2) { return true }
    return false
  }

  // MARK: Leave

  /// Takes leave where the fence did not: a server must not find two of our sessions where a case wants one.
  mutating func takeLeave() {
    for connection in connections where !connection.hasTakenLeave { _ = try? quit(connection, within: .milliseconds(300)) }
  }

  /// Takes leave with QUIT, and looks whether a reply comes that belies an earlier silence.
  mutating func fence() throws(Stop) {
    for connection in connections {
      let silentStep = connection.name == Step.mainConnection ? silentStep : nil
      let time: Duration = silentStep == nil ? .milliseconds(300) : max(world.silence * 4, .milliseconds(300))
      let answer = try quit(connection, within: time)
      // Where no 221 came, QUIT ended a line that was unfinished, and one reply is the answer to that.
      guard let silentStep, answer.surplus.count > (answer.saidGoodbye ? 0 : 1) else { continue }
      let observed = "after the silence, before the answer to QUIT: \(answer.surplus[0])"
      throw .verdict(.violated(Violation(step: silentStep.number, expected: silentStep.expected, observed: observed)))
    }
  }

  /// Says QUIT where a command can be said, and reads until 221, the end or silence: the replies before it, as shown.
  private mutating func quit(_ connection: Connection, within time: Duration) throws(Stop) -> (surplus: [String], saidGoodbye: Bool) {
    guard !connection.hasEnded, !connection.expectsData, connection.isAtLineStart, !connection.isServing else { return ([], false) }
    connection.hasTakenLeave = true
    send(Array("QUIT\r\n".utf8), on: connection)
    var surplus: [String] = []
    var deadline = Deadline.after(time)
    while surplus.count < 8, !deadline.hasPassed {
      let observation = try observe(on: connection, within: deadline.remaining)
      guard case .reply(let reply) = observation else { break }
      if reply.code.value == 221 { return (surplus, true) }
      surplus.append(observation.text)
      // The next reply, if any, is on its way with this one.
      deadline = min(deadline, .after(max(world.silence, .milliseconds(50))))
    }
    return (surplus, false)
  }
}

extension [Pattern] {
  /// The entry for a place: a single one serves all.
  func entry(at place: Int) -> Pattern? {
    count == 1 ? self[0] : indices.contains(place) ? self[place] : nil
  }
}
