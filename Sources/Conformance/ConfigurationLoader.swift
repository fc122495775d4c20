public import Foundation
import Transport
import Wire

extension TargetConfiguration {
  /// Reads `smtpspec.yaml`.
  ///
  /// - Parameters:
  ///   - file: Its path.
  ///   - environment: Where `password: {env: NAME}` is looked up.
  /// - Returns: The target it describes.
  /// - Throws: ``ConfigurationError`` with file, line and column of the first mistake.
  public static func load(
    _ file: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) -> TargetConfiguration {
    do {
      let text = try SpecFolder.text(of: file)
      return try ConfigurationLoader(environment: environment).load(SpecFile(name: file, text: text))
    } catch let error as SpecErrors {
      throw ConfigurationError(message: error.description)
    } catch let error as SpecError {
      throw ConfigurationError(message: error.description)
    } catch {
      throw ConfigurationError(message: "\(file): \(error)")
    }
  }
}

/// Reads the configuration of a target.
struct ConfigurationLoader {
  let environment: [String: String]

  private static let keys = [
    "address", "role", "client", "domain", "sender", "recipient", "recipient2", "unknown-recipient", "foreign-recipient", "utf8-recipient",
    "null-mx-domain", "reassigned-recipient", "failing-recipient", "empty-domain",
    "undeliverable-recipient", "undeliverable-recipient2", "local-sender", "sender-mailbox", "mailing-list", "list",
    "credentials", "tls", "mailbox", "server", "waivers", "command", "listen", "retry-time",
  ]

  func load(_ file: SpecFile) throws(SpecError) -> TargetConfiguration {
    let fields = try SpecContext.root(of: file).fields(Self.keys)
    if let command = fields["command"] {
      var target = TargetConfiguration(client: .command(try command.name()))
      if let role = fields["role"], try role.choice(TargetRole.self, what: "role") != .client {
        throw command.error("a command is a client's: role is client")
      }
      try fill(&target, from: fields, of: file)
      return target
    }
    let addressNode = try fields.required("address")
    var target: TargetConfiguration
    do {
      target = try TargetConfiguration(address: addressNode.name())
    } catch let error as ConfigurationError {
      throw addressNode.error(error.message)
    } catch let error as SpecError {
      throw error
    } catch {
      throw addressNode.error("\(error)")
    }
    if let role = fields["role"], try role.choice(TargetRole.self, what: "role") == .client {
      throw role.error("a client is a command: 'command' names it")
    }
    try fill(&target, from: fields, of: file)
    return target
  }

  /// Everything but the address.
  private func fill(_ target: inout TargetConfiguration, from fields: SpecNode.Fields, of file: SpecFile) throws(SpecError) {
    target.file = file.name
    if let listen = fields["listen"] { target.listen = try endpoint(listen) }
    target.retryTime = try fields["retry-time"]?.duration()
    if let role = fields["role"] { target.role = try role.choice(TargetRole.self, what: "role") }
    if let client = fields["client"] { target.client = try plain(client) }
    if let sender = fields["sender"] { target.sender = try plain(sender) }
    target.domain = try fields["domain"].map { node throws(SpecError) in try plain(node) }
    target.recipient = try fields["recipient"].map { node throws(SpecError) in try plain(node) }
    target.recipient2 = try fields["recipient2"].map { node throws(SpecError) in try plain(node) }
    target.unknownRecipient = try fields["unknown-recipient"].map { node throws(SpecError) in try plain(node) }
    if let foreign = fields["foreign-recipient"] { target.foreignRecipient = foreign.isNull ? nil : try plain(foreign) }
    target.emptyDomain = try fields["empty-domain"].map { node throws(SpecError) in try plain(node) }
    target.failingRecipient = try fields["failing-recipient"].map { node throws(SpecError) in try plain(node) }
    target.undeliverableRecipient = try fields["undeliverable-recipient"].map { node throws(SpecError) in try plain(node) }
    target.undeliverableRecipient2 = try fields["undeliverable-recipient2"].map { node throws(SpecError) in try plain(node) }
    target.mailingList = try fields["mailing-list"].map { node throws(SpecError) in try plain(node) }
    target.localSender = try fields["local-sender"].map { node throws(SpecError) in try plain(node) }
    target.senderMailbox = try fields["sender-mailbox"].map { node throws(SpecError) in try mailbox(node) }
    target.utf8Recipient = try fields["utf8-recipient"].map { node throws(SpecError) in try plain(node) }
    target.nullMXDomain = try fields["null-mx-domain"].map { node throws(SpecError) in try plain(node) }
    target.reassignedRecipient = try fields["reassigned-recipient"].map { node throws(SpecError) in try plain(node) }
    target.list = try fields["list"].map { node throws(SpecError) in try plain(node) }
    target.credentials = try fields["credentials"].map { node throws(SpecError) in try credentials(node) }
    if let tls = fields["tls"] { target.tls = try self.tls(tls) }
    target.mailbox = try fields["mailbox"].map { node throws(SpecError) in try mailbox(node) }
    target.server = try fields["server"].map { node throws(SpecError) in try server(node) }
    if let waivers = fields["waivers"] { target.waivers = try self.waivers(waivers) }
  }

  /// Where to listen; port 0 takes any that is free.
  private func endpoint(_ node: SpecNode) throws(SpecError) -> Endpoint {
    let text = try node.name()
    let isAnyPort = text.hasSuffix(":0")
    guard let endpoint = try? Endpoint(parsing: isAnyPort ? String(text.dropLast(2)) : text, defaultPort: isAnyPort ? 0 : 2526) else {
      throw node.error("'\(Escaped.show(text))' is no address to listen on: write HOST:PORT")
    }
    return endpoint
  }

  /// A text that can stand in a command: no line end, no angle bracket, no control octet.
  private func plain(_ node: SpecNode) throws(SpecError) -> String {
    let text = try node.name()
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != .less && $0 != .greater }) else {
      throw node.error("'\(Escaped.show(text))' has a space, an angle bracket or a control octet: write the bare name or address")
    }
    return text
  }

  /// `{username: …, password: {env: NAME}, token: {file: PATH}}`; never a secret itself.
  private func credentials(_ node: SpecNode) throws(SpecError) -> TargetConfiguration.Credentials {
    let fields = try node.fields(["username", "password", "token"])
    return TargetConfiguration.Credentials(
      username: try fields.required("username").name(), password: try secret(fields.required("password"), what: "password"),
      token: try fields["token"].map { node throws(SpecError) in try secret(node, what: "token") })
  }

  private func secret(_ secret: SpecNode, what: String) throws(SpecError) -> String {
    guard secret.isMapping else {
      throw secret.error("a \(what) does not stand in this file: write {env: NAME} or {file: PATH}")
    }
    let source = try secret.fields(["env", "file"])
    if let env = source["env"] {
      let name = try env.name()
      guard let value = environment[name] else { throw env.error("the environment has no variable '\(name)'") }
      return value
    }
    let file = try source.required("file")
    do {
      let text = try SpecFolder.text(of: file.name())
      return text.hasSuffix("\n") ? String(text.dropLast()) : text
    } catch {
      throw file.error("the \(what) cannot be read: \(error)")
    }
  }

  private func tls(_ node: SpecNode) throws(SpecError) -> TargetConfiguration.TLSConfiguration {
    var tls = TargetConfiguration.TLSConfiguration()
    let fields = try node.fields(["implicit", "trust", "name", "certificate", "key", "policy"])
    tls.isImplicit = try fields["implicit"]?.flag() ?? false
    if let policy = fields["policy"] { tls.policy = try policy.choice(TargetConfiguration.TLSPolicy.self, what: "policy") }
    tls.serverName = try fields["name"].map { node throws(SpecError) in try plain(node) }
    if let certificate = fields["certificate"] {
      let key = fields["key"] ?? certificate
      do {
        tls.identity = try TLSIdentity(certificateFile: certificate.name(), keyFile: key.name())
      } catch let error as TransportError {
        throw certificate.error("this certificate cannot be used: \(error.message)")
      } catch let error as SpecError {
        throw error
      } catch {
        throw certificate.error("\(error)")
      }
    } else if let key = fields["key"] {
      throw key.error("a key belongs to a certificate: name it too")
    }
    if let trust = fields["trust"] {
      if trust.isMapping {
        tls.trust = .file(try trust.fields(["file"]).required("file").name())
      } else {
        switch try trust.name() {
        case "none": tls.trust = .none
        case "system": tls.trust = .system
        case let text: throw trust.error("'\(text)' is no trust: write none, system or {file: PATH}")
        }
      }
    }
    return tls
  }

  private func mailbox(_ node: SpecNode) throws(SpecError) -> TargetConfiguration.MailboxConfiguration {
    if node.isScalar {
      guard try node.name() == "sink" else { throw node.error("a mailbox is {maildir: PATH}, {mbox: PATH}, {command: COMMAND} or sink") }
      return .sink
    }
    let fields = try node.fields(["maildir", "mbox", "command"])
    guard ["maildir", "mbox", "command"].filter({ fields[$0] != nil }).count < 2 else {
      throw node.error("a mailbox is maildir, mbox or command, not two of them")
    }
    if let commands = fields["command"] {
      return .command(try commands.oneOrMore().map { node throws(SpecError) in try node.name() })
    }
    if let paths = fields["maildir"] {
      return .maildir(try paths.oneOrMore().map { node throws(SpecError) in try node.name() })
    }
    return .mbox(try fields.required("mbox").oneOrMore().map { node throws(SpecError) in try node.name() })
  }

  private func server(_ node: SpecNode) throws(SpecError) -> TargetConfiguration.ServerCommand {
    let fields = try node.fields(["command", "ready"])
    return TargetConfiguration.ServerCommand(
      command: try fields.required("command").name(), ready: try fields["ready"]?.duration() ?? .seconds(10))
  }

  /// The entries themselves, or the path of a file that holds them, seen from the configuration's folder.
  private func waivers(_ node: SpecNode) throws(SpecError) -> [TargetConfiguration.Waiver] {
    guard node.isScalar else { return try WaiverLoader.waivers(of: node) }
    let path = try node.name()
    let folder = node.context.file.lastIndex(of: "/").map { node.context.file[...$0] } ?? ""
    do {
      return try .load(path.hasPrefix("/") ? path : folder + path)
    } catch {
      throw node.error("the waivers: \(error)")
    }
  }
}
