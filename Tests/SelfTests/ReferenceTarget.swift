import Conformance
import Foundation
import ReferenceServer
import Testing
import Transport

/// The reference server with some defects, and the suite run against it.
struct ReferenceTarget {
  let defects: [Defect]
  var options = RunOptions()

  private let service: Service
  private let configure: (inout Configuration) -> Void

  init(
    _ service: Service = .mx, defects: [Defect] = [], timeout: Duration = .seconds(30),
    configure: @escaping (inout Configuration) -> Void = { _ in }
  ) {
    self.service = service
    self.defects = defects
    self.configure = configure
    options.timeout = timeout
    options.silence = .milliseconds(150)
    options.jobs = 8
    options.slow = true
  }

  /// Runs the cases and gives their results in the order they were judged, and the summary.
  func run(_ cases: [Case]) throws -> (results: [CaseResult], summary: Summary, notes: [String]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("smtpspec-self-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = Configuration(service)
    configuration.maildir = folder.path
    configuration.tlsIdentity = try TLSIdentity.selfSigned(name: configuration.hostName)
    let clientIdentity = try TLSIdentity.selfSigned(name: "alice.client.example.org")
    configuration.clientCertificates = [clientIdentity.fingerprint: "alice"]
    configure(&configuration)
    let server = Server(configuration: configuration, defects: defects)
    let port = try server.start()
    defer { server.stop() }
    var target = try TargetConfiguration(address: "127.0.0.1:\(port)")
    target.role = try #require(TargetRole(rawValue: service.rawValue))
    target.domain = "example.test"
    target.recipient = "alice@example.test"
    target.recipient2 = "bob@example.test"
    target.unknownRecipient = "nobody@example.test"
    target.failingRecipient = configuration.fullMailboxes.first.map { "\($0)@example.test" }
    // LMTP tells of a failure at once.
    if server.configuration.service != .lmtp {
      target.undeliverableRecipient = "gone@example.test"
      target.undeliverableRecipient2 = "left@example.test"
    }
    target.mailingList = "team@example.test"
    target.localSender = "carol@example.test"
    target.senderMailbox = .maildir([folder.path + "/carol"])
    target.list = "team"
    target.utf8Recipient = "j\u{F6}rg@example.test"
    target.nullMXDomain = "null-mx.example.net"
    target.reassignedRecipient = "dave@example.test"
    target.emptyDomain = configuration.queues.first { $0.value.isEmpty }?.key
    let token = configuration.bearerTokens.first { $0.value == "alice" }?.key
    target.credentials = configuration.passwords["alice"].map {
      TargetConfiguration.Credentials(username: "alice", password: $0, token: token)
    }
    target.tls.identity = clientIdentity
    target.tls.isImplicit = server.configuration.isImplicitTLS
    target.mailbox = .maildir(configuration.users.map { folder.path + "/" + $0 })
    var results: [CaseResult] = []
    var notes: [String] = []
    var runner = Runner(cases: cases, target: target, options: options)
    let summary = runner.run { event in
      switch event {
      case .caseFinished(let result): results.append(result)
      case .note(let note): notes.append(note)
      case .runStarted, .caseStarted, .runFinished: break
      }
    }
    return (results, summary, notes)
  }
}
