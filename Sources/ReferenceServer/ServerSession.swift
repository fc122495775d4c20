import Dialogue
import Transport
import Wire

/// One client's session: octets in, decisions, octets out.
///
/// It runs on a thread of its own.
struct ServerSession: ~Copyable {
  private var session: Session
  private var state: ServerState
  private let configuration: Configuration
  private let seams: Seams
  private let manner: Manner
  private let store: HoldingQueue
  private let relay: RelayQueue
  private var reader: LineReader
  /// Octets of a line that has not ended yet.
  private var unendedOctets = 0
  /// The chunks of the transaction so far.
  private var chunks = MailContent(octets: [], sizeInOctets: 0)
  /// Replies that wait for those of the commands behind them.
  private var waiting: [Outbox.Reply] = []
  private let generation: Generation

  /// How long a client has to take in what it was sent, or to shake hands.
  private static let patience = Duration.seconds(30)
  /// How long a session that has ended waits for the client to close its side too.
  private static let farewell = Duration.seconds(2)

  init(
    _ session: consuming Session, number: Int, configuration: Configuration, defects: [Defect], store: HoldingQueue, relay: RelayQueue,
    generation: Generation
  ) {
    state = ServerState(
      session: number,
      peerLiteral: Self.literal(of: session.peerAddress),
      localLiteral: Self.literal(of: session.localAddress)
    )
    self.session = session
    self.configuration = configuration
    self.store = store
    self.relay = relay
    self.generation = generation
    seams = Seams(defects)
    manner = seams.manner()
    reader = LineReader(ends: manner.lineEnds)
  }

  /// Serves the client until one side ends the session.
  consuming func run() {
    var goesOn = !configuration.isImplicitTLS || beginEncrypted()
    if let patience = manner.listensFirst { _ = session.receive(deadline: .after(patience)) }
    if goesOn { goesOn = handle(.connection) }
    while goesOn { goesOn = handleNext() }
    if !manner.sendsCloseAlert { session.halfClose() }
    session.closeAfterPeer(deadline: .after(Self.farewell))
  }

  // MARK: One input after the other

  private mutating func handleNext() -> Bool {
    if state.dialogue.expectsMailData { return handle(readMailData()) }
    reader.limit = lineLimit
    switch readLine() {
    case .tooLong: return handle(state.authentication == nil ? .tooLong : .responseTooLong)
    case .line(let octets) where state.authentication != nil: return handle(.response(octets), line: octets)
    case .line(let octets):
      let line = seams.line(octets, in: state)
      let input = input(of: line)
      if case .command(.bdat(let size, let isLast)) = input, configuration.offers(.chunking) {
        return handle(readChunk(size, isLast), line: line)
      }
      return handle(input, line: line)
    case .ended(let input): return handle(input)
    }
  }

  /// The longest line that can come now; an authentication exchange has its own limit (RFC 4954 §4).
  private var lineLimit: Int {
    state.authentication == nil
      ? configuration.commandLineLimitInOctets + configuration.lineExtraInOctets(for: .mail) : configuration.responseLimitInOctets
  }

  private func input(of line: [UInt8]) -> Input {
    do throws(CommandSyntaxError) {
      let command = try Command.parse(line: line, tolerating: manner.tolerance, in: Decider(state, under: configuration).mailboxForm)
      let extra = configuration.lineExtraInOctets(for: command.verb)
      return line.count + 2 > configuration.commandLineLimitInOctets + extra ? .tooLong : .command(command)
    } catch {
      let extra = configuration.lineExtraInOctets(for: error.verb)
      return line.count + 2 > configuration.commandLineLimitInOctets + extra ? .tooLong : .invalid(error)
    }
  }

  /// Decides, answers and acts.
  ///
  /// - Returns: Whether the session goes on.
  private mutating func handle(_ input: Input, line: [UInt8] = []) -> Bool {
    let context = DecisionContext(
      line: line, input: input, before: state, configuration: configuration, hasMoreInput: session.unreadCount > 0)
    var decision = seams.decision(Decider(state, under: configuration).decide(input), in: context)
    if case .deliver(let copies) = decision.effect { deliver(copies, &decision, in: context) }
    state = decision.next
    if manner.forgetsChunks(state) { chunks = MailContent(octets: [], sizeInOctets: 0) }
    if manner.dropsInput(context, decision) { dropInput() }
    let offersStatus = configuration.offers(.enhancedStatusCodes)
    let octets = decision.answers.flatMap { $0.octets(withStatus: offersStatus) }
    waiting.append(
      Outbox.Reply(
        octets: seams.output(octets, in: context), code: decision.code, mayWait: context.isOfGroup,
        isUnrecognized: context.isUnrecognized, hasMoreInput: session.unreadCount > 0))
    guard flush(decision.effect.goesOn ? .replied : .ending) else { return false }
    switch decision.effect {
    case .none, .deliver: return true
    case .close: return false
    case .die:
      generation.die()
      return false
    case .startTLS: return handle(shakeHands())
    case .reverse(let messages):
      reverse(messages)
      return false
    }
  }

  private func deliver(_ copies: [StoredMessage], _ decision: inout Decision, in context: DecisionContext) {
    do throws(Maildir.Failure) {
      let reports = seams.reports(decision.reports, in: context).map(\.message)
      if let shipment = decision.shipment { try relay.add(shipment) }
      try store.store(seams.message(copies, in: context) + reports)
    } catch {
      let failure =
        error == .full ? Answer(452, .init(3, 1), "Insufficient system storage") : Answer(451, .init(3, 0), "Local error in processing")
      decision.answers = decision.answers.map { $0.code / 100 == 2 ? failure : $0 }
      decision.next.messages = context.before.messages
    }
  }

  /// Sends the replies that may leave now.
  ///
  /// - Returns: Whether the client takes them in.
  private mutating func flush(_ moment: Outbox.Moment) -> Bool {
    let octets = manner.release(&waiting, moment)
    guard !octets.isEmpty else { return true }
    do throws(TransportError) {
      try session.send(octets, deadline: .after(Self.patience))
      return true
    } catch {
      return false
    }
  }

  // MARK: Octets in

  /// Waits for octets, once everything that was answered is on its way.
  ///
  /// - Returns: What happened instead of octets, if anything did.
  private mutating func receive(deadline: Deadline) -> Input? {
    guard flush(.inputRanOut) else { return .lost(nil) }
    let arrival = session.receive(deadline: deadline)
    switch arrival {
    case .octets: return nil
    case .full: return .endless
    case .timedOut: return .idle
    case .interrupted: return generation.isDead ? .lost(nil) : .shutdown
    case .endOfStream, .reset, .failed: return .lost(nil)
    }
  }

  /// What came of the wait for a line.
  private enum LineArrival {
    case line([UInt8])
    case tooLong
    case ended(Input)
  }

  private mutating func readLine() -> LineArrival {
    // The whole line has this time, however slowly it drips.
    let deadline = Deadline.after(configuration.idleTimeout)
    while true {
      switch takeLine() {
      case .line(let octets): return .line(octets)
      case .tooLong: return .tooLong
      case nil: break
      }
      if unendedOctets > configuration.endlessLineLimitInOctets { return .ended(.endless) }
      if let patience = manner.takesUnendedLine(session.unread), !session.receive(deadline: .after(patience)).isOctets {
        let octets = Array(session.unread)
        session.consume(octets.count)
        return .line(octets)
      }
      if let end = receive(deadline: deadline) { return .ended(end) }
    }
  }

  private mutating func takeLine() -> LineReader.Line? {
    guard session.unreadCount > 0 else { return nil }
    var reader = LineReader()
    swap(&reader, &self.reader)
    let progress = session.withUnread { unread in manner.readLine(unread, state) ?? reader.read(unread) }
    swap(&reader, &self.reader)
    session.consume(progress.consumed)
    unendedOctets = progress.line == nil ? unendedOctets + progress.consumed : 0
    return progress.line
  }

  private mutating func readMailData() -> Input {
    var reader = manner.mailDataReader(state, configuration)
    return read(with: &reader) ?? .message(reader.content)
  }

  /// Reads the octets that a BDAT announced, whether they can be taken or not (RFC 3030 §2).
  private mutating func readChunk(_ size: Int, _ isLast: Bool) -> Input {
    let limit = Decider(state, under: configuration).takesChunks ? configuration.sizeLimitInOctets : 0
    var reader = manner.chunkReader(size, max(0, limit - chunks.octets.count), state)
    let end = read(with: &reader)
    chunks.append(reader.content, keeping: limit)
    if let end {
      if case .lost = end { return .lost(chunks) }
      return end
    }
    return .chunk(Chunk(sizeInOctets: size, isLast: isLast, message: chunks))
  }

  /// Reads to the end of the mail data or of a chunk.
  ///
  /// - Returns: What came instead of the end, if anything did.
  private mutating func read(with reader: inout any MailDataReading) -> Input? {
    while true {
      let progress = session.withUnread { reader.read($0) }
      session.consume(progress.consumed)
      if progress.hasEnded { return nil }
      switch receive(deadline: .after(configuration.idleTimeout)) {
      case nil: break
      case .lost: return .lost(reader.content)
      case .some(let end): return end
      }
    }
  }

  /// Throws input away until none has come for a moment: no conforming server does.
  private mutating func dropInput() {
    let end = Deadline.after(.seconds(5))
    repeat {
      session.consume(session.unreadCount)
    } while !end.hasPassed && session.receive(deadline: .after(.milliseconds(50))).isOctets
  }

  // MARK: The reversed state, RFC 2645 §5.3

  /// Is the client until the messages are sent and QUIT is answered.
  private mutating func reverse(_ messages: [QueuedMessage]) {
    var outgoing = Outgoing(hostName: configuration.hostName, messages: messages)
    do throws(TransportError) {
      if !manner.awaitsGreeting { try session.send(outgoing.hello, deadline: .after(Self.patience)) }
      while case .reply(let reply) = session.nextReply(deadline: .after(configuration.idleTimeout)) {
        let exchange = Outgoing.Exchange(stage: outgoing.stage, reply: reply, message: outgoing.message)
        guard let octets = seams.outgoing(outgoing.answer(reply), after: exchange) else { return }
        try session.send(octets, deadline: .after(Self.patience))
      }
    } catch {
      // The customer has gone: its mail stays where it is.
    }
  }

  // MARK: TLS

  /// Shakes hands before the greeting.
  private mutating func beginEncrypted() -> Bool {
    guard case .secured = shakeHands() else { return false }
    state.dialogue.isEncrypted = true
    return true
  }

  /// Shakes hands; octets that came in clear behind STARTTLS are dropped unread (RFC 3207 §4.2).
  private mutating func shakeHands() -> Input {
    guard let identity = configuration.tlsIdentity else { return .handshakeFailed }
    var options = configuration.tlsOptions
    options.requestsCertificate = !configuration.clientCertificates.isEmpty
    let deadline = Deadline.after(Self.patience)
    do throws(TransportError) {
      let facts: TLSFacts
      switch manner.clearOctets {
      case .dropped: facts = try session.startTLSServer(identity, options: options, deadline: deadline)
      case .kept: facts = try session.startTLSServer(identity, options: options, keepingUnread: true, deadline: deadline)
      case .awaited:
        guard let record = awaitRecord() else { return .handshakeFailed }
        facts = try session.startTLSServer(
          identity, options: options, keepingUnread: true, recordStart: record, deadline: .after(Self.patience))
      }
      state.certificateUser = facts.chain.first.flatMap { configuration.clientCertificates[$0.fingerprint] }
      state.cipherSuite = facts.cipher
      return .secured
    } catch {
      return .handshakeFailed
    }
  }

  /// Waits for the first octet of a TLS record.
  ///
  /// - Returns: Where among the unread octets it is; `nil` where a line comes and no record behind it.
  private mutating func awaitRecord() -> Int? {
    let deadline = Deadline.after(Self.patience)
    while true {
      if let record = session.unread.firstIndex(of: 0x16) { return record - session.unread.startIndex }
      if session.unread.last == .lineFeed { return nil }
      guard session.receive(deadline: deadline).isOctets else { return nil }
    }
  }

  /// The address literal of an endpoint such as `127.0.0.1:25` or `[::1]:25`; `nil` for one without an address.
  private static func literal(of endpoint: String) -> String? {
    guard let colon = endpoint.lastIndex(of: ":") else { return nil }
    let host = endpoint[..<colon].filter { $0 != "[" && $0 != "]" }
    return AddressLiteral("[\(host)]") != nil ? "[\(host)]" : AddressLiteral("[IPv6:\(host)]") != nil ? "[IPv6:\(host)]" : nil
  }
}

extension Arrival {
  fileprivate var isOctets: Bool {
    if case .octets = self { return true }
    return false
  }
}

extension Effect {
  /// Whether the dialogue goes on as it was.
  fileprivate var goesOn: Bool {
    switch self {
    case .none, .deliver: true
    case .startTLS, .reverse, .close, .die: false
    }
  }
}
