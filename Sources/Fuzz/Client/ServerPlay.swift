import Transport
import Wire

/// Plays the server on one connection: what the script says, and where it says nothing what an honest server would.
struct ServerPlay {
  /// Our certificate, where STARTTLS is offered.
  let identity: TLSIdentity?
  /// How long the client may say nothing before we give the connection up: it may be waiting for what will not come.
  let quiet: Duration
  /// When the run is over.
  let deadline: Deadline

  /// How long the answer to the first command under TLS is held back where replies were injected before.
  private static let holdBack = Duration.milliseconds(400)
  /// How long a segment of its own may take to be one.
  private static let pause = Duration.milliseconds(15)
  /// The first octet of a TLS record that has a handshake message (RFC 8446 §5.1).
  private static let handshakeRecord: UInt8 = 0x16
  /// More is not taken of a client.
  private static let mostSaid = 400

  /// Plays until the end of the connection.
  func play(_ script: ServerScript, on session: inout Session) -> ClientConnection {
    var connection = ClientConnection()
    var honest = HonestReplies(offersTLS: identity != nil)
    var turns = script.turns[...]
    var isHeldBack = false
    let greeting = turns.popFirst() ?? ServerScript.Turn()
    connection.greeting = greeting.isHonest ? honest.greeting : greeting.octets
    guard send(greeting.isHonest ? ServerScript.Turn(segments: [honest.greeting]) : greeting, on: &session) else {
      return finish(&connection, session)
    }
    while connection.said.count < Self.mostSaid, var said = next(honest.expecting, on: &session, &connection) {
      if isHeldBack {
        isHeldBack = false
        if case .octets = session.receive(deadline: .after(Self.holdBack)) { connection.saidUnasked = Array(session.unread) }
      }
      let turn = turns.popFirst() ?? ServerScript.Turn()
      let reply = turn.isHonest ? honest.reply(to: said, isUnderTLS: session.isUnderTLS) : turn.octets
      said.answer = reply
      said.isAnswerHonest = turn.isHonest
      connection.said.append(said)
      if case .mailData(isWhole: false) = said.kind { break }
      honest.advance(after: said, reply, isHonest: turn.isHonest)
      guard send(turn.isHonest ? ServerScript.Turn(segments: [reply]) : turn, on: &session), !honest.isOver else { break }
      if honest.isTLSNext, let identity, !session.isUnderTLS {
        connection.injected = Self.behindReply(reply)
        do throws(TransportError) {
          _ = try session.startTLSServer(identity, deadline: min(deadline, .after(.seconds(3))))
        } catch {
          session.note("no TLS: \(error.message)")
          break
        }
        connection.hasTLS = true
        isHeldBack = !connection.injected.isEmpty
      }
    }
    return finish(&connection, session)
  }

  private func finish(_ connection: inout ClientConnection, _ session: borrowing Session) -> ClientConnection {
    connection.rest = Array(session.unread.prefix(1 << 16))
    connection.transcript = DialogueText.text(of: session.transcript)
    return connection
  }

  /// What stands behind the first whole reply.
  private static func behindReply(_ octets: [UInt8]) -> [UInt8] {
    guard let length = (try? Reply.parse(octets.span))??.length else { return [] }
    return Array(octets[length...])
  }

  /// Sends a turn; `false` where nothing can come after it.
  private func send(_ turn: ServerScript.Turn, on session: inout Session) -> Bool {
    for (number, segment) in turn.segments.enumerated() {
      if number > 0 { _ = session.receive(deadline: .after(Self.pause)) }
      do throws(TransportError) { try session.send(segment, deadline: min(deadline, .after(.seconds(2)))) } catch { return false }
    }
    switch turn.ending {
    case nil: return true
    case .halfClose: session.halfClose()
    case .reset: session.reset()
    case .closeNotify:
      guard session.isUnderTLS else {
        session.halfClose()
        return false
      }
      try? session.sendCloseNotify(deadline: min(deadline, .after(.seconds(1))))
    }
    return false
  }

  /// The next thing that the client says; `nil` where it says nothing more, or nothing in time.
  private func next(
    _ expecting: HonestReplies.Expecting, on session: inout Session, _ connection: inout ClientConnection
  ) -> ClientConnection.Said? {
    var isMailData = false
    var kind = ClientConnection.Said.Kind.command
    if case .mailData = expecting { isMailData = true }
    if case .response = expecting { kind = .response }
    while true {
      let unread = session.unread
      // A ClientHello: the client took what it was answered for a go-ahead. No command begins so, and its octets are no lines.
      if !isMailData, !session.isUnderTLS, unread.first == Self.handshakeRecord { return nil }
      if isMailData, let count = Self.mailDataEnd(unread) {
        return take(count, .mailData(isWhole: true), from: &session)
      }
      if !isMailData, let lineFeed = unread.firstIndex(of: .lineFeed) {
        return take(lineFeed - unread.startIndex + 1, kind, from: &session)
      }
      switch session.receive(deadline: min(deadline, .after(quiet))) {
      case .octets: continue
      case .timedOut where isMailData && Self.endsLikeMailData(session.unread):
        // It waits for an answer: what it takes for the end is none, and the oracles will say so.
        return take(session.unreadCount, .mailData(isWhole: true), from: &session)
      default:
        guard isMailData, session.unreadCount > 0 else { return nil }
        return take(session.unreadCount, .mailData(isWhole: false), from: &session)
      }
    }
  }

  private func take(_ count: Int, _ kind: ClientConnection.Said.Kind, from session: inout Session) -> ClientConnection.Said {
    let octets = Array(session.unread.prefix(count))
    session.consume(count)
    return ClientConnection.Said(kind: kind, octets: octets, isUnderTLS: session.isUnderTLS)
  }

  private static func mailDataEnd(_ octets: ArraySlice<UInt8>) -> Int? {
    if octets.starts(with: DotStuffing.end) { return 3 }
    var reader = MailDataReader(limit: 0)
    let progress = reader.read(Array(octets).span)
    return progress.hasEnded ? progress.consumed : nil
  }

  /// Whether the octets end in what a careless server takes for the end of mail data.
  private static func endsLikeMailData(_ octets: ArraySlice<UInt8>) -> Bool {
    ["\n.\n", "\n.\r\n", "\r\n.\n"].contains { octets.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }
}
