import Wire

/// What the target is given to send, where it is a client or a relay.
package struct Assignment: Sendable, Equatable {
  /// Header fields beside those that every message has, with their CRLFs.
  package var header: Template?
  /// The body; a short text where there is none.
  package var body: Template?
  /// How many recipients it has.
  package var recipients = 1
  /// Whether its reverse-path is the null one.
  package var isFromNobody = false
  /// What follows the path in MAIL, where the message is submitted to a relay.
  package var parameters: Template?
  /// What follows the path in each RCPT, where the message is submitted to a relay.
  package var recipientParameters: Template?
  /// Whether its addresses have a local part beyond ASCII (RFC 6531).
  package var isInternationalized = false

  /// A plain message for one recipient.
  package init() {}

  /// The fixtures it names.
  var fixtures: Set<Fixture> {
    [header, body, parameters, recipientParameters].reduce(into: []) { $0.formUnion($1?.fixtures ?? []) }
  }
}

/// Reads the `mail` of a case.
enum AssignmentLoader {
  /// The keys of `mail`.
  static let keys = ["header", "body", "recipients", "null-sender", "parameters", "recipient-parameters", "utf8"]
  /// The most recipients that a message is given.
  static let recipientLimit = 200

  static func assignment(_ node: SpecNode) throws(SpecError) -> Assignment {
    let fields = try node.fields(keys)
    func template(_ key: String) throws(SpecError) -> Template? {
      try fields[key].map { node throws(SpecError) in try TemplateParser.template(node) }
    }
    var assignment = Assignment()
    assignment.header = try template("header")
    assignment.body = try template("body")
    assignment.recipients = try fields["recipients"]?.integer(in: 1...recipientLimit) ?? 1
    assignment.isFromNobody = try fields["null-sender"]?.flag() ?? false
    assignment.parameters = try template("parameters")
    assignment.recipientParameters = try template("recipient-parameters")
    assignment.isInternationalized = try fields["utf8"]?.flag() ?? false
    return assignment
  }
}

/// The addresses and the octets of one message that the target is to send.
///
/// Every address has the case's token in its local part, so that whoever sees one knows whose mail it is.
struct Consignment: Sendable {
  /// The reverse-path's mailbox; `nil` for the null one.
  let sender: String?
  /// At least one.
  let recipients: [String]
  /// Header section and body, lines ended by CRLF.
  let message: [UInt8]

  /// The message of a case.
  ///
  /// - Parameters:
  ///   - assignment: What it is like.
  ///   - token: What names it.
  ///   - domain: Whose mail comes to us.
  ///   - values: The fixtures.
  init(_ assignment: Assignment, token: String, domain: String, values: (Fixture) -> [UInt8]?) {
    let prefix = assignment.isInternationalized ? "j\u{F6}rg-" : ""
    let address = { (suffix: String) in "\(prefix)\(token)\(suffix)@\(domain)" }
    sender = assignment.isFromNobody ? nil : address("-sender")
    recipients = (1...assignment.recipients).map { address($0 == 1 ? "" : "-\($0)") }
    let date = "Mon, 23 Nov 2026 10:00:00 +0000"
    var message = Array("From: <\(sender ?? "postmaster@\(domain)")>\r\nTo: <\(recipients[0])>\r\n".utf8)
    message += "Date: \(date)\r\nMessage-ID: <\(token)@\(domain)>\r\nSubject: \(token)\r\n".utf8
    message += assignment.header?.filled(with: values) ?? []
    message += "\r\n".utf8
    message += assignment.body?.filled(with: values) ?? Array("A message to see how it is sent.\r\n".utf8)
    self.message = message
  }

  /// The message as a Unix program has it: lines ended by LF alone.
  var localMessage: [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(message.count)
    for (place, octet) in message.enumerated() {
      let isOfLineEnd = octet == .carriageReturn && place + 1 < message.count && message[place + 1] == .lineFeed
      if !isOfLineEnd { octets.append(octet) }
    }
    return octets
  }
}
