import Dispatch
package import Logging
import Synchronization
package import Transport

/// The reference server: a listener, a thread a connection, and the decisions of ``Decider``.
package final class Server: Sendable {
  /// What it is, its defects included.
  package let configuration: Configuration
  private let defects: [Defect]
  private let logger: Logger
  private let store: Maildir
  private let holding: HoldingQueue
  private let relay: RelayQueue
  private let threads = DispatchGroup()
  private let running = Mutex(Running())

  private struct Running {
    var listeners: [Listener] = []
    var sessions = 0
    var sessionsSoFar = 0
    var hasStopped = false
    var generation = Generation()
  }

  /// A server that does not listen yet.
  ///
  /// - Parameters:
  ///   - configuration: What it is; the defects may change it.
  ///   - defects: Its deliberate faults; none for a conforming server.
  ///   - logger: Where it tells of connections, and of threads that the system refuses.
  package init(configuration: Configuration, defects: [Defect] = [], logger: Logger = Logger(label: "smtpspec.serve")) {
    var configuration = configuration
    for defect in defects { defect.configuration(&configuration) }
    self.configuration = configuration
    self.defects = defects
    self.logger = logger
    store = Maildir(configuration: configuration)
    holding = HoldingQueue(store: store, configuration: configuration)
    relay = RelayQueue(configuration: configuration, defects: defects, store: holding)
  }

  /// Listens on an address and serves whoever connects; port 0 lets the system choose.
  ///
  /// - Returns: The port.
  /// - Throws: ``StartFailure`` where the address cannot be had or the Maildir cannot be made.
  package func start(host: String = "127.0.0.1", port: UInt16 = 0) throws(StartFailure) -> UInt16 {
    try start(at: .tcp(host: host, port: port)).port
  }

  /// Listens at an endpoint and serves whoever connects.
  ///
  /// - Returns: The listener.
  /// - Throws: ``StartFailure`` where the endpoint cannot be had or the Maildir cannot be made.
  package func start(at endpoint: Endpoint) throws(StartFailure) -> Listener {
    do throws(Maildir.Failure) {
      try store.prepare(users: configuration.users)
    } catch {
      throw .maildir(configuration.maildir ?? "")
    }
    do throws(TransportError) {
      let listener = try Listener(at: endpoint)
      running.withLock { $0.listeners.append(listener) }
      try launch { [self] in accept(from: listener) }
      return listener
    } catch {
      throw .transport(error)
    }
  }

  /// Why the server could not start.
  package enum StartFailure: Error, Equatable {
    /// The folder cannot be written to.
    case maildir(String)
    case transport(TransportError)

    /// What a person reads.
    package var message: String {
      switch self {
      case .maildir(let folder): "the Maildir \(folder) cannot be written to"
      case .transport(let error): error.message
      }
    }
  }

  /// Closes the listener, ends every session with 421, and waits for their threads.
  package func stop() {
    let (listeners, generation) = running.withLock { running in
      running.hasStopped = true
      defer { running.listeners = [] }
      return (running.listeners, running.generation)
    }
    for listener in listeners { listener.close() }
    generation.interrupt.trigger()
    threads.wait()
    relay.stop()
    holding.stop()
  }

  private func accept(from listener: Listener) {
    while !running.withLock({ $0.hasStopped }) {
      let generation = currentGeneration()
      do throws(TransportError) {
        let interrupt = generation.interrupt
        guard let session = try listener.accept(interrupt: interrupt, sessionInterrupt: interrupt, limits: Self.limits) else { continue }
        try serve(session, generation)
      } catch {
        logger.error("\(error.message)")
        // Out of descriptors or threads. This thread is one of the group, so the wait lasts its whole time.
        _ = threads.wait(timeout: .now() + .milliseconds(50))
      }
    }
  }

  /// A session needs no transcript here.
  private static let limits = Session.Limits(unreadOctets: 1 << 16, transcriptOctets: 0, replyOctets: 1 << 14)

  private func serve(_ session: consuming Session, _ generation: Generation) throws(TransportError) {
    let number: Int? = running.withLock { running in
      running.sessionsSoFar += 1
      guard running.sessions < configuration.connectionLimit else { return nil }
      running.sessions += 1
      return running.sessionsSoFar
    }
    guard let number else { return turnAway(session) }
    let handover = Handover(session)
    do throws(TransportError) {
      try launch { [self] in
        if let session = handover.take() {
          ServerSession(
            session, number: number, configuration: configuration, defects: defects, store: holding, relay: relay,
            generation: generation
          ).run()
        }
        running.withLock { $0.sessions -= 1 }
      }
    } catch {
      running.withLock { $0.sessions -= 1 }
      throw error
    }
  }

  /// Answers a client for whom there is no room (RFC 5321 §4.2.2, 421).
  private func turnAway(_ session: consuming Session) {
    let decision = Decider(ServerState(), under: configuration).decide(.crowded)
    try? session.send(decision.answers.flatMap { $0.octets(withStatus: false) }, deadline: .after(.zero))
    session.close()
  }

  /// The generation that a new session belongs to: one that lives.
  private func currentGeneration() -> Generation {
    running.withLock { running in
      if running.generation.isDead { running.generation = Generation() }
      return running.generation
    }
  }

  private func launch(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
    threads.enter()
    do throws(TransportError) {
      try WorkerThread.start { [threads] in
        body()
        threads.leave()
      }
    } catch {
      threads.leave()
      throw error
    }
  }
}

/// The sessions that end together when one of them takes the server down.
final class Generation: Sendable {
  /// What ends their waits.
  let interrupt = Interrupt()
  private let dead = Atomic(false)

  /// Whether the connections are to close without a word.
  var isDead: Bool { dead.load(ordering: .sequentiallyConsistent) }

  /// Ends them all.
  func die() {
    dead.store(true, ordering: .sequentiallyConsistent)
    interrupt.trigger()
  }
}

/// Passes a session, which cannot be copied, to the thread that will own it.
private final class Handover: Sendable {
  private let session: Mutex<Session?>

  init(_ session: consuming Session) {
    self.session = Mutex(session)
  }

  func take() -> Session? {
    session.withLock { $0.take() }
  }
}
