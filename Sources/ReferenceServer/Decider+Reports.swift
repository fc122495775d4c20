import Dialogue
import Wire

extension Decider {
  /// What became of a message for one recipient.
  private struct Outcome {
    /// What is done, as `Action` says it (RFC 3464 §2.3.3).
    var action: String
    /// The status code (RFC 3463).
    var status: String
    /// Whether the sender wants to hear of it where RCPT said so, and where it did not.
    var asked: NotifyConditions
    var isToldUnasked: Bool

    /// RFC 3461 §5.2.3: delivery is reported to who asked for that, and to nobody else.
    static let delivered = Outcome(action: "delivered", status: "2.1.5", asked: .success, isToldUnasked: false)
    /// RFC 3461 §5.2.6: failure is reported unless NOTIFY says otherwise.
    static let failed = Outcome(action: "failed", status: "5.2.1", asked: .failure, isToldUnasked: true)
    /// RFC 2852 §4.1.3: the message is not delivered any more.
    static let expired = Outcome(action: "failed", status: "5.4.7", asked: .failure, isToldUnasked: true)
    /// RFC 2852 §4.1.3: delivery goes on.
    static let delayed = Outcome(action: "delayed", status: "4.4.7", asked: .delay, isToldUnasked: true)
  }

  /// Whether a failure could be told to somebody: the sender, whose mailbox is here, or the postmaster.
  ///
  /// This server sends mail nowhere, so senders elsewhere hear nothing from it.
  var canReport: Bool { state.reversePath == .null || reportUser != nil }

  /// Whose mailbox takes the reports on this message: the reverse-path's, without its route (RFC 5321 §6.1).
  private var reportUser: String? {
    guard case .path(let path) = state.reversePath, case .users(let users) = destination(of: .path(Path(mailbox: path.mailbox))) else {
      return nil
    }
    return users.first
  }

  /// The reports on a message that is delivered now: one on what failed and what was delivered, for all recipients together.
  ///
  /// On a message from nobody nothing is reported (RFC 5321 §6.1); its failure goes to the postmaster (RFC 3461 §5.2).
  func reports(on content: MailContent) -> [DeliveryReport] {
    let isFromNobody = state.reversePath == .null
    guard let user = isFromNobody ? "postmaster" : reportUser else { return [] }
    let recipients = state.recipients.filter { !$0.isRelayed }
    let endings = recipients.map { isTooLate ? Outcome.expired : isFormer($0) ? .failed : .delivered }
    let delays = isLate ? recipients.map { _ in Outcome.delayed } : []
    return [delays, endings].compactMap { outcomes in
      var told: [(ServerState.Recipient, Outcome)] = []
      for (recipient, outcome) in zip(recipients, outcomes) {
        let isTold = recipient.notify.map { !$0.isDisjoint(with: outcome.asked) } ?? outcome.isToldUnasked
        let isNew = !told.contains { $0.0.path == recipient.path && $0.0.originalRecipient == recipient.originalRecipient }
        if isNew, isFromNobody ? outcome.action == "failed" : isTold { told.append((recipient, outcome)) }
      }
      return told.isEmpty ? nil : report(on: told, of: content, to: user)
    }
  }

  /// Whether the time for delivery is over, and the message does not come back for that (RFC 2852 §4.1.3).
  private var isLate: Bool { isOverdue && state.deliverBy?.mode == .notify }

  /// Whether the time for delivery is over, and the message is not to be delivered any more (RFC 2852 §4.1.3).
  var isTooLate: Bool { isOverdue && state.deliverBy?.mode == .return }

  private var isOverdue: Bool { state.deliverByTime.map { $0 <= configuration.clock.now() } ?? false }

  private func isFormer(_ recipient: ServerState.Recipient) -> Bool {
    if case .former = destination(of: recipient.path) { true } else { false }
  }

  private func report(on told: [(ServerState.Recipient, Outcome)], of content: MailContent, to user: String) -> DeliveryReport {
    let number = "S\(state.session)M\(state.messages + 1)-\(told.first?.1.action ?? "")"
    let domain = configuration.domains.first ?? configuration.hostName
    let hasFailure = told.contains { $0.1.action == "failed" }
    let stamp = configuration.clock.stamp()
    let address: [UInt8] =
      if case .path(let path) = state.reversePath { path.mailbox.octets } else { Array("\(user)@\(domain)".utf8) }
    let subject = hasFailure ? "Your mail could not be delivered" : "What became of your mail"
    let message = Message(content.octets)
    // RFC 3461 §6.2: nothing but failure brings the whole message back, and that only where it was asked for; RFC 8689 §5: never one
    // that requires TLS.
    let returnsAll = hasFailure && state.returns == .full && !state.handling.requiresTLS
    return DeliveryReport(
      user: user,
      header: [
        .init("From", "Mail Delivery <postmaster@\(domain)>"), .init("To", [.less] + address + [.greater]),
        .init("Subject", subject), .init("Date", stamp),
        .init("Message-ID", "<report-\(number).\(configuration.clock.now())@\(configuration.hostName)>"),
        .init("Auto-Submitted", "auto-replied"),
      ],
      explanation: explanation(told),
      fields: messageFields(stamp),
      recipients: told.map { fields(on: $0.0, $0.1, stamp) },
      returned: returnsAll ? content.octets : Array(content.octets[..<message.bodyStart]),
      returnsAll: returnsAll,
      number: "\(number)-\(configuration.clock.now())",
      releaseTime: state.handling.releaseTime
    )
  }

  private func explanation(_ told: [(ServerState.Recipient, Outcome)]) -> [UInt8] {
    Array("This is \(configuration.hostName). What became of your mail:\r\n\r\n".utf8)
      + told.flatMap { finalRecipient($0.0) + Array(": \($0.1.action) (\($0.1.status))\r\n".utf8) }
  }

  /// The fields on the message, RFC 3464 §2.2.
  private func messageFields(_ stamp: String) -> [DeliveryReport.Field] {
    var fields: [DeliveryReport.Field] = []
    if let identifier = state.envelopeID { fields.append(.init("Original-Envelope-Id", identifier)) }
    fields.append(.init("Reporting-MTA", "dns; \(configuration.hostName)"))
    let client = Array("dns; ".utf8) + state.clientName + Array((state.peerLiteral.map { " (\($0))" } ?? "").utf8)
    fields.append(.init("Received-From-MTA", client))
    fields.append(.init("Arrival-Date", stamp))
    if let request = state.handling.holdRequest { fields.append(.init("Future-Release-Request", request)) }
    if let time = state.deliverByTime {
      fields.append(.init("Deliver-By-Date", ServerClock.stamp(time, offset: configuration.clock.offset())))
    }
    return fields
  }

  /// The fields on one recipient, RFC 3464 §2.3.
  private func fields(on recipient: ServerState.Recipient, _ outcome: Outcome, _ stamp: String) -> [DeliveryReport.Field] {
    var fields: [DeliveryReport.Field] = []
    if let original = recipient.originalRecipient {
      fields.append(.init("Original-Recipient", original.type + [.semicolon] + original.address))
    }
    fields.append(.init("Final-Recipient", Array("rfc822;".utf8) + finalRecipient(recipient)))
    fields.append(.init("Action", outcome.action))
    fields.append(.init("Status", outcome.status))
    fields.append(.init("Last-Attempt-Date", stamp))
    return fields
  }

  /// The mailbox as RCPT had it, letter case and quotes included (RFC 3464 §2.3.2).
  private func finalRecipient(_ recipient: ServerState.Recipient) -> [UInt8] {
    recipient.path.mailbox?.octets ?? Array("postmaster".utf8)
  }
}
