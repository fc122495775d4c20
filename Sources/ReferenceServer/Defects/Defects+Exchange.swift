import Dialogue
import Wire

extension Defect {
  /// Faults of the exchange of challenges and responses that AUTH begins.
  static let exchangeDefects: [Defect] = [
    .writing("plaintext-challenges", "RFC 4954 §4", "A challenge is not in base64.") { octets, context in
      let isFirst = octets.starts(with: Array("334 VXNl".utf8))
      if isFirst || octets.starts(with: Array("334 UGFz".utf8)) { octets = Array("334 \(isFirst ? "Username:" : "Password:")\r\n".utf8) }
    },
    .writing("words-in-empty-challenge", "RFC 4954 §4", "The empty challenge has a word in it.") { octets, _ in
      if octets == Array("334 \r\n".utf8) { octets = Array("334 go ahead\r\n".utf8) }
    },
    .deciding("refuses-login-in-steps", "RFC 4954 §4", "LOGIN fails at its second response, whatever it is.") { decision, context in
      if case .loginPassword = context.before.authentication, decision.code == 235 { decision.failAuthentication(in: context) }
    },
    .deciding("refuses-response-to-empty-challenge", "RFC 4954 §4", "PLAIN fails without an initial response.") { decision, context in
      if case .plain = context.before.authentication, decision.code == 235 { decision.failAuthentication(in: context) }
    },
    .deciding("login-without-password", "RFC 4954 §4", "LOGIN with the user name as initial response succeeds at once.") {
      decision, context in
      if case .auth("LOGIN", .some) = context.command, context.before.dialogue.transaction == .none { decision.succeed(in: context) }
    },
    .deciding("cancelled-exchange-draws-535", "RFC 4954 §4", "A cancelled exchange draws 535.") { decision, context in
      if context.response == [UInt8(ascii: "*")] { decision.failAuthentication(in: context) }
    },
    .deciding("does-not-leave-cancelled-exchange", "RFC 4954 §4", "A cancelled exchange draws 501 and goes on.") { decision, context in
      if context.response == [UInt8(ascii: "*")] { decision.next.authentication = context.before.authentication }
    },
    .deciding("bad-base64-draws-535", "RFC 4954 §4", "A response that is not base64 draws 535.") { decision, context in
      if context.hasBadBase64 { decision.failAuthentication(in: context) }
    },
    .deciding("bad-base64-with-wrong-enhanced-code", "RFC 4954 §4", "The 501 for what is not base64 goes with 5.5.4.") {
      decision, context in
      if context.hasBadBase64 { decision.answers = [Answer(501, .init(5, 4), "Not base64")] }
    },
    .deciding("does-not-leave-failed-exchange", "RFC 4954 §4", "After a response that is not base64, the exchange goes on.") {
      decision, context in
      if context.response != nil, context.hasBadBase64 { decision.next.authentication = context.before.authentication }
    },
    .deciding("skips-what-is-not-base64", "RFC 4954 §4", "What is not base64 in a response is skipped, and padding ends it.") {
      decision, context in
      guard context.hasBadBase64, let text = context.encodedResponse else { return }
      var digits = text.filter { $0.isLetterOrDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") || $0 == .equal }
      digits = Array(digits.drop { $0 == .equal })
      if let padding = digits.firstIndex(of: .equal) { digits = Array(digits[..<padding]) }
      digits += [UInt8](repeating: .equal, count: (4 - digits.count % 4) % 4)
      decision = context.redecide(.response(digits)) { $0.authentication = $0.authentication ?? .plain }
    },
    .deciding("takes-empty-response", "RFC 4616 §2", "An empty message of PLAIN succeeds.") { decision, context in
      if context.plainMessage?.isEmpty == true { decision.succeed(in: context) }
    },
    .deciding("serves-commands-in-exchange", "RFC 4954 §4", "A command in place of a response is served.") { decision, context in
      guard let line = context.response, let command = try? Command.parse(line: line), command.verb != nil else { return }
      decision = context.redecide(.command(command)) { $0.authentication = nil }
    },
    .configured("short-responses-only", "RFC 4954 §4", "A response over 512 octets is too long.") { $0.responseLimitInOctets = 512 },
    Defect("splits-long-response", "RFC 4954 §4", "What is beyond the limit of a response is read as the next line.") { distortion in
      distortion.manner = { manner in
        manner.readLine = { unread, state in
          guard state.authentication != nil, unread.count >= 4096 else { return nil }
          return LineReader.Progress(consumed: 4096, line: .line(Array(repeating: .zero, count: 4096)))
        }
      }
    },
    .deciding("long-response-with-wrong-enhanced-code", "RFC 4954 §4", "The 500 for a response that is too long goes with 5.5.2.") {
      decision, context in
      if case .responseTooLong = context.input { decision.answers = [Answer(500, .init(5, 2), "Line too long")] }
    },
    .failing("failure-draws-550", "RFC 4954 §4", "Credentials that prove nothing draw 550.", Answer(550, .init(7, 1), "Go away")),
    .failing("failure-with-wrong-enhanced-code", "RFC 4954 §6", "The 535 goes with 5.7.1.", Answer(535, .init(7, 1), "Go away")),
    .failing(
      "tells-unknown-users-apart", "RFC 4954 §4", "A user name that does not exist draws 550.", Answer(550, .init(1, 1), "No such user")
    ) { !$0.authenticationIdentity.starts(with: "alice".utf8) },
    .deciding("success-with-wrong-enhanced-code", "RFC 4954 §6", "The 235 goes with 2.0.0.") { decision, _ in
      if decision.code == 235 { decision.say(235) }
    },
    .deciding("closes-after-one-failure", "RFC 4954 §9", "One failure of AUTH closes the connection.") { decision, context in
      if decision.code == 535 { decision.effect = .close }
    },
    .deciding("lets-in-after-ten-failures", "RFC 4954 §4", "The eleventh attempt succeeds, whatever it is.") { decision, context in
      if decision.code == 535, context.before.authenticationFailures == 10 { decision.succeed(in: context) }
    },
    .deciding("accepts-every-password", "RFC 4616 §2", "Any password proves who the client is.") { decision, context in
      if decision.code == 535, context.credentials != nil { decision.succeed(in: context) }
    },
    .deciding("accepts-one-character-password", "RFC 4616 §2", "A password of one character is compared with one character.") {
      decision, context in
      if decision.code == 535, context.credentials?.password.count == 1 { decision.succeed(in: context) }
    },
    .deciding("accepts-empty-password", "RFC 4616 §2", "A password of which preparation leaves nothing proves everything.") {
      decision, context in
      guard decision.code == 535, let credentials = context.credentials else { return }
      if credentials.password.isEmpty || credentials.password == [0xC2, 0xAD] { decision.succeed(in: context) }
    },
    .deciding("ignores-authorization-identity", "RFC 4616 §2", "Whoever has a password may act as anybody.") { decision, context in
      guard decision.code == 535, var credentials = context.credentials else { return }
      credentials.authorizationIdentity = []
      if credentials.prove(context.configuration.passwords) { decision.succeed(in: context) }
    },
    .deciding("refuses-authorization-identity", "RFC 4616 §2", "Any authorization identity draws 535.") { decision, context in
      if decision.code == 235, context.credentials?.authorizationIdentity.isEmpty == false { decision.failAuthentication(in: context) }
    },
    .deciding("ignores-what-follows-password", "RFC 4616 §2", "What follows a third NUL is passed over, and so is a missing first one.") {
      decision, context in
      guard decision.code == 535, let message = context.plainMessage else { return }
      let words = message.split(separator: .nul).map(Array.init)
      guard words.count >= 2 else { return }
      let credentials = PresentedCredentials(authenticationIdentity: words[0], password: words[1])
      if credentials.prove(context.configuration.passwords) { decision.succeed(in: context) }
    },
    .deciding("hangs-up-on-malformed-plain", "RFC 5321 §4.2", "A PLAIN message without two NULs closes the connection without a reply.") {
      decision, context in
      if let message = context.plainMessage, PresentedCredentials(plainMessage: message) == nil { decision.hangUp() }
    },
    .deciding("takes-prohibited-characters-away", "RFC 4954 §4", "Control characters in a user name are passed over.") {
      decision, context in
      guard decision.code == 535, var credentials = context.credentials else { return }
      credentials.authenticationIdentity.removeAll { $0 < 0x20 }
      if credentials.prove(context.configuration.passwords) { decision.succeed(in: context) }
    },
    .deciding("compares-names-unprepared", "RFC 4954 §4", "User names are compared as they come, without SASLprep.") { decision, context in
      guard decision.code == 235, let credentials = context.credentials else { return }
      if context.configuration.passwords[String(decoding: credentials.authenticationIdentity, as: UTF8.self)] == nil {
        decision.failAuthentication(in: context)
      }
    },
  ]

  private static func failing(
    _ name: String, _ source: String, _ summary: String, _ answer: Answer,
    when condition: @escaping @Sendable (PresentedCredentials) -> Bool = { _ in true }
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      if decision.code == 535, let credentials = context.credentials, condition(credentials) { decision.answers = [answer] }
    }
  }
}

extension DecisionContext {
  /// The line, where it is one of an exchange.
  var response: [UInt8]? {
    guard case .response(let line) = input else { return nil }
    return line
  }

  /// The response as it came: a line of an exchange, or what follows the mechanism.
  var encodedResponse: [UInt8]? {
    if let response { return response }
    guard verb == .auth else { return nil }
    let words = line.split(separator: .space)
    return words.count == 3 ? Array(words[2]) : nil
  }

  /// Whether the response is neither base64 nor a sign of its own.
  var hasBadBase64: Bool {
    if let error = syntaxError { return error.verb == .auth && error.kind == .base64 && !before.dialogue.isAuthenticated }
    return response.map { $0 != [UInt8(ascii: "*")] && Base64.decode($0) == nil } ?? false
  }

  /// The decoded message of PLAIN.
  var plainMessage: [UInt8]? {
    if case .plain = before.authentication { return response.flatMap { Base64.decode($0) } }
    guard case .auth("PLAIN", let response?) = command else { return nil }
    return response == [.equal] ? [] : Base64.decode(response)
  }

  /// What the client has presented, complete with this input.
  var credentials: PresentedCredentials? {
    if let plainMessage { return PresentedCredentials(plainMessage: plainMessage) }
    guard case .loginPassword(let name) = before.authentication else { return nil }
    return response.flatMap { Base64.decode($0) }.map { PresentedCredentials(authenticationIdentity: name, password: $0) }
  }
}

extension Decision {
  /// Authenticates the client, whatever it said.
  mutating func succeed(in context: DecisionContext) {
    self = Decision(Answer(235, .init(7, 0), "Authentication succeeded"), next: context.before)
    next.authentication = nil
    next.dialogue.isAuthenticated = true
  }

  /// Ends the exchange with 535.
  mutating func failAuthentication(in context: DecisionContext) {
    self = Decision(Answer(535, .init(7, 8), "Authentication credentials invalid"), next: context.before)
    next.authentication = nil
    next.authenticationFailures += 1
  }
}
