import Dialogue
import Foundation
import Testing
import Transport
import Wire

@testable import Fuzz
@testable import ReferenceServer

/// A script on which an oracle fires, and the defect that makes it.
struct OracleProof: Sendable, CustomTestStringConvertible {
  let oracle: String
  let defect: Defect
  var script: Script
  /// What the server is for.
  var service = Service.mx

  var testDescription: String { "\(oracle): \(defect.name)" }

  init(_ oracle: String, _ defect: Defect, _ lines: String...) {
    self.oracle = oracle
    self.defect = defect
    script = Script(decoding: Array(([Script.signature] + lines).joined(separator: "\n").utf8))
  }

  static let hello = "command EHLO canary0000000000.example.org\nwait"
  static let mail = "command MAIL FROM:<sender@example.org>\nwait"
  static let recipient = "command RCPT TO:<alice@example.test>\nwait"
  static let data = "command DATA\nwait\ndata\n| Subject: x\\r\\n\n| \\r\\n\n| Text.\nwait"

  /// The same in LMTP.
  var inLMTP: OracleProof {
    var proof = self
    (proof.script, proof.service) = (script.inLMTP, .lmtp)
    return proof
  }

  /// The same words, said to a server of LMTP.
  var inRoleOfLMTP: OracleProof {
    var proof = self
    proof.service = .lmtp
    return proof
  }

  static func named(_ name: String) throws -> Defect { try Defect.named(name) }

  static func all() throws -> [OracleProof] {
    [
      OracleProof("crash", try named("drops-connection-on-bad-path"), hello, "command MAIL FROM:<\nwait"),
      OracleProof("crash", try named("closes-on-unknown-command"), hello, "command XYZZY\nwait\ncommand NOOP\nwait"),
      OracleProof("crash", try named("closes-without-221"), hello),
      OracleProof("hang", .neverAnswersHelp, hello, "command HELP\nwait"),
      OracleProof("leaked-canary", try named("shows-other-sessions"), hello, "command VRFY x\nwait"),
      OracleProof("reply-count", try named("replies-twice"), hello, mail),
      OracleProof("reply-count", try named("ends-commands-at-bare-lf"), hello, "octets\n| NOOP\\n\nwait"),
      OracleProof(
        "reply-count", try named("ends-data-at-lf-dot-lf"), hello, mail, recipient, "command DATA\nwait\noctets\n| x\\n.\\n\nwait"),
      OracleProof("reply-count", try named("keeps-plaintext-buffer-over-tls"), hello, "starttls\nbefore NOOP\\r\\n\nwait"),
      OracleProof("reply-grammar", try named("ends-replies-with-bare-newline"), hello),
      OracleProof(
        "reply-grammar", try named("echoes-command-octets"), hello, "octets\n| NOOP\\0x\\r\\n\nwait\noctets\n| XY\\0Z\\r\\n\nwait"),
      OracleProof("reply-grammar", try named("failure-code-in-success"), hello, mail, recipient),
      OracleProof("transaction", try named("accepts-rcpt-before-mail"), hello, recipient),
      OracleProof(
        "transaction", try named("accepts-second-auth"), "starttls\nwait", hello,
        "auth PLAIN AGFsaWNlAGNvcnJlY3QgaG9yc2U=\nwait\nauth PLAIN AGFsaWNlAGNvcnJlY3QgaG9yc2U=\nwait"),
      OracleProof("reply-code", try named("answers-data-with-250"), hello, mail, recipient, "command DATA\nwait"),
      OracleProof("command-grammar", try named("accepts-malformed-mail"), hello, "command MAIL FROM:<a@b\nwait"),
      OracleProof("segmentation", try named("takes-each-read-for-a-line"), hello, mail),
      OracleProof(
        "pipelining", try named("sends-refusals-first"), hello, mail, "command RCPT TO:<nobody@example.test>\nwait",
        "command RSET\nwait\ncommand NOOP\nwait"),
      OracleProof("letter-case", try named("verbs-upper-case-only"), hello, mail),
      OracleProof("side-command", try named("side-commands-reset"), hello, mail, recipient, data),
      OracleProof("reset", try named("rset-keeps-recipients"), hello, mail, "command DATA\nwait"),
      OracleProof("reset", try named("refuses-second-ehlo-with-503"), hello, mail, "command NOOP\nwait"),
      OracleProof("clear-or-tls", .refusesRecipientsUnderTLS, hello, mail, recipient),
      OracleProof("data-or-bdat", .refusesLastChunk, hello, mail, recipient, data),
      OracleProof("hang", try named("stays-open-after-quit"), hello),
      OracleProof("reply-grammar", try named("no-enhanced-codes-in-refusals"), hello, "command XYZZY\nwait"),
      OracleProof("reply-grammar", try named("words-in-empty-challenge"), hello, "auth PLAIN\n| AGEAYg==\nwait"),
      OracleProof("reply-grammar", try named("lists-malformed-keyword"), hello),
      OracleProof("transaction", try named("accepts-auth-in-transaction"), hello, mail, "auth PLAIN AGFsaWNlAGNvcnJlY3QgaG9yc2U=\nwait"),
      OracleProof("transaction", try named("takes-bdat-without-transaction"), hello, "chunk * last\n| x\\r\\n\nwait"),
      OracleProof(
        "reply-count", try named("reads-refused-chunk-as-commands"), hello, "command RSET\nwait\nchunk * last\n| NOOP\\r\\n\nwait"),
      OracleProof("transaction", try named("offers-starttls-inside-tls"), hello, "starttls\nwait", hello),
      OracleProof("command-grammar", try named("reads-chunk-size-loosely"), hello, mail, recipient, "command BDAT x\nwait"),
      OracleProof("command-grammar", try named("ignores-needless-arguments"), hello, "command RSET x\nwait"),
      OracleProof("side-command", try named("resets-on-refused-starttls"), hello, mail, recipient),
      OracleProof("side-command", try named("noop-resets-transaction"), hello, mail, recipient),
      OracleProof("side-command", try named("refused-ehlo-resets-transaction"), hello, mail, recipient),
      OracleProof("reset", try named("one-message-a-session"), hello, mail),
      OracleProof("reset", try named("ehlo-keeps-transaction"), hello, recipient),
    ] + (try lmtp())
  }

  private static func lmtp() throws -> [OracleProof] {
    let chunks = "chunk *\n| x\\r\\n\nwait\nchunk * last\n| y\\r\\n\nwait"
    return [
      OracleProof("hang", try named("lmtp-replies-once"), hello, mail, recipient, recipient, data).inLMTP,
      OracleProof("reply-count", try named("lmtp-adds-a-reply"), hello, mail, recipient, data).inLMTP,
      OracleProof("reply-count", try named("lmtp-replies-to-every-chunk-for-all"), hello, mail, recipient, recipient, chunks).inLMTP,
      OracleProof("reply-code", try named("lmtp-data-without-recipients-draws-554"), hello, mail, "command DATA\nwait").inLMTP,
      OracleProof("reset", try named("lhlo-keeps-transaction"), hello, recipient).inLMTP,
      OracleProof("transaction", try named("takes-smtp-greeting"), "command EHLO client.example.org\nwait").inRoleOfLMTP,
    ]
  }
}

extension Defect {
  /// HELP is read, and never answered.
  static let neverAnswersHelp = Defect("never-answers-help", "RFC 5321 §4.1.1.8", "HELP draws nothing.") { distortion in
    distortion.output = { octets, context in if context.verb == .help { octets = [] } }
  }

  static let refusesRecipientsUnderTLS = Defect("refuses-recipients-under-tls", "RFC 3207 §4.2", "RCPT draws 550 under TLS.") {
    distortion in
    distortion.output = { octets, context in
      if context.verb == .rcpt, context.before.dialogue.isEncrypted { octets = Array("550 5.7.1 no\r\n".utf8) }
    }
  }

  static let refusesLastChunk = Defect("refuses-last-chunk", "RFC 3030 §2", "A message by BDAT draws 554.") { distortion in
    distortion.output = { octets, context in
      if case .chunk = context.input { octets = Array("554 5.6.0 no\r\n".utf8) }
    }
  }
}

@Suite("Oracles of the fuzzer: each fires on a planted defect, and is silent on the honest server")
struct OracleTests {
  /// What an oracle has against a server on one script.
  private static func suspicions(_ proof: OracleProof, defects: [Defect], variants: ClosedRange<UInt64>) throws -> [Suspicion] {
    let server = try FuzzedServer(defects: defects, as: proof.service)
    defer { server.stop() }
    let reproducer = Reproducer(player: server.player, recipients: [], sessions: SessionCounter())
    // A second session, for what is left of the first.
    let first = reproducer.suspicions(proof.script, server.player)
    let second = reproducer.suspicions(proof.script, server.player)
    var found = first.found + second.found
    guard let relation = OracleList.relations.first(where: { $0.name == proof.oracle }) else { return found }
    // A relation chooses where it changes what; some choices meet the defect.
    for seed in variants {
      var random = RunGenerator(seed: seed, run: 0)
      guard let variant = relation.variant(of: proof.script, after: first.trace, using: &random) else { continue }
      let other = server.player.segmented(variant.segmentation).play(variant.script, Placeholders(session: 99), seed: seed)
      if let difference = Comparer.difference(relation, first.trace, other, variant) { return found + [difference] }
      found += OracleList.judge(other, canary: Placeholders(session: 99).canary).filter { _ in variant.segmentation == .whole }
    }
    return found
  }

  @Test("Fires on a planted defect", arguments: try OracleProof.all())
  func fires(proof: OracleProof) throws {
    let found = try Self.suspicions(proof, defects: [proof.defect], variants: 1...600)
    #expect(found.contains { $0.oracle == proof.oracle }, "\(found)")
  }

  @Test("Is silent on the honest server", arguments: try OracleProof.all())
  func isSilent(proof: OracleProof) throws {
    #expect(try Self.suspicions(proof, defects: [], variants: 1...24) == [])
  }

  @Test("Each oracle has a proof; growth has its own")
  func everyOracleIsProved() throws {
    #expect(Set(try OracleProof.all().map(\.oracle)).union([GrowthOracle.name]) == Set(OracleList.names))
    #expect(Set(OracleList.names).count == OracleList.names.count)
  }

  @Test("The list has every oracle that there is")
  func listIsWhole() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources/Fuzz/Oracles")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let named = files.filter { $0.hasSuffix("Oracle.swift") && $0 != "TraceOracle.swift" }.map { String($0.dropLast(6)) }
    let listed = OracleList.judges.map { "\($0)" } + OracleList.relations.map { "\($0)" } + ["GrowthOracle"]
    #expect(Set(named) == Set(listed))
  }

  @Test("Growth of memory or descriptors is reported once it is more than the limit")
  func growth() {
    var limits = GrowthOracle.Limits()
    (limits.memory, limits.descriptors) = (1_000, 10)
    var oracle = GrowthOracle(limits)
    for reading in [(5_000, 20), (5_900, 25), (4_500, 28)] {
      #expect(oracle.judge(ProcessReading(memory: reading.0, descriptors: reading.1), after: 1) == nil)
    }
    #expect(oracle.judge(ProcessReading(memory: 5_600, descriptors: 20), after: 2)?.key == "memory")
    #expect(oracle.judge(ProcessReading(memory: 5_000, descriptors: 31), after: 3)?.key == "descriptors")
  }
}

/// The reference server as the fuzzer has it.
struct FuzzedServer {
  private static let silent: Set = [
    "never-answers-help", "drops-input-after-data", "holds-reply-to-unknown-command", "lmtp-replies-once",
  ]

  private let server: Server
  let player: Player

  init(defects: [Defect] = [], as service: Service = .mx) throws {
    var configuration = Configuration(service)
    configuration.storageLimitInOctets = .max / 2
    configuration.takesPasswordsInClear = true
    configuration.tlsIdentity = try TLSIdentity.selfSigned(name: configuration.hostName)
    server = Server(configuration: configuration, defects: defects)
    let endpoint = Endpoint.tcp(host: "127.0.0.1", port: try server.start())
    var player = Player(server: try endpoint.resolve(deadline: .after(.seconds(5))))
    // A defect that hangs does so for ever; all others answer at once, however busy the machine is.
    player.timing.reply = defects.contains { Self.silent.contains($0.name) } ? .milliseconds(400) : .seconds(20)
    player.timing.silence = .milliseconds(250)
    player.timing.farewell = defects.contains { $0.name == "stays-open-after-quit" } ? .milliseconds(300) : .seconds(20)
    player.isLMTP = service == .lmtp
    self.player = player
  }

  func stop() { server.stop() }
}
