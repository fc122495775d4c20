import Conformance
import Testing

@testable import Reports

@Suite("Every form of report")
struct FormsTests {
  private let scene: Scene
  private static let names = RunForms.all.map { $0.name }

  init() throws {
    scene = try Scene()
  }

  /// A run of the scene, whole or as far as so many events.
  private func run(_ events: [Event], only count: Int = .max) -> RunRecord {
    var run = RunRecord(head: scene.context.head)
    for event in events.prefix(count) { run.add(EventRecord(event, context: scene.context)) }
    return run
  }

  /// A run in which everything that a server can say is hostile.
  private func hostileRun() -> RunRecord {
    let facts = RunFacts(target: "a\(hostileText):25", role: .mx, greeting: hostileText, extensions: [hostileText], cases: 5, seed: 1)
    let violation = Violation(step: 1, expected: "503", observed: hostileText)
    let transcript = [TranscriptEntry(1, .received, hostileText), TranscriptEntry(2, .event, hostileText, on: hostileText)]
    let verdicts: [Verdict] = [
      .violated(violation), .latitude(hostileText), .inconclusive(hostileText), .notApplicable(hostileText),
      .waived(reason: hostileText, violation),
    ]
    let results = verdicts.enumerated().map { scene.result($0, $1, transcript: transcript, notes: [hostileText]) }
    return run(
      [.runStarted(facts)] + results.map { .caseFinished($0) } + [
        .note(hostileText), .runFinished(Scene.summary(results, outcome: .serverDied(hostileText))),
      ])
  }

  @Test("The list has every form that is written, and names each once")
  func listIsWhole() throws {
    let types = try conformers(to: "RunForm")
    #expect(types == Set(RunForms.all.map { "\($0)" }) && types.count >= 6)
    #expect(Set(RunForms.all.map { $0.name }).count == RunForms.all.count)
    for form in RunForms.all { #expect(RunForms.named(form.name).map { "\($0)" } == "\(form)" && !form.words.isEmpty) }
  }

  @Test("Nothing that a server says is more than visible text, whatever the form", arguments: Self.names)
  func isHarmlessText(name: String) throws {
    let text = try #require(RunForms.named(name)).init().text(of: hostileRun())
    #expect(isHarmless(text))
    #expect(text.contains("owned"), "it is shown")
  }

  @Test("A run that is not whole is told as such", arguments: Self.names)
  func tellsIncompleteness(name: String) throws {
    let form = try #require(RunForms.named(name)).init()
    let events = scene.wholeRun()
    for count in 1..<events.count {
      #expect(form.text(of: run(events, only: count)).contains("the report ends before the run does"), "\(count)")
    }
    #expect(!form.text(of: run(events)).contains("the report ends before the run does"))
    #expect(form.text(of: RunRecord(head: scene.context.head)).contains("the report ends before the run does"))
  }

  @Test("There is a fault or a failure exactly where the exit status is not 0")
  func faultsMeanFailure() {
    let outcomes: [(Summary.Outcome, [CaseResult])] = [
      (.conforming, [scene.result(1, .satisfied)]), (.nothingVerified("no case ran"), []), (.serverDied("it ended"), []),
      (.violations, [scene.wholeResults()[0]]),
    ]
    for (outcome, results) in outcomes {
      let whole = run(
        [.runStarted(Scene.facts)] + results.map { .caseFinished($0) } + [.runFinished(Scene.summary(results, outcome: outcome))])
      #expect((whole.faults.isEmpty && whole.failures.isEmpty) == (whole.exitStatus == 0), "\(outcome)")
    }
    #expect(run([.runStarted(Scene.facts)]).faults.map(\.kind) == [.incomplete])
  }

  @Test("A form is written once, at the run's end, and is the same from the events")
  func writesAtTheEnd() throws {
    let out = Pieces()
    var report = WholeRunReport(JUnitForm(), to: out, context: scene.context)
    for event in scene.wholeRun() {
      #expect(out.all.isEmpty)
      try report.receive(event)
    }
    #expect(out.all == [JUnitForm().text(of: run(scene.wholeRun()))])
  }

  @Test("JUnit: failures apart from errors, and classes by section")
  func junit() {
    let text = JUnitForm().text(of: run(scene.wholeRun()))
    #expect(text.contains("tests=\"6\" failures=\"1\" errors=\"0\" time=\"0.250\""))
    #expect(
      text.contains(
        "<testcase name=\"rfc5321/3.3/rcpt-before-mail\" classname=\"rfc5321.3_3\" time=\"0.001\">\n      <failure message=\"expected 503, observed 250 ok\\r\\n\" type=\"MUST\">"
      ))
    #expect(text.contains("<skipped message=\"not applicable: the target does not offer X\"/>"))
    #expect(text.contains("<skipped message=\"waived: known\"/>") && text.contains("<skipped message=\"inconclusive: no answer\"/>"))
    let broken = JUnitForm().text(of: run(scene.wholeRun(), only: 2))
    #expect(broken.contains("failures=\"0\" errors=\"2\""))
    #expect(
      broken.contains(
        "<testcase name=\"rfc5321/3.3/rcpt-before-mail\" classname=\"smtpspec\" time=\"0.000\">\n      <error message=\"began and has no verdict\" type=\"incomplete\"/>"
      ))
  }

  @Test("TAP: a violation that does not fail the run is TODO, a plan counts what did not run")
  func tap() {
    let whole = TAPForm().text(of: run(scene.wholeRun()))
    #expect(whole.hasPrefix("TAP version 14\n1..5\n"))
    #expect(whole.contains("\nnot ok 1 - rfc5321/3.3/rcpt-before-mail RCPT without a MAIL draws 503\n  ---\n  verdict: 'violated'\n"))
    #expect(whole.contains("\nnot ok 3 - rfc5321/4.2/text/help A reply has a text # TODO waived: known\n"))
    #expect(whole.contains("\nok 5 - rfc5321/4.2/text/rset A reply has a text # SKIP not applicable: "))
    let broken = TAPForm().text(of: run(scene.wholeRun(), only: 3))
    #expect(
      broken.contains("\n1..5\n") && broken.hasSuffix("\nBail out! the report ends before the run does, with a verdict on 1 of 5 cases\n"))
  }

  @Test("GitHub: ten annotations of a kind at most, and no text ends a command")
  func github() {
    #expect(
      GitHubForm().text(of: run(scene.wholeRun())).hasPrefix(
        "::error title=rfc5321/3.3/rcpt-before-mail%3A RCPT without a MAIL draws 503::MUST, RFC 5321 §3.3 "))
    var summary = Scene.summary([], outcome: .nothingVerified("100% ::error::\nnot"))
    summary.staleWaivers = (1...20).map { "waiver \($0)" }
    let lines = GitHubForm().text(of: run([.runStarted(Scene.facts), .runFinished(summary)])).split(separator: "\n")
    #expect(
      lines.count == 11 && lines[0].hasSuffix("::100%25 ::error::\\nnot")
        && lines[9].hasSuffix("::12 more of this kind are in the other reports"))
  }

  @Test(
    "Markdown: a code span holds any text",
    arguments: [("a", "` a `"), ("`", "`` ` ``"), ("a``b`", "``` a``b` ```"), ("<b>", "` <b> `")])
  func codeSpans(text: String, code: String) {
    #expect(MarkdownText.code(text) == code)
  }

  @Test("HTML: octets are escaped, and their escapes set apart")
  func octets() {
    #expect(HTML.octets(#"250 <ok>\r\n"#) == #"250 &lt;ok&gt;<i>\r\n</i>"#)
    #expect(HTML.octets(#"\x1b[m\\<"#) == #"<i>\x1b</i>[m<i>\\</i>&lt;"#)
    #expect(HTML.octets(#"\"#) == #"<i>\</i>"# && HTML.octets(#"\x"#) == #"<i>\x</i>"#)
  }

  @Test("HTML: the policy names the page's own script and style, and no request is possible")
  func policy() {
    let text = HTMLForm().text(of: hostileRun())
    #expect(text.contains("default-src 'none'; style-src 'sha256-") && !text.contains("unsafe"))
    #expect(text.matches(of: /<script/).count == 1 && text.matches(of: /<style/).count == 1)
    #expect(!text.contains(" src=") && text.matches(of: /\shref="(?!https:\/\/www\.rfc-editor\.org\/rfc\/|#)/).isEmpty)
    #expect(text.matches(of: /\son[a-z]+=/).isEmpty && !text.contains(" style="))
  }

  @Test("SARIF: ids and fingerprints stay from run to run")
  func sarif() throws {
    var other = scene.wholeRun()
    other[0] = .runStarted(RunFacts(target: "other:25", role: .mx, greeting: "", extensions: [], cases: 5, seed: 99))
    let prints = try [run(scene.wholeRun()), run(other)].map { run in
      let json = try JSON.parse(Array(SARIFForm().text(of: run).utf8).span)
      let results = try #require(json["runs"]?.array?.first?["results"]?.array)
      return results.map { [$0["ruleId"], $0["partialFingerprints"], $0["level"]] }
    }
    #expect(prints[0] == prints[1] && prints[0].count == 2)
    #expect(prints[0][0][0] == .string("rfc5321/3.3/rcpt-before-mail"))
  }
}
