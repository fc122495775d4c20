import Transport
import Wire

/// The state a case starts in.
extension CaseRun {
  mutating func prepare() throws(Stop) {
    if testCase.given == .accepted { return try beginErrand() }
    let connection = try self.connection(Step.mainConnection)
    let given = testCase.given
    guard given != .connect else { return }
    try require(220, on: connection, what: "the greeting")
    guard given != .greeting else { return }
    if given == .helo || !world.survey.takesEHLO {
      try command("HELO ", .client, "", expecting: 250, on: connection)
    } else {
      try hello(on: connection)
    }
    guard given != .helo else { return }
    let logsIn = testCase.logsIn(to: world.target)
    if logsIn || [.tls, .secured].contains(given) { try startTLSIfOffered(on: connection) }
    if logsIn { try authenticate(on: connection) }
    guard ![.ehlo, .lhlo, .tls, .secured, .authenticated].contains(given) else { return }
    try command("MAIL FROM:<", .sender, ">", expecting: 250, on: connection)
    guard given != .mail else { return }
    try command("RCPT TO:<", .recipient, ">", expecting: 250, on: connection)
    guard given != .rcpt else { return }
    try command("DATA", nil, "", expecting: 354, on: connection)
  }

  mutating func hello(on connection: Connection) throws(Stop) {
    let verb = world.target.role == .lmtp ? "LHLO " : "EHLO "
    let reply = try command(verb, .client, "", expecting: 250, on: connection)
    connection.learn(reply)
  }

  mutating func startTLSIfOffered(on connection: Connection) throws(Stop) {
    guard !world.target.tls.isImplicit, connection.keywords.contains(where: { $0.name == "STARTTLS" }) else { return }
    try command("STARTTLS", nil, "", expecting: 220, on: connection)
    let observation = connection.startTLS(world.tlsOptions, after: [], deadline: deadline(world.options.timeout))
    guard case .handshake = observation else { throw .verdict(.inconclusive("given: \(observation.text)")) }
    try hello(on: connection)
  }

  /// AUTH PLAIN with an initial response (RFC 4954 §4, RFC 4616).
  mutating func authenticate(on connection: Connection) throws(Stop) {
    guard let response = values[.authPlain] else { throw .verdict(.notApplicable("the target names no credentials")) }
    send(Array("AUTH PLAIN ".utf8) + response + [.carriageReturn, .lineFeed], on: connection)
    try require(235, on: connection, what: "AUTH PLAIN")
  }

  @discardableResult
  mutating func command(
    _ head: String, _ fixture: Fixture?, _ tail: String, expecting code: Int, on connection: Connection
  ) throws(Stop) -> Reply {
    let middle = fixture.flatMap { values[$0] } ?? []
    send(Array(head.utf8) + middle + Array(tail.utf8) + [.carriageReturn, .lineFeed], on: connection)
    return try require(code, on: connection, what: head.split(separator: " ").first.map(String.init) ?? head)
  }

  mutating func send(_ octets: [UInt8], on connection: Connection) {
    connection.send(octets, cut: .whole, deadline: deadline(world.options.timeout), using: &generator)
  }

  /// A reply that the case needs, and whose absence leaves it undecided.
  @discardableResult
  mutating func require(_ code: Int, on connection: Connection, what: String) throws(Stop) -> Reply {
    let observation = try observe(on: connection, within: world.options.timeout)
    if case .reply(let reply) = observation, Int(reply.code.value) == code { return reply }
    if observation.announcesClosing { throw .busy("given: \(what) drew \(observation.text)") }
    if wantsLogin(observation, on: connection) {
      throw .verdict(.notApplicable("\(what) drew \(observation.text): the target wants a login"))
    }
    if case .ended = observation, what == "the greeting" { throw .busy("given: \(observation.text)") }
    throw .verdict(.inconclusive("given: \(what) drew \(observation.text), not \(code)"))
  }

  func observe(_ expected: Pattern.Expected = .reply, on connection: Connection, within time: Duration) throws(Stop) -> Observation {
    guard let observation = connection.observe(expected, within: min(time, limit.remaining)) else { throw .interrupted }
    return observation
  }
}
