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
    case .unrecognized: Self.unrecognizedCodes
    case .command(let verb): Self.permitted(verb, in: state)
    }
  }

  // Each set is made once: they are asked for with every reply.
  private static let greetingCodes = PermittedCodes([220, 554, 421], severities: [2, 4, 5])
  private static let verdictCodes = PermittedCodes(
    [250, 421, 450, 451, 452, 550, 552, 554], tolerated: [500, 501, 553], severities: [2, 4, 5])
  private static let unrecognizedCodes = refusal([502], tolerated: [503, 554])
  private static let extendedHelloCodes = answer([250, 502, 504, 550], tolerated: [503, 554])
  private static let helloCodes = answer([250, 504, 550], tolerated: [502, 503, 554])
  private static let completionCodes = answer([250])
  private static let quitCodes = answer([221])
  private static let verifyCodes = answer([250, 251, 252, 502, 504, 550, 551, 553], tolerated: [503, 530])
  private static let expandCodes = answer([250, 252, 502, 504, 550], tolerated: [503, 530, 551, 553])
  private static let helpCodes = answer([211, 214, 502, 504], tolerated: [250, 503, 530])
  private static let authCodes = PermittedCodes(
    general.union([235, 334, 432, 454, 502, 503, 504, 530, 534, 535, 538]), tolerated: [550], severities: [2, 3, 4, 5])
  /// RFC 2645 §5.2.1 and §7.
  private static let turnCodes = answer([250, 450, 451, 453, 502, 503, 530], tolerated: [550, 554])
  /// RFC 1985 §5.1; 250 to 253, 458 and 459.
  private static let queueCodes = answer([250, 251, 252, 253, 458, 459, 502, 503], tolerated: [530, 550, 554])
  private static let otherCodes = answer([250, 502, 503, 504])

  private static func permitted(_ verb: Verb, in state: SessionState) -> PermittedCodes {
    if state.channel == .refused, verb != .quit { return refused(verb) }
    return switch verb {
    case .ehlo, .lhlo: extendedHelloCodes
    case .helo: helloCodes
    case .mail: mail(in: state)
    case .rcpt: recipient(in: state)
    case .data: data(in: state)
    case .rset, .noop: completionCodes
    case .quit: quitCodes
    case .vrfy: verifyCodes
    case .expn: expandCodes
    case .help: helpCodes
    case .starttls: state.isEncrypted ? secondTLSCodes : startTLSCodes
    case .auth: authCodes
    // One that does not parse, so that it has no octets.
    case .bdat: chunk(in: state)
    case .atrn: turnCodes
    case .etrn: queueCodes
    default: otherCodes
    }
  }

  private static let refusedTransactionCodes = refusal([503], tolerated: [554])
  private static let refusedCodes = refusal([503], tolerated: [250, 554])

  /// What a server that said 554 at the door answers until QUIT comes: 503, as a SHOULD (§3.1), and never a transaction.
  private static func refused(_ verb: Verb) -> PermittedCodes {
    switch verb {
    case .mail, .rcpt, .data: refusedTransactionCodes
    default: refusedCodes
    }
  }

  private static let mailRefusals: ReplyCodeSet = [451, 452, 455, 503, 550, 552, 553, 555]
  private static let mailCodes = answer(mailRefusals.union([250]), tolerated: [450, 504, 530, 554])
  private static let untimelyMailCodes = answer(mailRefusals, tolerated: [250, 530, 554])

  /// The duty to say EHLO first, and not to send a second MAIL, is the client's: a server that goes along breaks nothing.
  private static func mail(in state: SessionState) -> PermittedCodes {
    state.hello == .none || state.transaction != .none ? untimelyMailCodes : mailCodes
  }

  private static let recipientCodes = answer(
    [250, 251, 450, 451, 452, 455, 503, 550, 551, 552, 553, 555], tolerated: [504, 530, 554])
  private static let untimelyRecipientCodes = refusal([503], tolerated: [530, 550, 554])

  private static func recipient(in state: SessionState) -> PermittedCodes {
    guard case .mail = state.transaction else { return untimelyRecipientCodes }
    return recipientCodes
  }

  private static let dataCodes = data([354, 503, 554])
  private static let dataWithoutRecipientCodes = data([503, 554])
  private static let untimelyDataCodes = refusal([503, 554], tolerated: [530])
  private static let lmtpDataWithoutRecipientCodes = refusal([503], tolerated: [])

  private static func data(in state: SessionState) -> PermittedCodes {
    // RFC 2033 §4.2 has 503 where no recipient was accepted, and no other.
    if state.hello == .lhlo, state.recipientCount == 0 { return lmtpDataWithoutRecipientCodes }
    guard case .mail(let recipients) = state.transaction else { return untimelyDataCodes }
    return recipients > 0 ? dataCodes : dataWithoutRecipientCodes
  }

  /// Without a recipient a server may still say 354, if it then sends nothing to anybody (RFC 2920 §3.2).
  private static func data(_ codes: ReplyCodeSet) -> PermittedCodes {
    PermittedCodes(general.union(codes), tolerated: [354, 450, 451, 452, 550, 552], severities: [3, 4, 5])
  }

  private static let chunkCodes = PermittedCodes(
    [250, 421, 450, 451, 452, 500, 501, 502, 503, 550, 552, 554], tolerated: [530, 553], severities: [2, 4, 5])
  private static let untimelyChunkCodes = PermittedCodes(
    [421, 500, 501, 502, 503, 554], tolerated: [530, 550], severities: [4, 5])

  /// RFC 3030 §2: 250 or a refusal, and 503 where no chunk can come.
  private static func chunk(in state: SessionState) -> PermittedCodes {
    state.channel != .refused && state.recipientCount > 0 ? chunkCodes : untimelyChunkCodes
  }

  private static let startTLSCodes = answer([220, 454, 502, 503], tolerated: [530, 554])
  private static let secondTLSCodes = refusal([502, 503], tolerated: [454, 554])

  private static func answer(_ codes: ReplyCodeSet, tolerated: ReplyCodeSet = []) -> PermittedCodes {
    PermittedCodes(general.union(codes), tolerated: tolerated.union([450, 451, 452]), severities: [2, 4, 5])
  }

  private static func refusal(_ codes: ReplyCodeSet, tolerated: ReplyCodeSet) -> PermittedCodes {
    PermittedCodes(general.union(codes), tolerated: tolerated, severities: [4, 5])
  }
}
