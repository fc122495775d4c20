import ArgumentParser
import Attestation
import Conformance
import Foundation
import Reports

/// `smtpspec verify`: checks a signed statement.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks a signed statement that 'smtpspec certify' wrote.",
    discussion: """
      It checks the signature, that the payload is an in-toto statement with a test result, that it is about the builds that --subject \
      names, and the result.

      EXIT STATUS:
        0   the statement holds
        1   it does not: another key, another build, or a result that is not good enough
        2   wrong usage, or a file that is no statement
      """
  )

  @Argument(help: ArgumentHelp("The envelope.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("The public key of whoever signed, a PEM file.", valueName: "file"))
  var key: String

  @Option(
    name: .customLong("subject"),
    help: ArgumentHelp("The build that it must be about: a file, or NAME@sha256:DIGEST; may be given again.", valueName: "build"))
  var subjects: [String] = []

  @Option(help: ArgumentHelp("The role that it must be about: mx, submission, lmtp or odmr.", valueName: "role"))
  var role: TargetRole?

  @Option(
    name: .customLong("require"),
    help: ArgumentHelp("The least result that is good enough: passed, warned or any.", valueName: "result"))
  var requirement = Requirement.warned

  /// The least result that is good enough.
  enum Requirement: String, ExpressibleByArgument, CaseIterable {
    case passed, warned, any

    func accepts(_ result: Statement.Result) -> Bool {
      switch self {
      case .passed: result == .passed
      case .warned: result != .failed
      case .any: true
      }
    }
  }

  func run() throws {
    let subjects = try SubjectArgument.subjects(subjects)
    let key = try verificationKey()
    let envelope: Envelope
    let statement: Statement
    do throws(StatementError) {
      envelope = try Envelope(try Self.octets(of: file))
    } catch {
      throw Failure("\(Visible.line(file)): \(error.message)")
    }
    // Nothing of the payload is looked at before it is known whose it is.
    guard envelope.isSigned(by: key) else { throw refusal(Self.words(ofUnsigned: envelope, key)) }
    do throws(StatementError) {
      statement = try Statement(envelope)
    } catch {
      throw Failure("\(Visible.line(file)): \(error.message)")
    }
    for subject in subjects where !statement.subjects.contains(where: { $0.digest == subject.digest }) {
      let named = statement.subjects.map { "\(Visible.line($0.name)) (sha256:\(Visible.line($0.digest)))" }.joined(separator: ", ")
      throw refusal("it is about \(named), not about \(Visible.line(subject.name)) (sha256:\(subject.digest))")
    }
    let profile = statement.resource(Statement.specsName)?.annotations?["profile"]?.string
    if let role, role.rawValue != profile {
      throw refusal("it is about the role '\(Visible.line(profile ?? "none"))', not '\(role.rawValue)'")
    }
    let text = StatementText(statement, key: key, specs: try? Suite.embedded().digest)
    try? DescriptorOutput.standardOutput().write(text.lines.map { $0 + "\n" }.joined())
    guard requirement.accepts(statement.result) else {
      throw refusal("its result is \(statement.result.rawValue), and --require asks for \(requirement.rawValue)")
    }
  }

  private func refusal(_ words: String) -> Failure {
    Failure("\(Visible.line(file)) does not hold: \(words)", status: .violations)
  }

  private static func words(ofUnsigned envelope: Envelope, _ key: VerificationKey) -> String {
    guard let first = envelope.signatures.first else { return "nobody has signed it" }
    if first.keyID == key.id { return "the signature does not fit: it was changed after it was signed" }
    let other = first.keyID.isEmpty ? "" : "; it names the key \(Visible.line(first.keyID, limit: 100))"
    return "no signature of it is by the \(key.kind) key \(key.id)\(other)"
  }

  private func verificationKey() throws(Failure) -> VerificationKey {
    do throws(KeyError) {
      return try VerificationKey(path: key)
    } catch {
      throw Failure("--key \(Visible.line(key)): \(error.message)")
    }
  }

  private static func octets(of file: String) throws(StatementError) -> [UInt8] {
    guard let handle = FileHandle(forReadingAtPath: file) else { throw StatementError("it cannot be read: no such file, or no permission") }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: Envelope.limit + 1) else { return [] }
    guard data.count <= Envelope.limit else { throw StatementError("it has more than \(Envelope.limit) octets") }
    return Array(data)
  }
}

/// A statement in a few lines.
private struct StatementText {
  let lines: [String]

  init(_ statement: Statement, key: VerificationKey, specs: String?) {
    let run = statement.resource(Statement.eventsName)?.annotations
    let tested = statement.resource(Statement.specsName)
    var lines = ["signed by   \(key.kind) key \(key.id)"]
    lines += statement.subjects.map { "subject     \(Visible.line($0.name))  sha256:\(Visible.line($0.digest))" }
    let counts = run?["counts"]?.members ?? []
    let counted = counts.compactMap { member in
      member.value.int.flatMap { $0 == 0 ? nil : "\($0) \(Visible.line(member.key, limit: 40))" }
    }
    lines.append("result      \(statement.result.rawValue)" + (counted.isEmpty ? "" : "  \(counted.joined(separator: ", "))"))
    if let role = tested?.annotations?["profile"]?.string { lines.append("role        \(Visible.line(role, limit: 40))") }
    if let tested {
      let isSame = specs.map { $0 == "sha256:" + tested.digest }
      let comparison = isSame.map { $0 ? "  (as inside this smtpspec)" : "  (others than inside this smtpspec)" } ?? ""
      lines.append("specs       sha256:\(Visible.line(tested.digest))\(comparison)")
    }
    let version = statement.resource(Statement.toolName)?.annotations?["version"]?.string
    if let version { lines.append("smtpspec    \(Visible.line(version, limit: 40))") }
    if let started = run?["started"]?.string { lines.append("run         \(Visible.line(started, limit: 40))") }
    if let target = run?["target"]?.string { lines.append("target      \(Visible.line(target, limit: 200))") }
    for waiver in (run?["waivers"]?.array ?? []).prefix(100) {
      lines.append("waiver      \(Visible.line(waiver["case"]?.string ?? "")): \(Visible.line(waiver["reason"]?.string ?? ""))")
    }
    for id in statement.failed.prefix(20) { lines.append("failed      \(Visible.line(id))") }
    if statement.failed.count > 20 { lines.append("failed      and \(statement.failed.count - 20) more") }
    self.lines = lines
  }
}
