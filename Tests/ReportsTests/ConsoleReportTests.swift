import Reports
import Testing

@testable import Conformance

@Suite("ConsoleReport: the report for a person")
struct ConsoleReportTests {
  private let scene: Scene
  private let out = Pieces()

  init() throws {
    scene = try Scene()
  }

  private func report(_ change: (inout ConsoleReport.Options) -> Void = { _ in }) -> ConsoleReport {
    var options = ConsoleReport.Options()
    change(&options)
    return ConsoleReport(to: out, context: scene.context, options: options)
  }

  private func results() -> [CaseResult] {
    [
      scene.result(
        0,
        .violated(Violation(step: 1, expected: "503", observed: #"250 ok\r\n"#)),
        transcript: [
          TranscriptEntry(0, .event, "connected"), TranscriptEntry(1, .received, "220-hello\r\n220 there\r\n"),
          TranscriptEntry(12, .sent, "RCPT TO:<a@example.test>\r\n"), TranscriptEntry(13, .received, "250 ok\r\n"),
        ]
      ),
      scene.result(1, .satisfied),
      scene.result(2, .latitude("replied 252")),
      scene.result(3, .notApplicable("the target offers HELP")),
      scene.result(4, .violated(Violation(step: 1, expected: "250", observed: "silence"))),
    ]
  }

  @Test("The whole of it, for results that come in any order", arguments: [[0, 1, 2, 3, 4], [4, 2, 1, 3, 0]])
  func wholeReport(order: [Int]) throws {
    var report = report()
    let results = results()
    try report.receive(.runStarted(Scene.facts))
    for place in order {
      try report.receive(.caseStarted(results[place].testCase.id))
      try report.receive(.caseFinished(results[place]))
    }
    try report.receive(.runFinished(Scene.summary(results, outcome: .violations)))
    #expect(
      out.text == """
        smtpspec 0.0.0  127.0.0.1:2525 as mx, 5 cases, seed 7
        greeting    mx.example.test ready
        extensions  PIPELINING, SIZE 1000

        RFC 5321 Simple Mail Transfer Protocol
          ✗ §3.3 Mail transactions  1 satisfied, 1 violated
              ✗ MUST   rfc5321/3.3/rcpt-before-mail  RCPT without a MAIL draws 503
          ✗ §4.2 SMTP replies       1 violated, 1 latitude, 1 not applicable
              ≈ SHOULD rfc5321/4.2/text/noop  A reply has a text — replied 252
              ✗ SHOULD rfc5321/4.2/text/help  A reply has a text
              – text/rset — the target offers HELP

        Violations

        1) rfc5321/3.3/rcpt-before-mail  RCPT without a MAIL draws 503
           RFC5321-3.3-10 MUST  RCPT before MAIL draws 503.
           section    RFC 5321 §3.3 Mail transactions
           expected   503  (step 1)
           observed   250 ok\\r\\n
           note       It matters.
           transcript
              0.0 ms  · connected
              1.0 ms  ← 220-hello\\r\\n
                      ← 220 there\\r\\n
             12.0 ms  → RCPT TO:<a@example.test>\\r\\n
             13.0 ms  ← 250 ok\\r\\n
           case       specs/rfc5321/3.3-mail-transactions.yaml:5
           again      smtpspec check 127.0.0.1:2525 --only rfc5321/3.3/rcpt-before-mail

        Warnings: violations that do not fail the run

        2) rfc5321/4.2/text/help  A reply has a text
           RFC5321-4.2-3 SHOULD  A reply has a text.
           section    RFC 5321 §4.2 SMTP replies
           expected   250  (step 1)
           observed   silence
           case       specs/rfc5321/4.2-replies.yaml:5
           again      smtpspec check 127.0.0.1:2525 --only rfc5321/4.2/text/help

                            MUST  SHOULD     all
        ✓ satisfied            1       ·       1
        ✗ violated             1       1       2
        ≈ latitude             ·       1       1
        – not applicable       ·       1       1
        5 cases in 250 ms
        Not conforming: 1 MUST violated. Warnings: 1 SHOULD violated. (exit status 1)

        """
    )
  }

  @Test("A section is written as soon as it and those before it are complete")
  func writesSectionsInOrder() throws {
    var report = report()
    let results = results()
    for place in [2, 3, 4] { try report.receive(.caseFinished(results[place])) }
    #expect(out.text.isEmpty)
    try report.receive(.caseFinished(results[1]))
    #expect(out.text.isEmpty)
    try report.receive(.caseFinished(results[0]))
    #expect(out.text.contains("§3.3") && out.text.contains("§4.2"))
  }

  @Test("The verbose report has a line for every case")
  func showsEveryCase() throws {
    var report = report { $0.isVerbose = true }
    for place in 0...4 { try report.receive(.caseFinished(scene.result(place, .satisfied))) }
    for testCase in scene.suite.cases { #expect(out.text.contains("\(testCase.id)  \(testCase.title)")) }
  }

  @Test(
    "Every outcome says what it means and its exit status",
    arguments: [
      (Summary.Outcome.conforming, "Conforming: no MUST that was tested is violated. (exit status 0)"),
      (.nothingVerified("connection refused"), "Nothing could be verified: connection refused. (exit status 3)"),
      (.staleWaivers(["the waiver for 'a'"]), "Waivers are out of date: (exit status 4)\n  the waiver for 'a'"),
      (.serverDied("signal 11"), "The server under test died: signal 11. (exit status 5)"),
    ]
  )
  func saysWhatItMeans(outcome: Summary.Outcome, words: String) throws {
    var report = report()
    try report.receive(.runFinished(Scene.summary([], outcome: outcome)))
    #expect(out.text.contains(words))
  }

  @Test("What keeps many cases from running is said once at the end")
  func namesObstacles() throws {
    var report = report()
    for place in 0...4 { try report.receive(.caseFinished(scene.result(place, .notApplicable("no mailbox")))) }
    try report.receive(.runFinished(Scene.summary([], outcome: .nothingVerified("no case could be decided"))))
    #expect(out.text.contains("\n  5 not applicable: no mailbox\n5 cases in"))
  }

  @Test("A run that was stopped says how much is missing")
  func tellsOfMissingCases() throws {
    var report = report()
    let one = scene.result(0, .satisfied)
    try report.receive(.caseFinished(one))
    try report.receive(.runFinished(Scene.summary([one], notRun: 4, outcome: .nothingVerified("stopped early"))))
    #expect(out.text.contains("1 case in 250 ms, 4 not run\nUndecided: stopped early. (exit status 3)"))
    #expect(out.text.contains("§3.3 Mail transactions  1 satisfied, 1 not run"))
    #expect(!out.text.contains("§4.2"))
  }

  @Test("On a terminal the progress is drawn, not too often, and gone before anything else is written")
  func drawsProgress() throws {
    let clock = SteppedClock()
    var report = report {
      $0.columns = { 40 }
      $0.now = { clock.now }
    }
    let results = results()
    try report.receive(.caseStarted(results[2].testCase.id))
    try report.receive(.caseFinished(results[2]))
    clock.advance(by: .milliseconds(150))
    try report.receive(.caseFinished(results[4]))
    #expect(out.all == ["\r\u{1B}[2K 0/5  rfc5321/4.2/text/noop", "\r\u{1B}[2K 2/5, 1 violated  "])
    try report.receive(.note("the target slows down"))
    #expect(out.all[2] == "\r\u{1B}[2Knote: the target slows down\n")
    try report.receive(.runFinished(Scene.summary([], outcome: .conforming)))
    #expect(out.all.last?.hasPrefix("\r\u{1B}[2K") == true)
  }

  @Test("Nothing that the server or a spec wrote reaches the terminal as it is", arguments: [false, true])
  func escapesEverything(isVerbose: Bool) throws {
    var report = report { $0.isVerbose = isVerbose }
    let facts = RunFacts(target: hostileText, role: .mx, greeting: hostileText, extensions: [hostileText], cases: 5, seed: 1)
    try report.receive(.runStarted(facts))
    try report.receive(.note(hostileText))
    let violation = Violation(step: 1, expected: hostileText, observed: hostileText)
    let transcript = [TranscriptEntry.Direction.sent, .received, .event].map { TranscriptEntry(1, $0, hostileText, on: hostileText) }
    let verdicts: [Verdict] = [
      .violated(violation), .latitude(hostileText), .inconclusive(hostileText), .notApplicable(hostileText),
      .waived(reason: hostileText, violation),
    ]
    for (place, verdict) in verdicts.enumerated() {
      try report.receive(.caseFinished(scene.result(place, verdict, transcript: transcript, notes: [hostileText])))
    }
    try report.receive(.runFinished(Scene.summary([], outcome: .serverDied(hostileText))))
    #expect(isHarmless(out.text))
    #expect(out.text.contains(#"\x1b[2J\x1b]0;owned"#))
  }
}

/// A clock that stands until it is told.
private final class SteppedClock: @unchecked Sendable {
  // Used by one test on one thread; the closure that reads it must be Sendable.
  private(set) var now = ContinuousClock().now

  func advance(by duration: Duration) {
    now += duration
  }
}
