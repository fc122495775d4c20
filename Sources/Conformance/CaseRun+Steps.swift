import Transport
import Wire

/// What a step does, and what it meets.
extension CaseRun {
  mutating func perform(_ step: Step, number: Int) throws(Stop) {
    guard !limit.hasPassed else {
      throw .verdict(.inconclusive("the case took longer than \((world.options.caseLimit + testCase.ownTime).shown)"))
    }
    if let pattern = step.patterns.first(where: { $0.delivered != nil }) {
      try judge(lookIntoMailbox(pattern, step), step, place: 0, number: number, on: nil)
      return
    }
    if case .await = step.action { return try perform(await: step, number: number) }
    if step.action == nil, let outcome = step.patterns.first?.outcome {
      try judge(observeOutcome(step, wantsReport: outcome == .failed), step, place: 0, number: number, on: nil)
      return
    }
    let connection = try self.connection(step.connection)
    if let observation = try act(step, on: connection) {
      try judge(observation, step, place: 0, number: number, on: connection)
      return
    }
    for place in 0..<step.judgement.count {
      let pattern = step.pattern(at: place)
      let time = step.within ?? (pattern?.allowsSilence == true ? world.silence : world.options.timeout)
      let expected = pattern?.expected ?? .reply
      let observation = try observe(expected == .reply && connection.isServing ? .command : expected, on: connection, within: time)
      if case .command(let line) = observation { connection.host?.note(line) }
      try turnAwayStranger(connection)
      if case .reply(let reply) = observation { connection.exchange?.take(reply) }
      try judge(observation, step, place: place, number: number, on: connection)
      if case .reply(let reply) = observation, let challenge = reply.challenge, reply.code.value == 334 {
        challenges.append(connection.exchange?.serverPart ?? challenge)
      }
      if case .silence(partial: 0, _) = observation { silentStep = (number, pattern?.text ?? "silence") }
      if case .reply(let reply) = observation, let verb = step.verb(at: place), ["VRFY", "EXPN"].contains(verb) {
        values[.shownMailbox] = reply.shownMailbox
      }
      if case .reply(let reply) = observation, step.isGreeting(at: place, in: values) { connection.learn(reply) }
    }
  }

  /// Does what the step does; an observation where the action itself makes one.
  mutating func act(_ step: Step, on connection: Connection) throws(Stop) -> Observation? {
    let values = values
    if values[.shownMailbox] == nil, step.fixtures.contains(.shownMailbox) {
      throw .verdict(.inconclusive("no reply to VRFY or EXPN has shown a mailbox"))
    }
    let deadline = deadline(step.within ?? world.options.timeout)
    switch step.action {
    case nil: return nil
    case .send(let templates):
      if connection.host != nil { connection.noteAnswer() }
      for template in templates { self.values.noteSecrets(of: template) }
      let octets = templates.flatMap { $0.filled { values[$0] } }
      connection.send(octets, cut: step.segmentation ?? testCase.segmentation ?? .whole, deadline: deadline, using: &generator)
    case .reply(let template):
      let octets = template.filled { values[$0] }
      if case .message(let data)? = connection.owed, octets.first == UInt8(ascii: "2") { connection.host?.keep(data) }
      connection.noteAnswer()
      connection.send(octets, cut: step.segmentation ?? testCase.segmentation ?? .whole, deadline: deadline, using: &generator)
    case .serve(let serve):
      let observation = try self.serve(serve, step, on: connection)
      return step.judgement.count == 0 ? nil : observation
    case .await: return nil
    case .startTLS(let handshake) where connection.host != nil:
      guard let identity = connection.host?.identity else { return nil }
      connection.send(handshake.after?.filled { values[$0] } ?? [], cut: .whole, deadline: deadline, using: &generator)
      let observation = connection.startTLS(as: identity, deadline: deadline)
      if step.judgement.count == 0, case .handshakeFailed(let reason) = observation {
        throw .verdict(.inconclusive("the TLS handshake failed: \(reason)"))
      }
      return step.judgement.count == 0 ? nil : observation
    case .startTLS(let handshake):
      let prefix = handshake.after?.filled { values[$0] } ?? []
      var options = world.tlsOptions
      options.minimum = handshake.minimum
      options.maximum = handshake.maximum
      options.ciphers = handshake.ciphers
      let observation = connection.startTLS(options, after: prefix, deadline: deadline)
      if let reason = connection.undecidedHandshake { throw .verdict(.inconclusive("the TLS handshake failed: \(reason)")) }
      if step.judgement.count == 0, case .handshakeFailed(let reason) = observation {
        throw .verdict(.inconclusive("the TLS handshake failed: \(reason)"))
      }
      return step.judgement.count == 0 ? nil : observation
    case .sasl(let sasl):
      let cut = step.segmentation ?? testCase.segmentation ?? .whole
      try advance(sasl, cut: cut, on: connection, deadline: deadline)
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

  // MARK: Mail

  mutating func lookIntoMailbox(_ pattern: Pattern, _ step: Step) throws(Stop) -> Observation {
    letGo(within: step.within ?? world.options.timeout)
    if let wanted = pattern.delivered, let report = wanted.report { return try lookForReports(wanted, report, step) }
    guard let mailbox = world.mailbox, let wanted = pattern.delivered, let token = values[.token] else {
      throw .verdict(.notApplicable("no mailbox to look into"))
    }
    let name = String(decoding: token, as: UTF8.self)
    let copies = wanted.copies ?? 1
    let deadline = deadline(step.within ?? (copies == 0 ? world.silence * 4 : world.options.timeout))
    var found = mailbox.messages(with: name)
    while found.count < max(copies, 1), !deadline.hasPassed {
      guard world.interrupt.wait(until: min(deadline, .after(.milliseconds(10)))) else { throw .interrupted }
      found = mailbox.messages(with: name)
    }
    if wanted.copies != nil, copies > 0, found.count == copies {
      // One more would be one too many: give it the time that silence is given.
      guard world.interrupt.wait(until: .after(world.silence)) else { throw .interrupted }
      found = mailbox.messages(with: name)
    }
    if found.isEmpty, copies > 0 {
      throw .verdict(.inconclusive("nothing was delivered within \((step.within ?? world.options.timeout).shown)"))
    }
    return .delivered(Delivery(messages: found))
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

extension Case {
  /// The time that its own steps ask for, beside what the server takes.
  var ownTime: Duration {
    steps.reduce(.zero) { $0 + ($1.pause + ($1.within ?? .zero)) * $1.times }
  }

  /// The time that a conforming server lets it wait, where silence takes so long.
  func idleTime(silence: Duration) -> Duration {
    steps.reduce(.zero) { sum, step in
      let copies = step.patterns.compactMap(\.delivered).first.map { $0.copies == 0 ? 4 : 1 } ?? 0
      let silences = step.patterns.contains(where: \.allowsSilence) ? 1 : 0
      let waited = step.within ?? silence
      return sum + (step.pause + waited * silences + silence * copies) * step.times
    }
  }
}

extension Step {
  fileprivate var pause: Duration {
    if case .pause(let time) = action { time } else { .zero }
  }
}
