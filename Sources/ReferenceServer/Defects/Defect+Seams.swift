import Dialogue
import Wire

// How a defect is written down: one of these for each seam.
extension Defect {
  typealias Change = (inout Decision, DecisionContext) -> Void

  /// A defect in what is decided.
  static func deciding(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout Decision, DecisionContext) -> Void
  ) -> Defect {
    remembering(name, source, summary) { change }
  }

  /// A defect in what is decided that remembers what happened before in the session.
  static func remembering(_ name: String, _ source: String, _ summary: String, _ make: @escaping @Sendable () -> Change) -> Defect {
    Defect(name, source, summary) { $0.decision = make() }
  }

  /// A defect in how a command line is understood.
  static func reading(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [UInt8], ServerState) -> Void
  ) -> Defect {
    Defect(name, source, summary) { $0.line = change }
  }

  /// A defect in the octets of replies.
  static func writing(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [UInt8], DecisionContext) -> Void
  ) -> Defect {
    Defect(name, source, summary) { $0.output = change }
  }

  /// A defect in what is stored.
  static func storing(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [StoredMessage], DecisionContext) -> Void
  ) -> Defect {
    Defect(name, source, summary) { $0.message = change }
  }

  /// A defect in what the server says where it has become the client.
  static func sending(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [UInt8]?, Outgoing.Exchange) -> Void
  ) -> Defect {
    Defect(name, source, summary) { $0.outgoing = change }
  }

  /// A defect in what is reported to the sender.
  static func reporting(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [DeliveryReport], DecisionContext) -> Void
  ) -> Defect {
    Defect(name, source, summary) { $0.report = change }
  }

  /// A defect in how octets are treated.
  static func behaving(_ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout Manner) -> Void) -> Defect
  {
    Defect(name, source, summary) { $0.manner = change }
  }

  /// A defect in what the server is.
  static func configured(_ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout Configuration) -> Void)
    -> Defect
  {
    Defect(name, source, summary, configuration: change, distortion: { _ in })
  }
}

extension DecisionContext {
  /// The command, if it parsed.
  var command: Command? {
    guard case .command(let command) = input else { return nil }
    return command
  }

  /// The syntax error, if the command line has one.
  var syntaxError: CommandSyntaxError? {
    guard case .invalid(let error) = input else { return nil }
    return error
  }

  /// The content of the message that has just ended.
  var content: MailContent? {
    guard case .message(let content) = input else { return nil }
    return content
  }

  /// The chunk that has just ended.
  var chunk: Chunk? {
    guard case .chunk(let chunk) = input else { return nil }
    return chunk
  }

  /// Whether the input is a command line of any kind.
  var isCommandLine: Bool {
    switch input {
    case .command, .invalid, .tooLong, .chunk: true
    default: false
    }
  }

  /// Whether a transaction is open.
  var isInTransaction: Bool { before.dialogue.transaction != .none }

  /// The path of a MAIL or RCPT that parses.
  var path: Path? {
    switch command {
    case .mail(.path(let path), _), .rcpt(.path(let path), _): path
    default: nil
    }
  }

  /// The parameters of a MAIL or RCPT that parses.
  var parameters: [Parameter] {
    switch command {
    case .mail(_, let parameters), .rcpt(_, let parameters): parameters
    default: []
    }
  }

  /// What an honest server decides on something else instead, or in another state.
  func redecide(_ input: Input? = nil, _ change: (inout ServerState) -> Void = { _ in }) -> Decision {
    var state = before
    change(&state)
    return Decider(state, under: configuration).decide(input ?? self.input)
  }
}

extension Decision {
  /// Says something else and changes nothing.
  mutating func refuse(_ code: Int, _ status: Answer.Status?, _ text: String = "Refused", in context: DecisionContext) {
    self = Decision(Answer(code, status, text), next: context.before)
  }

  /// Says something else and goes where it was going.
  mutating func say(_ code: Int, _ status: Answer.Status? = .init(0, 0), _ text: String = "Done") {
    answers = [Answer(code, status, text)]
  }

  /// Closes the connection without a word.
  mutating func hangUp() {
    answers = []
    effect = .close
  }

  /// Takes the transaction of a state over, as it is between commands.
  mutating func keepTransaction(of state: ServerState) {
    next.dialogue.transaction = state.dialogue.transaction
    if case .data(let count) = state.dialogue.transaction { next.dialogue.transaction = .mail(recipients: count) }
    next.reversePath = state.reversePath
    next.recipients = state.recipients
    next.refusedRecipients = state.refusedRecipients
    next.declaredSize = state.declaredSize
    next.body = state.body
    next.isInternationalized = state.isInternationalized
    next.returns = state.returns
    next.envelopeID = state.envelopeID
    next.deliverBy = state.deliverBy
    next.deliverByTime = state.deliverByTime
  }

  /// Begins a transaction without a sender.
  mutating func openTransaction() {
    next.dialogue.transaction = .mail(recipients: 0)
    next.reversePath = .null
  }

  /// Counts a recipient for whom nothing will be stored.
  mutating func countRecipient() {
    next.dialogue.transaction = .mail(recipients: next.dialogue.recipientCount + 1)
    next.recipients.append(.init(path: .postmaster, users: []))
  }
}

extension [UInt8] {
  /// The octets with every such run replaced.
  func replacing(_ old: [UInt8], with new: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < count {
      if self[index...].starts(with: old) {
        result += new
        index += old.count
      } else {
        result.append(self[index])
        index += 1
      }
    }
    return result
  }

  /// The lines between CRLFs; what follows the last CRLF is the last entry.
  var crlfLines: [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var index = 0
    while index < count {
      if self[index] == .carriageReturn, index + 1 < count, self[index + 1] == .lineFeed {
        lines.append([])
        index += 2
      } else {
        lines[lines.count - 1].append(self[index])
        index += 1
      }
    }
    return lines
  }

  static let crlf: [UInt8] = [.carriageReturn, .lineFeed]
}
