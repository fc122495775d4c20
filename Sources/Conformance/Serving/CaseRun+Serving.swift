import Transport
import Wire

/// The target as the client, and we as its server.
extension CaseRun {
  /// What the target was given, and what runs for it.
  final class Errand {
    let consignment: Consignment
    var client: (any RunningClient)?
    /// Whether connections are waited for; afterwards they are taken politely.
    var isWaiting = true

    init(_ consignment: Consignment) {
      self.consignment = consignment
    }
  }

  /// The names of connections that we make, where the target makes the others.
  private static let own: Set<String> = ["submission", "later-mail"]
  /// How long a session may take to come to its end after the last step.
  private static let farewell = Duration.seconds(3)

  /// Whether the connection of this name is the target's to make.
  func isMadeByTarget(_ name: String) -> Bool { testCase.given == .accepted && !Self.own.contains(name) }

  // MARK: Beginning

  /// Gives the target a message to send, and waits for its connection.
  mutating func beginErrand() throws(Stop) {
    guard let nextHop = world.nextHop, let token = values[.token] else { throw .verdict(.notApplicable("nothing listens for the target")) }
    let name = String(decoding: token, as: UTF8.self)
    let values = values
    let consignment = Consignment(testCase.assignment, token: name, domain: world.target.domain ?? NextHop.hostName) { values[$0] }
    self.values[.sender] = consignment.sender.map { Array($0.utf8) }
    self.values[.localSender] = self.values[.sender]
    self.values[.recipient] = Array(consignment.recipients[0].utf8)
    self.values[.recipient2] = consignment.recipients.count > 1 ? Array(consignment.recipients[1].utf8) : nil
    self.values[.host] = Array(NextHop.hostName.utf8)
    let errand = Errand(consignment)
    self.errand = errand
    nextHop.take()
    if world.target.role == .client { try start(errand, nextHop) } else { try submit(consignment) }
    guard try awaitConnection(Step.mainConnection, within: world.options.timeout) != nil else {
      let status = errand.client?.status.map { ", and the client ended with status \($0)" } ?? ""
      throw .verdict(.inconclusive("the target made no connection within \(world.options.timeout.shown)\(status)"))
    }
  }

  private func start(_ errand: Errand, _ nextHop: NextHop) throws(Stop) {
    let consignment = errand.consignment
    let task = ClientTask(
      endpoint: nextHop.endpoint, sender: consignment.sender ?? "", recipients: consignment.recipients, message: consignment.message,
      localMessage: consignment.localMessage, credentials: world.target.credentials, policy: world.target.tls.policy,
      interrupt: Interrupt())
    do {
      switch world.target.clientProgram {
      case .command(let command)?: errand.client = try ClientProcess(command, task)
      case .builtIn(let run)?: errand.client = try ClientThread(task, run: run)
      case nil: throw Stop.verdict(.notApplicable("no client is named"))
      }
    } catch let failure as ClientProcess.Failure {
      throw .verdict(.inconclusive(failure.message))
    } catch let stop as Stop {
      throw stop
    } catch {
      throw .verdict(.inconclusive("the client cannot be started: \(error)"))
    }
  }

  /// Submits the message to a relay.
  private mutating func submit(_ consignment: Consignment) throws(Stop) {
    let connection = try connection("submission")
    try hello(on: connection)
    if world.target.credentials != nil {
      try startTLSIfOffered(on: connection)
      try authenticate(on: connection)
    }
    let values = values
    let assignment = testCase.assignment
    let more = assignment.parameters.map { " " + String(decoding: $0.filled { values[$0] }, as: UTF8.self) } ?? ""
    let each = assignment.recipientParameters.map { " " + String(decoding: $0.filled { values[$0] }, as: UTF8.self) } ?? ""
    try command("MAIL FROM:<\(consignment.sender ?? "")>\(more)", nil, "", expecting: 250, on: connection)
    for recipient in consignment.recipients { try command("RCPT TO:<\(recipient)>\(each)", nil, "", expecting: 250, on: connection) }
    try command("DATA", nil, "", expecting: 354, on: connection)
    send(DotStuffing.stuff(consignment.message), on: connection)
    try require(250, on: connection, what: "the message")
    try command("QUIT", nil, "", expecting: 221, on: connection)
    connection.hasTakenLeave = true
  }

  // MARK: Connections

  /// The target's next connection, under a name; `nil` where none comes in time.
  mutating func awaitConnection(_ name: String, within time: Duration) throws(Stop) -> Connection? {
    guard let nextHop = world.nextHop, let errand else { return nil }
    var session = nextHop.next(until: deadline(time)) { errand.client.map { $0.status != nil } ?? false }
    // A client may have ended right after it connected.
    if session == nil { session = nextHop.next(until: .after(.zero)) }
    guard !world.interrupt.isTriggered else { throw .interrupted }
    guard let taken = session.take() else { return nil }
    return add(Connection(name: name, openedAt: sinceStart, session: taken, host: host(named: name, of: nextHop)))
  }

  private func host(named name: String, of nextHop: NextHop) -> Host {
    let mayBeFromNobody = name != Step.mainConnection || testCase.assignment.isFromNobody || world.target.role == .client
    return Host(of: nextHop, values[.token], mayBeFromNobody: mayBeFromNobody, offering: basics)
  }

  /// Waits for the target's next connection where a step says so.
  mutating func perform(await step: Step, number: Int) throws(Stop) {
    let pattern = step.patterns.first
    let patience = (world.target.retryTime ?? .zero) + world.options.timeout
    let time = step.within ?? (pattern?.allowsSilence == true ? world.silence * 4 : patience)
    let connection = try awaitConnection(step.connection, within: time)
    let observation = connection == nil ? Observation.silence(partial: 0, waited: time) : .connected
    if step.judgement.count > 0 { try judge(observation, step, place: 0, number: number, on: nil) }
  }

  /// Serves the target as far as a step says.
  mutating func serve(_ serve: ServeStep, _ step: Step, on connection: Connection) throws(Stop) -> Observation {
    connection.serve()
    let values = values
    let deadline = deadline(step.within ?? world.options.timeout)
    guard let observation = connection.host?.serve(serve, on: connection, deadline: deadline, values: { values[$0] }) else {
      throw .interrupted
    }
    try turnAwayStranger(connection)
    let context = context(connection)
    // Whoever goes away before the point has not come to it: that decides nothing, unless it is what the step asks for.
    if case .ended = observation, step.judgement.count > 0, !step.patterns.contains(where: { $0.matches(observation, in: context) }) {
      throw .verdict(.inconclusive("the target ended the session before it came to what is looked at"))
    }
    return observation
  }

  /// Takes the mail of another case politely, and begins anew.
  mutating func turnAwayStranger(_ connection: Connection) throws(Stop) {
    guard connection.host?.isStranger == true else { return }
    finish(connection, within: world.options.timeout)
    throw .busy("mail of another case came")
  }

  /// What is offered beside what a step says: what the target was told to use, where the case is not about that.
  private var basics: [String] {
    let offersTLS = world.target.tls.policy != .none && !testCase.needs.tls
    return (offersTLS ? ["STARTTLS"] : []) + (world.target.credentials == nil || testCase.needs.tls ? [] : ["AUTH PLAIN LOGIN"])
  }

  // MARK: Ends

  /// Serves a session to its end.
  private func finish(_ connection: Connection, within time: Duration) {
    guard connection.host != nil, !connection.hasEnded else { return }
    let values = values
    _ = connection.host?.serve(ServeStep(), on: connection, deadline: .after(time)) { values[$0] }
  }

  /// Brings the sessions to their end, and takes politely what comes from now on.
  mutating func letGo(within time: Duration) {
    guard let errand, errand.isWaiting else { return }
    for connection in connections where isMadeByTarget(connection.name) { finish(connection, within: time) }
    errand.isWaiting = false
    world.nextHop?.giveBack()
  }

  /// Ends what was begun for the case; what the client said meanwhile.
  mutating func endErrand(isInterrupted: Bool) -> [String] {
    guard let errand else { return [] }
    letGo(within: isInterrupted ? .zero : Self.farewell)
    for connection in connections where isMadeByTarget(connection.name) { connection.abandon() }
    guard let client = errand.client else { return [] }
    let deadline = Deadline.after(isInterrupted ? .zero : Self.farewell)
    while client.status == nil, !deadline.hasPassed, world.interrupt.wait(until: .after(.milliseconds(5))) {}
    let remarks = client.remarks
    client.stop()
    return remarks.isEmpty ? [] : ["the client says: \(remarks)"]
  }

  /// What became of the mail.
  mutating func observeOutcome(_ step: Step, wantsReport: Bool) throws(Stop) -> Observation {
    guard let errand else { throw .verdict(.notApplicable("the target was given no mail")) }
    let time = step.within ?? world.options.timeout
    letGo(within: time)
    if let client = errand.client {
      let deadline = deadline(time)
      while !deadline.hasPassed {
        if let status = client.status { return .exited(status: status) }
        guard world.interrupt.wait(until: min(deadline, .after(.milliseconds(5)))) else { throw .interrupted }
      }
      throw .verdict(.inconclusive("the client did not end within \(time.shown)"))
    }
    guard let mailbox = world.senderMailbox, let token = values[.token] else {
      throw .verdict(.notApplicable("no sender's mailbox to look into"))
    }
    let name = String(decoding: token, as: UTF8.self)
    let window = wantsReport ? time : max(world.silence * 4, step.within ?? .zero)
    let deadline = deadline(window)
    while !deadline.hasPassed {
      if let report = reports(in: mailbox, named: name).first { return .reported(report) }
      guard world.interrupt.wait(until: min(deadline, .after(.milliseconds(10)))) else { throw .interrupted }
    }
    guard wantsReport else { return .unreported(waited: window) }
    guard try laterMailArrives(in: mailbox) else {
      throw .verdict(.inconclusive("nothing was reported within \(window.shown)"))
    }
    if let report = reports(in: mailbox, named: name).first { return .reported(report) }
    return .unreported(waited: window)
  }
}
