import Testing
import Transport

@testable import Conformance

@Suite("Cases in which the target sends")
struct ServingTests {
  private func load(_ lines: String) throws -> Case {
    let register = "rfc: 5321\ntitle: A\nrequirements:\n  - {id: 3.3-1, level: MUST, role: client, summary: A.}"
    let cases = "rfc: 5321\nsection: '3.3'\ntitle: A\ncases:\n  - id: a\n    title: A\n    covers: [3.3-1]\n"
    let body = lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    let suite = try Suite(files: [
      SpecFile(name: "specs/requirements/a.yaml", text: register), SpecFile(name: "specs/rfc5321/a.yaml", text: cases + body),
    ])
    return try #require(suite.cases.first)
  }

  @Test("are for clients and relays, and say what is sent")
  func areRead() throws {
    let testCase = try load(
      "given: accepted\nmail: {body: 'x\\r\\n', recipients: 3, utf8: true}\nsteps: [{serve: {offer: SIZE, until: 'MAIL | message'}}, {expect: failed}]"
    )
    #expect(testCase.needs.roles == [.client, .relay])
    #expect(testCase.assignment.recipients == 3 && testCase.assignment.isInternationalized)
    guard case .serve(let serve) = testCase.steps[0].action else {
      Issue.record("no serve")
      return
    }
    #expect(serve.verbs == ["MAIL"] && serve.stopsAtMessage && serve.extensions.count == 1)
    #expect(testCase.steps[1].patterns.first?.outcome == .failed)
  }

  @Test(
    "The end of mail data is found wherever what comes is cut",
    arguments: [(".\r\n", 3), ("\r\n.\r\n", 5), ("a\r\n.\r\nQUIT\r\n", 6), ("a\n.\r\nb\r\n..\r\n.\n\r\n.\r\nx", 19), ("a.\r\n", nil)])
  func endOfMailDataIsFound(text: String, length: Int?) {
    let octets = Array(text.utf8)
    for first in octets.indices {
      for second in first..<octets.count {
        var end = EndOfMailData()
        #expect((end.search(Array(octets[..<first])) ?? end.search(Array(octets[..<second])) ?? end.search(octets)) == length)
      }
    }
  }

  @Test("stop where a chunk has come, or a verb")
  func stopsAreRead() throws {
    let testCase = try load("given: accepted\nsteps: [{serve: {until: 'chunk | DATA'}}, {expect: failed}]")
    guard case .serve(let serve) = testCase.steps[0].action else {
      Issue.record("no serve")
      return
    }
    #expect(serve.stopsAtChunk && !serve.stopsAtMessage && serve.verbs == ["DATA"])
  }

  @Test(
    "are refused where they make no sense",
    arguments: [
      ("given: ehlo\nmail: {recipients: 2}\nsteps: [{send: NOOP}]", "what is to be sent stands beside 'given: accepted'"),
      ("given: accepted\nneeds: {role: mx}\nsteps: [{serve: {}}]", "'given: accepted' is for the roles client and relay"),
      ("given: accepted\nsteps: [{serve: yes}]", "write {}, or {offer: [SIZE], until: MAIL}"),
      ("given: accepted\nmail: {recipient: 2}\nsteps: [{serve: {}}]", "recipients"),
      ("given: accepted\nmail: {recipients: 1000}\nsteps: [{serve: {}}]", "200"),
    ])
  func areRefused(lines: String, words: String) throws {
    let error = try #require(throws: SpecErrors.self) { try load(lines) }
    #expect(error.description.contains(words), "\(error)")
  }

  @Test("Outcomes are matched by a client's status and by a relay's reports")
  func outcomesMatch() throws {
    let context = MatchContext(values: { _ in nil }, offersEnhancedCodes: false)
    func matches(_ word: String, _ observation: Observation) throws -> Bool {
      let testCase = try load("given: accepted\nsteps: [{expect: \(word)}]")
      return try #require(testCase.steps[0].patterns.first).matches(observation, in: context)
    }
    for (word, sent, unsent, reported, silent) in [
      ("sent", true, false, false, true), ("deferred", false, true, false, true), ("failed", false, true, true, false),
    ] {
      #expect(try matches(word, .exited(status: 0)) == sent)
      #expect(try matches(word, .exited(status: 75)) == unsent)
      #expect(try matches(word, .reported([])) == reported)
      #expect(try matches(word, .unreported(waited: .seconds(1))) == silent)
    }
  }

  @Test("A command's placeholders are quoted for the shell")
  func placeholdersAreQuoted() {
    let task = ClientTask(
      endpoint: .tcp(host: "127.0.0.1", port: 25), sender: "a'b@example.org", recipients: ["c@example.org", "d@example.org"], message: [],
      localMessage: [], credentials: nil, policy: .required, interrupt: Interrupt())
    #expect(
      ClientProcess.filled("x {host}:{port} {sender} {recipients} {message} {tls} {other}", task, folder: "/tmp/f")
        == #"x '127.0.0.1':25 'a'\''b@example.org' 'c@example.org' 'd@example.org' '/tmp/f/message' required {other}"#)
  }

  @Test("A mailbox of reports is told from a mailbox of mail by the recipient")
  func sinkIsSorted() {
    let sink = MailSink()
    let token = Token.make(run: 1, count: 1)
    for (from, to) in [("<\(token)-sender@a.example>", "<\(token)@a.example>"), ("<>", "<\(token)-sender@a.example>")] {
      sink.add(.init(reversePath: Array(from.utf8), recipients: [Array(to.utf8)], content: Array(to.utf8)))
    }
    func count(_ isTheirs: Bool) -> Int { MailStore(.sink, sink: (sink, "-sender@", isTheirs)).messages(with: token).count }
    #expect(count(true) == 1 && count(false) == 1)
    #expect(sink.messages(with: Token.make(run: 1, count: 2)).isEmpty)
  }
}
