import Foundation
import Testing
import Transport
import Wire

@testable import Fuzz

/// `examples/clients/client.py` against scripts of a server: with each fault an oracle fires, and honest it is silent on all of them.
@Suite("Oracles against clients", .enabled(if: ExampleClient.python != nil))
struct ClientOracleTests {
  /// A fault of the example, what the server says (turns apart by an empty line), and the oracle that fires.
  struct Case: Sendable, CustomTestStringConvertible {
    let fault: String
    let oracle: String
    var turns: [String] = []
    var arguments: [ClientCommand.Placeholder: String] = [:]

    var script: ServerScript {
      var script = ServerScript()
      script.turns = turns.map { ServerScript.Turn(segments: $0.isEmpty ? [] : [Array($0.utf8)]) }
      script.arguments = arguments.mapValues { Array($0.utf8) }
      return script
    }

    var testDescription: String { "\(fault): \(oracle)" }
  }

  private static let noTLS = ["", "", "454 4.7.0 not now\r\n"]
  private static let cases = [
    Case(fault: "crash", oracle: "crash", turns: ["", "2500 OK\r\n"]),
    Case(fault: "hang", oracle: "hang", turns: ["554 no\r\n"]),
    Case(fault: "clear-login", oracle: "clear-text", turns: noTLS),
    Case(fault: "clear-mail", oracle: "clear-text", turns: noTLS),
    Case(fault: "keeps-buffer", oracle: "injected-reply", turns: ["", "", "220 go\r\n250-mx.example.test\r\n250 AUTH PLAIN\r\n"]),
    Case(fault: "injection", oracle: "line-injection", arguments: [.sender: "a@b>\r\nNOOP canary0injected\r\n<"]),
    Case(fault: "injection", oracle: "bare-newline", arguments: [.recipient: "a@b>\nNOOP canary0injected\n<"]),
    Case(fault: "no-stuffing", oracle: "dot-stuffing"),
    Case(fault: "bare-lf-command", oracle: "bare-newline"),
    Case(fault: "bare-lf-data", oracle: "bare-newline"),
    Case(fault: "ignores-354", oracle: "unasked-data", turns: Array(repeating: "", count: 7) + ["554 no\r\n"]),
    Case(fault: "ignores-greeting", oracle: "refused-greeting", turns: ["554 no\r\n"]),
    Case(fault: "loses-mail", oracle: "outcome", turns: Array(repeating: "", count: 8) + ["554 no\r\n"]),
    Case(fault: "loses-mail", oracle: "outcome", turns: ["421 closing\r\n"]),
    Case(fault: "gives-up", oracle: "outcome"),
    Case(fault: "sends-twice", oracle: "outcome"),
  ]

  @Test("A client's fault is found", arguments: cases)
  func fires(example: Case) throws {
    let client = try ExampleClient(fault: example.fault)
    defer { client.remove() }
    let trace = try client.runner.run(example.script, interrupt: Interrupt())
    let found = ClientOracleList.judge(trace)
    #expect(found.contains { $0.oracle == example.oracle }, "\(found)\n\(trace.connections.map(\.transcript))\n\(trace.ending as Any)")
  }

  @Test("An honest client is silent on the same scripts", arguments: cases)
  func silent(example: Case) throws {
    let client = try ExampleClient(fault: "none")
    defer { client.remove() }
    let trace = try client.runner.run(example.script, interrupt: Interrupt())
    #expect(ClientOracleList.judge(trace) == [], "\(trace.connections.map(\.transcript))")
    #expect(trace.ending != nil)
  }

  @Test("An honest client gets its message through, dots and all, under TLS and logged in")
  func honest() throws {
    let client = try ExampleClient(fault: "none")
    defer { client.remove() }
    let trace = try client.runner.run(ServerScript(), interrupt: Interrupt())
    #expect(trace.ending == .status(0))
    let said = try #require(trace.connections.first).said
    #expect(
      said.map { $0.verb?.rawValue ?? "-" } == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "-", "QUIT"])
    #expect(said.map(\.isUnderTLS) == [false, false] + Array(repeating: true, count: 7))
    #expect(said[7].octets.contains(Array("\r\n..canary0dot\r\n...canary0dots\r\n..\r\nlast line\r\n.\r\n".utf8)))
  }

  @Test("Every oracle that there is fires in one of the cases")
  func all() {
    #expect(Set(Self.cases.map(\.oracle)) == Set(ClientOracleList.names))
  }

  @Test("A campaign confirms what it finds, makes it small, and records it")
  func campaign() throws {
    let client = try ExampleClient(fault: "loses-mail")
    defer { client.remove() }
    let store = try FindingStore(at: client.folder + "/findings", resuming: false)
    var settings = ClientCampaign.Settings(seed: 1)
    settings.runs = 3
    // A refusal behind two replies that say what the honest ones say.
    let turns = ["220 mx.example.test\r\n", "250-mx.example.test\r\n250 STARTTLS\r\n", "554 no\r\n"]
    settings.seeds = [Case(fault: "", oracle: "", turns: turns).script.script]
    let campaign = try ClientCampaign(client.runner, settings: settings, store: store)
    #expect(campaign.trial() == nil)
    let summary = campaign.run()
    #expect(summary.failure == nil && summary.runs == 3)
    let record = try #require(store.records.first)
    #expect(store.records.count == 1 && record.oracle == "outcome" && record.severity == .high)
    // One refusal is what is left of it, wherever it was made to stand.
    let file = store.folder.appendingPathComponent("findings/\(record.folder)/input.script")
    let script = ServerScript(Script(decoding: [UInt8](try Data(contentsOf: file))))
    #expect(script.turns.count { !$0.isHonest } == 1)
  }

  @Test("A client that begins TLS behind another 2yz than 220 says nothing that is a line")
  func otherReady() throws {
    let client = try ExampleClient(fault: "any-2yz")
    defer { client.remove() }
    var script = ServerScript()
    script.turns = ["", "", "250 go\r\n"].map { ServerScript.Turn(segments: $0.isEmpty ? [] : [Array($0.utf8)]) }
    let trace = try client.runner.run(script, interrupt: Interrupt())
    #expect(ClientOracleList.judge(trace) == [], "\(trace.connections.map(\.transcript))")
    #expect(trace.connections.first?.said.last?.verb == .starttls)
  }

  /// What the client's exit status says against a dialogue: what it said, and what it was answered.
  private static func outcome(_ status: Int32, _ dialogue: (said: String, answer: String)...) -> [Finding.Severity] {
    var connection = ClientConnection()
    connection.greeting = Array("220 hello\r\n".utf8)
    for (text, answer) in dialogue {
      let kind: ClientConnection.Said.Kind = text.hasSuffix(".\r\n") ? .mailData(isWhole: true) : .command
      var said = ClientConnection.Said(kind: kind, octets: Array(text.utf8), isUnderTLS: false)
      said.answer = Array(answer.utf8)
      connection.said.append(said)
    }
    var trace = ClientTrace()
    trace.connections = [connection]
    trace.ending = .status(status)
    return OutcomeOracle.judge(trace).map(\.severity)
  }

  @Test("A lone dot, which ends what DATA began behind refusals, is no message that was taken")
  func loneDot() {
    func judge(_ data: String) -> [Finding.Severity] {
      Self.outcome(
        1, ("MAIL FROM:<>\r\n", "550 no\r\n"), ("DATA\r\n", "354 go ahead\r\n"), (data, "250 taken\r\n"), ("QUIT\r\n", "221 bye\r\n"))
    }
    #expect(judge(".\r\n") == [])
    #expect(judge("Text.\r\n.\r\n") == [.medium])
  }

  @Test("A failure is told where one recipient of several was refused")
  func refusedRecipient() {
    func judge(_ answer: String) -> [Finding.Severity] {
      Self.outcome(
        1, ("RCPT TO:<a@example.org>\r\n", answer), ("RCPT TO:<b@example.org>\r\n", "250 ok\r\n"), ("DATA\r\n", "354 go ahead\r\n"),
        ("Text.\r\n.\r\n", "250 taken\r\n"), ("QUIT\r\n", "221 bye\r\n"))
    }
    #expect(judge("550 no\r\n") == [])
    #expect(judge("250 ok\r\n") == [.medium])
  }

  @Test("A message that goes out behind another 3yz than 354 is not lost")
  func otherGoAhead() {
    #expect(Self.outcome(0, ("DATA\r\n", "334 go\r\n"), ("Subject: canary0message\r\n", "250 taken\r\n")) == [])
    #expect(Self.outcome(0, ("DATA\r\n", "334 go\r\n"), ("QUIT\r\n", "221 bye\r\n")) == [.high])
  }

  @Test("The corpus has a script that finds a client which sends its message whatever DATA drew")
  func seedOfRefusedData() throws {
    let client = try ExampleClient(fault: "ignores-354")
    defer { client.remove() }
    let store = try FindingStore(at: client.folder + "/findings", resuming: false)
    var settings = ClientCampaign.Settings(seed: 1)
    settings.seeds = Seeds.files(in: "seeds/client").filter { $0.path.contains("/R20-") }.map { Script(decoding: $0.octets) }
    settings.runs = UInt64(settings.seeds.count + 1)
    _ = try ClientCampaign(client.runner, settings: settings, store: store).run()
    #expect(store.records.contains { $0.oracle == "unasked-data" }, "\(store.records)")
  }

  @Test("What makes no connection is no client to be fuzzed")
  func trial() throws {
    let client = try ExampleClient(command: ["/bin/sh", "-c", "echo wrong usage; exit 2", "{port}"])
    defer { client.remove() }
    let store = try FindingStore(at: client.folder + "/findings", resuming: false)
    let campaign = try ClientCampaign(client.runner, settings: ClientCampaign.Settings(seed: 1), store: store)
    #expect(campaign.trial()?.contains("wrong usage") == true)
  }
}

/// The example in a folder of its own.
private struct ExampleClient {
  static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  let folder: String
  let runner: ClientRunner

  init(fault: String) throws {
    let example = Corpus.root.deletingLastPathComponent().appendingPathComponent("examples/clients/client.py").path
    try self.init(
      command: ["python3", example, fault, "{host}", "{port}", "{sender}", "{recipient}", "{message}", "{user}", "{password}"],
      patience: fault == "hang" ? .seconds(1) : .seconds(30))
  }

  init(command: [String], patience: Duration = .seconds(30)) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("client-\(UUID().uuidString)").path
    var runner = try ClientRunner(ClientCommand(command), folder: folder)
    runner.isTLSRequired = true
    runner.patience = patience
    runner.quiet = .seconds(10)
    self.runner = runner
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
