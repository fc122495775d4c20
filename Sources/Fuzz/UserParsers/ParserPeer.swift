import Transport
import Wire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One process that runs a user's parser.
// Sendable by hand: whoever has taken it from the pool is the only one who uses it.
final class ParserPeer: @unchecked Sendable {
  /// Why there is no answer.
  enum Failure: Error, Sendable, Equatable {
    /// The process ended: how, and the last line that it wrote to standard error.
    case ended(String, said: String)
    /// The answer did not come in time.
    case hung
    /// What came is no answer.
    case garbled(String)
    /// The process cannot be started.
    case notStarted(String)
  }

  private let process: ChildProcess
  private let patience: Duration
  private var unread: [UInt8] = []

  /// How long a process may take to begin.
  private static let beginning = Duration.seconds(10)

  /// Starts it, and waits for its answer to a plain question.
  init(_ arguments: [[UInt8]], patience: Duration) throws(Failure) {
    do throws(ChildProcess.StartFailure) {
      // A crash is to end the process at once.
      process = try ChildProcess(arguments, environment: ["SWIFT_BACKTRACE": "enable=no"], hasDialogue: true)
    } catch {
      throw .notStarted(error.message)
    }
    self.patience = patience
    do throws(Interruption) {
      _ = try ask([ParserRequest(.reply, Array("250 ok\r\n".utf8))], patience: max(patience, Self.beginning))
    } catch {
      throw error.failure
    }
  }

  /// Asks all the requests and reads all the answers; the first that fails ends it.
  ///
  /// - Returns: The answers, in order.
  /// - Throws: Why there is no more, with how many answers there were before.
  func ask(_ requests: [ParserRequest]) throws(Interruption) -> [ParserAnswer] { try ask(requests, patience: patience) }

  private func ask(_ requests: [ParserRequest], patience: Duration) throws(Interruption) -> [ParserAnswer] {
    var answers: [ParserAnswer] = []
    var outgoing: [UInt8] = []
    var sent = 0
    var next = 0
    var deadline = Deadline.after(patience)
    while answers.count < requests.count {
      // Some are on their way at once, so that not every one costs two switches between processes.
      while next < requests.count, outgoing.count - sent < 1 << 14 {
        outgoing += ParserFrames.encode(requests[next])
        next += 1
      }
      do throws(Failure) {
        sent += try exchange(outgoing[sent...], until: deadline)
        if sent > 1 << 15 || sent == outgoing.count {
          outgoing.removeFirst(sent)
          sent = 0
        }
        let count = answers.count
        try takeAnswers(into: &answers)
        if answers.count > count { deadline = .after(patience) }
      } catch {
        process.kill()
        throw Interruption(answers: answers, failure: error)
      }
    }
    return answers
  }

  /// Ends it.
  func stop() { process.kill() }

  /// Answers that came, and why no more did.
  struct Interruption: Error {
    let answers: [ParserAnswer]
    let failure: Failure
  }

  private func takeAnswers(into answers: inout [ParserAnswer]) throws(Failure) {
    var rest = unread[...]
    defer { unread = Array(rest) }
    while true {
      let frame: ArraySlice<UInt8>?
      do throws(ParserFrames.TooLong) { frame = try ParserFrames.take(from: &rest) } catch {
        throw .garbled("a frame of more than \(ParserFrames.limit) octets: \(Escaped.show(rest, limit: 40))")
      }
      guard let frame else { return }
      guard let answer = ParserFrames.answer(in: frame) else { throw .garbled(Escaped.show(frame, limit: 40)) }
      answers.append(answer)
    }
  }

  /// Waits until something can be read or written, does it, and says how much was written.
  private func exchange(_ octets: ArraySlice<UInt8>, until deadline: Deadline) throws(Failure) -> Int {
    guard let (reading, writing) = process.dialogue else { throw .notStarted("it has no standard input") }
    var entries = [
      pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: octets.isEmpty ? -1 : writing, events: Int16(POLLOUT), revents: 0),
    ]
    let (seconds, attoseconds) = deadline.remaining.components
    let milliseconds = seconds > 86_400 ? -1 : seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1
    guard poll(&entries, 2, Int32(clamping: milliseconds)) >= 0 || errno == EINTR else { throw .hung }
    if entries[0].revents != 0 {
      var buffer = [UInt8](repeating: 0, count: 1 << 15)
      let count = buffer.withUnsafeMutableBytes { read(reading, $0.baseAddress, $0.count) }
      if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { throw ending() }
      unread += buffer.prefix(max(0, count))
      return 0
    }
    if entries[1].revents != 0 {
      guard let count = process.give(octets) else { throw ending() }
      return count
    }
    if deadline.hasPassed { throw .hung }
    return 0
  }

  /// How it ended, once its output has.
  private func ending() -> Failure {
    guard let ending = process.wait(until: .after(.seconds(2))) else { return .garbled("its output ended, and it did not") }
    let output = process.output
    let said = Escaped.show(output.split(separator: .lineFeed).last ?? [], limit: 300)
    if let report = SanitizerReport(in: output) { return .ended(report.summary, said: "") }
    switch ending {
    case .signal(let number): return .ended("signal \(number)", said: said)
    case .status(let status): return .ended("exit status \(status)", said: said)
    }
  }
}
