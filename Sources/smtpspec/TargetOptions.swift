public import ArgumentParser
public import Conformance
import Foundation
import Transport

/// Who is tested and what it offers, as far as the command line says so.
struct TargetOptions: ParsableArguments {
  @Argument(help: "The server: HOST, HOST:PORT, [IPV6]:PORT or unix:/PATH; port 25 by default.")
  var host: String?

  @Option(help: ArgumentHelp("What the target is for: mx, submission, lmtp, odmr, relay or client.", valueName: "role"))
  var role: TargetRole?

  @Option(help: ArgumentHelp("A mailbox that the server accepts mail for.", valueName: "address"))
  var recipient: String?

  @Option(help: ArgumentHelp("Another one.", valueName: "address"))
  var recipient2: String?

  @Option(name: .customLong("unknown-recipient"), help: ArgumentHelp("One of its domain that does not exist.", valueName: "address"))
  var unknownRecipient: String?

  @Option(name: .customLong("foreign-recipient"), help: ArgumentHelp("One of a domain that it does not serve.", valueName: "address"))
  var foreignRecipient: String?

  @Option(
    name: .customLong("failing-recipient"),
    help: ArgumentHelp("One that is accepted and fails at delivery, for LMTP.", valueName: "address"))
  var failingRecipient: String?

  @Option(
    name: .customLong("undeliverable-recipient"),
    help: ArgumentHelp("One that is accepted, and whose delivery fails at once and for good.", valueName: "address"))
  var undeliverableRecipient: String?

  @Option(name: .customLong("undeliverable-recipient2"), help: ArgumentHelp("Another one of this kind.", valueName: "address"))
  var undeliverableRecipient2: String?

  @Option(
    name: .customLong("mailing-list"), help: ArgumentHelp("A mailing list, not an alias, that the recipient is on.", valueName: "address"))
  var mailingList: String?

  @Option(
    name: .customLong("local-sender"), help: ArgumentHelp("A third mailbox of the server, to which reports go.", valueName: "address"))
  var localSender: String?

  @Option(
    name: .customLong("sender-mailbox"),
    help: ArgumentHelp("Where the local sender's mail can be read, and nobody else's.", valueName: "mailbox"))
  var senderMailbox: String?

  @Option(help: ArgumentHelp("Who our mail is from.", valueName: "address"))
  var sender: String?

  @Option(help: ArgumentHelp("A domain that the server takes mail for.", valueName: "domain"))
  var domain: String?

  @Option(name: .customLong("client-name"), help: ArgumentHelp("The name we give in EHLO.", valueName: "domain"))
  var clientName: String?

  @Option(
    help: ArgumentHelp(
      "A client to test instead: a command that sends one message, with {host}, {port}, {sender}, {recipient} and {message} in it.",
      valueName: "command"))
  var client: String?

  @Option(help: ArgumentHelp("Where to wait for what a client or a relay sends; by default any free port.", valueName: "address"))
  var listen: String?

  @Option(
    name: .customLong("retry-time"), help: ArgumentHelp("How soon a relay tries again what was refused for now.", valueName: "time"))
  var retryTime: Time?

  @Option(
    name: .customLong("tls-policy"),
    help: ArgumentHelp("What a client or a relay is told about TLS: none (default), opportunistic or required.", valueName: "policy"))
  var tlsPolicy: TargetConfiguration.TLSPolicy?

  @Option(help: ArgumentHelp("A mailing list, for EXPN.", valueName: "name"))
  var list: String?

  @Option(help: ArgumentHelp("The name for AUTH.", valueName: "name"))
  var username: String?

  @Option(name: .customLong("password-env"), help: ArgumentHelp("The environment variable with its password.", valueName: "variable"))
  var passwordVariable: String?

  @Option(
    help: ArgumentHelp(
      "Where delivered mail can be read: maildir:PATH, mbox:PATH, command:COMMAND, or sink for what is relayed to --listen; may be given again.",
      valueName: "mailbox"))
  var mailbox: [String] = []

  @Flag(name: .customLong("implicit-tls"), help: "The server speaks TLS from the first octet, as on port 465.")
  var isImplicitTLS = false

  @Option(name: .customLong("tls-trust"), help: ArgumentHelp("Whom to believe: none (default), system, or a PEM file.", valueName: "trust"))
  var trust: String?

  @Option(name: .customLong("tls-name"), help: ArgumentHelp("The name for SNI and the certificate.", valueName: "name"))
  var tlsName: String?

  @Flag(name: .customLong("remote"), help: "Allows a server that is not on this machine. Test only what you may.")
  var allowsRemote = false

  /// The target that file and flags describe together; a flag has the last word.
  ///
  /// - Parameter file: The configuration file, if one was named.
  /// - Returns: `nil` where neither names a target.
  /// - Throws: ``Failure`` in plain words.
  func target(file: String?) throws(Failure) -> TargetConfiguration? {
    var target: TargetConfiguration
    do throws(ConfigurationError) {
      if let file {
        target = try .load(file)
        if let host { target = target.moved(to: try TargetConfiguration(address: host)) }
      } else if let host {
        target = try TargetConfiguration(address: host)
      } else if let client {
        target = TargetConfiguration(client: .command(client))
      } else {
        return nil
      }
    } catch {
      throw Failure(error.message)
    }
    try apply(to: &target)
    if target.role == .client, target.clientProgram == nil { throw Failure("a client is a command: --client names it") }
    if !allowsRemote, !target.endpoint.isOnThisMachine {
      throw Failure("\(target.address) is not on this machine. Add --remote if you are allowed to test it.")
    }
    return target
  }

  /// Writes the flags over what a target says.
  ///
  /// - Throws: ``Failure`` for a value that cannot stand in a command.
  func apply(to target: inout TargetConfiguration) throws(Failure) {
    if let role { target.role = role }
    if let recipient { target.recipient = try plain(recipient, "--recipient") }
    if let recipient2 { target.recipient2 = try plain(recipient2, "--recipient2") }
    if let unknownRecipient { target.unknownRecipient = try plain(unknownRecipient, "--unknown-recipient") }
    if let foreignRecipient { target.foreignRecipient = try plain(foreignRecipient, "--foreign-recipient") }
    if let failingRecipient { target.failingRecipient = try plain(failingRecipient, "--failing-recipient") }
    if let undeliverableRecipient {
      target.undeliverableRecipient = try plain(undeliverableRecipient, "--undeliverable-recipient")
    }
    if let undeliverableRecipient2 {
      target.undeliverableRecipient2 = try plain(undeliverableRecipient2, "--undeliverable-recipient2")
    }
    if let mailingList { target.mailingList = try plain(mailingList, "--mailing-list") }
    if let localSender { target.localSender = try plain(localSender, "--local-sender") }
    if let senderMailbox { target.senderMailbox = try mailboxConfiguration([senderMailbox], "--sender-mailbox") }
    if let sender { target.sender = try plain(sender, "--sender") }
    if let domain { target.domain = try plain(domain, "--domain") }
    if let clientName { target.client = try plain(clientName, "--client-name") }
    if let client {
      guard role == nil || role == .client else { throw Failure("--client is for the role client") }
      target.role = .client
      target.clientProgram = .command(client)
    }
    if let listen { target.listen = try endpoint(listen, "--listen") }
    if let retryTime { target.retryTime = retryTime.duration }
    if let tlsPolicy { target.tls.policy = tlsPolicy }
    if let list { target.list = try plain(list, "--list") }
    try applyCredentials(to: &target)
    if !mailbox.isEmpty { target.mailbox = try mailboxConfiguration(mailbox, "--mailbox") }
    // A server that is still to be started may make its mailbox then.
    if target.server == nil, let problem = target.mailbox?.problem ?? target.senderMailbox?.problem { throw Failure(problem) }
    if isImplicitTLS { target.tls.isImplicit = true }
    if let tlsName { target.tls.serverName = try plain(tlsName, "--tls-name") }
    switch trust {
    case nil: break
    case "none": target.tls.trust = .none
    case "system": target.tls.trust = .system
    case .some(let path):
      guard FileManager.default.isReadableFile(atPath: path) else {
        throw Failure("--tls-trust \(path): no such file, or no permission; write none, system or a PEM file")
      }
      target.tls.trust = .file(path)
    }
  }

  private func applyCredentials(to target: inout TargetConfiguration) throws(Failure) {
    switch (username, passwordVariable) {
    case (nil, nil): return
    case (let username?, let variable?):
      guard let password = ProcessInfo.processInfo.environment[variable] else {
        throw Failure("--password-env \(variable): the environment has no such variable")
      }
      target.credentials = TargetConfiguration.Credentials(username: username, password: password)
    default: throw Failure("--username and --password-env go together")
    }
  }

  /// Where to listen; a port of 0, which no client can name, is left to the system.
  private func endpoint(_ text: String, _ option: String) throws(Failure) -> Endpoint {
    let isAnyPort = text.hasSuffix(":0")
    do throws(EndpointError) {
      return try Endpoint(parsing: isAnyPort ? String(text.dropLast(2)) : text, defaultPort: isAnyPort ? 0 : 2526)
    } catch {
      throw Failure("\(option) \(text): \(error.message)")
    }
  }

  private func mailboxConfiguration(
    _ texts: [String], _ option: String
  ) throws(Failure) -> TargetConfiguration.MailboxConfiguration {
    if texts == ["sink"] { return .sink }
    let parts = texts.map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
    for (part, text) in zip(parts, texts) where part.count != 2 || !["maildir", "mbox", "command"].contains(part[0]) {
      throw Failure("\(option) \(text): write maildir:PATH, mbox:PATH, command:COMMAND or sink")
    }
    guard Set(parts.map { $0[0] }).count == 1 else { throw Failure("\(option): one kind of mailbox, not two") }
    let paths = parts.map { $0[1] }
    switch parts[0][0] {
    case "maildir": return .maildir(paths)
    case "command": return .command(paths)
    default: return .mbox(paths)
    }
  }

  /// A text that can stand in a command: no space, no line end, no angle bracket.
  private func plain(_ text: String, _ option: String) throws(Failure) -> String {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }) else {
      throw Failure("\(option): a space, an angle bracket or a control octet cannot stand here; write the bare name or address")
    }
    return text
  }
}

extension TargetRole: ExpressibleByArgument {}

extension TargetConfiguration.TLSPolicy: ExpressibleByArgument {}

extension Endpoint {
  /// Whether it is the machine that smtpspec runs on, by its address alone; no name but `localhost` is taken for it.
  var isOnThisMachine: Bool {
    switch self {
    case .unix: true
    case .tcp(let host, _):
      host == "::1" || host.lowercased() == "localhost"
        || (host.hasPrefix("127.") && host.split(separator: ".", omittingEmptySubsequences: false).count == 4
          && host.split(separator: ".").allSatisfy { UInt8($0) != nil })
    }
  }
}

extension TargetConfiguration {
  /// The same at another address.
  fileprivate func moved(to other: TargetConfiguration) -> TargetConfiguration {
    var moved = self
    moved.endpoint = other.endpoint
    return moved
  }
}
