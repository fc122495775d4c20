import Foundation
import Synchronization
import Transport
import Wire

/// Where the target's delivered mail can be read, shared by all workers.
///
/// Every file is read once; what it holds is remembered by the tokens in it.
final class MailStore: Sendable {
  /// The most octets of one message that are looked at.
  private static let messageLimit = 4 << 20
  /// The most octets kept in all; older messages are forgotten past it.
  private static let keptLimit = 64 << 20

  private let configuration: TargetConfiguration.MailboxConfiguration
  private let state = Mutex(State())

  private struct State {
    var seen: Set<String> = []
    /// Token → the messages that carry it.
    var messages: [String: [[UInt8]]] = [:]
    var kept = 0
    /// When the commands last ended.
    var commandsRan: Deadline?
  }

  /// What comes to our listener, and what its recipients' addresses have or, the other way round, have not.
  private let sink: (messages: MailSink, mark: String, isTheirs: Bool)?

  init(_ configuration: TargetConfiguration.MailboxConfiguration, sink: (messages: MailSink, mark: String, isTheirs: Bool)? = nil) {
    self.configuration = configuration
    self.sink = sink
  }

  /// Why the mailbox cannot be read, `nil` where it can.
  func problem() -> String? { configuration.problem }

  /// The messages that carry the token now.
  func messages(with token: String) -> [[UInt8]] {
    state.withLock { state in
      switch configuration {
      case .maildir(let paths): for path in paths { Self.scanMaildir(path, into: &state) }
      case .mbox(let paths):
        state.messages = [:]
        state.kept = 0
        for path in paths { Self.scanMbox(path, into: &state) }
      case .command(let commands): Self.run(commands, into: &state)
      case .sink:
        guard let sink else { return [] }
        let mark = Array(sink.mark.utf8)
        return sink.messages.messages(with: token).filter { $0.recipients.contains { $0.holds(mark) } == sink.isTheirs }.map(\.content)
      }
      return state.messages[token] ?? []
    }
  }

  private static func scanMaildir(_ path: String, into state: inout State) {
    for folder in ["new", "cur"] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
      for name in names {
        // A message keeps its name up to the ':' when it moves from new to cur.
        let key = "\(path)/" + name.prefix { $0 != ":" }
        guard state.seen.insert(key).inserted else { continue }
        guard let octets = read("\(path)/\(folder)/\(name)") else {
          state.seen.remove(key)
          continue
        }
        remember(octets, into: &state)
      }
    }
  }

  private static func scanMbox(_ path: String, into state: inout State) {
    if let octets = read(path) { split(octets, into: &state) }
  }

  /// Runs the commands anew where they last ended some time ago: those who wait ask more often than a command can answer.
  private static func run(_ commands: [String], into state: inout State) {
    if let ran = state.commandsRan, !ran.hasPassed { return }
    let outputs = commands.map { try? MailCommand(command: $0).output() }
    state.commandsRan = .after(.milliseconds(100))
    // One that fails leaves what was known.
    guard outputs.allSatisfy({ $0 != nil }) else { return }
    state.messages = [:]
    state.kept = 0
    for case let octets? in outputs {
      if octets.starts(with: Array("From ".utf8)) {
        split(octets, into: &state)
      } else if !octets.isEmpty {
        remember(octets, into: &state)
      }
    }
  }

  /// Takes the messages of an mbox file.
  private static func split(_ octets: [UInt8], into state: inout State) {
    let mark = Array("From ".utf8)
    var start: Int?
    var at = 0
    while at < octets.count {
      let isLineStart = at == 0 || octets[at - 1] == 0x0A
      if isLineStart, octets.count - at >= mark.count, octets[at..<(at + mark.count)].elementsEqual(mark) {
        if let start { remember(Array(octets[start..<at]), into: &state) }
        start = octets[at...].firstIndex(of: 0x0A).map { $0 + 1 } ?? octets.count
        at = start ?? octets.count
      } else {
        at += 1
      }
    }
    if let start, start < octets.count { remember(Array(octets[start...]), into: &state) }
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: messageLimit) ?? Data()).map { Array($0) }
  }

  private static func remember(_ octets: [UInt8], into state: inout State) {
    if state.kept + octets.count > keptLimit {
      state.messages = [:]
      state.kept = 0
    }
    state.kept += octets.count
    for token in Set(Token.tokens(in: octets)) { state.messages[token, default: []].append(octets) }
  }
}

extension TargetConfiguration.MailboxConfiguration {
  /// Why it cannot be read, `nil` where it can; an mbox file may be still to come, its folder may not.
  ///
  /// A command is run.
  package var problem: String? {
    let paths: [String]
    switch self {
    case .sink: paths = []
    case .maildir(let folders): paths = folders
    case .mbox(let files):
      paths = files.map { FileManager.default.fileExists(atPath: $0) ? $0 : URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    case .command(let commands):
      for command in commands {
        do throws(MailCommandError) {
          _ = try MailCommand(command: command).output()
        } catch {
          return "the mailbox's command '\(Escaped.show(Array(command.utf8)))': \(error.message)"
        }
      }
      return nil
    }
    guard let path = paths.first(where: { !FileManager.default.isReadableFile(atPath: $0) }) else { return nil }
    return "the mailbox \(path) cannot be read: no such file or folder, or no permission"
  }
}

/// The words that name one run of one case wherever its mail turns up.
enum Token {
  private static let prefix = Array("smtpspec-".utf8)

  /// `smtpspec-5f3a…-17`: the run's own part, then a count.
  static func make(run: UInt64, count: Int) -> String {
    let hex = String(run, radix: 16)
    return "smtpspec-" + String(repeating: "0", count: 16 - hex.count) + hex + "-\(count)z"
  }

  /// Every token in a message.
  static func tokens(in octets: [UInt8]) -> [String] {
    var found: [String] = []
    var at = 0
    while at + prefix.count < octets.count {
      guard octets[at] == prefix[0], octets[at..<(at + prefix.count)].elementsEqual(prefix) else {
        at += 1
        continue
      }
      var end = at + prefix.count
      while end < octets.count, isTokenOctet(octets[end]) { end += 1 }
      if end < octets.count, octets[end] == UInt8(ascii: "z") {
        found.append(String(decoding: octets[at...end], as: UTF8.self))
      }
      at = end
    }
    return found
  }

  private static func isTokenOctet(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
