import Dispatch
import Synchronization
import Transport
import Wire

/// The mail for other servers: a thread for each message, until it is handed over or given up (RFC 5321 §4.5.4.1).
///
/// What waits when the server stops is dropped.
final class RelayQueue: Sendable {
  private let configuration: Configuration
  private let defects: [Defect]
  private let store: HoldingQueue
  private let interrupt = Interrupt()
  private let threads = DispatchGroup()
  private let count = Mutex((waiting: 0, reports: 0))

  /// The most messages that wait at once.
  private static let limit = 200
  /// How long a connection may take to be made.
  private static let patience = Duration.seconds(30)

  init(configuration: Configuration, defects: [Defect], store: HoldingQueue) {
    self.configuration = configuration
    self.defects = defects
    self.store = store
  }

  /// Takes responsibility for a message.
  func add(_ shipment: Shipment) throws(Maildir.Failure) {
    let isRoom = count.withLock { count in
      guard count.waiting < Self.limit else { return false }
      count.waiting += 1
      return true
    }
    guard isRoom else { throw .full }
    threads.enter()
    do {
      try WorkerThread.start { [self] in
        deliver(shipment)
        count.withLock { $0.waiting -= 1 }
        threads.leave()
      }
    } catch {
      count.withLock { $0.waiting -= 1 }
      threads.leave()
      throw .system
    }
  }

  /// Drops what waits.
  func stop() {
    interrupt.trigger()
    threads.wait()
  }

  // MARK: One message

  private func deliver(_ original: Shipment) {
    let seams = Seams(defects)
    let manner = seams.queue()
    let end = Deadline.after(configuration.relayLifetime)
    var shipment = original
    manner.shipment(&shipment)
    for _ in 0..<manner.copies {
      var rest = shipment
      var told: [(Shipment.Recipient, ShipmentOutcome)] = []
      while true {
        let outcomes = attempt(rest, seams.sending()).map(manner.outcome)
        var waiting: [Shipment.Recipient] = []
        for (recipient, outcome) in zip(rest.recipients, outcomes) {
          switch outcome {
          case .deferred where !end.hasPassed: waiting.append(recipient)
          case .failed where manner.triesRefusedAgain && !end.hasPassed: waiting.append(recipient)
          default: told.append((recipient, outcome))
          }
        }
        guard !waiting.isEmpty, manner.triesAgain else { break }
        rest.recipients = waiting
        guard interrupt.wait(until: .after(configuration.relayInterval)) else { return }
      }
      report(on: told, of: original, manner)
    }
  }

  private func attempt(_ shipment: Shipment, _ manner: SendingManner) -> [ShipmentOutcome] {
    guard let nextHop = configuration.nextHop else { return [] }
    do throws(TransportError) {
      let session = try Session.connect(to: nextHop, deadline: .after(Self.patience), interrupt: interrupt, limits: Self.limits)
      var options = configuration.sending
      options.hostName = configuration.hostName
      return SendingClient(session, options: options, manner: manner).send(shipment)
    } catch {
      return shipment.recipients.map { _ in .deferred(.init(status: "4.4.1", text: error.message)) }
    }
  }

  /// A session needs no transcript here.
  private static let limits = Session.Limits(unreadOctets: 1 << 16, transcriptOctets: 0, replyOctets: 1 << 14)

  // MARK: Reports, RFC 3461 §5.2 and RFC 3464

  /// Tells the sender what is to be told, once for all recipients.
  private func report(on outcomes: [(Shipment.Recipient, ShipmentOutcome)], of shipment: Shipment, _ manner: QueueManner) {
    let told = outcomes.compactMap { recipient, outcome in
      Self.action(recipient, outcome, manner).map { (recipient, outcome, $0) }
    }
    guard !told.isEmpty, manner.tellsSender else { return }
    var address = shipment.reversePath
    if address.elementsEqual("<>".utf8) {
      // RFC 5321 §4.5.4: an error message is not answered with an error message.
      guard manner.answersReports, let from = Message(shipment.content).fields(named: "From").first else { return }
      address = Array(from.value.drop { $0 != .less }.prefix { $0 != .greater }) + [.greater]
    }
    var report = makeReport(told, on: shipment, to: address)
    manner.report(&report)
    send(report.content, to: address, from: manner.reportPath)
  }

  /// What a report says of a recipient, `nil` where it says nothing.
  private static func action(_ recipient: Shipment.Recipient, _ outcome: ShipmentOutcome, _ manner: QueueManner) -> String? {
    switch outcome {
    case .accepted(tellsSender: true): return nil
    // RFC 3461 §5.2.2: nobody else will tell of a success that was asked for.
    case .accepted(tellsSender: false): return recipient.notify?.contains(.success) == true || manner.tellsUnasked ? "relayed" : nil
    case .failed, .deferred:
      let isAsked = recipient.notify.map { $0.contains(.failure) } ?? true
      return isAsked || manner.tellsInSpiteOfNever ? "failed" : nil
    }
  }

  private func makeReport(
    _ told: [(Shipment.Recipient, ShipmentOutcome, String)], on shipment: Shipment, to address: [UInt8]
  ) -> DeliveryReport {
    let number = count.withLock { count in
      count.reports += 1
      return count.reports
    }
    let stamp = configuration.clock.stamp()
    let domain = configuration.domains.first ?? configuration.hostName
    let hasFailure = told.contains { $0.2 == "failed" }
    let returnsAll = hasFailure && shipment.returns == .full
    var fields: [DeliveryReport.Field] = []
    if let identifier = shipment.envelopeID { fields.append(.init("Original-Envelope-Id", identifier)) }
    fields += [.init("Reporting-MTA", "dns; \(configuration.hostName)"), .init("Arrival-Date", stamp)]
    return DeliveryReport(
      user: "postmaster",
      header: [
        .init("From", "Mail Delivery <postmaster@\(domain)>"), .init("To", address),
        .init("Subject", hasFailure ? "Your mail could not be delivered" : "Your mail was sent on"), .init("Date", stamp),
        .init("Message-ID", "<relay-\(number).\(configuration.clock.now())@\(configuration.hostName)>"),
        .init("Auto-Submitted", "auto-replied"),
      ],
      explanation: Array("This is \(configuration.hostName). What became of your mail:\r\n\r\n".utf8)
        + told.flatMap { Self.bare($0.0.path) + Array(": \($0.2)\r\n".utf8) },
      fields: fields,
      recipients: told.map { recipient, outcome, action in
        Self.fields(on: recipient, outcome, action, at: stamp, nextHop: configuration.nextHop?.description ?? "")
      },
      returned: returnsAll ? shipment.content : Array(shipment.content[..<Message(shipment.content).bodyStart]),
      returnsAll: returnsAll, number: "relay-\(number)-\(configuration.clock.now())")
  }

  /// The fields on one recipient (RFC 3464 §2.3).
  private static func fields(
    on recipient: Shipment.Recipient, _ outcome: ShipmentOutcome, _ action: String, at stamp: String, nextHop: String
  ) -> [DeliveryReport.Field] {
    var fields: [DeliveryReport.Field] = []
    if let original = recipient.originalRecipient {
      fields.append(.init("Original-Recipient", original.type + [.semicolon] + original.address))
    }
    fields += [.init("Final-Recipient", Array("rfc822;".utf8) + bare(recipient.path)), .init("Action", action)]
    switch outcome {
    case .accepted: fields.append(.init("Status", "2.0.0"))
    case .failed(let why), .deferred(let why):
      fields.append(.init("Status", why.status))
      if !why.reply.isEmpty {
        fields.append(.init("Remote-MTA", "dns; \(nextHop)"))
        fields.append(.init("Diagnostic-Code", Array("smtp; ".utf8) + why.reply.filter { $0 != .carriageReturn && $0 != .lineFeed }))
      }
    }
    return fields + [.init("Last-Attempt-Date", stamp)]
  }

  private static func bare(_ path: [UInt8]) -> [UInt8] { Array(path.dropFirst().dropLast()) }

  /// Sends a report on its way: to another server, or into a mailbox of this one.
  private func send(_ content: [UInt8], to address: [UInt8], from reversePath: [UInt8]) {
    let domain = address.lastIndex(of: .at).map { Array(address[($0 + 1)...].dropLast()) } ?? []
    if configuration.relayDomains.contains(where: { domain.matchesIgnoringCase($0.utf8) }) {
      // A report that finds no room has no one left to be told.
      try? add(Shipment(reversePath: reversePath, recipients: [.init(path: address)], content: content))
      return
    }
    let user = Self.bare(address).prefix { $0 != .at }
    guard let name = configuration.users.first(where: { user.matchesIgnoringCase($0.utf8) }) else { return }
    let line = Array("Return-Path: ".utf8) + reversePath + [.carriageReturn, .lineFeed]
    try? store.store([StoredMessage(user: name, returnPath: line, received: [], content: content)])
  }
}
