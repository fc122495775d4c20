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
  private let store: Maildir
  private var reader: LineReader
  /// Octets of a line that has not ended yet.
  private var unendedOctets = 0
  /// Replies that wait for those of the commands behind them.
  private var waiting: [UInt8] = []

  /// How long a client has to take in what it was sent, or to shake hands.
  private static let patience = Duration.seconds(30)
  /// How long a session that has ended waits for the client to close its side too.
  private static let farewell = Duration.seconds(2)

  init(_ session: consuming Session, number: Int, configuration: Configuration, defects: [Defect], store: Maildir) {
    state = ServerState(
      session: number,
      peerLiteral: Self.literal(of: session.peerAddress),
      localLiteral: Self.literal(of: session.localAddress)
    )
    self.session = session
    self.configuration = configuration
    self.store = store
    seams = Seams(defects)
    manner = seams.manner()
    reader = LineReader(limit: configuration.commandLineLimitInOctets + configuration.mailLineExtraInOctets, ends: manner.lineEnds)
  }

  /// Serves the client until one side ends the session.
  consuming func run() {
    if !configuration.isImplicitTLS || shakeHands() {
      var goesOn = handle(.connection)
      while goesOn { goesOn = handleNext() }
    }
    session.closeAfterPeer(deadline: .after(Self.farewell))
  }

  // MARK: One input after the other

  private mutating func handleNext() -> Bool {
    if state.dialogue.expectsMailData {
      switch readMailData() {
      case .success(let content): return handle(.message(content))
      case .failure(let end): return conclude(end)
      }
    }
    switch readLine() {
    case .success(.tooLong): return handle(.tooLong)
    case .success(.line(let octets)):
      let line = seams.line(octets, in: state)
      return handle(input(of: line), line: line)
    case .failure(let end): return conclude(end)
    }
  }

  private func input(of line: [UInt8]) -> Input {
    do throws(CommandSyntaxError) {
      let command = try Command.parse(line: line, tolerating: manner.tolerance)
      let extra = command.verb == .mail ? configuration.mailLineExtraInOctets : 0
      return line.count + 2 > configuration.commandLineLimitInOctets + extra ? .tooLong : .command(command)
    } catch {
      return line.count + 2 > configuration.commandLineLimitInOctets ? .tooLong : .invalid(error)
    }
  }

  /// Decides, answers and acts.
  ///
  /// - Returns: Whether the session goes on.
  private mutating func handle(_ input: Input, line: [UInt8] = []) -> Bool {
    let context = DecisionContext(line: line, input: input, before: state, configuration: configuration)
    var decision = seams.decision(Decider(state, under: configuration).decide(input), in: context)
    if case .deliver(let copies) = decision.effect { deliver(copies, &decision, in: context) }
    let offersStatus = configuration.offers(.enhancedStatusCodes)
    let octets = decision.answers.flatMap { $0.octets(withStatus: offersStatus) }
    waiting += seams.output(octets, in: context)
    state = decision.next
    if manner.dropsWaitingInput(line, decision.answers) { session.consume(session.unreadCount) }
    guard mayWait(input) || flush() else { return false }
    switch decision.effect {
    case .none, .readMailData, .deliver: return true
    case .close: return false
    case .startTLS: return shakeHands() || !manner.closesOnFailedHandshake
    }
  }

  /// Handles the end of a session that the client, the clock or the server's own end brought about.
  private mutating func conclude(_ end: StreamEnd) -> Bool {
    switch end {
    case .lost: false
    case .idle: handle(.idle)
    case .shutdown: handle(.shutdown)
    case .endless: handle(.endless)
    }
  }

  private func deliver(_ copies: [StoredMessage], _ decision: inout Decision, in context: DecisionContext) {
    do throws(Maildir.Failure) {
      try store.store(seams.message(copies, in: context), at: configuration.clock.now())
    } catch {
      decision.answers = [
        error == .full ? Answer(452, .init(3, 1), "Insufficient system storage") : Answer(451, .init(3, 0), "Local error in processing")
      ]
      decision.next.messages = context.before.messages
    }
  }

  // MARK: Replies

  /// Whether the reply to an input may wait: RSET, MAIL and RCPT, as long as more has come behind them (RFC 2920 §3.2).
  private func mayWait(_ input: Input) -> Bool {
    guard manner.groupsReplies, session.unreadCount > 0, case .command(let command) = input else { return false }
    return command.verb == .mail || command.verb == .rcpt || command.verb == .rset
  }

  /// Sends what waits.
  private mutating func flush() -> Bool {
    guard !waiting.isEmpty else { return true }
    let octets = waiting
    waiting = []
    do {
      try session.send(octets, deadline: .after(Self.patience))
      return true
    } catch {
      return false
    }
  }

  // MARK: Octets in

  /// Why nothing more can be read.
  private enum StreamEnd: Error {
    case lost, idle, shutdown, endless
  }

  /// Waits for octets, once everything that was answered is on its way.
  private mutating func receive() -> StreamEnd? {
    if manner.sendsWaitingRepliesWhenIdle, !flush() { return .lost }
    return switch session.receive(deadline: .after(configuration.idleTimeout)) {
    case .octets, .full: nil
    case .timedOut: .idle
    case .interrupted: .shutdown
    case .endOfStream, .reset, .failed: .lost
    }
  }

  private mutating func readLine() -> Result<LineReader.Line, StreamEnd> {
    while true {
      if let line = takeLine() { return .success(line) }
      if unendedOctets > configuration.endlessLineLimitInOctets { return .failure(.endless) }
      if let end = receive() { return .failure(end) }
    }
  }

  private mutating func takeLine() -> LineReader.Line? {
    var reader = LineReader()
    swap(&reader, &self.reader)
    let progress = session.withUnread { reader.read($0) }
    session.consume(progress.consumed)
    swap(&reader, &self.reader)
    unendedOctets = progress.line == nil ? unendedOctets + progress.consumed : 0
    return progress.line
  }

  private mutating func readMailData() -> Result<MailContent, StreamEnd> {
    if let count = manner.fixedMailDataSize(state) { return readMailData(octets: count) }
    // A stuffed dot makes three octets of a line four, so this much holds every message within the limit.
    let room = configuration.sizeLimitInOctets / 3 * 4 + 16
    var reader = MailDataReader(terminators: manner.dataTerminators, limit: room)
    while true {
      session.consume(session.withUnread { reader.read($0) }.consumed)
      if reader.hasEnded {
        let octets = manner.undoesDotStuffing ? reader.message : Array(reader.data)
        return .success(MailContent(octets: octets, sizeInOctets: reader.isOverLimit ? reader.count : octets.count))
      }
      if let end = receive() { return .failure(end) }
    }
  }

  /// Reads mail data that ends after so many octets: no conforming server does.
  private mutating func readMailData(octets count: Int) -> Result<MailContent, StreamEnd> {
    var octets: [UInt8] = []
    while octets.count < count {
      let more = min(count - octets.count, session.unreadCount)
      octets += session.unread.prefix(more)
      session.consume(more)
      if octets.count < count, let end = receive() { return .failure(end) }
    }
    return .success(MailContent(octets: octets, sizeInOctets: octets.count))
  }

  // MARK: TLS

  /// Shakes hands; octets that came in clear behind STARTTLS are dropped unread (RFC 3207 §4.2).
  private mutating func shakeHands() -> Bool {
    guard let identity = configuration.tlsIdentity else { return false }
    do throws(TransportError) {
      _ = try session.startTLSServer(
        identity, keepingUnread: !manner.dropsClearOctetsAtHandshake, deadline: .after(Self.patience)
      )
    } catch {
      if !manner.closesOnFailedHandshake { state.dialogue.channel = .open }
      return false
    }
    guard state.dialogue.channel == .handshaking else {
      state.dialogue.isEncrypted = true
      return true
    }
    if manner.forgetsAtHandshake {
      state.completeHandshake()
    } else {
      state.dialogue.channel = .open
      state.dialogue.isEncrypted = true
    }
    return true
  }

  /// The address literal of an endpoint such as `127.0.0.1:25` or `[::1]:25`; `nil` for one without an address.
  private static func literal(of endpoint: String) -> String? {
    guard let colon = endpoint.lastIndex(of: ":") else { return nil }
    let host = endpoint[..<colon].filter { $0 != "[" && $0 != "]" }
    return AddressLiteral("[\(host)]") != nil ? "[\(host)]" : AddressLiteral("[IPv6:\(host)]") != nil ? "[IPv6:\(host)]" : nil
  }
}
