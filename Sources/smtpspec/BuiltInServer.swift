import ArgumentParser
import Conformance
import Foundation
import Logging
import ReferenceServer
import Transport

/// The reference server in this process, with mailboxes in a temporary folder: what `check` tests when nobody names a target.
struct BuiltInServer {
  private let server: Server
  private let folder: URL
  /// The server as a target.
  let target: TargetConfiguration

  /// Starts one on a free port of the loopback interface.
  ///
  /// - Parameters:
  ///   - role: What it is for.
  ///   - names: The names of its deliberate faults.
  ///   - policy: What a relay is told about TLS.
  ///   - isImplicitTLS: Whether TLS begins with each connection (RFC 8314 §3.3).
  /// - Throws: ``Failure`` for a name that does not exist, or where the server cannot start.
  init(as role: TargetRole, defects names: [String], policy: SendingOptions.Policy = .none, isImplicitTLS: Bool = false) throws(Failure) {
    let defects = try names.map { name throws(Failure) in try Self.defect(named: name) }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("smtpspec-\(UUID().uuidString)", isDirectory: true)
    var configuration = ReferenceServer.Configuration(Service(role))
    let root = folder.path
    configuration.maildir = root
    configuration.isImplicitTLS = isImplicitTLS
    let users = configuration.users
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure("no temporary folder can be made at \(folder.path): \(error.localizedDescription)", status: .fault)
    }
    do throws(TransportError) {
      configuration.tlsIdentity = try .selfSigned(name: configuration.hostName, alternatives: ["localhost", "127.0.0.1"])
    } catch {
      throw Failure("no certificate for the built-in server: \(error.message)", status: .fault)
    }
    // A client of the suite's shows this one, and is alice.
    let clientIdentity: TLSIdentity
    do throws(TransportError) {
      clientIdentity = try .selfSigned(name: "alice.client.example.org")
    } catch {
      throw Failure("no certificate for the client of the built-in server: \(error.message)", status: .fault)
    }
    configuration.clientCertificates = [clientIdentity.fingerprint: "alice"]
    if role == .relay {
      // A path of our own is nobody else's, which a port could be.
      configuration.nextHop = .unix(path: "\(root)/next-hop")
      configuration.relayInterval = .milliseconds(200)
      configuration.sending.policy = policy
    }
    server = Server(configuration: configuration, defects: defects, logger: Logger(label: "smtpspec") { _ in SwiftLogNoOpLogHandler() })
    let port: UInt16
    do throws(Server.StartFailure) {
      port = try server.start()
    } catch {
      throw Failure("the built-in server cannot start: \(error.message)", status: .fault)
    }
    var target = TargetConfiguration(endpoint: .tcp(host: "127.0.0.1", port: port))
    target.role = role
    target.domain = "example.test"
    target.recipient = "alice@example.test"
    target.recipient2 = "bob@example.test"
    target.unknownRecipient = "nobody@example.test"
    target.foreignRecipient = "someone@example.net"
    target.failingRecipient = configuration.fullMailboxes.first.map { "\($0)@example.test" }
    // LMTP tells of a failure at once.
    if server.configuration.service != .lmtp {
      target.undeliverableRecipient = "gone@example.test"
      target.undeliverableRecipient2 = "left@example.test"
    }
    target.mailingList = "team@example.test"
    target.localSender = "carol@example.test"
    target.senderMailbox = .maildir(["\(root)/carol"])
    target.utf8Recipient = "j\u{F6}rg@example.test"
    target.nullMXDomain = configuration.nullMXDomains.first
    target.reassignedRecipient = configuration.reassignedMailboxes.keys.first.map { "\($0)@example.test" }
    target.list = "team"
    target.emptyDomain = configuration.queues.first { $0.value.isEmpty }?.key
    let token = configuration.bearerTokens.first { $0.value == "alice" }?.key
    target.credentials = configuration.passwords["alice"].map {
      TargetConfiguration.Credentials(username: "alice", password: $0, token: token)
    }
    target.tls.identity = clientIdentity
    if role == .relay {
      target.domain = configuration.relayDomains.first
      target.listen = configuration.nextHop
      target.retryTime = .seconds(5)
      target.credentials = nil
      target.tls.identity = nil
      target.tls.policy = TargetConfiguration.TLSPolicy(rawValue: policy.rawValue) ?? .none
    }
    target.mailbox = .maildir(users.map { "\(root)/\($0)" })
    self.target = target
  }

  /// Stops it and removes its mailboxes.
  func stop() {
    server.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  static func defect(named name: String) throws(Failure) -> Defect {
    do throws(Defect.UnknownName) {
      return try Defect.named(name)
    } catch {
      let hint = error.nearest.map { ", did you mean '\($0)'?" } ?? "; 'smtpspec list --defects' shows them"
      throw Failure("no defect is named '\(name)'\(hint)")
    }
  }
}

extension Service: ExpressibleByArgument {}

extension Service {
  /// The service that a target of this role is.
  init(_ role: TargetRole) {
    switch role {
    case .mx: self = .mx
    case .submission: self = .submission
    case .lmtp: self = .lmtp
    case .odmr: self = .odmr
    // A client is no server at all, and a relay is an exchanger that also sends.
    case .client, .relay: self = .mx
    }
  }
}
