import Dialogue
import Wire

extension Defect {
  /// Faults in whether something is reported, to whom, and how often.
  static let reportDefects: [Defect] = [
    .reporting("reports-nothing", "RFC 5321 §6.1", "Nothing is ever reported.") { reports, _ in reports = [] },
    .reporting("ignores-success", "RFC 3461 §5.2.3", "No delivery is reported.") { reports, _ in
      for index in reports.indices { reports[index].recipients.removeAll { $0["Action"] == "delivered" } }
      reports.removeAll { $0.recipients.isEmpty }
    },
    .reporting("ignores-success-of-lists", "RFC 3461 §5.2.7.1", "Delivery to a list is not reported.") { reports, context in
      if context.before.recipients.contains(where: { $0.list != nil }) { reports = [] }
    },
    .reporting("reports-list-as-expanded", "RFC 3464 §2.3.3", "Delivery to a list is reported as expanded.") { reports, context in
      guard context.before.recipients.contains(where: { $0.list != nil }) else { return }
      for report in reports.indices {
        for index in reports[report].recipients.indices { reports[report].recipients[index].set("Action", "expanded") }
      }
    },
    .reporting("reports-every-delivery", "RFC 3461 §5.2.3", "Every delivery is reported, whatever NOTIFY says.") { reports, context in
      reports = context.reports { $0 = [.success, .failure] }
    },
    .reporting("reports-failure-against-notify", "RFC 3461 §5.2.6", "Every failure is reported, whatever NOTIFY says.") {
      reports, context in
      reports = context.reports { $0?.insert(.failure) }
    },
    .reporting("reports-every-recipient", "RFC 3461 §5.2.8", "A report tells of every recipient of the message.") { reports, context in
      if !reports.isEmpty { reports = context.reports { $0 = [.success, .failure] } }
    },
    .reporting("reports-to-header-from", "RFC 5321 §6.1", "Reports go to the address in the From field.") { reports, context in
      guard let field = context.content.flatMap({ Message($0.octets).fields(named: "From").first }),
        let mailbox = field.value.addresses.first.flatMap({ Mailbox($0) })
      else { return }
      reports = context.redecide { $0.reversePath = .path(Path(mailbox: mailbox)) }.reports
    },
    .reporting("follows-route-of-reverse-path", "RFC 5321 §6.1", "A report goes to the first host of the reverse-path's source route.") {
      reports, context in
      if case .path(let path) = context.before.reversePath, !path.sourceRoute.isEmpty { reports = [] }
    },
    .changingReports("reports-from-postmaster", "RFC 5321 §6.1", "Reports have the postmaster as their reverse-path.") { report, _ in
      report.reversePath = "<postmaster@example.test>"
    },
    .changingReports("reports-to-undisclosed-recipients", "RFC 3464 §2", "The To field of a report names nobody.") { report, _ in
      report.header.set("To", "undisclosed-recipients:;")
    },
    .reporting("reports-twice", "RFC 3464 §3", "Everything is reported twice.") { reports, _ in reports += reports },
    .reporting("reports-recipients-apart", "RFC 5321 §4.4", "Every recipient has a report of its own.") { reports, _ in
      reports = reports.flatMap { report in
        report.recipients.map { recipient in
          var apart = report
          apart.recipients = [recipient]
          apart.explanation = recipient.value(of: "Final-Recipient") ?? []
          return apart
        }
      }
    },
    .changingReports("reports-first-failure-only", "RFC 5321 §4.4", "A report tells of the first recipient alone.") { report, _ in
      report.recipients = Array(report.recipients.prefix(1))
      report.explanation = report.recipients.first?.value(of: "Final-Recipient") ?? []
    },
    .deciding("refuses-partly-delivered-message", "RFC 5321 §4.4", "A message draws 554 if it cannot be delivered to every recipient.") {
      decision, context in
      guard context.content != nil, decision.code == 250, context.before.recipients.contains(where: { $0.users.isEmpty }) else { return }
      decision.refuseMessage(554, .init(2, 1))
      decision.reports = []
    },
    .changingReports("reports-in-plain-text", "RFC 3464 §2", "A report is plain text to all appearances.") { report, _ in
      report.type = "text/plain; charset=us-ascii"
    },
    .changingReports("reports-without-report-type", "RFC 3464 §2", "A report does not say of which type it is.") { report, _ in
      report.type = "multipart/report"
    },
    .changingReports("sends-status-as-text", "RFC 3464 §2.1", "The fields of a report are plain text.") { report, _ in
      report.statusType = "text/plain"
    },
    .changingReports("returns-headers-always", "RFC 3461 §6.2", "A report has the headers of the message, whatever RET says.") {
      report, context in
      guard let content = context.content?.octets else { return }
      report.returned = Array(content[..<Message(content).bodyStart])
      report.returnsAll = false
    },
    .changingReports("returns-message-always", "RFC 3461 §6.2", "A report has the whole message, whatever RET says.") { report, context in
      guard let content = context.content?.octets else { return }
      report.returned = content
      report.returnsAll = true
    },
    .changing("received-with-unknown-link", "RFC 5321 §4.4", "The VIA clause of the Received field names no link.") { copy, _ in
      copy.received = copy.received.replacing(Array(" with ".utf8), with: Array(" via pigeon with ".utf8))
    },
    .changing("received-with-unknown-clause", "RFC 5321 §4.4", "The Received field has a clause that nobody knows.") { copy, _ in
      guard let end = copy.received.lastIndex(of: .semicolon) else { return }
      copy.received.insert(contentsOf: " mood cheerful".utf8, at: end)
    },
  ]

  /// A defect in every report.
  static func changingReports(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout DeliveryReport, DecisionContext) -> Void
  ) -> Defect {
    reporting(name, source, summary) { reports, context in
      for index in reports.indices { change(&reports[index], context) }
    }
  }
}

extension DecisionContext {
  /// What an honest server reports if RCPT asked for something else.
  fileprivate func reports(_ change: (inout NotifyConditions?) -> Void) -> [DeliveryReport] {
    redecide { state in
      for index in state.recipients.indices { change(&state.recipients[index].notify) }
    }.reports
  }
}

extension [DeliveryReport.Field] {
  /// The value of a field, if it is there.
  func value(of name: String) -> [UInt8]? { first { $0.name == name }?.value }

  /// The value of a field as text, if it is there.
  subscript(name: String) -> String? { value(of: name).map { String(decoding: $0, as: UTF8.self) } }

  /// Gives a field another value; one that is not there is put at the end.
  mutating func set(_ name: String, _ value: [UInt8]) {
    if let index = firstIndex(where: { $0.name == name }) { self[index].value = value } else { append(.init(name, value)) }
  }

  /// Gives a field another value; one that is not there is put at the end.
  mutating func set(_ name: String, _ value: String) { set(name, [UInt8](value.utf8)) }

  /// Takes a field out.
  mutating func remove(_ name: String) { removeAll { $0.name == name } }
}
