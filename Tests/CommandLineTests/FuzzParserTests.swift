import Foundation
import Testing

/// The example parsers, which honest are silent and with a fault are found out; the seeds alone do it, so that the runs are few.
@Suite("smtpspec fuzz parser: a user's parser in a library or behind a command")
struct FuzzParserTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func path(of program: String) -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent(program) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private static let compiler = path(of: "clang") ?? path(of: "cc")
  private static let python = path(of: "python3")

  /// Builds the example in C.
  private static func library(fault: Int, in scratch: Scratch) throws -> String {
    let process = Process()
    let compiler: URL = try #require(Self.compiler)
    process.executableURL = compiler
    let library = scratch.file("libexample.so").path
    process.arguments =
      [
        "-std=c11", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-DFAULT=\(fault)", "-I",
        root.appendingPathComponent("Sources/CParser/include").path,
      ]
      + ["-o", library, root.appendingPathComponent("examples/parsers/example.c").path]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return library
  }

  @Test(
    "A library's fault is found", .enabled(if: compiler != nil),
    arguments: [
      (0, ""), (1, "crash"), (2, "hang"), (3, "too-wide"), (4, "too-narrow"), (5, "split"), (6, "end"), (7, "round-trip"),
      (8, "round-trip"),
      (9, "split"),
    ])
  func library(fault: Int, oracle: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let library = try Self.library(fault: fault, in: scratch)
    // A few inputs that show each fault, as a corpus of an earlier campaign would have them.
    let inputs = [
      "reply\n2500 OK\r\n", "reply\n250 a\0b\r\n", "reply\n250 OK\n", "reply\n250-x\r\n250\r\n", "mail-data\na\n.\nb\r\n.\r\n",
      "mail-data\n..x\r\n.\r\n",
    ]
    for (number, input) in inputs.enumerated() { try scratch.write(input, to: "smtpspec-findings/corpus/\(number).raw") }
    let patience = fault == 2 ? "300ms" : "5s"
    let outcome = try Tool.run(
      ["fuzz", "parser", "--library", library, "--resume", "--runs", "8", "--seed", "1", "--hang", patience, "--jobs", "2"],
      in: scratch.url)
    #expect(outcome.status == (fault == 0 ? 0 : 1), "\(outcome.output)\(outcome.errors)")
    let oracles = outcome.lines.dropFirst(2).compactMap { $0.split(separator: " ").dropFirst(2).first }
    if fault > 0 { #expect(oracles.contains(Substring(oracle)), "\(outcome.output)") }
    guard let folder = try Self.findings(scratch).first(where: { $0.lastPathComponent.hasPrefix(oracle + "-") }), fault > 0 else { return }
    // What was found comes again from its file alone.
    let kind = [6, 7].contains(fault) ? "mail-data" : "reply"
    let again = try Tool.run(
      ["fuzz", "parser", "--library", library, kind, "--hang", patience, "--input", folder.appendingPathComponent("input.raw").path])
    #expect(again.status == 1 && again.output.contains("\(kind): "), "\(again.output)\(again.errors)")
  }

  private static func findings(_ scratch: Scratch) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: scratch.file("smtpspec-findings/findings"), includingPropertiesForKeys: nil)
  }

  @Test(
    "A command's fault is found", .enabled(if: python != nil),
    arguments: [
      ("", ""), ("crash", "crash"), ("hang", "hang"), ("bare-lf", "end"), ("no-null-path", "too-narrow"), ("underscore", "too-wide"),
      ("out-of-form", "garbled"),
    ])
  func command(fault: String, oracle: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    // A few inputs that show each fault, as a corpus of an earlier campaign would have them.
    let inputs = ["NOOP \"x\"", "EHLO [127.0.0.1]", "NOOP\nNOOP", "MAIL FROM:<>", "RCPT TO:<a@b_c.example>", "HELP", "QUIT", "DATA "]
    for (number, input) in inputs.enumerated() {
      try scratch.write("command\n\(input)", to: "smtpspec-findings/corpus/\(number).raw")
    }
    let example = Self.root.appendingPathComponent("examples/parsers/example.py").path
    let outcome = try Tool.run(
      [
        "fuzz", "parser", "command", "--command", "python3 '\(example)' \(fault)", "--resume", "--runs", "40", "--seed", "1", "--hang",
        "2s",
      ]
        + ["--jobs", "2"], in: scratch.url)
    #expect(outcome.status == (fault.isEmpty ? 0 : 1), "\(outcome.output)\(outcome.errors)")
    #expect(fault.isEmpty || outcome.output.contains(" \(oracle) "), "\(outcome.output)")
  }

  @Test("Our own parsers are silent")
  func ours() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let outcome = try Tool.run(["fuzz", "parser", "--runs", "500", "--seed", "5"], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.hasPrefix("500 inputs, "))
  }

  @Test("A parser that cannot be asked is no parser without faults")
  func unusable() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let ended = try Tool.run(["fuzz", "parser", "--command", "exit 3"], in: scratch.url)
    #expect(ended.status == 3)
    #expect(ended.errors.contains("the parser cannot be fuzzed: "))
    let none = try Tool.run(["fuzz", "parser", "--library", scratch.file("none.so").path], in: scratch.url)
    #expect(none.status == 2)
    #expect(none.errors.contains("no such file"))
    try scratch.write("no library", to: "broken.so")
    let broken = try Tool.run(["fuzz", "parser", "--library", scratch.file("broken.so").path], in: scratch.url)
    #expect(broken.status == 3)
    #expect(broken.errors.contains("broken.so"))
  }
}
