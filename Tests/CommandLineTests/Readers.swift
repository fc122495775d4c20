import Foundation
import Testing

/// Programs that know nothing of smtpspec and read what it writes; `scripts/readers.sh` installs them.
enum Readers {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let python = root.appendingPathComponent(".build/readers/bin/python")

  /// Whether the modules can be imported.
  static func have(_ modules: String...) -> Bool {
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
    return (try? run(["-c", "import " + modules.joined(separator: ", ")]).status) == 0
  }

  /// Whether a schema was installed.
  static func haveSchemas() -> Bool {
    ["junit-10.xsd", "sarif-2.1.0.json"].allSatisfy { FileManager.default.fileExists(atPath: schemas.appendingPathComponent($0).path) }
  }

  /// The folder of the schemas.
  static var schemas: URL { root.appendingPathComponent(".build/readers/schemas") }

  /// Whether there is a browser that a program can drive.
  static func haveBrowser() -> Bool {
    ["/usr/bin/chromium", "/usr/bin/chromedriver"].allSatisfy(FileManager.default.isExecutableFile) && have("selenium")
  }

  /// Runs one of the scripts in Tests/Readers, and takes what it prints as JSON.
  static func json(_ script: String, _ arguments: [String]) throws -> [String: Any] {
    let read = try run(script, arguments)
    try #require(read.status == 0, "\(script) \(arguments): \(read.output)")
    return try #require(try JSONSerialization.jsonObject(with: Data(read.output.utf8)) as? [String: Any])
  }

  /// Runs one of the scripts in Tests/Readers.
  static func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    try run([root.appendingPathComponent("Tests/Readers/\(script)").path] + arguments)
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let process = Process()
    process.executableURL = python
    process.arguments = arguments
    process.standardOutput = try scratch.handle("output")
    process.standardError = try scratch.handle("errors")
    try process.run()
    process.waitUntilExit()
    let errors = process.terminationStatus == 0 ? "" : try scratch.text("errors")
    return (process.terminationStatus, try scratch.text("output") + errors)
  }
}
