import Conformance
import Foundation
import Testing

@Suite("smtpspec.yaml")
struct ConfigurationTests {
  private func load(_ text: String, environment: [String: String] = [:]) throws -> TargetConfiguration {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("smtpspec-\(UUID().uuidString).yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try TargetConfiguration.load(file.path, environment: environment)
  }

  @Test("every key is read")
  func everyKey() throws {
    let target = try load(
      """
      address: 127.0.0.1:2525
      role: submission
      client: me.example.org
      domain: example.test
      sender: me@example.org
      recipient: alice@example.test
      recipient2: bob@example.test
      unknown-recipient: nobody@example.test
      foreign-recipient: null
      failing-recipient: full@example.test
      utf8-recipient: j\u{F6}rg@example.test
      null-mx-domain: null-mx.example.net
      reassigned-recipient: carol@example.test
      list: team
      credentials: {username: alice, password: {env: SECRET}}
      tls: {implicit: true, trust: system, name: mx.example.test}
      mailbox: {maildir: [a, b]}
      server: {command: ./run, ready: 3s}
      waivers:
        - {case: rfc5321/3.3/*, reason: known, issue: https://example.org/1, until: 2027-01-31, observed: '250'}
      """, environment: ["SECRET": "geheim"])
    #expect(target.address == "127.0.0.1:2525")
    #expect(target.role == .submission)
    #expect(target.client == "me.example.org")
    #expect(target.foreignRecipient == nil)
    #expect(target.utf8Recipient == "j\u{F6}rg@example.test")
    #expect(target.nullMXDomain == "null-mx.example.net")
    #expect(target.reassignedRecipient == "carol@example.test")
    #expect(target.failingRecipient == "full@example.test")
    #expect(target.tls.isImplicit && target.tls.trust == .system && target.tls.serverName == "mx.example.test")
    #expect(target.mailbox == .maildir(["a", "b"]))
    #expect(target.server == .init(command: "./run", ready: .seconds(3)))
    #expect(
      target.waivers == [
        .init(
          cases: "rfc5321/3.3/*", reason: "known", issue: "https://example.org/1", until: "2027-01-31", observed: "250",
          place: target.file.map { "\($0):20:12" })
      ])
    #expect(target.credentials != nil)
  }

  @Test(
    arguments: [
      ("adress: a", "1:1: unknown key 'adress', did you mean 'address'?"),
      ("role: mx", "1:1: 'address' is missing"),
      ("address: 'a b'", "1:10: 'a b' is not a host"),
      ("address: a\nrole: mta", "2:7: unknown role 'mta'"),
      ("address: a\nsender: 'a b@c'", "2:9: 'a b@c' has a space"),
      ("address: a\ncredentials: {username: a, password: secret}", "2:38: a password does not stand in this file"),
      ("address: a\ncredentials: {username: a, password: {env: NONE}}", "2:44: the environment has no variable 'NONE'"),
      ("address: a\ntls: {trust: everyone}", "2:14: 'everyone' is no trust"),
      ("address: a\nwaivers: [{case: x, reason: y, until: soon}]", "2:39: 'soon' is no day"),
      ("address: a\nwaivers: [{case: x, reason: y, until: 2027-02-29}]", "2:39: '2027-02-29' is no day"),
      ("address: a\nwaivers: {case: x, reason: y}", "2:10: waivers are a list"),
      ("address: a\nwaivers: nowhere.yaml", "2:10: the waivers: "),
      ("address: a\nserver: {command: x, ready: later}", "2:29: 'later' is no time"),
    ])
  func mistakes(text: String, message: String) {
    #expect { try load(text) } throws: { "\($0)".contains(message) }
  }

  @Test("a file that is not there is named")
  func noFile() {
    #expect { try TargetConfiguration.load("/nonexistent/smtpspec.yaml") } throws: {
      "\($0)" == "/nonexistent/smtpspec.yaml: cannot be read: no such file, or no permission"
    }
  }
}
