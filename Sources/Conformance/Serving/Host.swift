import Transport
import Wire

/// An honest server for the peer of one connection: it takes every mail, and offers what it is told to.
struct Host {
  let identity: TLSIdentity
  let sink: MailSink
  private var reversePath: [UInt8] = []
  private var recipients: [[UInt8]] = []
  private var chunks: [UInt8] = []
  /// What the last `serve` offered; the next may say nothing of it.
  private var offer: [[UInt8]] = []

  /// What it offers whatever `serve` says.
  private var basics: [String] = []
  /// The token of the mail that is expected on this connection; `nil` for any.
  private var expected: String?
  /// Whether that mail may have the null reverse-path; a notification of another case's mail does not name it.
  private var mayBeFromNobody = true
  /// Whether mail has come that another case waits for.
  private(set) var isStranger = false
  /// The most octets of a chunk that are taken.
  private static let chunkLimit = 16 << 20

  /// A server for mail with a token.
  ///
  /// - Parameters:
  ///   - nextHop: Whose server it is.
  ///   - token: What names the mail.
  ///   - isNotification: Whether its reverse-path may be null.
  ///   - basics: What it offers whatever `serve` says.
  init(of nextHop: NextHop, _ token: [UInt8]?, mayBeFromNobody isNotification: Bool, offering basics: [String]) {
    self.init(identity: nextHop.identity, sink: nextHop.sink)
    mayBeFromNobody = isNotification
    self.basics = basics
    expected = token.map { String(decoding: $0, as: UTF8.self) }
  }

  init(identity: TLSIdentity, sink: MailSink) {
    self.identity = identity
    self.sink = sink
  }

  /// Answers the peer until it comes to the point that the step names, or its session ends.
  ///
  /// - Returns: The command or the message that is left unanswered, or how the session ended; `nil` where it was interrupted.
  mutating func serve(
    _ step: ServeStep, on connection: Connection, deadline: Deadline, values: (Fixture) -> [UInt8]?
  ) -> Observation? {
    if !step.extensions.isEmpty || offer.isEmpty { offer = step.extensions.map { $0.filled(with: values) } + basics.map { Array($0.utf8) } }
    if !connection.hasGreeted { say(["220 \(NextHop.hostName) ESMTP ready"], on: connection, deadline) }
    while true {
      switch connection.owed {
      case nil:
        guard let observation = connection.observe(.command, within: deadline.remaining) else { return nil }
        guard case .command(let line) = observation else { return observation }
        note(line)
        if step.verbs.contains(line.verb) { return observation }
      case .message(let data):
        keep(data)
        say(["250 \(NextHop.hostName) took the message"], on: connection, deadline)
      case .command(let line):
        switch line.verb {
        case "DATA":
          say(["354 go ahead"], on: connection, deadline)
          guard let arrival = connection.observe(.message, within: deadline.remaining) else { return nil }
          guard case .message = arrival, !step.stopsAtMessage else { return arrival }
        case "BDAT":
          let arrival = takeChunk(line, isAnswered: !step.stopsAtChunk, on: connection, deadline)
          if let arrival {
            guard case .message(let data) = arrival else { return arrival }
            connection.owe(.message(data))
            if step.stopsAtChunk { return .command(line) }
            if step.stopsAtMessage { return arrival }
          } else if connection.owed != nil {
            return step.stopsAtChunk ? .command(line) : nil
          }
        default: if let ending = answer(line, on: connection, deadline) { return ending }
        }
      }
    }
  }

  /// Remembers what a command says of the envelope.
  mutating func note(_ line: [UInt8]) {
    let path = line.firstIndex(of: .less).map { start in Array(line[start...].prefix { $0 != .greater }) + [.greater] } ?? []
    if let expected, ["MAIL", "RCPT"].contains(line.verb) {
      let tokens = Token.tokens(in: line)
      if !tokens.isEmpty, !tokens.contains(expected) { isStranger = true }
      if line.verb == "MAIL", path.elementsEqual("<>".utf8), !mayBeFromNobody { isStranger = true }
    }
    switch line.verb {
    case "MAIL": (reversePath, recipients, chunks) = (path, [], [])
    case "RCPT": recipients.append(path)
    case "RSET", "EHLO", "HELO": (reversePath, recipients, chunks) = ([], [], [])
    default: break
    }
  }

  /// Keeps a message that was accepted.
  mutating func keep(_ data: [UInt8]) {
    let content = DotStuffing.unstuff(Array(data.dropLast(DotStuffing.end.count)).span)
    sink.add(MailSink.Received(reversePath: reversePath, recipients: recipients, content: content))
    (reversePath, recipients, chunks) = ([], [], [])
  }

  // MARK: Answers

  /// Answers a command; what ended the session, if anything did.
  private mutating func answer(_ line: [UInt8], on connection: Connection, _ deadline: Deadline) -> Observation? {
    switch line.verb {
    case "EHLO": say(["250 \(NextHop.hostName)"] + offer.map { "250 \(String(decoding: $0, as: UTF8.self))" }, on: connection, deadline)
    case "HELO", "MAIL", "RCPT", "RSET", "NOOP": say(["250 ok"], on: connection, deadline)
    case "VRFY": say(["252 send it"], on: connection, deadline)
    case "STARTTLS" where offers("STARTTLS"):
      say(["220 go ahead"], on: connection, deadline)
      let observation = connection.startTLS(as: identity, deadline: deadline)
      if case .handshakeFailed = observation { return observation }
      offer.removeAll { $0.prefix(8).matchesIgnoringCase("STARTTLS".utf8) }
      basics.removeAll { $0 == "STARTTLS" }
    case "AUTH" where offers("AUTH"): return authenticate(line, on: connection, deadline)
    case "QUIT":
      say(["221 \(NextHop.hostName) closes"], on: connection, deadline)
      connection.endInOrder(deadline: deadline)
      // Until the peer closes too, it has not ended the session.
      return connection.observe(.command, within: deadline.remaining)
    default: say(["502 not implemented"], on: connection, deadline)
    }
    return nil
  }

  private func offers(_ keyword: String) -> Bool {
    offer.contains { $0.prefix { $0 != .space }.matchesIgnoringCase(keyword.utf8) }
  }

  /// A reply: lines that begin with its code and a space, all but the last of which get a hyphen.
  private func say(_ lines: [String], on connection: Connection, _ deadline: Deadline) {
    let last = lines.indices.last
    let octets = lines.enumerated().flatMap { place, line in
      Array(line.utf8.prefix(3)) + [place == last ? .space : .hyphen] + Array(line.utf8.dropFirst(4)) + [.carriageReturn, .lineFeed]
    }
    connection.answer(octets, deadline: deadline)
  }

  /// Takes any credentials (RFC 4954 §4): PLAIN with or without its first response, and LOGIN.
  private func authenticate(_ line: [UInt8], on connection: Connection, _ deadline: Deadline) -> Observation? {
    let words = line.split { $0 == .space || $0 == .carriageReturn || $0 == .lineFeed }
    let mechanism = words.count > 1 ? words[1].uppercasedString : ""
    let challenges: [String] =
      switch mechanism {
      case "PLAIN": words.count > 2 ? [] : [""]
      case "LOGIN": words.count > 2 ? ["UGFzc3dvcmQ6"] : ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"]
      default: ["*"]
      }
    if challenges == ["*"] {
      say(["504 no such mechanism"], on: connection, deadline)
      return nil
    }
    for challenge in challenges {
      say(["334 \(challenge)"], on: connection, deadline)
      let response = connection.observe(.command, within: deadline.remaining)
      guard case .command(let line)? = response else { return response }
      connection.hide(line)
    }
    if words.count > 2 { connection.hide(Array(words[2])) }
    say(["235 welcome"], on: connection, deadline)
    return nil
  }

  /// Takes the octets that a BDAT announces (RFC 3030 §2), and answers unless they are the last, or are to be left unanswered.
  ///
  /// - Returns: The message, once its last chunk is there, as DATA would have brought it; or what came instead.
  private mutating func takeChunk(
    _ line: [UInt8], isAnswered: Bool, on connection: Connection, _ deadline: Deadline
  ) -> Observation? {
    let words = line.split { $0 == .space || $0 == .carriageReturn || $0 == .lineFeed }
    guard words.count > 1, let size = Int(String(decoding: words[1], as: UTF8.self)), (0...Self.chunkLimit).contains(size) else {
      say(["501 no size"], on: connection, deadline)
      return nil
    }
    let arrival = connection.take(within: deadline.remaining, { $0.count >= size ? size : nil }, as: Observation.message)
    guard case .message(let octets)? = arrival else { return arrival }
    chunks += octets
    guard words.count > 2 else {
      if isAnswered { say(["250 \(size) octets"], on: connection, deadline) }
      return nil
    }
    return .message(DotStuffing.stuff(chunks))
  }
}

extension [UInt8] {
  /// The verb of a command line, in upper case.
  var verb: String { prefix { $0.isLetter }.uppercasedString }
}
