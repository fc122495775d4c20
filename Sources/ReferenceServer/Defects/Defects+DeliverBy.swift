import Dialogue
import Wire

extension Defect {
  /// Faults of the DELIVERBY extension.
  static let deliverByDefects: [Defect] = [
    .writing("deliverby-with-negative-minimum", "RFC 2852 §2", "DELIVERBY announces a negative minimum.") { octets, context in
      if context.verb == .ehlo { octets = octets.replacing(Array("DELIVERBY ".utf8), with: Array("DELIVERBY -".utf8)) }
    },
    .configured("no-room-for-by", "RFC 2852 §2", "A MAIL line may be no longer for its BY.") {
      $0.mailLineExtraInOctets = 0
      $0.handlingLineExtraInOctets = 0
      $0.statusLineExtraInOctets = 0
    },
    .onBy("refuses-by", "RFC 2852 §3", "MAIL with a BY draws 501.") { decision, context in
      if decision.code == 250 { decision.refuse(501, .init(5, 4), in: context) }
    },
    .onBy("refuses-signed-by", "RFC 2852 §4", "A plus sign in BY draws 501.") { decision, context in
      if decision.code == 250, context.values(of: "BY").joined().contains(.plus) { decision.refuse(501, .init(5, 4), in: context) }
    },
    .onBy("refuses-past-by", "RFC 2852 §4", "A BY with a time of zero or less draws 501.") { decision, context in
      if decision.code == 250, let by = decision.next.deliverBy, by.seconds <= 0 { decision.refuse(501, .init(5, 4), in: context) }
    },
    .onBy("takes-invalid-by", "RFC 2852 §4", "A BY that is not valid is passed over.") { decision, context in
      if decision.code == 501, let other = context.redecide(without: ["BY"]) { decision = other }
    },
    .onBy("holds-past-delivery-time", "RFC 4865 §5.2.2", "A BY that ends before the message's release is passed over.") {
      decision, context in
      guard decision.code == 501, !context.values(of: "HOLDFOR").isEmpty, let other = context.redecide(without: ["BY"]) else { return }
      decision = other
    },
    .onBy("takes-short-by", "RFC 2852 §3", "A BY with less time than the minimum is passed over.") { decision, context in
      if decision.code == 555, let other = context.redecide(without: ["BY"]) { decision = other }
    },
    .onBy("refuses-by-as-malformed", "RFC 2852 §4", "The status of a BY that cannot be taken is that of a command.") { decision, _ in
      if decision.code == 501 { decision.say(501, .init(5, 2), "Syntax error in the parameter BY") }
    },
    .onBy("refuses-short-by-without-status", "RFC 2852 §4", "A BY with too little time is refused without a status code.") { decision, _ in
      if decision.code == 555 { decision.say(555, nil, "Too little time") }
    },
    .changingReports("no-deliver-by-date", "RFC 2852 §4.1", "A report does not say by when a message was to be delivered.") { report, _ in
      report.fields.remove("Deliver-By-Date")
    },
    .changingReports("no-arrival-date", "RFC 2852 §4.1", "A report does not say when the message came.") { report, _ in
      report.fields.remove("Arrival-Date")
    },
    .reporting("no-report-of-delay", "RFC 2852 §4.1.3", "Nothing is reported when the time for delivery is over.") { reports, _ in
      reports.removeAll { $0.recipients.contains { $0["Action"] == "delayed" } }
    },
  ]

  /// A defect in what is decided on a MAIL with a BY.
  private static func onBy(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout Decision, DecisionContext) -> Void
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      if context.verb == .mail, !context.values(of: "BY").isEmpty { change(&decision, context) }
    }
  }
}
