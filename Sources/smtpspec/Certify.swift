import ArgumentParser
import Attestation
import Conformance
import Foundation
import Reports

/// `smtpspec certify`: runs every case for the server's role and signs what came of them.
struct Certify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Runs every case for a server's role and signs the result.",
    discussion: """
      It runs all cases of the role, the slow ones, too, and writes an in-toto statement about the build that --subject names, with the \
      test-result predicate, in a DSSE envelope. A run with violations is signed as FAILED; one that verified nothing is not signed.

      \(ExitStatus.table)
      """
  )

  @OptionGroup(title: "Target")
  var target: TargetOptions

  @Option(help: ArgumentHelp("The configuration file of the target; 'smtpspec init' writes one.", valueName: "file"))
  var config: String?

  @Option(
    name: .customLong("subject"),
    help: ArgumentHelp(
      "The server build: a file, or NAME@sha256:DIGEST as of a container image; may be given again.", valueName: "build"))
  var subjects: [String]

  @OptionGroup(title: "Statement")
  var key: KeyOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output = "smtpspec.intoto.jsonl"

  @Option(help: ArgumentHelp("Where the run can be seen, for the statement.", valueName: "link"))
  var url: String?

  @Option(help: ArgumentHelp("Reads the specs of a folder instead of those inside the binary.", valueName: "folder"))
  var specs: String?

  @OptionGroup(title: "Run")
  var settings: RunSettings

  @OptionGroup(title: "Run")
  var waivers: WaiverOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  func validate() throws {
    guard !subjects.isEmpty else { throw ValidationError("--subject names the build that the statement is about") }
    guard waivers.baseline == nil else { throw ValidationError("a statement needs waivers with reasons: use --waivers, not --baseline") }
    guard !settings.failsFast else { throw ValidationError("a statement is about every case: leave --fail-fast away") }
  }

  func run() throws {
    let subjects = try SubjectArgument.subjects(subjects)
    let key = try key.signingKey()
    try refuseUnwritable(output)
    guard var target = try target.target(file: config) else {
      throw Failure("Which server? Write its address, or --config FILE.")
    }
    try waivers.apply(to: &target)
    let suite = try SuiteOptions.suite(in: specs)
    let cases = suite.cases.filter { $0.needs.roles.contains(target.role) }.inReadingOrder
    let context = ReportContext(
      head: RunHead(version: Smtpspec.version, specs: suite.digest, started: Date.now.formatted(.iso8601), strict: settings.strict),
      register: suite.register, cases: cases, command: Reproduction.ofThisProcess.command)
    let cancellation = Cancellation()
    var audience = Audience(reports: try report.reports(context: context), cancellation: cancellation)
    SignalWatch.start {
      StandardError.say("stopping; nothing will be signed. Once more ends it at once.")
      cancellation.cancel()
    }
    var options = settings.options
    options.slow = true
    options.minimum = waivers.minimum
    var evidence = Evidence(context: context)
    let configuration = try resources(suite: suite, cases: cases.count, role: target.role)
    var runner = Runner(cases: cases, of: suite.cases, target: target, options: options, cancellation: cancellation)
    let summary = runner.run { event in
      audience.tell(event)
      // It writes nowhere.
      try? evidence.receive(event)
    }
    if let failure = audience.failure { throw failure }
    switch summary.outcome {
    case .conforming,
      .violations where !summary.isPartial:
      break
    default:
      StandardError.say("nothing is signed: the run did not come to a result about the server")
      Foundation.exit(summary.exitStatus == 0 ? ExitStatus.nothingVerified.rawValue : summary.exitStatus)
    }
    guard let events = evidence.resource() else { throw Failure("OpenSSL computes no SHA-256 here", status: .fault) }
    let statement = Statement(evidence.run, subjects: subjects, configuration: configuration + [events], url: url)
    try write(statement, key)
    Foundation.exit(summary.exitStatus)
  }

  private func write(_ statement: Statement, _ key: SigningKey) throws(Failure) {
    guard let envelope = Envelope(signing: Array(statement.json.line().utf8), with: key) else {
      throw Failure("OpenSSL cannot sign with this key", status: .fault)
    }
    do throws(OutputError) {
      try DescriptorOutput(path: output).write(envelope.json.line() + "\n")
    } catch {
      throw Failure(error.message, status: .fault)
    }
    StandardError.say(
      "\(Visible.line(output)): \(statement.result.rawValue) for \(statement.subjects.map { Visible.line($0.name) }.joined(separator: ", ")), "
        + "signed with \(key.verificationKey.kind) key \(key.verificationKey.id.prefix(16))…")
  }

  /// What is tested with, each by its digest.
  private func resources(suite: Suite, cases: Int, role: TargetRole) throws(Failure) -> [Statement.Resource] {
    var resources = [
      Statement.Resource(
        name: Statement.toolName, digest: try Self.digest(of: Self.executable),
        annotations: .object(["version": .string(Smtpspec.version)])),
      Statement.Resource(
        name: Statement.specsName, digest: String(suite.digest.drop { $0 != ":" }.dropFirst()),
        annotations: .object(["profile": .string(role.rawValue), "cases": .int(cases)])),
    ]
    if let config { resources.append(Statement.Resource(name: "smtpspec.yaml", digest: try Self.digest(of: config))) }
    return resources
  }

  private static var executable: String {
    #if os(Linux)
      "/proc/self/exe"
    #else
      Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""
    #endif
  }

  private static func digest(of file: String) throws(Failure) -> String {
    do throws(Subject.Failure) {
      return try Subject(file).digest
    } catch {
      throw Failure("\(Visible.line(file)): \(error.message)")
    }
  }

  /// A run takes minutes: a statement that cannot be written shall not show at its end.
  private func refuseUnwritable(_ path: String) throws(Failure) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let place = FileManager.default.fileExists(atPath: path) ? path : folder
    guard FileManager.default.isWritableFile(atPath: place) else {
      throw Failure("--output \(Visible.line(path)): it cannot be written there")
    }
  }
}
