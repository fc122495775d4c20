import Dispatch
import Foundation
import Testing

/// The built `smtpspec`, run as a process of its own.
struct Tool {
  /// What a process left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
    let duration: Duration
    /// The most memory it held, in octets, as last seen before it ended; `nil` where the system does not tell.
    let peakMemory: Int?

    var lines: [Substring] { output.split(separator: "\n") }
  }

  /// No command here takes longer, unless it hangs.
  static let limit = DispatchTimeInterval.seconds(120)

  /// Runs the tool to its end.
  ///
  /// - Parameters:
  ///   - arguments: What follows `smtpspec`.
  ///   - environment: Added to a small environment of our own.
  ///   - folder: Where it runs.
  ///   - binary: Another copy of it.
  ///   - whileRunning: Done once the process runs, with its id.
  /// - Returns: What it left behind.
  /// - Throws: Where the tool cannot be found or started.
  static func run(
    _ arguments: [String],
    environment: [String: String] = [:],
    in folder: URL? = nil,
    binary: URL? = nil,
    whileRunning: (Int32) -> Void = { _ in }
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = try binary ?? Self.binary()
    process.arguments = arguments
    let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"].contains($0.key) }
    process.environment = inherited.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: nothing blocks, however much is written.
    let scratch = try Scratch()
    defer { scratch.remove() }
    process.standardOutput = try scratch.handle("output")
    process.standardError = try scratch.handle("errors")
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    let clock = ContinuousClock()
    let start = clock.now
    try process.run()
    whileRunning(process.processIdentifier)
    var peakMemory: Int?
    let end = DispatchTime.now() + limit
    while ended.wait(timeout: .now() + .milliseconds(10)) == .timedOut {
      peakMemory = Self.peakMemory(of: process.processIdentifier) ?? peakMemory
      guard DispatchTime.now() > end else { continue }
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
      Issue.record("smtpspec \(arguments.joined(separator: " ")) did not end")
      break
    }
    let duration = clock.now - start
    #expect(process.terminationReason == .exit, "ended by signal \(process.terminationStatus)")
    return Outcome(
      status: process.terminationStatus,
      output: try scratch.text("output"),
      errors: try scratch.text("errors"),
      duration: duration,
      peakMemory: peakMemory
    )
  }

  /// The high-water mark of a running process's memory, which Linux tells of each process by itself: what `wait` tells of a child
  /// counts the parent it was forked from.
  private static func peakMemory(of process: Int32) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1_024 }
  }

  /// Where the build put the binary: beside the tests.
  static func binary() throws -> URL {
    var places = [URL(fileURLWithPath: CommandLine.arguments[0])]
    places += Bundle.allBundles.map(\.bundleURL).filter { $0.pathExtension == "xctest" }
    let candidates = places.map { $0.deletingLastPathComponent().appendingPathComponent("smtpspec") }
    return try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }, "no smtpspec beside the tests")
  }
}

/// A folder for one test.
struct Scratch {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("command-line-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func file(_ name: String) -> URL {
    url.appendingPathComponent(name)
  }

  func write(_ text: String, to name: String) throws {
    let file = file(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func handle(_ name: String) throws -> FileHandle {
    try write("", to: name)
    return try FileHandle(forWritingTo: file(name))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: file(name)), as: UTF8.self)
  }

  func remove() {
    try? FileManager.default.removeItem(at: url)
  }
}
