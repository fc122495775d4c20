package import Transport
import Wire

/// A client of SMTP: one session with one server, for one message (RFC 5321 §3).
///
/// Its methods block; they belong on a worker thread.
package struct SendingClient: ~Copyable {
  private var session: Session
  private let options: SendingOptions
  private let manner: SendingManner
  private var keywords: [EhloKeyword] = []
  /// Replies in clear that a faulty client still reads.
  private var leftOver: [UInt8] = []

  /// Why the message could not be handed over, whoever its recipients are.
  private enum Stop: Error {
    case refused(ShipmentOutcome)
    case lost(String)
  }

  /// A client on a connection that was made.
  package init(_ session: consuming Session, options: SendingOptions, manner: SendingManner = SendingManner()) {
    self.session = session
    self.options = options
    self.manner = manner
  }

  /// Sends a message and ends the session.
  ///
  /// - Returns: What became of it for each recipient, in their order.
  package consuming func send(_ shipment: Shipment) -> [ShipmentOutcome] {
    var outcomes: [ShipmentOutcome]
    do throws(Stop) {
      try open()
      outcomes = try deliver(shipment)
      if manner.saysQuit { quit() }
    } catch {
      switch error {
      case .refused(let outcome):
        outcomes = shipment.recipients.map { _ in outcome }
        if manner.saysQuit { quit() }
      case .lost(let reason):
        // RFC 5321 §3.8: as if 451 had come.
        outcomes = shipment.recipients.map { _ in .deferred(.init(status: "4.4.2", text: reason)) }
      }
    }
    session.close()
    return outcomes.map(manner.outcome)
  }

  // MARK: The opening, RFC 5321 §3.1 and §3.2

  private mutating func open() throws(Stop) {
    if manner.awaitsGreeting { try require(try reply(at: .greeting), at: .greeting) }
    try hello()
    guard options.policy != .none else { return try logIn(isEncrypted: false) }
    let isSecure = offers("STARTTLS") ? try startTLS() : false
    guard isSecure || options.policy == .opportunistic || manner.goesOnInClear else {
      throw .refused(.failed(.init(status: "5.7.10", text: "TLS is required, and the server has none")))
    }
    try logIn(isEncrypted: isSecure)
  }

  private mutating func hello() throws(Stop) {
    var last: Reply?
    for (place, verb) in manner.hellos.enumerated() {
      let reply = try ask("\(verb) \(options.hostName)", at: .hello)
      last = reply
      if code(of: reply, at: .hello) / 100 == 2 {
        keywords = verb == "EHLO" ? manner.keywords(EhloReply(reply).keywords) : []
        return
      }
      if code(of: reply, at: .hello) / 100 != 5 || place + 1 == manner.hellos.count { break }
    }
    if let last { try require(last, at: .hello) }
  }

  private func offers(_ keyword: String) -> Bool {
    manner.takesForOffered(keyword, keywords.contains { $0.name == keyword })
  }

  /// Begins TLS (RFC 3207 §4); whether it runs.
  private mutating func startTLS() throws(Stop) -> Bool {
    let reply = try ask("STARTTLS", at: .startTLS)
    guard code(of: reply, at: .startTLS) == 220 else { return false }
    do throws(TransportError) {
      let facts = try session.startTLS(options.tls, deadline: .after(options.patience))
      if manner.keepsClearReplies { leftOver = facts.clearOctetsBefore }
    } catch {
      // A handshake that failed leaves nothing to go on with (RFC 3207 §4.1): another connection, perhaps.
      throw .lost("the TLS handshake failed: \(error.message)")
    }
    guard manner.startsAfresh else { return true }
    keywords = []
    try hello()
    return true
  }

  // MARK: AUTH, RFC 4954 §4 with PLAIN (RFC 4616)

  private mutating func logIn(isEncrypted: Bool) throws(Stop) {
    guard let credentials = options.credentials, offers("AUTH"), isEncrypted || manner.showsPassword else { return }
    let response = Base64.encode([0] + Array(credentials.username.utf8) + [0] + Array(credentials.password.utf8))
    try require(try ask("AUTH PLAIN \(String(decoding: response, as: UTF8.self))", at: .authentication), at: .authentication)
  }

  // MARK: The transaction, RFC 5321 §3.3

  private mutating func deliver(_ shipment: Shipment) throws(Stop) -> [ShipmentOutcome] {
    if !manner.sendsUnfit, let problem = misfit(of: shipment) { throw .refused(.failed(problem)) }
    let pipelines = offers("PIPELINING")
    let commands: [([UInt8], SendingManner.Stage)] =
      [(mailCommand(shipment), .mail)] + shipment.recipients.map { (recipientCommand($0), .recipient) }
    var replies: [Reply] = []
    // Commands whose replies are still to come.
    var waiting: [SendingManner.Stage] = []
    var unsent: [UInt8] = []
    for (line, stage) in commands {
      unsent += finished(line, stage)
      waiting.append(stage)
      guard manner.awaitsReply(stage, pipelines) else { continue }
      try send(unsent)
      unsent = []
      for stage in waiting { replies.append(try reply(at: stage)) }
      waiting = []
      // Where MAIL was refused, no RCPT follows.
      if stage == .mail, let mail = replies.first, !isPositive(mail, at: .mail), !manner.ignoresRefusal(.mail) { break }
    }
    try send(unsent)
    for stage in waiting { replies.append(try reply(at: stage)) }
    guard let mail = replies.first else { throw .lost("the server says nothing") }
    if !isPositive(mail, at: .mail), !manner.ignoresRefusal(.mail) {
      throw .refused(judged(mail, at: .mail))
    }
    var outcomes = zip(shipment.recipients, replies.dropFirst()).map { _, reply in
      isPositive(reply, at: .recipient) ? .accepted(tellsSender: offers("DSN")) : judged(reply, at: .recipient)
    }
    guard outcomes.contains(where: \.isAccepted) || manner.ignoresRefusal(.recipient) else {
      _ = try ask("RSET", at: .reset)
      return outcomes
    }
    let verdict = try transmit(shipment.content)
    if let verdict { outcomes = outcomes.map { $0.isAccepted ? verdict : $0 } }
    return outcomes
  }

  /// The content; `nil` where it was taken.
  private mutating func transmit(_ content: [UInt8]) throws(Stop) -> ShipmentOutcome? {
    let isLarge = content.count > OutgoingChunk.limitInOctets
    return isLarge && offers("CHUNKING") ? try transmitChunks(content) : try transmitData(content)
  }

  /// The content by BDAT (RFC 3030 §2).
  private mutating func transmitChunks(_ content: [UInt8]) throws(Stop) -> ShipmentOutcome? {
    var refusal: ShipmentOutcome?
    for chunk in manner.chunks(content) {
      try send(finished(chunk.command, .chunk) + chunk.octets)
      let reply = try reply(at: .chunk)
      if isPositive(reply, at: .chunk) { continue }
      refusal = refusal ?? judged(reply, at: .chunk)
      guard manner.ignoresRefusal(.chunk) else { break }
    }
    if refusal != nil { _ = try ask("RSET", at: .reset) }
    return refusal
  }

  /// DATA and the content.
  private mutating func transmitData(_ content: [UInt8]) throws(Stop) -> ShipmentOutcome? {
    if manner.awaitsReply(.data, false) {
      let reply = try ask("DATA", at: .data)
      guard code(of: reply, at: .data) == 354 || manner.ignoresRefusal(.data) else {
        let outcome = judged(reply, at: .data)
        _ = try ask("RSET", at: .reset)
        return outcome
      }
      try send(manner.mailData(content))
    } else {
      try send(finished(Array("DATA".utf8), .data) + manner.mailData(content))
      _ = try reply(at: .data)
    }
    let reply = try reply(at: .content)
    return isPositive(reply, at: .content) ? nil : judged(reply, at: .content)
  }

  /// Why the server cannot take the message as it is (RFC 5321 §2.3.8, RFC 1870 §6.1, RFC 6152 §3, RFC 6531 §3.2).
  private func misfit(of shipment: Shipment) -> ShipmentOutcome.Diagnosis? {
    if shipment.hasBareLineEnd { return .init(status: "5.6.0", text: "a CR or an LF stands alone in the message") }
    if shipment.longestLineInOctets > 1000 { return .init(status: "5.6.0", text: "a line of the message is longer than 1000 octets") }
    if shipment.isInternationalized, !offers("SMTPUTF8") { return .init(status: "5.6.7", text: "the next server lacks SMTPUTF8") }
    if shipment.isEightBit, !offers("8BITMIME") { return .init(status: "5.6.3", text: "the next server lacks 8BITMIME") }
    let limit = keywords.first { $0.name == "SIZE" }?.parameters.first.flatMap { Int($0) } ?? 0
    if limit > 0, shipment.content.count > limit {
      return .init(status: "5.3.4", text: "the message is larger than the next server takes")
    }
    return nil
  }

  private func mailCommand(_ shipment: Shipment) -> [UInt8] {
    var line = Array("MAIL FROM:".utf8) + shipment.reversePath
    if offers("SIZE") { line += " SIZE=\(shipment.content.count)".utf8 }
    if shipment.isEightBit, offers("8BITMIME") { line += " BODY=8BITMIME".utf8 }
    if shipment.isInternationalized, offers("SMTPUTF8") { line += " SMTPUTF8".utf8 }
    guard offers("DSN") else { return line }
    if let returns = shipment.returns { line += " RET=\(returns.rawValue)".utf8 }
    if let envelopeID = shipment.envelopeID { line += Array(" ENVID=".utf8) + XText.encode(envelopeID) }
    return line
  }

  private func recipientCommand(_ recipient: Shipment.Recipient) -> [UInt8] {
    var line = Array("RCPT TO:".utf8) + recipient.path
    guard offers("DSN") else { return line }
    if let notify = recipient.notify { line += " NOTIFY=\(notify.words)".utf8 }
    if let original = recipient.originalRecipient {
      line += Array(" ORCPT=".utf8) + original.type + [.semicolon] + XText.encode(original.address)
    }
    return line
  }

  private mutating func quit() {
    do {
      try send(finished(Array("QUIT".utf8), .quit))
      if manner.awaitsFarewell { _ = try reply(at: .quit) }
    } catch {
      // The session is over either way.
    }
  }

  // MARK: Exchanges

  private mutating func ask(_ line: String, at stage: SendingManner.Stage) throws(Stop) -> Reply {
    try send(finished(Array(line.utf8), stage))
    return try reply(at: stage)
  }

  private func finished(_ line: [UInt8], _ stage: SendingManner.Stage) -> [UInt8] {
    var line = line + [.carriageReturn, .lineFeed]
    manner.line(&line, stage)
    return line
  }

  private mutating func send(_ octets: [UInt8]) throws(Stop) {
    guard !octets.isEmpty else { return }
    do throws(TransportError) {
      try session.send(octets, deadline: .after(options.patience))
    } catch {
      throw .lost(error.message)
    }
  }

  /// The next reply; 421 is one, and what follows it shows.
  private mutating func reply(at stage: SendingManner.Stage) throws(Stop) -> Reply {
    if let reply = injectedReply() { return reply }
    if manner.takesFirstLine, let reply = try firstLine() { return reply }
    switch session.nextReply(deadline: .after(options.patience)) {
    case .reply(let reply):
      if reply.code.value == 421 { throw .refused(judged(reply, at: stage)) }
      return reply
    case .malformed: throw .lost("the server's reply is none")
    case .silence: throw .lost("the server does not answer")
    case .endOfStream, .reset: throw .lost("the server has closed the connection")
    case .tooLong: throw .lost("the server's reply does not end")
    case .failed(let error): throw .lost(error.message)
    case .interrupted: throw .lost("interrupted")
    }
  }

  /// A reply that came in clear before TLS: no honest client reads it.
  private mutating func injectedReply() -> Reply? {
    guard !leftOver.isEmpty, let parsed = (try? Reply.parse(leftOver.span)) ?? nil else { return nil }
    leftOver.removeFirst(parsed.length)
    return parsed.reply
  }

  /// The first line of what comes, taken for all of it: no honest client does that.
  private mutating func firstLine() throws(Stop) -> Reply? {
    while true {
      if let end = session.unread.firstIndex(of: .lineFeed) {
        var line = Array(session.unread[...end])
        session.consume(line.count)
        if line.count > 3 { line[3] = .space }
        return (try? Reply.parse(line.span))?.reply
      }
      guard case .octets = session.receive(deadline: .after(options.patience)) else { throw .lost("the server does not answer") }
    }
  }

  private func code(of reply: Reply, at stage: SendingManner.Stage) -> Int { manner.code(reply, stage) }

  private func isPositive(_ reply: Reply, at stage: SendingManner.Stage) -> Bool { code(of: reply, at: stage) / 100 == 2 }

  private func require(_ reply: Reply, at stage: SendingManner.Stage) throws(Stop) {
    guard isPositive(reply, at: stage) || manner.ignoresRefusal(stage) else { throw .refused(judged(reply, at: stage)) }
  }

  /// What a refusal means: 4yz for now, anything else for good (RFC 5321 §4.2.1, §4.3.2).
  private func judged(_ reply: Reply, at stage: SendingManner.Stage) -> ShipmentOutcome {
    let code = code(of: reply, at: stage)
    // RFC 5321 §4.5.3.1.10: 552 may mean too many recipients, where 452 is meant.
    let isTemporary = code / 100 == 4 || (code == 552 && stage == .recipient)
    let text = reply.octets.dropLast(2)
    let status = reply.enhancedCode
    let diagnosis = ShipmentOutcome.Diagnosis(
      status: status.map { "\($0)" } ?? (isTemporary ? "4.0.0" : "5.0.0"), reply: Array(text), text: "the next server refused it")
    return isTemporary ? .deferred(diagnosis) : .failed(diagnosis)
  }
}

extension ShipmentOutcome {
  /// Whether the next server has taken the message.
  package var isAccepted: Bool {
    if case .accepted = self { true } else { false }
  }
}
