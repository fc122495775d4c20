import Transport
import Wire

/// Looks at the target before the cases run: does it answer, what does it offer, whom does it accept.
struct Surveyor {
  var target: TargetConfiguration
  let options: RunOptions
  let interrupt: Interrupt

  /// Why nothing can be verified.
  struct Failure: Error, Equatable {
    let message: String
    let isInterrupt: Bool

    init(_ message: String, isInterrupt: Bool = false) {
      self.message = message
      self.isInterrupt = isInterrupt
    }
  }

  /// Whether the role is to be found out too, where the target shows it.
  var guessesRole = false
  private var generator = SeededGenerator(seed: 0)

  init(target: TargetConfiguration, options: RunOptions, interrupt: Interrupt) {
    self.target = target
    self.options = options
    self.interrupt = interrupt
  }

  /// Finds out what the target offers, and completes the fixtures that the configuration leaves open.
  mutating func survey() throws(Failure) -> Survey {
    var survey = Survey()
    let connection = try connect(&survey)
    if let opening = survey.refusedOpening {
      survey.notes.append("the target opens with \(opening): only the opening can be tested")
      guessDomain(survey)
      _ = try? ask("QUIT", on: connection)
      return survey
    }
    try hello(on: connection, &survey)
    if !target.tls.isImplicit, survey.offers("STARTTLS", underTLS: false) { try surveyTLS(&survey) }
    if let size = survey.keywords.first(where: { $0.name == "SIZE" }) { survey.sizeLimit = size.parameters.first.flatMap { Int($0) } ?? 0 }
    guessDomain(survey)
    if target.role == .submission, target.credentials != nil {
      try probeAfterLogin(&survey)
    } else if ![.odmr, .relay].contains(target.role) {
      try probeRecipients(on: connection, &survey)
    }
    _ = try? ask("QUIT", on: connection)
    return survey
  }

  // MARK: Greeting and EHLO

  private mutating func connect(_ survey: inout Survey) throws(Failure) -> Connection {
    let connection: Connection
    do {
      let session = try Session.connect(to: target.endpoint, deadline: .after(options.timeout), interrupt: interrupt)
      connection = Connection(name: Step.mainConnection, openedAt: .zero, session: session)
    } catch {
      throw Failure(error.message, isInterrupt: error == .interrupted)
    }
    if target.tls.isImplicit {
      let observation = connection.startTLS(target.tlsOptions, after: [], deadline: .after(options.timeout))
      guard case .handshake = observation else { throw Failure("\(target.address): \(observation.text)") }
    }
    let observation = try observe(connection)
    guard case .reply(let reply) = observation else {
      throw Failure("\(target.address) does not speak SMTP: for a greeting there was \(observation.text)")
    }
    guard !observation.announcesClosing else { throw Failure("\(target.address) greets with \(observation.text), not 220") }
    // A refusal to open a session is a part of the protocol (RFC 5321 §3.1), and so is a wrong greeting a thing to judge.
    survey.openingCode = Int(reply.code.value)
    if reply.code.value != 220 { survey.refusedOpening = observation.text }
    let text = reply.lines.first.map { Array(reply.text(of: $0)) } ?? []
    survey.greeting = Escaped.show(text, limit: 200)
    let word = text.prefix { $0 != .space }
    if Domain(word) != nil { survey.host = String(decoding: word, as: UTF8.self) }
    return connection
  }

  private mutating func hello(on connection: Connection, _ survey: inout Survey) throws(Failure) {
    let reply = try ask((target.role == .lmtp ? "LHLO " : "EHLO ") + target.client, on: connection)
    if let reply, reply.code.value == 250 {
      connection.learn(reply)
      survey.keywords = connection.keywords
      let word = EhloReply(reply).domain
      if survey.host == nil, Domain(word) != nil { survey.host = String(decoding: word, as: UTF8.self) }
      return
    }
    guard target.role != .lmtp, let reply = try ask("HELO " + target.client, on: connection), reply.code.value == 250 else {
      try localHello(on: connection, &survey)
      return
    }
    survey.takesEHLO = false
    survey.notes.append("the target has no EHLO; it is tested as a server of RFC 821")
  }

  /// LHLO, which a server that knows neither EHLO nor HELO may know (RFC 2033 §4.1).
  private mutating func localHello(on connection: Connection, _ survey: inout Survey) throws(Failure) {
    guard target.role != .lmtp, let reply = try ask("LHLO " + target.client, on: connection), reply.code.value == 250 else {
      throw Failure("\(target.address) takes \(target.role == .lmtp ? "no LHLO" : "neither EHLO nor HELO") from \(target.client)")
    }
    guard guessesRole else { throw Failure("\(target.address) takes neither EHLO nor HELO, but LHLO: --role lmtp tests it") }
    target.role = .lmtp
    connection.learn(reply)
    survey.keywords = connection.keywords
  }

  private mutating func surveyTLS(_ survey: inout Survey) throws(Failure) {
    var other = Survey()
    let connection = try connect(&other)
    guard other.refusedOpening == nil else {
      survey.notes.append("STARTTLS is offered, and a second connection is refused: what needs TLS stays undecided")
      return
    }
    try hello(on: connection, &other)
    guard let reply = try ask("STARTTLS", on: connection), reply.code.value == 220 else {
      survey.notes.append("STARTTLS is offered and refused: what needs TLS stays undecided")
      return
    }
    let observation = connection.startTLS(target.tlsOptions, after: [], deadline: .after(options.timeout))
    guard case .handshake = observation else {
      survey.notes.append("STARTTLS is offered, and there is \(observation.text): what needs TLS stays undecided")
      return
    }
    try hello(on: connection, &other)
    survey.keywordsUnderTLS = other.keywords
    _ = try? ask("QUIT", on: connection)
  }

  // MARK: Fixtures

  private mutating func guessDomain(_ survey: Survey) {
    if target.domain == nil, let recipient = target.recipient, let at = recipient.lastIndex(of: "@") {
      target.domain = String(recipient[recipient.index(after: at)...])
    }
    if target.domain == nil { target.domain = survey.host }
    guard let domain = target.domain else { return }
    if target.recipient == nil { target.recipient = "postmaster@\(domain)" }
    if target.unknownRecipient == nil { target.unknownRecipient = "smtpspec-no-such-user@\(domain)" }
  }

  /// Takes away the fixtures that are not what they should be, so that no case judges by them.
  private mutating func probeRecipients(on connection: Connection, _ survey: inout Survey) throws(Failure) {
    let mail = try ask("MAIL FROM:<\(target.sender)>", on: connection)
    guard let mail, mail.code.value == 250 else {
      if mail?.code.value == 530, target.role != .lmtp {
        if guessesRole { target.role = .submission }
        survey.notes.append("MAIL draws 530, a login is wanted: --role submission, with --username and --password-env")
        return
      }
      survey.notes.append("MAIL FROM:<\(target.sender)> is refused: --sender names another")
      return
    }
    if target.recipient == nil { target.recipient = "postmaster" }
    for (path, role) in [(\TargetConfiguration.recipient, "recipient"), (\.recipient2, "second recipient")] {
      guard let address = target[keyPath: path] else { continue }
      if let reply = try ask("RCPT TO:<\(address)>", on: connection), reply.code.value / 100 == 2 { continue }
      survey.notes.append("the \(role) \(address) is refused: --recipient names another")
      target[keyPath: path] = nil
    }
    for (path, role) in [(\TargetConfiguration.unknownRecipient, "unknown recipient"), (\.foreignRecipient, "foreign recipient")] {
      guard let address = target[keyPath: path] else { continue }
      if let reply = try ask("RCPT TO:<\(address)>", on: connection), reply.code.value / 100 == 5 { continue }
      survey.notes.append("the \(role) \(address) is not refused, so cases that need one are not applicable")
      target[keyPath: path] = nil
    }
    _ = try ask("RSET", on: connection)
  }

  /// Logs in on a connection of its own, under TLS where it is offered, and probes there (RFC 6409 §4.3).
  private mutating func probeAfterLogin(_ survey: inout Survey) throws(Failure) {
    var other = Survey()
    let connection = try connect(&other)
    try hello(on: connection, &other)
    if !target.tls.isImplicit, other.offers("STARTTLS", underTLS: false) {
      guard let reply = try ask("STARTTLS", on: connection), reply.code.value == 220,
        case .handshake = connection.startTLS(target.tlsOptions, after: [], deadline: .after(options.timeout))
      else { return }
      try hello(on: connection, &other)
    }
    let response = FixtureValues(target, survey: nil)[.authPlain].map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let reply = try ask("AUTH PLAIN \(response)", on: connection), reply.code.value == 235 else {
      survey.notes.append("the login of \(target.credentials?.username ?? "") does not succeed: what needs one stays undecided")
      return
    }
    try probeRecipients(on: connection, &survey)
    _ = try? ask("QUIT", on: connection)
  }

  // MARK: Exchanges

  /// The reply to a command; `nil` where the server ends the connection or says nothing.
  private mutating func ask(_ command: String, on connection: Connection) throws(Failure) -> Reply? {
    connection.send(Array((command + "\r\n").utf8), cut: .whole, deadline: .after(options.timeout), using: &generator)
    guard case .reply(let reply) = try observe(connection) else { return nil }
    return reply
  }

  private func observe(_ connection: Connection) throws(Failure) -> Observation {
    guard let observation = connection.observe(within: options.timeout) else { throw Failure("interrupted", isInterrupt: true) }
    return observation
  }
}

extension TargetConfiguration {
  /// The transport's words for how TLS is spoken.
  var tlsOptions: TLSOptions {
    let trust: TLSOptions.Trust =
      switch tls.trust {
      case .none: .none
      case .system: .system
      case .file(let path): .file(path)
      }
    return TLSOptions(serverName: tls.serverName, verifyName: nil, trust: trust, identity: tls.identity)
  }
}
