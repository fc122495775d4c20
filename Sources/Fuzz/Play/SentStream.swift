package import Dialogue
package import Wire

/// What a server has been sent on one connection, cut into ``Unit``s as the RFCs have it; its replies move it on.
///
/// It is the client's half of the dialogue: what was sent is known, what is next depends on the replies so far (mail data only after 354,
/// a chunk's octets only where CHUNKING was offered), and each whole unit is owed one reply.
package struct SentStream: Sendable {
  /// What the octets are that come next.
  private enum Mode: Sendable {
    case commands
    case mailData(MailDataReader)
    case authentication
  }

  private var octets: [UInt8] = []
  private var start = 0
  private var mode = Mode.commands
  private var greeted = false
  /// Where the session stands.
  package private(set) var state = SessionState()
  /// Keywords of the reply to the last EHLO, in upper case.
  package private(set) var keywords: Set<String> = []
  /// Whether what the server made of the octets can no longer be told.
  package var isOutOfStep = false
  /// Octets that came behind STARTTLS in clear, which no server may read (RFC 3207 §4.2).
  package private(set) var discarded = 0
  /// Whether mail data had a CR or an LF that stands alone.
  package private(set) var hasOddData = false
  /// Whether mail data had come before DATA drew its 354, which a client has to wait for (RFC 2920 §3.1).
  package private(set) var hasHastyData = false
  private var previous: UInt8 = 0
  /// Mail data that has been read by the unit in progress.
  private var dataOctets = 0
  /// Whether the unit taken last is a line that the grammar has.
  private(set) var isWellFormed = false
  private let isLMTP: Bool
  /// Recipients of the message that has ended whose replies are still owed (RFC 2033 §4.2), from 2.
  private var deliveries = 2..<2

  /// A connection on which nothing was sent.
  ///
  /// - Parameters:
  ///   - isEncrypted: Whether TLS has begun with it.
  ///   - isLMTP: Whether each recipient of a message draws a reply of its own (RFC 2033 §4.2, §4.3).
  package init(isEncrypted: Bool = false, isLMTP: Bool = false) {
    self.isLMTP = isLMTP
    state.isEncrypted = isEncrypted
  }

  /// Adds what was sent.
  package mutating func append(_ new: [UInt8]) {
    if start == octets.count {
      (octets, start) = (new, 0)
    } else {
      octets += new
    }
  }

  /// How many octets are sent and belong to no whole unit yet.
  package var unfinishedCount: Int { octets.count - start }

  /// The octets that belong to no whole unit yet.
  package var unfinished: ArraySlice<UInt8> { octets[start...] }

  /// Whether a line or data has begun and not ended, so that a command would not be read as one.
  package var isMidUnit: Bool {
    if case .commands = mode { return unfinishedCount > 0 }
    return true
  }

  /// Whether some of a unit was sent, and not all of it.
  package var hasBegunUnit: Bool {
    if case .mailData = mode { return dataOctets > 0 }
    return unfinishedCount > 0
  }

  /// Whether the last octets that were sent begin a unit that is not whole, however many whole ones wait before them.
  package var endsMidUnit: Bool {
    if case .mailData = mode { return dataOctets > 0 }
    return unfinishedCount > 0 && octets.suffix(2) != [.carriageReturn, .lineFeed]
  }

  /// How many octets of a unit that is not whole were sent.
  package var begunOctets: Int { expectsMailData ? dataOctets : unfinishedCount }

  /// Whether the octets that come next are a line of an authentication exchange.
  package var expectsAuthenticationResponse: Bool {
    if case .authentication = mode { return true }
    return false
  }

  /// Whether the octets that come next are mail data.
  package var expectsMailData: Bool {
    if case .mailData = mode { return true }
    return false
  }

  /// Takes the unit that the server owes a reply to next; `nil` while none is whole.
  package mutating func next() -> Unit? {
    isWellFormed = false
    guard greeted else {
      greeted = true
      return .connection
    }
    if let recipient = deliveries.first {
      deliveries = deliveries.dropFirst()
      return .delivery(recipient: recipient)
    }
    if start > 1 << 16 {
      octets.removeFirst(start)
      start = 0
    }
    switch mode {
    case .mailData(var reader):
      let (progress, isOdd) = readMailData(&reader)
      hasOddData = hasOddData || isOdd
      if progress.consumed > 0 { previous = octets[start + progress.consumed - 1] }
      start += progress.consumed
      dataOctets += progress.consumed
      mode = .mailData(reader)
      guard progress.hasEnded else { return nil }
      defer { dataOctets = 0 }
      mode = .commands
      return .endOfMailData(octets: dataOctets)
    case .authentication:
      guard let line = takeLine() else { return nil }
      return .authenticationResponse(line)
    case .commands: return nextCommand()
    }
  }

  /// What a reader makes of the octets that come next, and whether they have a CR or an LF that stands alone.
  private func readMailData(_ reader: inout MailDataReader) -> (progress: MailDataReader.Progress, isOdd: Bool) {
    let rest = octets.span.extracting(start...)
    let progress = reader.read(rest)
    return (progress, SentStream.hasOddEnd(rest.extracting(..<progress.consumed), behind: previous))
  }

  /// Whether an LF has no CR before it, or a CR no LF behind it; with nothing more to come, a CR before it is one of these.
  private static func hasOddEnd(_ octets: Span<UInt8>, behind previous: UInt8) -> Bool {
    if previous == .carriageReturn, octets.count == 0 || octets[0] != .lineFeed { return true }
    var place = 0
    while let lineFeed = octets.firstIndex(of: .lineFeed, from: place) {
      if (lineFeed > 0 ? octets[lineFeed - 1] : previous) != .carriageReturn { return true }
      place = lineFeed + 1
    }
    place = 0
    while let carriageReturn = octets.firstIndex(of: .carriageReturn, from: place) {
      place = carriageReturn + 1
      if place < octets.count, octets[place] != .lineFeed { return true }
    }
    return false
  }

  private mutating func nextCommand() -> Unit? {
    let before = start
    guard let line = takeLine() else { return nil }
    let reading = SentStream.reading(line)
    isWellFormed = (try? reading.get()) != nil
    switch reading {
    case .success(.bdat(let size, let isLast)) where keywords.contains("CHUNKING"):
      guard octets.count - start >= size else {
        start = before
        return nil
      }
      start += size
      // RFC 2033 §4.3 has no reply where there is no recipient, RFC 3030 §2 has one.
      guard !isLMTP || !isLast || state.recipientCount > 0 else {
        isOutOfStep = true
        return nil
      }
      return .chunk(line: line, isLast: isLast)
    case .success(.bdat(let size, _)) where size > 0:
      // A server that does not list CHUNKING, or was not asked, may have it all the same: nobody knows where the octets end.
      isOutOfStep = true
      return nil
    case .success(.bdat(_, let isLast)): return .chunk(line: line, isLast: isLast)
    case .success(let command): return .line(line, command.verb.map(Exchange.command) ?? .unrecognized)
    case .failure where SentStream.mayBeChunk(line):
      // A server should pass over white space at the end (RFC 5321 §4.1.1), and need not.
      isOutOfStep = true
      return nil
    case .failure(let error): return .line(line, error.verb.map(Exchange.command) ?? .unrecognized)
    }
  }

  private static func mayBeChunk(_ line: [UInt8]) -> Bool {
    guard case .bdat(let size, _)? = try? Command.parse(line: line, tolerating: .standard, in: .ascii) else { return false }
    return size > 0
  }

  private static func reading(_ line: [UInt8]) -> Result<Command, CommandSyntaxError> {
    Result { () throws(CommandSyntaxError) in try Command.parse(line: line, tolerating: .strict, in: .internationalized) }
  }

  private mutating func takeLine() -> [UInt8]? {
    var place = start
    while let lineFeed = octets.span.firstIndex(of: .lineFeed, from: place) {
      place = lineFeed + 1
      guard lineFeed > start, octets[lineFeed - 1] == .carriageReturn else { continue }
      defer { start = place }
      return Array(octets[start..<lineFeed - 1])
    }
    return nil
  }

  /// The server has answered a unit.
  package mutating func advance(_ unit: Unit, on reply: Reply) {
    let code = reply.code
    if isLMTP, unit.endsMessage { deliveries = 2..<max(2, state.recipientCount + 1) }
    switch unit {
    case .authenticationResponse, .line(_, .command(.auth)):
      mode = code == 334 ? .authentication : .commands
      if case .authenticationResponse(let line) = unit, line.elementsEqual("*".utf8) { mode = .commands }
    case .line(let line, .command(.bdat)): judgeUnreadChunk(line, code)
    default: break
    }
    state.advance(unit.exchange, on: code)
    if case .line(_, .command(let verb)) = unit, verb == .ehlo || verb == .lhlo, code.severity == 2 {
      keywords = Set(EhloReply(reply).keywords.map(\.name))
    }
    if case .line(_, .command(.helo)) = unit, code.severity == 2 { keywords = [] }
    if state.expectsMailData, case .line(_, .command(.data)) = unit {
      mode = .mailData(MailDataReader(limit: 0))
      hasHastyData = hasHastyData || unfinishedCount > 0
    }
  }

  /// BDAT that is none by the grammar, or that was not offered: where it is taken all the same, nobody knows where its octets end.
  private mutating func judgeUnreadChunk(_ line: [UInt8], _ code: ReplyCode) {
    if code.severity == 2 || unfinishedCount > 0 { isOutOfStep = true }
  }

  /// The TLS handshake is done: what was sent in clear and not read must never be.
  package mutating func completeHandshake() {
    deliveries = 2..<2
    discarded += octets.count - start
    octets = []
    start = 0
    mode = .commands
    keywords = []
    state.completeHandshake()
  }

  /// Leaves out the octets of a unit that the server took for a whole one too early.
  package mutating func skipUnfinished() {
    start = octets.count
    mode = .commands
  }
}
