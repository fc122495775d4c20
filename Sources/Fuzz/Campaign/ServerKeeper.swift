import Foundation
import Synchronization
internal import Transport
import Wire

/// A server that smtpspec starts by a command, watches, and starts again.
package final class ServerKeeper: ServerKeeping {
  private let command: String
  private let ready: Duration
  private let player: Player
  private let environment: [String: String]
  private let process = Mutex<ChildProcess?>(nil)

  /// A server that is not started yet.
  ///
  /// - Parameters:
  ///   - command: Run by the shell in the current folder; it must stay in the foreground.
  ///   - ready: How long it has until it answers.
  ///   - environment: Variables that it has beside ours.
  ///   - player: Where it answers.
  package init(command: String, ready: Duration, environment: [String: String] = [:], player: Player) {
    self.command = command
    self.ready = ready
    self.environment = environment
    self.player = player
  }

  /// Starts it, and waits until it answers.
  ///
  /// - Throws: ``Failure`` where it cannot be run, ends at once, or does not answer.
  package func start() throws(Failure) {
    // exec: what we watch is the server itself, not a shell before it.
    let arguments = ["/bin/sh", "-c", "exec \(command)"].map { Array($0.utf8) }
    let started: ChildProcess
    do throws(ChildProcess.StartFailure) {
      started = try ChildProcess(arguments, environment: environment)
    } catch {
      throw Failure(message: "the server's command cannot be run: \(error.message)")
    }
    process.withLock { $0 = started }
    let deadline = Deadline.after(ready)
    var prober = player
    prober.timing.reply = min(player.timing.reply, .seconds(2))
    prober.timing.connect = .seconds(1)
    while !prober.servesOthers() {
      if let ending = started.ending {
        let last = started.output.split(separator: .lineFeed).last.map { ", and says '\(Escaped.show($0, limit: 200))'" } ?? ""
        throw Failure(message: "the server's command ended before the server answered: \(ServerKeeper.words(for: ending))\(last)")
      }
      guard !deadline.hasPassed, started.wait(until: .after(.milliseconds(20))) == nil else {
        if started.ending != nil { continue }
        stop()
        throw Failure(message: "the server did not answer within \(StatusText.time(ready))")
      }
    }
  }

  /// Why the server did not come up.
  package struct Failure: Error, Sendable, Equatable {
    /// What a person reads.
    package let message: String
  }

  /// Ends it with all that it started.
  package func stop() {
    let old = process.withLock { process in
      defer { process = nil }
      return process
    }
    old?.kill()
    _ = old?.wait(until: .after(.seconds(5)))
  }

  /// How it ended, or what a sanitizer says of one of its processes.
  package func death() -> String? {
    guard let process = process.withLock({ $0 }) else { return nil }
    let ending = process.ending
    let report = SanitizerReport(in: process.output)
    guard ending != nil || report != nil else { return nil }
    return [ending.map(ServerKeeper.words), report?.summary].compactMap { $0 }.joined(separator: ", ")
  }

  /// Ends it and starts it anew.
  package func restart() -> Bool {
    stop()
    return (try? start()) != nil
  }

  /// What it and its process group hold; `nil` where the system does not tell.
  package func reading() -> ProcessReading? {
    guard let leader = process.withLock({ $0 })?.identifier else { return nil }
    return ProcessReading(group: leader)
  }

  private static func words(for ending: ChildProcess.Ending) -> String {
    switch ending {
    case .status(let status): "it ends with status \(status)"
    case .signal(let signal): "signal \(signal)"
    }
  }
}

extension ProcessReading {
  /// Adds up what the processes of a group hold, as Linux tells; `nil` elsewhere.
  package init?(group: Int32) {
    let files = FileManager.default
    guard let names = try? files.contentsOfDirectory(atPath: "/proc") else { return nil }
    var reading = ProcessReading(memory: 0, descriptors: 0)
    var found = false
    for name in names where Int32(name) != nil {
      guard let stat = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
        // The name in parentheses may hold anything; the fields behind it are state, parent, group.
        let fields = stat.range(of: ") ", options: .backwards).map({ stat[$0.upperBound...].split(separator: " ") }),
        fields.count > 2, Int32(fields[2]) == group,
        let pages = try? String(contentsOfFile: "/proc/\(name)/statm", encoding: .utf8).split(separator: " "), pages.count > 1
      else { continue }
      found = true
      reading.memory += (Int(pages[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
      reading.descriptors += (try? files.contentsOfDirectory(atPath: "/proc/\(name)/fd").count) ?? 0
    }
    guard found else { return nil }
    self = reading
  }
}
