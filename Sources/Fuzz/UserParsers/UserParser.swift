import Synchronization
import Wire

/// A user's parser, in as many processes as there are workers.
package final class UserParser: Sendable {
  /// Why a parser cannot be fuzzed at all.
  package struct Unusable: Error, Sendable, Equatable {
    /// What happened.
    package let message: String
  }

  private let arguments: [[UInt8]]
  private let patience: Duration
  private let idle = Mutex<[ParserPeer]>([])

  /// A parser that speaks ``ParserFrames``.
  ///
  /// - Parameters:
  ///   - arguments: The program and its arguments.
  ///   - patience: How long one answer may take; what takes longer has five times as long in a fresh process.
  package init(_ arguments: [[UInt8]], patience: Duration = .seconds(1)) {
    self.arguments = arguments
    self.patience = patience
  }

  /// What it parses of the kinds that are wanted.
  ///
  /// - Throws: ``Unusable`` where it does not start, or does not answer plain questions.
  package func targets(_ wanted: [ParserKind]) throws(Unusable) -> [any ParserTarget] {
    let plain: [ParserKind: [UInt8]] = [
      .reply: Array("250 ok\r\n".utf8), .command: Array("NOOP\r\n".utf8), .commandUTF8: Array("NOOP\r\n".utf8),
      .mailData: Array("x\r\n.\r\n".utf8),
    ]
    let requests = wanted.map { ParserRequest($0, plain[$0] ?? []) }
    let answers: [ParserAnswer]
    do throws(ParserPeer.Interruption) { answers = try ask(requests) } catch {
      let words = requests[min(error.answers.count, requests.count - 1)].octets
      throw Unusable(message: "\(Self.words(error.failure)), asked for \(Escaped.show(words))")
    }
    do throws(Grammar.Fault) {
      return try zip(wanted, answers).filter { $0.1 != .none }.map { kind, _ throws(Grammar.Fault) in try UserParserTarget(kind, of: self) }
    } catch {
      throw Unusable(message: error.message)
    }
  }

  /// Asks one process all of this.
  func ask(_ requests: [ParserRequest]) throws(ParserPeer.Interruption) -> [ParserAnswer] {
    let peer: ParserPeer
    if let waiting = idle.withLock({ $0.popLast() }) {
      peer = waiting
    } else {
      peer = try fresh(patience)
    }
    let answers = try peer.ask(requests)
    idle.withLock { $0.append(peer) }
    return answers
  }

  /// Asks a process that was asked nothing before, with more patience.
  func askAgain(_ requests: [ParserRequest]) throws(ParserPeer.Interruption) -> [ParserAnswer] {
    let peer = try fresh(patience * 5)
    defer { peer.stop() }
    return try peer.ask(requests)
  }

  private func fresh(_ patience: Duration) throws(ParserPeer.Interruption) -> ParserPeer {
    do throws(ParserPeer.Failure) { return try ParserPeer(arguments, patience: patience) } catch {
      throw ParserPeer.Interruption(answers: [], failure: error)
    }
  }

  /// A failure in words.
  static func words(_ failure: ParserPeer.Failure) -> String {
    switch failure {
    case .ended(let how, let said): "the process ended: \(how)" + (said.isEmpty ? "" : " (\(said))")
    case .hung: "no answer in time"
    case .garbled(let what): "an answer out of form: \(what)"
    case .notStarted(let why): "the process cannot be started: \(why)"
    }
  }
}
