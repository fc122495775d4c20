import ArgumentParser
import Foundation
import Fuzz
import Transport

/// What a server that scripts are played to is for.
enum FuzzedRole: String, ExpressibleByArgument, CaseIterable {
  /// SMTP.
  case mx
  /// LMTP: it is greeted by LHLO, and answers a message once a recipient (RFC 2033).
  case lmtp
}

/// How scripts are played to a server.
struct PlayOptions: ParsableArguments {
  @Option(
    name: .customLong("recipient"), help: ArgumentHelp("A mailbox that it accepts mail for; may be given again.", valueName: "address"))
  var recipientNames: [String] = []

  @Option(help: ArgumentHelp("What the server is for: mx or lmtp.", valueName: "role"))
  var role = FuzzedRole.mx

  @Flag(name: .customLong("implicit-tls"), help: "The server speaks TLS from the first octet, as on port 465.")
  var isImplicitTLS = false

  @Option(help: ArgumentHelp("How long a reply may take before the server is taken to hang.", valueName: "time"))
  var timeout = Time(.seconds(10))

  @Option(
    help: ArgumentHelp("How long nothing has to come before that is taken for silence, where half a command was sent.", valueName: "time"))
  var silence = Time(.milliseconds(60))

  @Flag(name: .customLong("remote"), help: "Allows a server that is not on this machine. Test only what you may.")
  var allowsRemote = false

  func validate() throws {
    guard timeout.duration > .zero, silence.duration > .zero else {
      throw ValidationError("--timeout and --silence are longer than no time")
    }
    for name in recipientNames where name.isEmpty || !name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x3C && $0 != 0x3E }) {
      throw ValidationError("--recipient: a space, an angle bracket or a control octet cannot stand here; write the bare address")
    }
  }

  /// The mailboxes as octets.
  var recipients: [[UInt8]] { recipientNames.map { Array($0.utf8) } }

  /// The server, found or started.
  ///
  /// - Parameters:
  ///   - host: Where it is; `nil` for the built-in one.
  ///   - defects: Deliberate faults of the built-in server.
  ///   - command: What starts it, if we do.
  ///   - ready: How long it has then until it answers.
  ///   - environment: Variables that it has then beside ours.
  ///   - interrupt: What ends every wait.
  /// - Returns: The server, which answers.
  /// - Throws: ``Failure`` where there is no such server.
  func open(
    _ host: String?, defects: [String], starting command: String? = nil, ready: Duration = .seconds(10),
    environment: [String: String] = [:], interrupt: Interrupt
  ) throws(Failure) -> OpenServer {
    guard defects.isEmpty || host == nil else { throw Failure("--defect is for the built-in server: leave the address away") }
    guard let host else {
      let server = try FuzzedReference(defects: defects, as: role)
      return try opened(server.endpoint, "the reference server", nil, interrupt, stop: server.stop)
    }
    let endpoint: Endpoint
    do throws(EndpointError) {
      endpoint = try Endpoint(parsing: host, defaultPort: 25)
    } catch {
      throw Failure(error.message)
    }
    guard allowsRemote || endpoint.isOnThisMachine else {
      throw Failure("\(endpoint) is not on this machine. Add --remote if you are allowed to test it.")
    }
    return try opened(endpoint, endpoint.description, command.map { ($0, ready, environment) }, interrupt, stop: {})
  }

  private func opened(
    _ endpoint: Endpoint, _ name: String, _ starting: (command: String, ready: Duration, environment: [String: String])?,
    _ interrupt: Interrupt, stop: @escaping () -> Void
  ) throws(Failure) -> OpenServer {
    let resolved: ResolvedEndpoint
    do throws(TransportError) {
      resolved = try endpoint.resolve(deadline: .after(timeout.duration), interrupt: interrupt)
    } catch {
      throw Failure(error.message, status: .nothingVerified)
    }
    var player = Player(server: resolved)
    player.timing.reply = timeout.duration
    player.timing.silence = silence.duration
    player.isImplicitTLS = isImplicitTLS
    player.isLMTP = role == .lmtp
    player.interrupt = interrupt
    var keeper: ServerKeeper?
    if let starting {
      let made = ServerKeeper(
        command: starting.command, ready: starting.ready, environment: starting.environment, player: player)
      do throws(ServerKeeper.Failure) {
        try made.start()
      } catch {
        throw Failure(error.message, status: .nothingVerified)
      }
      keeper = made
    }
    guard player.servesOthers() else {
      keeper?.stop()
      stop()
      throw Failure("\(name) does not greet and answer NOOP within \(StatusText.time(timeout.duration))", status: .nothingVerified)
    }
    var address: (String, UInt16) = ("127.0.0.1", 25)
    if case .tcp(let host, let port) = endpoint { address = (host, port) }
    return OpenServer(player: player, name: name, address: address, keeper: keeper) {
      keeper?.stop()
      stop()
    }
  }
}

/// A server that answers.
struct OpenServer {
  let player: Player
  let name: String
  let address: (host: String, port: UInt16)
  let keeper: (any ServerKeeping)?
  let stop: () -> Void
}
