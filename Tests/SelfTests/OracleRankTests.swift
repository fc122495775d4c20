import Testing

@testable import Fuzz
@testable import ReferenceServer

/// A script, the defect that it meets, and all that the oracles may have against the server: one fault is one finding.
struct RankProof: Sendable, CustomTestStringConvertible {
  let defect: String
  let script: Script
  let found: [String]

  var testDescription: String { "\(defect): \(found)" }

  init(_ defect: String, _ lines: [String], _ found: [String]) {
    self.defect = defect
    self.found = found
    script = Script(decoding: Array(([Script.signature] + lines).joined(separator: "\n").utf8))
  }

  private static let transaction = [OracleProof.hello, OracleProof.mail, OracleProof.recipient]
  private static let helo = "command HELO client.example.org\nwait"
  /// The end of the mail data and RSET in one write.
  private static let resetBehindData = "command DATA\nwait\ndata\n| Text.\ncommand RSET\nwait"

  static let all = [
    // The second half of the line is answered where nothing is owed, and what follows belongs to nobody knows what.
    RankProof(
      "ends-commands-at-bare-lf", [OracleProof.hello, "octets\n| NOOP\\nRSET\\r\\n\nwait", OracleProof.mail, "command XYZZY\nwait"],
      ["low reply-count: a bare LF ends a command, which is carried out"]),
    RankProof(
      "ends-commands-at-bare-lf", [OracleProof.hello, "octets\n| XYZZY\\n\nwait"], ["low reply-count: a bare LF ends a command"]),
    RankProof("drops-input-after-data", transaction + [resetBehindData], ["high hang: input behind the end of the mail data is lost"]),
    // Without PIPELINING the client has to wait.
    RankProof("drops-input-after-data", [helo, OracleProof.mail, OracleProof.recipient, resetBehindData], []),
    RankProof("holds-reply-to-unknown-command", [OracleProof.hello, "octets\n| XYZZY\\r\\nNO\nwait"], ["low hang: held back"]),
    RankProof(
      "closes-after-rset", [OracleProof.hello, "command RSET\nwait\ncommand NOOP\nwait"], ["high crash: closed after RSET drew 2yz"]),
    RankProof(
      "closes-on-unknown-command", [OracleProof.hello, "command XYZZY\nwait\ncommand NOOP\nwait"], ["low crash: closed behind a refusal"]),
    RankProof("accepts-unknown-verbs", [OracleProof.hello, "command XYZZY\nwait"], ["medium reply-code: an unknown command drew 250"]),
    RankProof(
      "accepts-unknown-verbs", [OracleProof.hello, "command MAIL:<>\nwait", OracleProof.mail],
      ["low command-grammar: other octets behind the verb"]),
    RankProof(
      "accepts-starttls-inside-tls", ["starttls\nwait\nstarttls\nwait"], ["low transaction: STARTTLS under TLS drew 220"]),
    RankProof(
      "echoes-command-octets", [OracleProof.hello, "octets\n| NOOP \\0x\\r\\n\nwait\noctets\n| XY\\0Z\\r\\n\nwait"],
      ["medium reply-grammar: nul, as it was sent"]),
    // The client has to wait for 354, and a server that does not expect it to is not found to be open to smuggling.
    RankProof(
      "ends-data-at-lf-dot-lf", transaction + ["octets\n| DATA\\r\\nx\\n.\\nNOOP\\r\\n.\\r\\n\nwait"],
      ["low reply-count: what came in one go with DATA"]),
    RankProof(
      "reads-refused-chunk-as-commands", [OracleProof.hello, "chunk * last\n| NOOP\\r\\n\nwait"],
      ["high reply-count: octets of a refused chunk"]),
    RankProof("accepts-rcpt-before-mail", [OracleProof.hello, OracleProof.recipient], ["medium transaction: RCPT without MAIL drew 250"]),
  ]
}

@Suite("Oracles of the fuzzer: one fault is one finding, ranked as the text has it")
struct OracleRankTests {
  private static func found(_ proof: RankProof, defects: [Defect]) throws -> [String] {
    let server = try FuzzedServer(defects: defects)
    defer { server.stop() }
    let reproducer = Reproducer(player: server.player, recipients: [], sessions: SessionCounter())
    return Set(reproducer.suspicions(proof.script, server.player).found.map { "\($0.severity) \($0.bucket)" }).sorted()
  }

  @Test("One fault is one finding", arguments: RankProof.all)
  func ranks(proof: RankProof) throws {
    #expect(try Self.found(proof, defects: [Defect.named(proof.defect)]) == proof.found)
  }

  @Test("The honest server is accused of nothing", arguments: RankProof.all)
  func isSilent(proof: RankProof) throws {
    #expect(try Self.found(proof, defects: []) == [])
  }

  @Test("Mail data that DATA was refused for is not pipelined")
  func refusedData() throws {
    let server = try FuzzedServer()
    defer { server.stop() }
    func variant(_ lines: String...) -> Variant? {
      let script = Script(decoding: Array(([Script.signature] + lines).joined(separator: "\n").utf8))
      var random = RunGenerator(seed: 1, run: 0)
      return PipeliningOracle.variant(of: script, after: server.player.play(script, Placeholders(session: 1)), using: &random)
    }
    let reset = "command RSET\nwait\ncommand NOOP\nwait"
    #expect(variant(OracleProof.hello, OracleProof.data, reset) == nil)
    #expect(variant(OracleProof.hello, OracleProof.mail, OracleProof.recipient, OracleProof.data, reset) != nil)
  }

  @Test("A server that has had enough of bad commands is not accused of two answers")
  func enough() throws {
    let server = try FuzzedServer(defects: [try Defect.named("closes-on-unknown-command")])
    defer { server.stop() }
    let script = Script(decoding: Array([Script.signature, OracleProof.hello, OracleProof.mail].joined(separator: "\n").utf8))
    let first = server.player.play(script, Placeholders(session: 1))
    for seed in 1...24 as ClosedRange<UInt64> {
      var random = RunGenerator(seed: seed, run: 0)
      let variant = try #require(SideCommandOracle.variant(of: script, after: first, using: &random))
      let second = server.player.play(variant.script, Placeholders(session: 2))
      #expect(Comparer.difference(SideCommandOracle.self, first, second, variant) == nil)
    }
  }
}
