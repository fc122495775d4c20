import Wire

extension Defect {
  /// Faults in the fields of reports.
  static let reportFieldDefects: [Defect] = [
    .onMessage("forgets-envelope-id", "RFC 3461 §6.3", "A report has no envelope identifier.") { fields, _ in
      fields.remove("Original-Envelope-Id")
    },
    .onMessage("reports-encoded-envelope-id", "RFC 3461 §6.3", "The envelope identifier stays encoded.") { fields, context in
      if let identifier = context.before.envelopeID { fields.set("Original-Envelope-Id", XText.encode(identifier)) }
    },
    .onMessage("invents-envelope-id", "RFC 3461 §6.3", "A report has an envelope identifier though MAIL had none.") { fields, context in
      if context.before.envelopeID == nil { fields.set("Original-Envelope-Id", "S\(context.before.session)") }
    },
    .onMessage("no-reporting-mta", "RFC 3461 §6.3", "A report does not name the server.") { fields, _ in fields.remove("Reporting-MTA") },
    .onMessage("reporting-mta-of-other-type", "RFC 3461 §6.3", "The server's name in a report is of a local type.") { fields, context in
      fields.set("Reporting-MTA", "x-local-hostname; \(context.configuration.hostName)")
    },
    .onMessage("reporting-mta-without-domain", "RFC 3461 §6.3", "The server's name in a report is its first label alone.") { fields, _ in
      fields.set("Reporting-MTA", "dns; mx")
    },
    .onMessage("names-a-gateway", "RFC 3464 §2.2.3", "A report names a gateway.") { fields, context in
      fields.set("DSN-Gateway", "dns; \(context.configuration.hostName)")
    },
    .onMessage("received-from-mta-in-small-letters", "RFC 3464 §2.2.4", "The client's name in a report is in small letters.") { fields, _ in
      if let value = fields["Received-From-MTA"] { fields.set("Received-From-MTA", value.lowercased()) }
    },
    .onMessage("received-from-mta-without-address", "RFC 3464 §2.2.4", "The client's address is not in a report.") { fields, context in
      fields.set("Received-From-MTA", Array("dns; ".utf8) + context.before.clientName)
    },
    .onMessage("arrival-date-with-zone-name", "RFC 3464 §2.2.5", "The time of arrival in a report has the name of a time zone.") {
      fields, _ in
      if let value = fields["Arrival-Date"] { fields.set("Arrival-Date", value.dropLast(5) + "GMT") }
    },
    .onRecipients("forgets-original-recipient", "RFC 3461 §6.3", "A report does not have what ORCPT said.") { fields in
      fields.remove("Original-Recipient")
    },
    .onRecipients("invents-original-recipient", "RFC 3461 §6.3", "A report has an original recipient though RCPT had no ORCPT.") { fields in
      if let final = fields.value(of: "Final-Recipient"), fields["Original-Recipient"] == nil { fields.set("Original-Recipient", final) }
    },
    .onRecipients("lower-cases-original-recipient", "RFC 3461 §6.3", "The original recipient in a report is in small letters.") { fields in
      if let value = fields["Original-Recipient"] { fields.set("Original-Recipient", value.lowercased()) }
    },
    .onRecipients("no-final-recipient", "RFC 3464 §2.3.2", "A report does not name the recipient.") { $0.remove("Final-Recipient") },
    .onRecipients("final-recipient-of-other-type", "RFC 3461 §6.3", "The recipient's address in a report is of type smtp.") { fields in
      if let value = fields["Final-Recipient"] { fields.set("Final-Recipient", value.replacing("rfc822;", with: "smtp;")) }
    },
    .onRecipients("canonical-final-recipient", "RFC 3464 §2.3.2", "The recipient's address in a report is put right.") { fields in
      if let value = fields["Final-Recipient"] {
        fields.set("Final-Recipient", value.lowercased().replacing("\"", with: ""))
      }
    },
    .onRecipients("no-action", "RFC 3464 §2.3.3", "A report does not say what was done.") { $0.remove("Action") },
    .onRecipients("no-status", "RFC 3464 §2.3.4", "A report has no status code.") { $0.remove("Status") },
    .onRecipients("status-of-other-class", "RFC 3461 §6.3", "Every status code in a report is of class 4.") { fields in
      if let value = fields["Status"] { fields.set("Status", "4" + value.dropFirst()) }
    },
    .onRecipients("status-with-leading-zero", "RFC 3464 §2.3.4", "The numbers of status codes have two digits.") { fields in
      if let value = fields["Status"] { fields.set("Status", value.replacing(".", with: ".0")) }
    },
    .onRecipients("status-of-two-numbers", "RFC 3463 §2", "Status codes in reports have two numbers.") { fields in
      if let value = fields["Status"] { fields.set("Status", String(value.dropLast(2))) }
    },
    .onRecipients("odd-status-for-success", "RFC 3463 §3.2", "The status of a delivery is 2.2.0.") { fields in
      if fields["Status"] == "2.1.5" { fields.set("Status", "2.2.0") }
    },
    .onRecipients("names-a-remote-mta", "RFC 3464 §2.3.5", "A report names a remote server though there was none.") { fields in
      fields.set("Remote-MTA", "dns; mail.example.com")
    },
    .onRecipients("last-attempt-with-zone-name", "RFC 3464 §2.3.7", "The time of the last attempt has the name of a time zone.") { fields in
      if let value = fields["Last-Attempt-Date"] { fields.set("Last-Attempt-Date", value.dropLast(5) + "GMT") }
    },
    .onRecipients("promises-to-retry", "RFC 3464 §2.3.9", "A report of failure says how long the server goes on trying.") { fields in
      if let value = fields["Last-Attempt-Date"] { fields.set("Will-Retry-Until", value) }
    },
    .onRecipients("reports-unregistered-field", "RFC 3464 §2.4", "A report has a field that nobody knows.") { $0.set("Mood", "sad") },
    .onRecipients("reports-in-eight-bits", "RFC 3464 §2.1", "The fields of a report have octets beyond US-ASCII.") {
      $0.set("X-Mood", "d\u{E9}sol\u{E9}")
    },
    .changingReports("puts-recipient-fields-first", "RFC 3464 §2.1", "The fields on the message come last.") { report, _ in
      guard let first = report.recipients.first else { return }
      report.recipients = Array(report.recipients.dropFirst()) + [report.fields]
      report.fields = first
    },
  ]

  /// A defect in the fields on the message.
  private static func onMessage(
    _ name: String, _ source: String, _ summary: String,
    _ change: @escaping @Sendable (inout [DeliveryReport.Field], DecisionContext) -> Void
  ) -> Defect {
    changingReports(name, source, summary) { report, context in change(&report.fields, context) }
  }

  /// A defect in the fields on every recipient.
  private static func onRecipients(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [DeliveryReport.Field]) -> Void
  ) -> Defect {
    changingReports(name, source, summary) { report, _ in
      for index in report.recipients.indices { change(&report.recipients[index]) }
    }
  }
}
