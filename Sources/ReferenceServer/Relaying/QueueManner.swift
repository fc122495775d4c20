/// How a relay's queue goes about it; the values that a new one begins with are the conforming ones.
package struct QueueManner {
  /// Whether what was refused for now is tried again (RFC 5321 §4.5.4.1).
  package var triesAgain = true
  /// What the outcome of an attempt counts as.
  package var outcome: (_ outcome: ShipmentOutcome) -> ShipmentOutcome = { $0 }
  /// Whether what was refused for good is tried again: it is not (RFC 5321 §4.2.1).
  package var triesRefusedAgain = false
  /// Whether it tells the sender of a failure (RFC 5321 §3.6.3).
  package var tellsSender = true
  /// Whether it tells the sender that a next server without DSN took the mail, though nobody asked (RFC 3461 §5.2.2).
  package var tellsUnasked = false
  /// Whether it tells the sender of a failure though NOTIFY says NEVER.
  package var tellsInSpiteOfNever = false
  /// Whether mail with a null reverse-path is reported, too, to who stands in its From field (RFC 5321 §4.5.4).
  package var answersReports = false
  /// Changes a report before it is sent.
  package var report: (_ report: inout DeliveryReport) -> Void = { _ in }
  /// The reverse-path of a report (RFC 5321 §3.6.3).
  package var reportPath = Array("<>".utf8)
  /// Changes what is sent on.
  package var shipment: (_ shipment: inout Shipment) -> Void = { _ in }
  /// How often a message that was taken is sent.
  package var copies = 1

  /// The conforming manner.
  package init() {}
}
