import Transport
import Wire

/// What is reported to the sender.
extension CaseRun {
  /// Waits for the reports on this case's mail.
  ///
  /// A report that does not come is late, as far as anybody knows, until mail that was sent after it is there.
  mutating func lookForReports(_ delivered: DeliveredPattern, _ pattern: ReportPattern, _ step: Step) throws(Stop) -> Observation {
    guard let mailbox = world.senderMailbox, let token = values[.token] else {
      throw .verdict(.notApplicable("no sender's mailbox to look into"))
    }
    let name = String(decoding: token, as: UTF8.self)
    let wanted = delivered.copies ?? 1
    let deadline = deadline(step.within ?? (wanted == 0 ? world.silence * 4 : world.options.timeout))
    let context = context(nil)
    var found = reports(in: mailbox, named: name)
    func isIncomplete() -> Bool { found.count < max(wanted, 1) || pattern.isIncomplete(found, in: context) }
    while isIncomplete(), !deadline.hasPassed {
      guard world.interrupt.wait(until: min(deadline, .after(.milliseconds(10)))) else { throw .interrupted }
      found = reports(in: mailbox, named: name)
    }
    if wanted > 0, isIncomplete() {
      guard try laterMailArrives(in: mailbox) else {
        throw .verdict(.inconclusive("nothing was reported within \((step.within ?? world.options.timeout).shown)"))
      }
      found = reports(in: mailbox, named: name)
    } else if delivered.copies != nil || pattern.count != nil, wanted > 0 {
      // One more would be one too many: give it the time that silence is given.
      guard world.interrupt.wait(until: .after(world.silence * 2)) else { throw .interrupted }
      found = reports(in: mailbox, named: name)
    }
    return .delivered(Delivery(messages: found, what: "report"))
  }

  /// What there is on this case's mail, but for the mail that was sent later to see whether any arrives.
  func reports(in mailbox: MailStore, named name: String) -> [[UInt8]] {
    let later = Array(laterToken.utf8)
    return mailbox.messages(with: name).filter { !$0.holds(later) }
  }

  /// Sends a plain message to the sender's mailbox, and tells whether it gets there in the time that a reply has.
  mutating func laterMailArrives(in mailbox: MailStore) throws(Stop) -> Bool {
    let connection = try connection("later-mail")
    if world.survey.takesEHLO {
      try hello(on: connection)
    } else {
      try command("HELO ", .client, "", expecting: 250, on: connection)
    }
    try command("MAIL FROM:<", .sender, ">", expecting: 250, on: connection)
    try command("RCPT TO:<", .localSender, ">", expecting: 250, on: connection)
    try command("DATA", nil, "", expecting: 354, on: connection)
    let sender = values[.sender] ?? []
    let recipient = values[.localSender] ?? []
    var message = Array("From: <".utf8) + sender + Array(">\r\nTo: <".utf8) + recipient
    message += ">\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\nSubject: \(laterToken)\r\n\r\nMail that was sent later.\r\n.\r\n".utf8
    send(message, on: connection)
    try require(250, on: connection, what: "later mail")
    let deadline = deadline(world.options.timeout)
    while mailbox.messages(with: laterToken).isEmpty {
      guard !deadline.hasPassed else { return false }
      guard world.interrupt.wait(until: min(deadline, .after(.milliseconds(10)))) else { throw .interrupted }
    }
    // What was on its way before this mail has had the time of its way, and a little more.
    guard world.interrupt.wait(until: .after(world.silence)) else { throw .interrupted }
    return true
  }
}
