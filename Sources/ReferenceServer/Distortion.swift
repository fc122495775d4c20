package import Wire

/// What a defect does to one session: a change at one or more of the engine's seams.
///
/// Each session makes its own distortion, on its own thread, so a closure may remember what it saw in variables that it captures. A seam
/// that is `nil` changes nothing.
package struct Distortion {
  /// Changes how octets are treated, at the session's start.
  package var manner: ((inout Manner) -> Void)?
  /// Changes a command line, without its line end, before it is read.
  package var line: ((inout [UInt8], ServerState) -> Void)?
  /// Changes what was decided.
  package var decision: ((inout Decision, DecisionContext) -> Void)?
  /// Changes the octets of the replies to one input.
  package var output: ((inout [UInt8], DecisionContext) -> Void)?
  /// Changes what goes into the mailboxes.
  package var message: ((inout [StoredMessage], DecisionContext) -> Void)?

  /// Changes what is sent after a reply, where the server has become the client; `nil` ends the connection.
  package var outgoing: ((inout [UInt8]?, Outgoing.Exchange) -> Void)?
  /// Changes how mail is sent on, at the session's start.
  package var sending: ((inout SendingManner) -> Void)?
  /// Changes how mail for other servers is queued.
  package var queue: ((inout QueueManner) -> Void)?
  /// Changes what is reported to the sender.
  package var report: ((inout [DeliveryReport], DecisionContext) -> Void)?

  /// A distortion that changes nothing.
  package init() {}
}

/// What a seam knows of the input that was decided on.
package struct DecisionContext {
  /// The command line as it was read, without its line end; empty where the input is none.
  package let line: [UInt8]
  /// What was decided on.
  package let input: Input
  /// Where the session stood.
  package let before: ServerState
  /// What the server is.
  package let configuration: Configuration
  /// Whether more octets have come behind this input.
  package let hasMoreInput: Bool
}

extension DecisionContext {
  /// The verb of the command line, well-formed or not; `nil` for an unknown one and for any other input.
  package var verb: Verb? {
    switch input {
    case .command(let command): command.verb
    case .invalid(let error): error.verb
    case .chunk: .bdat
    default: nil
    }
  }

  /// Whether it is a command whose reply may wait for others (RFC 2920 §3.2).
  var isOfGroup: Bool {
    guard case .command(let command) = input else { return false }
    return command.verb == .mail || command.verb == .rcpt || command.verb == .rset
  }

  /// Whether it is a line with no known verb.
  package var isUnrecognized: Bool {
    switch input {
    case .command(let command): command.verb == nil
    case .invalid(let error): error.verb == nil
    default: false
    }
  }
}

/// The distortions of one session, in the order of their defects; none for the honest server.
struct Seams {
  private let distortions: [Distortion]

  init(_ defects: [Defect]) {
    distortions = defects.map { $0.distortion() }
  }

  func manner() -> Manner {
    var manner = Manner()
    for distortion in distortions { distortion.manner?(&manner) }
    return manner
  }

  func line(_ line: [UInt8], in state: ServerState) -> [UInt8] {
    var line = line
    for distortion in distortions { distortion.line?(&line, state) }
    return line
  }

  func decision(_ decision: Decision, in context: DecisionContext) -> Decision {
    var decision = decision
    for distortion in distortions { distortion.decision?(&decision, context) }
    return decision
  }

  func output(_ octets: [UInt8], in context: DecisionContext) -> [UInt8] {
    var octets = octets
    for distortion in distortions { distortion.output?(&octets, context) }
    return octets
  }

  func outgoing(_ octets: [UInt8]?, after exchange: Outgoing.Exchange) -> [UInt8]? {
    var octets = octets
    for distortion in distortions { distortion.outgoing?(&octets, exchange) }
    return octets
  }

  func sending() -> SendingManner {
    var manner = SendingManner()
    for distortion in distortions { distortion.sending?(&manner) }
    return manner
  }

  func queue() -> QueueManner {
    var manner = QueueManner()
    for distortion in distortions { distortion.queue?(&manner) }
    return manner
  }

  func reports(_ reports: [DeliveryReport], in context: DecisionContext) -> [DeliveryReport] {
    var reports = reports
    for distortion in distortions { distortion.report?(&reports, context) }
    return reports
  }

  func message(_ copies: [StoredMessage], in context: DecisionContext) -> [StoredMessage] {
    var copies = copies
    for distortion in distortions { distortion.message?(&copies, context) }
    return copies
  }
}
