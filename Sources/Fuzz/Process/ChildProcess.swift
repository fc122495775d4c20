import Synchronization
package import Transport

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A process that we start, watch and end, with everything that it starts itself.
///
/// It leads a process group of its own. What it writes is read all the time, so that it never waits for us; the first and the last of it
/// are kept.
package final class ChildProcess: Sendable {
  /// How a process ended.
  package enum Ending: Sendable, Hashable {
    /// With this exit status.
    case status(Int32)
    /// By this signal.
    case signal(Int32)
  }

  /// Why a process could not be started.
  package struct StartFailure: Error, Sendable, Equatable {
    /// In the system's words.
    package let message: String
  }

  /// The system's number for it.
  package let identifier: Int32
  /// Our end of its standard input and output, where there is a dialogue.
  let dialogue: (reading: Int32, writing: Int32)?

  /// Triggered when it has ended.
  let ended = Interrupt()
  private let state = State()
  private let collector: OutputCollector

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: The program, which is looked for in `PATH`, and its arguments; none has a NUL.
  ///   - environment: Variables set beside those that we have ourselves.
  ///   - hasDialogue: Whether its standard input and output are ours to write and read; else the input is empty and the output is kept.
  /// - Throws: ``StartFailure``: no such program, or no process or descriptor left.
  package init(
    _ arguments: [[UInt8]], environment: [String: String] = [:], hasDialogue: Bool = false
  ) throws(StartFailure) {
    let launched = try ChildProcess.lock.withLock { _ throws(StartFailure) in
      try ChildProcess.launch(arguments, environment: environment, hasDialogue: hasDialogue)
    }
    identifier = launched.identifier
    dialogue = launched.dialogue
    collector = OutputCollector(reading: launched.output, stop: launched.stop.reading)
    watch(stopping: launched.stop.writing)
  }

  /// Held from a descriptor's making to the mark that keeps it out of children, so that no child begins in between.
  private static let lock = Mutex(())

  private struct Launched {
    let identifier: Int32
    let dialogue: (reading: Int32, writing: Int32)?
    let output: Int32
    let stop: (reading: Int32, writing: Int32)
  }

  private static func launch(
    _ arguments: [[UInt8]], environment: [String: String], hasDialogue: Bool
  ) throws(StartFailure) -> Launched {
    var made: [Int32] = []
    do throws(StartFailure) {
      let output = try ends(&made)
      let stop = try ends(&made)
      guard hasDialogue else {
        let identifier = try Spawning.start(
          arguments, environment: environment, input: nil, output: output.writing, errors: output.writing)
        close(output.writing)
        return Launched(identifier: identifier, dialogue: nil, output: output.reading, stop: stop)
      }
      let input = try ends(&made, isSocket: true)
      let answers = try ends(&made)
      let identifier = try Spawning.start(
        arguments, environment: environment, input: input.reading, output: answers.writing, errors: output.writing)
      for end in [output.writing, input.reading, answers.writing] { close(end) }
      for end in [input.writing, answers.reading] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
      return Launched(identifier: identifier, dialogue: (answers.reading, input.writing), output: output.reading, stop: stop)
    } catch {
      for end in made { close(end) }
      throw error
    }
  }

  deinit {
    kill()
    if let dialogue { _ = (close(dialogue.reading), close(dialogue.writing)) }
  }

  /// Waits until it has ended.
  ///
  /// - Returns: How it ended, or `nil` where the deadline has passed before.
  package func wait(until deadline: Deadline) -> Ending? {
    // The interrupt is what we wait for, so that its trigger is no failure here.
    _ = ended.wait(until: deadline)
    return ending
  }

  /// How it ended; `nil` while it runs.
  package var ending: Ending? { state.ending.withLock { $0 } }

  /// Ends it at once, with all that is in its process group.
  package func kill() {
    state.ending.withLock { ending in
      // While it is not reaped, which happens under this lock, its number belongs to nobody else.
      if ending == nil { _ = sendSignal(-identifier, SIGKILL) }
    }
  }

  /// What it wrote to standard error, and to standard output where that is no dialogue; complete once it has ended.
  package var output: [UInt8] { collector.octets }

  private final class State: Sendable {
    let ending = Mutex<Ending?>(nil)

    /// Takes the status of a process that has ended.
    func reap(_ identifier: Int32) {
      ending.withLock { ending in
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        ending = signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
      }
    }
  }

  /// Waits for its end on a thread of its own, and ends what it leaves behind.
  private func watch(stopping stop: Int32) {
    let (identifier, ended, collector, state) = (identifier, ended, collector, state)
    let started: Void? = try? WorkerThread.start {
      var information = siginfo_t()
      while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      _ = sendSignal(-identifier, SIGKILL)
      close(stop)
      collector.join()
      state.reap(identifier)
      ended.trigger()
    }
    guard started == nil else { return }
    // Without a thread nothing can be watched, so that it ends now.
    _ = sendSignal(-identifier, SIGKILL)
    close(stop)
    state.reap(identifier)
    ended.trigger()
  }

  /// Writes to its standard input what fits there now.
  ///
  /// - Returns: How many octets; `nil` where it takes no more, ever.
  func give(_ octets: ArraySlice<UInt8>) -> Int? {
    guard let dialogue else { return nil }
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    let count = octets.withUnsafeBytes { send(dialogue.writing, $0.baseAddress, $0.count, flags) }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// A pipe that no other child inherits; as a socket, writing to nobody is an error and no signal.
  private static func ends(_ made: inout [Int32], isSocket: Bool = false) throws(StartFailure) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #else
      let kind = Int32(SOCK_STREAM.rawValue)
    #endif
    let code = isSocket ? socketpair(AF_UNIX, kind, 0, &ends) : makePipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #if canImport(Darwin)
      if isSocket { _ = fcntl(ends[1], F_SETNOSIGPIPE, 1) }
    #endif
    guard code == 0 else { throw StartFailure(message: Spawning.text(of: errno)) }
    made += ends
    return (ends[0], ends[1])
  }
}

/// pipe(2), which a method named after it hides.
private func makePipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }

/// kill(2), which a method named after it hides.
private func sendSignal(_ identifier: Int32, _ signal: Int32) -> Int32 {
  #if canImport(Darwin)
    Darwin.kill(identifier, signal)
  #elseif canImport(Musl)
    Musl.kill(identifier, signal)
  #else
    Glibc.kill(identifier, signal)
  #endif
}
