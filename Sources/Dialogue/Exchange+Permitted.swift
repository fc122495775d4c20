import Wire

extension Exchange {
  /// Codes that any command may draw: shutting down, a line too long, an argument that does not parse (§4.3.2).
  private static let general: ReplyCodeSet = [421, 500, 501]

  /// Says which codes a server may answer this exchange with.
  ///
  /// - Parameter state: The session before the exchange.
  /// - Returns: The codes, each with how well it fits.
  /// - SeeAlso: RFC 5321 §4.3.2 for the codes, §4.1.4 for the order, RFC 3207 §4, RFC 4954 §4 and RFC 2920 §3.2 for the extensions'.
  package func permitted(in state: SessionState) -> PermittedCodes {
    switch self {
    case .connection: Self.greetingCodes
    case .endOfMailData: Self.verdictCodes
    case .chunk: Self.chunk(in: state)
    case .unrecognized: Self.refusal([502], tolerated: [503, 554])
    case .command(let verb): Self.permitted(verb, in: state)
    }
  }

  private static let greetingCodes = PermittedCodes([220, 554, 421], severities: [2, 4, 5])
  private static let verdictCodes = PermittedCodes(
    [250, 421, 450, 451, 452, 550, 552, 554],
    tolerated: [500, 501, 553],
    severities: [2, 4, 5]
  )

  private static func permitted(_ verb: Verb, in state: SessionState) -> PermittedCodes {
    if state.channel == .refused, verb != .quit { return refused(verb) }
    return switch verb {
    case .ehlo, .lhlo: answer([250, 502, 504, 550], tolerated: [503, 554])
    case .helo: answer([250, 504, 550], tolerated: [502, 503, 554])
    case .mail: mail(in: state)
    case .rcpt: recipient(in: state)
    case .data: data(in: state)
    case .rset, .noop: answer([250])
    case .quit: answer([221])
    case .vrfy: answer([250, 251, 252, 502, 504, 550, 551, 553], tolerated: [503, 530])
    case .expn: answer([250, 252, 502, 504, 550], tolerated: [503, 530, 551, 553])
    case .help: answer([211, 214, 502, 504], tolerated: [250, 503, 530])
    case .starttls: startTLS(in: state)
    case .auth:
      PermittedCodes(
        general.union([235, 334, 432, 454, 502, 503, 504, 530, 534, 535, 538]), tolerated: [550], severities: [2, 3, 4, 5])
    // One that does not parse, so that it has no octets.
    case .bdat: chunk(in: state)
    // RFC 2645 §5.2.1 and §7.
    case .atrn: answer([250, 450, 451, 453, 502, 503, 530], tolerated: [550, 554])
    // RFC 1985 §5.1; 250 to 253, 458 and 459.
    case .etrn: answer([250, 251, 252, 253, 458, 459, 502, 503], tolerated: [530, 550, 554])
    default: answer([250, 502, 503, 504], tolerated: [])
    }
  }

  /// What a server that said 554 at the door answers until QUIT comes: 503, as a SHOULD (§3.1), and never a transaction.
  private static func refused(_ verb: Verb) -> PermittedCodes {
    let begins: Set<Verb> = [.mail, .rcpt, .data]
    return refusal([503], tolerated: begins.contains(verb) ? [554] : [250, 554])
  }

  private static func mail(in state: SessionState) -> PermittedCodes {
    let refusals: ReplyCodeSet = [451, 452, 455, 503, 550, 552, 553, 555]
    // The duty to say EHLO first, and not to send a second MAIL, is the client's: a server that goes along breaks nothing.
    if state.hello == .none || state.transaction != .none { return answer(refusals, tolerated: [250, 530, 554]) }
    return answer(refusals.union([250]), tolerated: [450, 504, 530, 554])
  }

  private static func recipient(in state: SessionState) -> PermittedCodes {
    guard case .mail = state.transaction else { return refusal([503], tolerated: [530, 550, 554]) }
    return answer([250, 251, 450, 451, 452, 455, 503, 550, 551, 552, 553, 555], tolerated: [504, 530, 554])
  }

  private static func data(in state: SessionState) -> PermittedCodes {
    // RFC 2033 §4.2 has 503 where no recipient was accepted, and no other.
    if state.hello == .lhlo, state.recipientCount == 0 { return refusal([503], tolerated: []) }
    let refusals: ReplyCodeSet = [503, 554]
    guard case .mail(let recipients) = state.transaction else { return refusal(refusals, tolerated: [530]) }
    return PermittedCodes(
      general.union(recipients > 0 ? refusals.union([354]) : refusals),
      // Without a recipient a server may still say 354, if it then sends nothing to anybody (RFC 2920 §3.2).
      tolerated: [354, 450, 451, 452, 550, 552],
      severities: [3, 4, 5]
    )
  }

  /// RFC 3030 §2: 250 or a refusal, and 503 where no chunk can come.
  private static func chunk(in state: SessionState) -> PermittedCodes {
    let refusals: ReplyCodeSet = [421, 450, 451, 452, 500, 501, 502, 503, 550, 552, 554]
    guard state.channel != .refused, state.recipientCount > 0 else {
      return PermittedCodes([421, 500, 501, 502, 503, 554], tolerated: [530, 550], severities: [4, 5])
    }
    return PermittedCodes(refusals.union([250]), tolerated: [530, 553], severities: [2, 4, 5])
  }

  private static func startTLS(in state: SessionState) -> PermittedCodes {
    if state.isEncrypted { return refusal([502, 503], tolerated: [454, 554]) }
    return answer([220, 454, 502, 503], tolerated: [530, 554])
  }

  private static func answer(_ codes: ReplyCodeSet, tolerated: ReplyCodeSet = []) -> PermittedCodes {
    PermittedCodes(general.union(codes), tolerated: tolerated.union([450, 451, 452]), severities: [2, 4, 5])
  }

  private static func refusal(_ codes: ReplyCodeSet, tolerated: ReplyCodeSet) -> PermittedCodes {
    PermittedCodes(general.union(codes), tolerated: tolerated, severities: [4, 5])
  }
}
