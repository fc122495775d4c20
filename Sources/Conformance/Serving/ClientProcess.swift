import Foundation
import Transport
import Wire

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A client under test: a command that a shell runs, in a process group of its own.
final class ClientProcess: RunningClient {
  /// The most octets of what it says that are shown.
  private static let remarkLimit = 300

  private let folder: URL
  private let process: pid_t
  private var ending: Int32?

  /// Why it could not be started.
  struct Failure: Error {
    let message: String
  }

  /// Starts it, with its message in a file of a folder that goes with it.
  init(_ command: String, _ task: ClientTask) throws(Failure) {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("smtpspec-client-\(UUID().uuidString)", isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      try Data(task.message).write(to: folder.appendingPathComponent("crlf"))
      try Data(task.localMessage).write(to: folder.appendingPathComponent("message"))
    } catch {
      throw Failure(message: "the client's message cannot be written: \(error.localizedDescription)")
    }
    let line = Self.filled(command, task, folder: folder.path)
    var environment = ProcessInfo.processInfo.environment
    if let credentials = task.credentials {
      environment["SMTPSPEC_USERNAME"] = credentials.username
      environment["SMTPSPEC_PASSWORD"] = credentials.password
    }
    guard let process = Self.spawn(line, environment, output: folder.appendingPathComponent("output").path) else {
      try? FileManager.default.removeItem(at: folder)
      throw Failure(message: "the client's command cannot be run: \(String(cString: strerror(errno)))")
    }
    self.process = process
  }

  /// The placeholders of a command.
  static let placeholders = [
    "host", "port", "sender", "recipient", "recipient2", "recipients", "message", "message-crlf", "username", "tls",
  ]

  /// The command, its placeholders filled in and quoted for the shell.
  static func filled(_ command: String, _ task: ClientTask, folder: String) -> String {
    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
    var values: [String: String] = [
      "sender": quoted(task.sender), "recipient": quoted(task.recipients[0]), "recipient2": quoted(task.recipients.last ?? ""),
      "recipients": task.recipients.map(quoted).joined(separator: " "), "message": quoted("\(folder)/message"),
      "message-crlf": quoted("\(folder)/crlf"), "username": quoted(task.credentials?.username ?? ""), "tls": task.policy.rawValue,
    ]
    if case .tcp(let host, let port) = task.endpoint {
      values["host"] = quoted(host)
      values["port"] = String(port)
    }
    return placeholders.reduce(command) { $0.replacing("{\($1)}", with: values[$1] ?? "") }
  }

  private static func spawn(_ line: String, _ environment: [String: String], output: String) -> pid_t? {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
      var actions: posix_spawn_file_actions_t?
    #else
      var attributes = posix_spawnattr_t()
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let words: [String] = ["/bin/sh", "-c", line]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") }
    variables.append(nil)
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, variables)
    errno = code
    return code == 0 ? process : nil
  }

  var status: Int32? {
    if let ending { return ending }
    var raw: Int32 = 0
    guard waitpid(process, &raw, WNOHANG) == process else { return nil }
    let signal = raw & 0x7F
    ending = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
    return ending
  }

  var remarks: String {
    guard let handle = FileHandle(forReadingAtPath: folder.appendingPathComponent("output").path) else { return "" }
    defer { try? handle.close() }
    let octets = (try? handle.read(upToCount: 1 << 16) ?? Data()).map { Array($0) } ?? []
    return Escaped.show(octets.suffix(Self.remarkLimit), limit: Self.remarkLimit)
  }

  func stop() {
    kill(-process, SIGTERM)
    let never = Interrupt()
    let deadline = Deadline.after(.seconds(1))
    while status == nil, !deadline.hasPassed { _ = never.wait(until: .after(.milliseconds(5))) }
    // What it has left behind in its group goes as well.
    kill(-process, SIGKILL)
    while status == nil { _ = never.wait(until: .after(.milliseconds(5))) }
    try? FileManager.default.removeItem(at: folder)
  }
}
