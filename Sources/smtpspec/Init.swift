import ArgumentParser
import Conformance
import Foundation
import Reports
import Transport

/// `smtpspec init`: looks at a server and writes the configuration file for it.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Looks at a server and writes smtpspec.yaml for it.",
    discussion: """
      It connects, reads the greeting and the reply to EHLO, tries STARTTLS, and asks which recipients the server accepts. It sends \
      no mail. What it cannot find out stands in the file as a comment.
      """
  )

  @OptionGroup(title: "Target")
  var options: TargetOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output = "smtpspec.yaml"

  @Flag(help: "Replaces the file where it exists.")
  var force = false

  @Option(help: ArgumentHelp("How long a reply may take.", valueName: "time"))
  var timeout = Time(RunOptions().timeout)

  func validate() throws {
    guard options.host != nil else { throw ValidationError("Which server? Write its HOST or HOST:PORT.") }
  }

  func run() throws {
    guard let target = try options.target(file: nil) else { throw Failure("Which server? Write its HOST or HOST:PORT.") }
    guard force || !FileManager.default.fileExists(atPath: output) else {
      throw Failure("\(output) exists already. --force replaces it, --output names another file.")
    }
    let findings = try look(at: withRoleOfPort(target))
    let text = ConfigurationText(findings: findings, options: options).text
    do throws(OutputError) {
      let file = force ? try DescriptorOutput(path: output) : try DescriptorOutput(newFile: output)
      try file.write(text)
    } catch {
      throw Failure(error.message)
    }
    for note in findings.notes { StandardError.say("note: \(Visible.line(note))") }
    print("Wrote \(output). Read it, then run: smtpspec check --config \(output)\(options.allowsRemote ? " --remote" : "")")
  }

  /// The ports that RFC 6409, RFC 8314 and common use give to one role; a flag has the last word.
  private func withRoleOfPort(_ target: TargetConfiguration) -> TargetConfiguration {
    var target = target
    guard case .tcp(_, let port) = target.endpoint else { return target }
    if options.role == nil, port == 587 || port == 465 { target.role = .submission }
    if options.role == nil, port == 24 { target.role = .lmtp }
    if port == 465 { target.tls.isImplicit = true }
    return target
  }

  /// Looks with the domain that is known, else with the name in the greeting, else with the domain that name is in.
  private func look(at target: TargetConfiguration) throws(Failure) -> TargetFindings {
    var settings = RunOptions()
    settings.timeout = timeout.duration
    do throws(TargetFindings.Failure) {
      let findings = try TargetFindings(lookingAt: target, guessesRole: options.role == nil, options: settings)
      guard findings.target.recipient == nil, target.domain == nil, target.recipient == nil, let host = findings.host else {
        return findings
      }
      guard let dot = host.firstIndex(of: "."), host[host.index(after: dot)...].contains(".") else { return findings }
      var other = target
      other.domain = String(host[host.index(after: dot)...])
      let second = try TargetFindings(lookingAt: other, guessesRole: options.role == nil, options: settings)
      return second.target.recipient == nil ? findings : second
    } catch {
      throw Failure(error.message, status: .nothingVerified)
    }
  }
}
