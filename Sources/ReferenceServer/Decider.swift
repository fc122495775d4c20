import Dialogue
import Wire

/// Decides what a conforming server answers in one state, and where that leaves the session.
///
/// A pure function of its values; the clock in the configuration, for trace fields, is the one thing from outside.
package struct Decider {
  /// What the server is.
  package let configuration: Configuration
  /// Where the session stands.
  package let state: ServerState

  /// A decider for one state.
  package init(_ state: ServerState, under configuration: Configuration) {
    self.state = state
    self.configuration = configuration
  }

  /// Decides on one input.
  package func decide(_ input: Input) -> Decision {
    switch input {
    case .connection: greet()
    case .command(let command): counted(decide(command))
    case .invalid(let error): counted(refuse(error))
    case .tooLong: counted(stay(Answer(500, .init(5, 2), "Line too long")))
    case .response(let line): counted(respond(line))
    case .responseTooLong: counted(failAuthentication(Answer(500, .init(5, 6), "Authentication exchange line is too long")))
    case .message(let content): accept(content)
    case .chunk(let chunk): counted(take(chunk))
    case .secured: secured()
    case .handshakeFailed: disconnect()
    case .lost: disconnect()
    case .endless: leave(Answer(421, .init(4, 2), "\(configuration.hostName) the line has no end, closing transmission channel"))
    case .idle: leave(Answer(421, .init(4, 2), "\(configuration.hostName) no command came in time, closing transmission channel"))
    case .shutdown: leave(Answer(421, .init(3, 2), "\(configuration.hostName) service is shutting down, closing transmission channel"))
    case .crowded: leave(Answer(421, nil, "\(configuration.hostName) too many connections, try again later"))
    }
  }

  private func decide(_ command: Command) -> Decision {
    if state.dialogue.channel == .refused, command.verb != .quit {
      return stay(closed)
    }
    if configuration.isHeloOnly, let refusal = refuseExtended(command) { return refusal }
    if configuration.service == .odmr, let verb = command.verb, !isImplemented(verb) { return stay(notImplemented(verb)) }
    return switch command {
    case .ehlo where isLocalDelivery, .helo where isLocalDelivery: stay(unrecognized)
    case .lhlo where !isLocalDelivery: stay(notImplemented(.lhlo))
    case .ehlo(let host): extendedHello(host.octets, as: .ehlo)
    case .lhlo(let host): extendedHello(host.octets, as: .lhlo)
    case .helo(let domain): hello(domain.octets)
    case .mail(let reversePath, let parameters): mail(from: reversePath, parameters)
    case .rcpt(let forwardPath, let parameters): recipient(forwardPath, parameters)
    case .data: data()
    case .rset: reset()
    case .noop: stay(Answer(250, .init(0, 0), "NOOP done"))
    case .quit: quit()
    case .vrfy(let argument): verify(argument)
    case .expn(let argument): expand(argument)
    case .help(let argument): help(argument)
    case .starttls: startTLS()
    case .unknown: stay(command.verb.map(notImplemented) ?? unrecognized)
    case .bdat(let size, let isLast): chunk(size, isLast)
    case .auth(let mechanism, let initialResponse): authenticate(mechanism, initialResponse)
    case .atrn(let domains): turn(domains)
    case .etrn(let option, let name): startQueue(option, name)
    }
  }

  // MARK: Session

  private func greet() -> Decision {
    guard configuration.openingCode == 220 else {
      return stay(Answer(configuration.openingCode, nil, "\(configuration.hostName) no SMTP service here")) {
        $0.dialogue.channel = .refused
      }
    }
    let service = configuration.isHeloOnly ? "Simple Mail Transfer Service" : isLocalDelivery ? "LMTP service" : "ESMTP service"
    return stay(Answer(220, nil, "\(configuration.hostName) \(service) ready")) { $0.dialogue.channel = .open }
  }

  private func extendedHello(_ name: [UInt8], as hello: SessionState.Hello) -> Decision {
    var lines = [Array("\(configuration.hostName) greets ".utf8) + name]
    for keyword in ehloKeywords { lines.append(Array(keyword.utf8)) }
    return stay(Answer(250, nil, octets: lines)) {
      $0.clearTransaction()
      $0.dialogue.hello = hello
      $0.clientName = name
    }
  }

  /// What the reply to EHLO lists in this state: STARTTLS is never offered under TLS (RFC 3207 §4.2).
  private var ehloKeywords: [String] {
    ServiceExtension.allCases.filter(configuration.offers).compactMap { offered in
      switch offered {
      case .size: "\(offered.rawValue) \(configuration.sizeLimitInOctets)"
      case .deliverBy: "\(offered.rawValue) \(configuration.minimumByTime)"
      case .startTLS: state.dialogue.isEncrypted ? nil : offered.rawValue
      case .authentication: authenticationKeyword
      case .futureRelease: futureReleaseKeyword
      case .limits: limitsKeyword
      case .requireTLS: state.dialogue.isEncrypted ? offered.rawValue : nil
      default: offered.rawValue
      }
    }
  }

  private func hello(_ name: [UInt8]) -> Decision {
    stay(Answer(250, nil, "\(configuration.hostName)")) {
      $0.clearTransaction()
      $0.dialogue.hello = .helo
      $0.clientName = name
    }
  }

  private func reset() -> Decision {
    stay(Answer(250, .init(0, 0), "RSET done")) { $0.clearTransaction() }
  }

  private func quit() -> Decision {
    leave(Answer(221, .init(0, 0), "\(configuration.hostName) closing transmission channel"))
  }

  private func startTLS() -> Decision {
    if state.dialogue.isEncrypted { return stay(Answer(503, .init(5, 1), "TLS is active already")) }
    guard configuration.offers(.startTLS) else { return stay(notImplemented(.starttls)) }
    var decision = stay(Answer(220, .init(0, 0), "Ready to start TLS")) { $0.dialogue.channel = .handshaking }
    decision.effect = .startTLS
    return decision
  }

  /// Forgets all that the client said in clear (RFC 3207 §4.2).
  private func secured() -> Decision {
    var next = state
    next.completeHandshake()
    return Decision(silentlyTo: next)
  }

  /// Drops the transaction in progress and nothing else (RFC 5321 §4.1.1.10).
  private func disconnect() -> Decision {
    var next = state
    next.clearTransaction()
    next.dialogue.close()
    return Decision(silentlyTo: next, effect: .close)
  }

  // MARK: What every decision shares

  /// A decision that answers and leaves the session as it is, save for a change.
  func stay(_ answer: Answer, _ change: (inout ServerState) -> Void = { _ in }) -> Decision {
    var next = state
    change(&next)
    return Decision(answer, next: next)
  }

  /// A decision that answers and closes.
  func leave(_ answer: Answer) -> Decision {
    var decision = stay(answer) {
      $0.clearTransaction()
      $0.dialogue.close()
    }
    decision.effect = .close
    return decision
  }

  /// Counts commands that draw 500–504, and ends a session that has had too many.
  private func counted(_ decision: Decision) -> Decision {
    guard (500...504).contains(decision.code) else { return decision }
    var decision = decision
    decision.next.badCommands += 1
    guard decision.next.badCommands > configuration.badCommandLimit else { return decision }
    return leave(Answer(421, .init(7, 0), "\(configuration.hostName) too many bad commands, closing transmission channel"))
  }
}
