import Dialogue
import Transport
import Wire

/// AUTH, RFC 4954 §4.
extension Decider {
  /// The line of the EHLO reply: nothing where AUTH would be refused, be it for want of TLS (§6) or because it was done (§4).
  var authenticationKeyword: String? {
    guard !state.dialogue.isAuthenticated, !mechanisms.isEmpty else { return nil }
    return ([ServiceExtension.authentication.rawValue] + mechanisms.map(\.rawValue)).joined(separator: " ")
  }

  /// The mechanisms to be had in this state.
  private var mechanisms: [Mechanism] {
    guard configuration.offers(.authentication) else { return [] }
    return configuration.mechanisms.filter { mechanism in
      switch mechanism {
      case .plain, .login: state.dialogue.isEncrypted || configuration.takesPasswordsInClear
      case .cramMD5, .scramSHA1, .scramSHA256: true
      // A bearer token is as good as a password, and TLS no choice (RFC 7628 §3).
      case .oauthBearer: state.dialogue.isEncrypted
      // To offer it to a client without a certificate would promise what cannot be kept (RFC 4422 §6.1.2).
      case .external: state.dialogue.isEncrypted && state.certificateUser != nil
      }
    }
  }

  func authenticate(_ name: String, _ initialResponse: [UInt8]?) -> Decision {
    guard configuration.offers(.authentication) else { return stay(notImplemented(.auth)) }
    if let refusal = authenticationOutOfOrder { return stay(refusal) }
    guard let mechanism = mechanisms.first(where: { $0.rawValue == name }) else {
      return stay(Answer(504, .init(5, 4), "This mechanism is not to be had"))
    }
    let exchange = begin(mechanism)
    guard let initialResponse else { return challenge(exchange) }
    guard exchange.challenge.isEmpty else {
      return failAuthentication(Answer(501, .init(7, 0), "The server speaks first in \(name)"))
    }
    // A lone equals sign is the empty response (§4).
    guard let octets = initialResponse == [.equal] ? [] : Base64.decode(initialResponse) else { return failAuthentication(notBase64) }
    return respond(octets, in: exchange)
  }

  private func begin(_ mechanism: Mechanism) -> AuthenticationExchange {
    switch mechanism {
    case .plain: .plain
    case .login: .loginName
    case .cramMD5: .cramMD5(challenge: CRAMMD5.challenge(configuration))
    case .scramSHA1: .scramFirst(.sha1)
    case .scramSHA256: .scramFirst(.sha256)
    case .external: .external
    case .oauthBearer: .oauthBearer
    }
  }

  /// What a line of the exchange draws.
  func respond(_ line: [UInt8]) -> Decision {
    guard let exchange = state.authentication else { return stay(unrecognized) }
    if line == [UInt8(ascii: "*")] { return endExchange(Answer(501, .init(7, 0), "Authentication cancelled")) }
    guard let octets = Base64.decode(line) else { return failAuthentication(notBase64) }
    return respond(octets, in: exchange)
  }

  private func respond(_ octets: [UInt8], in exchange: AuthenticationExchange) -> Decision {
    switch exchange {
    case .plain: return verdict(PresentedCredentials(plainMessage: octets)?.prove(configuration.passwords) == true)
    case .loginName: return challenge(.loginPassword(name: octets))
    case .loginPassword(let name):
      return verdict(PresentedCredentials(authenticationIdentity: name, password: octets).prove(configuration.passwords))
    case .cramMD5(let challenge):
      return verdict(CRAMMD5.user(of: octets, to: challenge, passwords: configuration.passwords) != nil)
    case .scramFirst(let digest):
      return SCRAMExchange(octets, digest, configuration: configuration).map { challenge(.scramFinal($0)) } ?? verdict(false)
    case .scramFinal(let exchange):
      let mayAct = exchange.identity.map { SASLprep.prepare($0) == exchange.user } ?? true
      let signature = exchange.signature(for: octets, password: configuration.passwords[exchange.user])
      return signature.flatMap { mayAct ? challenge(.scramDone(signature: $0)) : nil } ?? verdict(false)
    case .scramDone: return verdict(octets.isEmpty)
    case .external:
      return verdict(state.certificateUser.map { octets.isEmpty || SASLprep.prepare(octets) == $0 } ?? false)
    case .oauthBearer: return BearerResponse(octets)?.user(configuration) != nil ? verdict(true) : challenge(.oauthFailed)
    case .oauthFailed: return verdict(false)
    }
  }

  /// `continue-req = "334" SP [base64] CRLF`, §8.
  private func challenge(_ exchange: AuthenticationExchange) -> Decision {
    stay(Answer(334, nil, octets: [Base64.encode(exchange.challenge)])) { $0.authentication = exchange }
  }

  private func verdict(_ isProven: Bool) -> Decision {
    guard isProven else { return failAuthentication(Answer(535, .init(7, 8), "Authentication credentials invalid")) }
    return stay(Answer(235, .init(7, 0), "Authentication succeeded")) {
      $0.authentication = nil
      $0.dialogue.isAuthenticated = true
    }
  }

  /// Ends the exchange and counts the failure; a client that keeps failing is shown out (§9).
  func failAuthentication(_ answer: Answer) -> Decision {
    guard state.authenticationFailures + 1 < configuration.authenticationFailureLimit else {
      return leave(Answer(421, .init(7, 0), "\(configuration.hostName) too many failures of AUTH, closing transmission channel"))
    }
    var decision = endExchange(answer)
    decision.next.authenticationFailures += 1
    return decision
  }

  private func endExchange(_ answer: Answer) -> Decision {
    stay(answer) { $0.authentication = nil }
  }

  /// What an AUTH with a fault draws: the order of commands first, then 501.
  func refuseAuthentication(_ error: CommandSyntaxError) -> Decision {
    if let refusal = authenticationOutOfOrder { return stay(refusal) }
    return error.kind == .base64 ? failAuthentication(notBase64) : stay(Answer(501, .init(5, 4), "Syntax error in the argument of AUTH"))
  }

  private var authenticationOutOfOrder: Answer? {
    if state.dialogue.isAuthenticated { return Answer(503, .init(5, 1), "Already authenticated") }
    if state.dialogue.transaction != .none { return Answer(503, .init(5, 1), "A mail transaction is in progress") }
    return state.dialogue.hello.isExtended ? nil : Answer(503, .init(5, 1), "Send EHLO before AUTH")
  }

  private var notBase64: Answer { Answer(501, .init(5, 2), "Not base64") }
}
