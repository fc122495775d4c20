import Dialogue
import Wire

extension Decider {
  // MARK: MAIL, RFC 5321 §4.1.1.2

  func mail(from reversePath: ReversePath, _ parameters: [Parameter]) -> Decision {
    guard state.dialogue.hello != .none else { return stay(Answer(503, .init(5, 1), "Send EHLO before MAIL")) }
    guard state.dialogue.transaction == .none else { return stay(Answer(503, .init(5, 1), "A mail transaction is in progress")) }
    if let authenticationRequired { return stay(authenticationRequired) }
    if case .path(let path) = reversePath, path.exceededLimit != nil { return stay(Answer(501, .init(1, 7), "Reverse-path too long")) }
    if let refusal = refuseUnqualified(reversePath.mailbox, .init(1, 8)) { return stay(refusal) }
    if let host = reversePath.mailbox?.host, hasNullMX(host) {
      return stay(Answer(550, .init(7, 27), "The sender has a null MX: its domain takes no mail"))
    }
    var declaration = MailDeclaration()
    for parameter in parameters {
      if let refusal = declaration.take(parameter, decider: self) { return stay(refusal) }
    }
    if declaration.isHeldTooLong(configuration) {
      return stay(Answer(501, .init(5, 4), "The message is to be delivered before its release"))
    }
    if !declaration.isInternationalized, !reversePath.octets.isASCII {
      return stay(Answer(550, .init(6, 7), "This sender needs SMTPUTF8"))
    }
    guard state.transactions < configuration.transactionLimit else {
      return leave(Answer(421, .init(7, 0), "\(configuration.hostName) too many messages in one session, closing transmission channel"))
    }
    let priority = grantedPriority(declaration.handling.priority)
    var answer = Answer(250, .init(1, 0), octets: [Array("sender ".utf8) + reversePath.octets + Array(" ok".utf8)])
    if let priority, priority != declaration.handling.priority { answer = Answer(250, .init(3, 6), "\(priority) is the priority granted") }
    return stay(answer) {
      $0.clearTransaction()
      $0.transactions += 1
      $0.handling = declaration.handling
      $0.handling.priority = priority
      $0.dialogue.transaction = .mail(recipients: 0)
      $0.reversePath = reversePath
      $0.declaredSize = declaration.size
      $0.body = declaration.body ?? .sevenBit
      $0.isInternationalized = declaration.isInternationalized
      $0.returns = declaration.returns
      $0.envelopeID = declaration.envelopeID
      $0.deliverBy = declaration.deliverBy
      $0.deliverByTime = declaration.deliverBy.map { configuration.clock.now() + $0.seconds }
    }
  }

  // MARK: RCPT, RFC 5321 §4.1.1.3

  func recipient(_ forwardPath: ForwardPath, _ parameters: [Parameter]) -> Decision {
    guard case .mail(let count) = state.dialogue.transaction else { return stay(Answer(503, .init(5, 1), "Send MAIL before RCPT")) }
    func refuse(_ code: Int, _ status: Answer.Status, _ text: String) -> Decision {
      stay(Answer(code, status, octets: [Array("recipient ".utf8) + forwardPath.octets + Array(" \(text)".utf8)])) {
        $0.refusedRecipients += 1
      }
    }
    if case .path(let path) = forwardPath, path.exceededLimit != nil { return refuse(501, .init(1, 3), "is too long") }
    var declaration = RecipientDeclaration()
    for parameter in parameters {
      if let refusal = declaration.take(parameter, decider: self) { return stay(refusal) { $0.refusedRecipients += 1 } }
    }
    if let refusal = refuseUnqualified(forwardPath.mailbox, .init(1, 2)) {
      return stay(refusal) { $0.refusedRecipients += 1 }
    }
    if !state.isInternationalized, !forwardPath.octets.isASCII { return refuse(553, .init(6, 7), "needs SMTPUTF8 on MAIL") }
    var recipient: ServerState.Recipient
    switch destination(of: forwardPath) {
    case .elsewhere: return refuse(550, .init(7, 1), "is not local, and relaying is denied")
    case .nowhere: return refuse(556, .init(1, 10), "has a null MX: its domain takes no mail")
    case .nobody: return refuse(550, .init(1, 1), "is no mailbox here")
    case .users(let users): recipient = .init(path: forwardPath, users: users)
    case .list(let name, let users): recipient = .init(path: forwardPath, users: users, list: name)
    case .relayed:
      recipient = .init(path: forwardPath, users: [])
      recipient.isRelayed = true
    case .former:
      // What cannot be reported later is refused now.
      guard canReport, !isLocalDelivery else { return refuse(550, .init(2, 1), "is disabled") }
      recipient = .init(path: forwardPath, users: [])
    }
    recipient.notify = declaration.notify
    recipient.originalRecipient = declaration.originalRecipient
    recipient.validSince = declaration.validSince
    if let instant = declaration.validSince, recipient.list == nil, !haveOwned(recipient.users, since: instant) {
      return refuse(550, .init(7, 17), "is no longer its former owner's")
    }
    guard count < configuration.recipientLimit else { return refuse(452, .init(5, 3), "is one too many") }
    return stay(Answer(250, .init(1, 5), octets: [Array("recipient ".utf8) + forwardPath.octets + Array(" ok".utf8)])) {
      $0.dialogue.transaction = .mail(recipients: count + 1)
      $0.recipients.append(recipient)
    }
  }

  // MARK: DATA, RFC 5321 §4.1.1.4

  func data() -> Decision {
    if state.dialogue.isReceivingChunks { return stay(Answer(503, .init(5, 1), "The message has begun in chunks, end it with BDAT")) }
    guard case .mail(let count) = state.dialogue.transaction else {
      return stay(Answer(503, .init(5, 1), "Send MAIL and RCPT before DATA"))
    }
    guard count > 0 else {
      return state.refusedRecipients > 0 && !isLocalDelivery
        ? stay(Answer(554, .init(5, 1), "No valid recipients")) : stay(Answer(503, .init(5, 1), "Send RCPT before DATA"))
    }
    if state.body == .binary { return stay(Answer(503, .init(5, 1), "A binary message comes by BDAT")) }
    return stay(Answer(354, nil, "Start mail input; end with <CRLF>.<CRLF>")) { $0.dialogue.transaction = .data(recipients: count) }
  }

  // MARK: The end of the mail data

  func accept(_ content: MailContent) -> Decision {
    func refuse(_ answer: Answer) -> Decision { isLocalDelivery ? refuseForEach(answer) : stay(answer) { $0.clearTransaction() } }
    guard !state.recipients.isEmpty else { return refuse(Answer(554, .init(5, 1), "No valid recipients")) }
    if content.sizeInOctets > configuration.sizeLimitInOctets {
      return refuse(Answer(552, .init(3, 4), "Message size exceeds the limit of \(configuration.sizeLimitInOctets) octets"))
    }
    if let limit = configuration.textLineLimitInOctets, content.longestLineInOctets > limit {
      return refuse(Answer(554, .init(6, 0), "A text line is longer than \(limit) octets"))
    }
    if Message(content.octets).fields(named: "Received").count > configuration.hopLimit {
      return refuse(Answer(554, .init(4, 6), "Too many Received fields: the message runs in circles"))
    }
    if outdatedRecipient(in: content) != nil { return refuse(Answer(550, .init(7, 17), "A recipient is no longer its former owner's")) }
    if isLocalDelivery { return acceptForEach(content) }
    if let refusal = refuseHeader(of: content) { return refuse(refusal) }
    let content = completed(content)
    var decision = stay(Answer(250, .init(6, 0), "Message accepted for delivery")) {
      $0.clearTransaction()
      $0.messages += 1
    }
    decision.effect = .deliver(copies(of: content))
    decision.reports = reports(on: content)
    decision.shipment = shipment(of: content)
    return decision
  }
}
