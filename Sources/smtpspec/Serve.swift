import ArgumentParser
import Foundation
import ReferenceServer
import Transport

/// `smtpspec serve`: the reference server for people, until a signal ends it.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Runs the reference server, honest or with deliberate defects.",
    discussion: """
      It is mx.example.test and takes mail for alice, bob, postmaster and the list team at example.test. Ctrl-C ends it.
      """
  )

  @Option(help: "Where to listen: HOST:PORT, [IPV6]:PORT or unix:/PATH; port 0 takes any that is free.")
  var listen = "127.0.0.1:2525"

  @Option(help: ArgumentHelp("What it is for: mx, submission, lmtp or odmr.", valueName: "role"))
  var role = Service.mx

  @Option(name: .customLong("defect"), help: ArgumentHelp("A deliberate fault, by name; may be given again.", valueName: "name"))
  var defects: [String] = []

  @Flag(name: .customLong("list-defects"), help: "Lists the defects and ends.")
  var listsDefects = false

  @Option(help: ArgumentHelp("Delivers into one Maildir a user under this folder; without it, mail is dropped.", valueName: "folder"))
  var maildir: String?

  @Option(name: .customLong("size-limit"), help: ArgumentHelp("The largest message, in octets.", valueName: "octets"))
  var sizeLimit = ReferenceServer.Configuration().sizeLimitInOctets

  @Flag(name: .customLong("helo-only"), help: "Serves RFC 821 alone: no EHLO, no extensions.")
  var isHeloOnly = false

  @Option(
    name: .customLong("tls-cert"), help: ArgumentHelp("The certificate and its chain, PEM; else one that signs itself.", valueName: "file"))
  var certificate: String?

  @Option(name: .customLong("tls-key"), help: ArgumentHelp("The certificate's key, PEM.", valueName: "file"))
  var key: String?

  @Flag(name: .customLong("implicit-tls"), help: "Begins every connection with TLS instead of offering STARTTLS.")
  var isImplicitTLS = false

  @Option(
    name: .customLong("next-hop"),
    help: ArgumentHelp("Where mail for --relay-domain goes; without it, none is taken.", valueName: "address"))
  var nextHop: String?

  @Option(
    name: .customLong("relay-domain"),
    help: ArgumentHelp("A domain whose mail goes to --next-hop; may be given again.", valueName: "domain"))
  var relayDomains: [String] = ReferenceServer.Configuration().relayDomains

  @Option(
    name: .customLong("retry-time"),
    help: ArgumentHelp("How long mail waits that the next hop refused for now, as in 10s, 30min.", valueName: "time"))
  var retryTime = Time(ReferenceServer.Configuration().relayInterval)

  /// The message content that RFC 5321 §4.5.3.1.7 asks of every server, and what fits into memory without a thought.
  private static let sizeLimits = 65_536...1_073_741_824

  func validate() throws {
    guard Self.sizeLimits.contains(sizeLimit) else {
      throw ValidationError("--size-limit is \(Self.sizeLimits.lowerBound) to \(Self.sizeLimits.upperBound) octets")
    }
    guard (certificate == nil) == (key == nil) else { throw ValidationError("--tls-cert and --tls-key go together") }
    guard !isHeloOnly || role == .mx else { throw ValidationError("--helo-only is for the role mx") }
    guard !isHeloOnly || (certificate == nil && !isImplicitTLS) else { throw ValidationError("--helo-only has no TLS") }
    _ = try chosenDefects()
    _ = try endpoint()
  }

  func run() throws {
    guard !listsDefects else { return print(Self.table(of: Defect.all)) }
    let server = Server(configuration: try serverConfiguration(), defects: try chosenDefects())
    // Blocked before any thread starts, so that every thread inherits it and only sigwait below takes them.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    do {
      let listener = try server.start(at: try endpoint())
      print("listening on \(listener.endpoint)")
      fflush(nil)
      var signal: Int32 = 0
      sigwait(&signals, &signal)
      server.stop()
    } catch let failure as Server.StartFailure {
      throw ServeFailure(message: failure.message)
    }
  }

  /// Where to listen; a port of 0, which no client can name, is left to the system.
  private func endpoint() throws -> Endpoint {
    let isAnyPort = listen.hasSuffix(":0")
    do throws(EndpointError) {
      return try Endpoint(parsing: isAnyPort ? String(listen.dropLast(2)) : listen, defaultPort: isAnyPort ? 0 : 2525)
    } catch {
      throw ValidationError("--listen \(listen): \(error.message)")
    }
  }

  private func chosenDefects() throws -> [Defect] {
    try defects.map { name in
      do throws(Defect.UnknownName) {
        return try Defect.named(name)
      } catch {
        let hint = error.nearest.map { ", did you mean '\($0)'?" } ?? "; --list-defects shows them all"
        throw ValidationError("no defect is named '\(name)'\(hint)")
      }
    }
  }

  private func serverConfiguration() throws -> ReferenceServer.Configuration {
    var configuration = ReferenceServer.Configuration(role)
    configuration.maildir = maildir
    configuration.sizeLimitInOctets = sizeLimit
    configuration.isHeloOnly = isHeloOnly
    configuration.isImplicitTLS = isImplicitTLS
    configuration.relayDomains = relayDomains
    configuration.relayInterval = retryTime.duration
    configuration.sending.policy = .opportunistic
    do throws(EndpointError) {
      if let nextHop { configuration.nextHop = try Endpoint(parsing: nextHop, defaultPort: 25) }
    } catch {
      throw ServeFailure(message: "--next-hop \(nextHop ?? ""): \(error.message)")
    }
    guard !isHeloOnly else { return configuration }
    do throws(TransportError) {
      if let certificate, let key {
        configuration.tlsIdentity = try TLSIdentity(certificateFile: certificate, keyFile: key)
      } else {
        configuration.tlsIdentity = try .selfSigned(name: configuration.hostName, alternatives: ["localhost", "127.0.0.1"])
      }
    } catch {
      throw ServeFailure(message: error.message)
    }
    return configuration
  }

  /// The defects, one a line: name, section, what it does.
  static func table(of defects: [Defect]) -> String {
    let width = defects.map(\.name.count).max() ?? 0
    return defects.map { defect in
      let padding = String(repeating: " ", count: width - defect.name.count)
      return "\(defect.name)\(padding)  \(defect.source): \(defect.summary)"
    }.joined(separator: "\n")
  }
}

/// Why `serve` could not begin.
struct ServeFailure: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
