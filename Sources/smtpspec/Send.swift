import ArgumentParser
import Foundation
import ReferenceServer
import Reports
import Transport
import Wire

/// `smtpspec send`: a small correct client, or a faulty one.
struct Send: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Sends a message as a conforming client does, or with deliberate defects.",
    discussion: """
      The file holds header section and body; lines may end in LF or CRLF. The exit status is 0 where every recipient's copy was taken, 1 \
      where one was refused for good, and 3 where it may be tried again.
      """
  )

  @Argument(help: "The server: HOST, HOST:PORT, [IPV6]:PORT or unix:/PATH; port 25 by default.")
  var server: String

  @Argument(help: "The file with the message; '-' reads standard input.")
  var file: String

  @Option(name: .customLong("from"), help: ArgumentHelp("Who it is from; '' for the null reverse-path.", valueName: "address"))
  var sender: String

  @Option(name: .customLong("to"), help: ArgumentHelp("Who it is for; may be given again.", valueName: "address"))
  var recipients: [String]

  @Option(name: .customLong("client-name"), help: ArgumentHelp("The name in EHLO.", valueName: "domain"))
  var clientName = SendingOptions().hostName

  @Option(
    name: .customLong("tls-policy"), help: ArgumentHelp("What it does about TLS: none, opportunistic or required.", valueName: "policy"))
  var policy = SendingOptions.Policy.opportunistic

  @Option(help: ArgumentHelp("The name for AUTH, which goes over TLS alone.", valueName: "name"))
  var username: String?

  @Option(name: .customLong("password-env"), help: ArgumentHelp("The environment variable with its password.", valueName: "variable"))
  var passwordVariable: String?

  @Option(help: ArgumentHelp("How long a reply may take, as in 500ms, 10s, 2min.", valueName: "time"))
  var timeout = Time(SendingOptions().patience)

  @Option(
    name: .customLong("defect"), help: ArgumentHelp("A deliberate fault, by name; may be given again.", valueName: "name"))
  var defects: [String] = []

  @Flag(name: .customLong("remote"), help: "Allows a server that is not on this machine. Send only where you may.")
  var allowsRemote = false

  func run() throws {
    let manner = SendingManner(try defects.map { name throws(Failure) in try BuiltInServer.defect(named: name) })
    let endpoint: Endpoint
    do throws(EndpointError) {
      endpoint = try Endpoint(parsing: server, defaultPort: 25)
    } catch {
      throw Failure("\(server): \(error.message)")
    }
    guard allowsRemote || endpoint.isOnThisMachine else {
      throw Failure("\(server) is not on this machine. Add --remote if you are allowed to send to it.")
    }
    let shipment = Shipment(
      reversePath: Array("<\(sender)>".utf8), recipients: recipients.map { .init(path: Array("<\($0)>".utf8)) }, content: try content())
    guard !shipment.hasUnsafePath else { throw Failure("an address has a control character in it") }
    let session: Session
    do throws(TransportError) {
      session = try Session.connect(to: endpoint, deadline: .after(min(timeout.duration, .seconds(30))))
    } catch {
      StandardError.say(error.message)
      Foundation.exit(Self.later)
    }
    let outcomes = SendingClient(session, options: try options(), manner: manner).send(shipment)
    for (recipient, outcome) in zip(recipients, outcomes) { print(Self.line(recipient, outcome)) }
    Foundation.exit(Self.status(of: outcomes))
  }

  /// The status for what may be tried again.
  private static let later: Int32 = 3

  private static func status(of outcomes: [ShipmentOutcome]) -> Int32 {
    var status: Int32 = 0
    for outcome in outcomes {
      switch outcome {
      case .accepted: break
      case .failed: return 1
      case .deferred: status = later
      }
    }
    return status
  }

  private static func line(_ recipient: String, _ outcome: ShipmentOutcome) -> String {
    let shown = Visible.line(recipient)
    switch outcome {
    case .accepted: return "\(shown): sent"
    case .deferred(let why): return "\(shown): not sent, may be tried again: \(words(why))"
    case .failed(let why): return "\(shown): not sent: \(words(why))"
    }
  }

  private static func words(_ why: ShipmentOutcome.Diagnosis) -> String {
    why.reply.isEmpty ? why.text : Escaped.show(why.reply, limit: 400)
  }

  private func options() throws(Failure) -> SendingOptions {
    var options = SendingOptions()
    options.hostName = clientName
    options.policy = policy
    options.patience = timeout.duration
    switch (username, passwordVariable) {
    case (nil, nil): return options
    case (let username?, let variable?):
      guard let password = ProcessInfo.processInfo.environment[variable] else {
        throw Failure("--password-env \(variable): the environment has no such variable")
      }
      options.credentials = (username, password)
      return options
    default: throw Failure("--username and --password-env go together")
    }
  }

  /// The message, its lines ended by CRLF.
  private func content() throws(Failure) -> [UInt8] {
    let data: Data
    do {
      data = try file == "-" ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(fileURLWithPath: file))
    } catch {
      throw Failure("\(file) cannot be read: \(error.localizedDescription)")
    }
    var octets: [UInt8] = []
    octets.reserveCapacity(data.count + data.count / 32)
    for octet in data {
      if octet == .lineFeed, octets.last != .carriageReturn { octets.append(.carriageReturn) }
      octets.append(octet)
    }
    return octets
  }
}

extension SendingOptions.Policy: ExpressibleByArgument {}
