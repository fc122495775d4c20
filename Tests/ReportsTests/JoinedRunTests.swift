import Testing

@testable import Conformance
@testable import Reports

@Suite("The reports of a run's parts are one report")
struct JoinedRunTests {
  private let scene: Scene

  init() throws {
    scene = try Scene()
  }

  /// The report of one part of three, with these results and waivers.
  private func part(
    _ index: Int, of count: Int = 2, _ results: [CaseResult], waivers: [TargetConfiguration.Waiver] = [], isWhole: Bool = true,
    change: (inout RunHead) -> Void = { _ in }
  ) throws -> JoinedRun.Part {
    var head = scene.context.head
    change(&head)
    var run = RunRecord(head: head)
    let facts = RunFacts(
      target: "127.0.0.1:\(2525 + index)", role: .mx, greeting: "mx", extensions: [], cases: results.count, seed: 1,
      shard: Shard(index: index, count: count), waivers: waivers)
    run.add(.runStarted(facts, titles: [5321: "SMTP"]))
    var tally = Tally(
      options: RunOptions(), waivers: waivers, cases: results.map(\.testCase), suite: scene.suite.cases.map(\.id), today: Day("2026-06-15"))
    for result in results { run.add(EventRecord(.caseFinished(tally.add(result)), context: scene.context)) }
    run.notes = ["slow"]
    if isWhole { run.add(.runFinished(tally.summary(after: .seconds(index), outcome: nil))) }
    return ("\(index).jsonl", run)
  }

  private let violation = Verdict.violated(Violation(step: 1, expected: "503", observed: "250 ok"))

  private func joined(_ parts: [JoinedRun.Part], minimum: Int? = nil) throws -> RunRecord {
    try JoinedRun(parts).run(suite: scene.suite.cases, minimum: minimum)
  }

  @Test("the whole has every result, both targets, the longest time, and can be read again")
  func joins() throws {
    let first = try part(1, [scene.result(0, .satisfied), scene.result(2, .satisfied)])
    let second = try part(2, [scene.result(1, violation), scene.result(3, .notApplicable("no TLS")), scene.result(4, .satisfied)])
    let whole = try joined([second, first])
    #expect(whole.results.map(\.facts.id) == [0, 2, 1, 3, 4].map { scene.suite.cases[$0].id })
    #expect(whole.facts?.cases == 5 && whole.facts?.shard == nil)
    #expect(whole.facts?.target == "127.0.0.1:2526, 127.0.0.1:2527")
    #expect(whole.summary?.outcome == .violations && whole.summary?.duration == .seconds(2))
    #expect(whole.summary?.counts == [.satisfied: 3, .violated: 1, .notApplicable: 1])
    #expect(whole.notes == ["part 1/2: slow", "part 2/2: slow"])
    let again = try RunReader.read(Array(whole.lines.joined().utf8), file: "whole.jsonl")
    #expect(again == whole)
  }

  @Test("a waiver whose cases are in two parts is judged by both")
  func waivers() throws {
    let waiver = TargetConfiguration.Waiver(cases: "rfc5321/3.3/*", reason: "known", place: "waivers.yaml:1:9")
    let used = try joined([
      part(1, [scene.result(0, violation)], waivers: [waiver]), part(2, [scene.result(1, .satisfied)], waivers: [waiver]),
    ])
    #expect(used.summary?.outcome == .conforming)
    #expect(used.summary?.counts[.waived] == 1)
    let stale = try joined([
      part(1, [scene.result(0, .satisfied)], waivers: [waiver]), part(2, [scene.result(1, .satisfied)], waivers: [waiver]),
    ])
    let words = "waivers.yaml:1:9: the waiver for 'rfc5321/3.3/*' matches no violation any more (2 satisfied): remove it"
    #expect(stale.summary?.outcome == .staleWaivers([words]))
  }

  @Test("a part that is missing, or was killed, is not passed over; a violation is told first")
  func incomplete() throws {
    let first = try part(1, of: 3, [scene.result(0, .satisfied)])
    #expect(try joined([first]).summary?.outcome == .nothingVerified("the report of part 2, 3 is missing"))
    #expect(try joined([first]).summary?.exitStatus == 3)
    let violated = try part(1, of: 3, [scene.result(0, violation)])
    #expect(try joined([violated]).summary?.outcome == .violations)
    let killed = try part(2, [scene.result(1, .satisfied)], isWhole: false)
    let whole = try joined([part(1, [scene.result(0, .satisfied)]), killed])
    #expect(whole.summary?.outcome == .nothingVerified("part 2/2: the report ends before the run does"))
    #expect(whole.incompleteness != nil)
  }

  @Test("fewer verified cases than asked for are not enough")
  func minimum() throws {
    let parts = try [part(1, [scene.result(0, .satisfied)]), part(2, [scene.result(1, .notApplicable("no TLS"))])]
    #expect(try joined(parts, minimum: 1).summary?.exitStatus == 0)
    #expect(try joined(parts, minimum: 2).summary?.outcome == .nothingVerified("only 1 of at least 2 cases were verified"))
  }

  @Test("a server that died in one part died")
  func death() throws {
    var dead = try part(2, [scene.result(1, .satisfied)])
    dead.run.summary?.outcome = .serverDied("signal 11")
    #expect(try joined([part(1, [scene.result(0, .satisfied)]), dead]).summary?.outcome == .serverDied("part 2/2: signal 11"))
  }

  @Test("reports of different runs are refused, and say in what they differ")
  func strangers() throws {
    let first = try part(1, [scene.result(0, .satisfied)])
    let others: [(JoinedRun.Part, String)] = try [
      (part(2, [scene.result(1, .satisfied)]) { $0.specs = "sha256:11" }, "another specs than 1.jsonl: 'sha256:11' and 'sha256:00ff'"),
      (part(2, [scene.result(1, .satisfied)]) { $0.strict = .should }, "another --strict than 1.jsonl: 'should' and 'must'"),
      (part(2, of: 3, [scene.result(1, .satisfied)]), "another number of parts than 1.jsonl: '3' and '2'"),
      (part(1, [scene.result(1, .satisfied)]), "are both part 1"),
      (part(2, [scene.result(0, .satisfied)]), "'rfc5321/3.3/rcpt-before-mail' is in 1.jsonl and in 2.jsonl: a case runs once"),
    ]
    for (other, words) in others {
      #expect { try JoinedRun([first, other]) } throws: { ($0 as? JoinError)?.message.contains(words) == true }
    }
  }
}

@Suite("Waivers written from a report")
struct WaiverTextTests {
  @Test(
    "the part of an observation that lasts",
    arguments: [
      (#"250 2.1.5 recipient <alice@example.test> ok\r\n"#, "250 2.1.5 recipient"), ("250 Ok: queued as 4F2A", "250 Ok: queued as"),
      (#"250-mx.example.test\r\n250 SIZE"#, nil), (#"502\r\n"#, nil), ("502 5.5.1", "502 5.5.1"), ("502 [x]", "502 "),
      ("nothing within 250 ms", "nothing within"), ("the server closed the connection", "the server closed the connection"),
      ("3 octets without the end", nil),
    ] as [(String, String?)])
  func lasts(observed: String, part: String?) {
    #expect(WaiverText.lasting(observed) == part)
    if let part { #expect(observed.contains(part)) }
  }

  @Test("an entry is what the loader reads, whatever the texts hold")
  func loads() throws {
    let scene = try Scene()
    let observed = "it's 'so': # \(hostileText)"
    let result = scene.result(0, .violated(Violation(step: 1, expected: "503", observed: observed)))
    let text = WaiverText(reason: "it's: # known\n- case", issue: "https://example.org/1", until: "2027-01-31")
    let entry = try #require(text.entry(for: CaseRecord(result, context: scene.context)))
    let waivers = try WaiverLoader.load(SpecFile(name: "waivers.yaml", text: entry))
    #expect(waivers.map(\.cases) == ["rfc5321/3.3/rcpt-before-mail"])
    #expect(waivers.map(\.reason) == [#"it's: # known\n- case"#] && waivers.map(\.until) == ["2027-01-31"])
    #expect(try #require(waivers[0].observed).hasPrefix("it's 'so':"))
    #expect(text.entry(for: CaseRecord(scene.result(1, .satisfied), context: scene.context)) == nil)
  }
}
