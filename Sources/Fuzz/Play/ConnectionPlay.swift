import Dialogue
import Transport
import Wire

/// One connection of a script as it is played.
struct ConnectionPlay: ~Copyable {
  var session: Session
  var stream: SentStream
  var trace = ConnectionTrace()
  let player: Player
  private let places: Placeholders
  private var generator: RunGenerator
  private var pending: [UInt8] = []
  /// What goes out in clear with the ClientHello.
  private var afterHello: [UInt8] = []
  /// Whether there is nothing more to do.
  var isOver = false
  private var isHalfClosed = false
  /// Units that were answered since the last write.
  private var answeredSinceWrite = 0
  /// Whether nobody can know where the transaction stands.
  private var isIndeterminate = false

  init(_ session: consuming Session, for player: Player, _ places: Placeholders, _ generator: RunGenerator) {
    self.session = session
    self.player = player
    self.places = places
    self.generator = generator
    stream = SentStream(isEncrypted: player.isImplicitTLS, isLMTP: player.isLMTP)
    trace.isLMTP = player.isLMTP
    trace.turns.reserveCapacity(8)
  }

  /// Reads the greeting, does what the events say, and takes leave.
  mutating func run(_ events: ArraySlice<Event>) {
    if player.isImplicitTLS { beginTLS() }
    settle()
    for event in events {
      guard !isOver else { break }
      perform(event)
    }
    flush()
    settle()
    takeLeave()
  }

  /// What came of it.
  consuming func end() -> ConnectionTrace {
    trace.keywords = stream.keywords
    trace.hasOddData = stream.hasOddData
    trace.hasHastyData = stream.hasHastyData
    trace.state = stream.state
    trace.endsMidUnit = stream.endsMidUnit
    trace.hasMoreBehind = stream.unfinishedCount > 0
    trace.isOutOfStep = trace.isOutOfStep || stream.isOutOfStep
    trace.isEncrypted = session.isUnderTLS
    if player.keepsTranscripts { trace.transcript = session.transcript }
    session.close()
    return trace
  }

  private mutating func perform(_ event: Event) {
    switch event {
    case .command, .octets, .data: pending += places.fill(event.octets)
    case .chunk(let declared, let isLast, let octets):
      let octets = places.fill(octets)
      pending += Event.chunkHead(declared, isLast, count: octets.count) + octets
    case .auth(let mechanism, let initial, let responses):
      pending += Event.authHead(mechanism, initial)
      for response in responses {
        flush()
        settle()
        guard !isOver, stream.expectsAuthenticationResponse else { return }
        pending += places.fill(response) + [.carriageReturn, .lineFeed]
      }
    case .startTLS(let before, let after):
      pending += Array("STARTTLS\r\n".utf8) + places.fill(before)
      afterHello = places.fill(after)
      flush()
      settle()
      afterHello = []
    case .closeNotify:
      flush()
      guard session.isUnderTLS else { return }
      try? session.sendCloseNotify(deadline: .after(player.timing.silence))
      session.abandonTLS()
      trace.weEnded = true
      trace.isOutOfStep = true
    case .halfClose:
      flush()
      session.halfClose()
      trace.weEnded = true
      isHalfClosed = true
      settle()
    case .reset:
      flush()
      session.reset()
      trace.weEnded = true
      isOver = true
    case .wait:
      flush()
      settle()
    case .cut: flush()
    case .connect: break
    }
  }

  private mutating func flush() {
    guard !pending.isEmpty, !isOver, !isHalfClosed else { return }
    let octets = pending
    pending = []
    answeredSinceWrite = 0
    // What became of a write that failed shows in the read that follows.
    if player.segmentation == .whole {
      try? session.send(octets, deadline: .after(player.timing.reply))
    } else {
      try? session.send(octets, cut: player.segmentation, deadline: .after(player.timing.reply), using: &generator)
    }
    // Behind the write, so that the server is at work meanwhile.
    stream.append(octets)
  }

  /// Reads the replies that are owed, and looks for those that are not where they are likely.
  private mutating func settle() {
    while !isOver {
      guard trace.isInStep, !stream.isOutOfStep else { return drain(for: .zero) }
      guard let unit = stream.next() else {
        if stream.isOutOfStep { continue }
        return lookForMore()
      }
      take(session.nextReply(deadline: .after(player.timing.reply)), for: unit)
    }
  }

  private mutating func take(_ arrival: ReplyArrival, for unit: Unit) {
    trace.endsBehindOthers = answeredSinceWrite > 0
    answeredSinceWrite += 1
    switch arrival {
    case .reply(let reply): take(reply, for: unit)
    case .malformed(let octets, _):
      trace.malformed = (octets, unit)
      trace.fate = .unreadable(unit)
    case .silence: finish(.silent(unit))
    case .endOfStream, .reset: finish(.lost(unit))
    case .tooLong: finish(.unreadable(unit))
    case .interrupted: finish(.stopped)
    case .failed: finish(trace.weEnded || session.isUnderTLS ? .lost(unit) : .stopped)
    }
  }

  private mutating func take(_ reply: Reply, for unit: Unit) {
    var turn = turn(unit, reply)
    turn.isWellFormed = stream.isWellFormed
    add(turn)
    trace.hasOddInput = trace.hasOddInput || unit.isOdd || unit.exchange == .endOfMailData && stream.hasOddData
    stream.advance(unit, on: reply)
    // 221 where nobody said QUIT is meant like 421.
    if reply.code == 421 || reply.code == 221 && unit.exchange != .command(.quit) { return finish(.shutDown) }
    switch stream.state.channel {
    case .handshaking: beginTLS()
    case .closed:
      lookForMore(within: player.timing.farewell)
      finish(.quit)
    case .connected, .open, .refused: break
    }
  }

  private func turn(_ unit: Unit, _ reply: Reply) -> Turn {
    var turn = Turn(
      unit: unit, before: stream.state, keywords: stream.keywords, reply: reply, place: trace.turns.count, isIndeterminate: isIndeterminate)
    turn.followsOddInput = trace.hasOddInput
    return turn
  }

  private mutating func add(_ turn: Turn) {
    isIndeterminate = turn.isIndeterminateAfter
    trace.turns.append(turn)
  }

  private mutating func finish(_ fate: Fate) {
    trace.fate = fate
    isOver = true
  }

  /// Nothing is owed: takes what has come all the same, and waits for it where some servers take what was sent for more units than it is.
  private mutating func lookForMore() {
    let isPatient = player.pausesAfter.map { trace.turns.count >= $0 } ?? false
    if stream.hasBegunUnit || isHalfClosed || isPatient || trace.hasOddInput {
      lookForMore(within: player.timing.silence)
    } else if session.unreadCount > 0 {
      lookForMore(within: .zero)
    }
  }

  private mutating func lookForMore(within time: Duration) {
    switch session.nextReply(deadline: .after(time)) {
    case .reply(let reply):
      guard reply.code != 421, reply.code != 221 || stream.hasBegunUnit || trace.turns.last?.reply.code == 221 else {
        if reply.code == 221 { trace.stray = (reply, trace.turns.last?.unit) }
        return finish(.shutDown)
      }
      if stream.hasBegunUnit {
        trace.earlyOctets = stream.expectsMailData ? [] : Array(stream.unfinished)
        let unit = begunUnit
        var turn = turn(unit, reply)
        turn.isEarly = true
        add(turn)
        trace.hasOddInput = trace.hasOddInput || unit.isOdd || stream.expectsMailData
        stream.skipUnfinished()
      } else {
        trace.stray = (reply, trace.turns.last?.unit)
      }
    case .malformed(let octets, _): trace.malformed = (octets, trace.turns.last?.unit)
    case .endOfStream, .reset: if stream.state.channel != .closed { finish(.closed) }
    case .silence: trace.lingers = stream.state.channel == .closed
    case .tooLong: finish(.unreadable(nil))
    case .interrupted: finish(.stopped)
    case .failed: finish(.closed)
    }
  }

  /// The unit that has begun, as if it ended here.
  private var begunUnit: Unit {
    if stream.expectsMailData { return .endOfMailData(octets: stream.begunOctets) }
    let line = Array(stream.unfinished)
    let word = line.prefix { !$0.isWhiteSpace }
    return .line(line, Verb(word).map(Exchange.command) ?? .unrecognized)
  }

  /// Reads what comes without asking what it belongs to, until nothing more does.
  private mutating func drain(for time: Duration) {
    for _ in 0..<1_000 {
      switch session.nextReply(deadline: .after(time)) {
      case .reply, .malformed: continue
      case .endOfStream, .reset, .failed: return finish(.closed)
      case .tooLong: return finish(.unreadable(nil))
      case .interrupted: return finish(.stopped)
      case .silence: return
      }
    }
    // Enough of answers that nobody can tell apart.
    isOver = true
  }

  // MARK: TLS

  private mutating func beginTLS() {
    if session.unreadCount > 0, case .reply(let reply)? = session.takeReply() { trace.stray = (reply, trace.turns.last?.unit) }
    do throws(TransportError) {
      let facts = try session.startTLS(player.tls, prefixedBy: afterHello, deadline: .after(player.timing.reply))
      stream.append(afterHello)
      let more = facts.clearOctetsBefore + facts.clearOctetsAnswered
      if let reply = try? Reply.parse(more.span, tolerating: .everything), trace.stray == nil {
        trace.stray = (reply.reply, trace.turns.last?.unit)
      }
    } catch {
      return finish(error == .interrupted ? .stopped : .handshakeFailed)
    }
    if player.isImplicitTLS, trace.turns.isEmpty { return }
    stream.completeHandshake()
    guard stream.discarded > 0, trace.stray == nil else { return }
    lookForMore(within: player.timing.silence)
    trace.strayFollowsClearOctets = trace.stray != nil
  }

  // MARK: The end

  /// QUIT, where the server would read it as a command; so each reply that nothing asked for shows.
  private mutating func takeLeave() {
    guard !isOver else { return }
    guard trace.isInStep, !stream.isOutOfStep else { return drain(for: player.timing.silence) }
    guard !isHalfClosed else { return }
    if stream.expectsAuthenticationResponse, !stream.hasBegunUnit {
      pending = Array("*\r\n".utf8)
      flush()
      settle()
    }
    guard !isOver, !stream.isMidUnit else { return }
    pending = Array("QUIT\r\n".utf8)
    flush()
    settle()
    guard let last = trace.turns.last, last.unit.exchange == .command(.quit), last.reply.code != 221, farewellFollows() else { return }
    // It was one that nothing had asked for, and that came late.
    trace.turns.removeLast()
    trace.stray = (last.reply, trace.turns.last?.unit)
    finish(.quit)
  }

  /// Whether 221 comes behind another reply to QUIT.
  private mutating func farewellFollows() -> Bool {
    if let stray = trace.stray { return stray.reply.code == 221 }
    guard !isOver, trace.isInStep, case .reply(let reply) = session.nextReply(deadline: .after(player.timing.farewell)) else {
      return false
    }
    return reply.code == 221
  }
}
