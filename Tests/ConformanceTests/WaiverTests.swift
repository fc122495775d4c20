import Foundation
import Testing

@testable import Conformance

@Suite("Waivers cover what is known, and none outlives its reason")
struct WaiverTests {
  typealias Waiver = TargetConfiguration.Waiver

  private static let ids = ["rfc5321/3.3/a", "rfc5321/3.3/b", "rfc5321/4.1/c"]

  private func book(_ waivers: [Waiver], chosen: [String] = ids, today: String = "2026-06-15") -> WaiverBook {
    WaiverBook(waivers, suite: Self.ids, chosen: chosen, today: Day(today))
  }

  private func violated(_ observed: String = "250 ok") -> Verdict {
    .violated(Violation(step: 1, expected: "503", observed: observed))
  }

  @Test("a waiver that matches is no fault, and tells why and where it is tracked")
  func waives() {
    var book = book([Waiver(cases: "rfc5321/3.3/*", reason: "known", issue: "https://example.org/1", until: "2026-06-15", observed: "250")])
    #expect(book.take("rfc5321/3.3/a", violated()) == .waived("known (https://example.org/1)"))
    #expect(book.take("rfc5321/3.3/b", .satisfied) == .unknown)
    #expect(book.take("rfc5321/4.1/c", violated()) == .unknown)
    #expect(book.stale.isEmpty)
  }

  @Test("two waivers for one case each cover their own observation")
  func twoObservations() {
    var book = book([
      Waiver(cases: "rfc5321/3.3/*", reason: "one", observed: "250"), Waiver(cases: "rfc5321/3.3/*", reason: "two", observed: "500"),
    ])
    #expect(book.take("rfc5321/3.3/a", violated("250 ok")) == .waived("one"))
    #expect(book.take("rfc5321/3.3/b", violated("500 no")) == .waived("two"))
    #expect(book.stale.isEmpty)
  }

  @Test("a waiver whose day has passed is a fault, whether the violation is still there or not")
  func past() {
    let waiver = Waiver(cases: "rfc5321/3.3/a", reason: "known", until: "2026-06-14", place: "waivers.yaml:3:9")
    var standing = book([waiver])
    #expect(standing.take("rfc5321/3.3/a", violated()) == .disputed)
    let place = "waivers.yaml:3:9: the waiver for 'rfc5321/3.3/a' held until 2026-06-14; "
    #expect(standing.stale == [place + "'rfc5321/3.3/a' is still violated: mend the server, or set another day"])
    var mended = book([waiver])
    #expect(mended.take("rfc5321/3.3/a", .satisfied) == .unknown)
    #expect(mended.stale == [place + "remove it, or set another day"])
  }

  @Test("a waiver that tells of another observation is a fault, and shows both")
  func otherObservation() {
    var book = book([Waiver(cases: "rfc5321/3.3/a", reason: "known", observed: "250")])
    #expect(book.take("rfc5321/3.3/a", violated("connection closed")) == .disputed)
    #expect(
      book.stale == [
        "the waiver for 'rfc5321/3.3/a' knows the observation '250', but 'rfc5321/3.3/a' observed 'connection closed': "
          + "mend the server, or change 'observed' to what may stay"
      ])
  }

  @Test("a waiver that matches no violation is a fault, and tells what came of its cases")
  func mended() {
    var book = book([Waiver(cases: "rfc5321/3.3", reason: "known")])
    _ = book.take("rfc5321/3.3/a", .satisfied)
    #expect(book.stale.isEmpty, "b may still be violated")
    _ = book.take("rfc5321/3.3/b", .notApplicable("no such extension"))
    #expect(
      book.stale == ["the waiver for 'rfc5321/3.3' matches no violation any more (1 satisfied, 1 not applicable): remove it"])
  }

  @Test("a waiver of what comes only sometimes outlives a run without it, and a run in which it looks different does not")
  func sometimes() {
    let waiver = Waiver(cases: "rfc5321/3.3", reason: "a race", observed: "250", isSometimes: true)
    var book = book([waiver])
    for id in Self.ids { _ = book.take(id, .satisfied) }
    #expect(book.stale == [])
    var other = self.book([waiver])
    #expect(other.take(Self.ids[0], violated("554 no")) == .disputed)
    #expect(other.stale.count == 1)
  }

  @Test("a case that could not be decided says nothing of its waiver")
  func undecided() {
    var book = book([Waiver(cases: "rfc5321/3.3/a", reason: "known")])
    _ = book.take("rfc5321/3.3/a", .inconclusive("busy"))
    #expect(book.stale.isEmpty)
  }

  @Test("a waiver that names no case of the suite is a fault, with the nearest that exists")
  func unknown() {
    let book = book([Waiver(cases: "rfc5321/3.3/aa", reason: "known"), Waiver(cases: "elsewhere/*", reason: "known")], chosen: [])
    #expect(
      book.stale == [
        "the waiver for 'rfc5321/3.3/aa' names no case of the suite; did you mean 'rfc5321/3.3/a'?",
        "the waiver for 'elsewhere/*' names no case of the suite: correct it, or remove it",
      ])
  }

  @Test("a waiver for cases that are not of this run, or only in part, is no fault here")
  func otherCases() {
    let waivers = [
      Waiver(cases: "rfc5321/3.3/b", reason: "elsewhere", until: "2020-01-01"), Waiver(cases: "rfc5321/3.3/*", reason: "in part"),
    ]
    var book = book(waivers, chosen: ["rfc5321/3.3/a"])
    _ = book.take("rfc5321/3.3/a", .satisfied)
    #expect(book.stale.isEmpty)
  }

  @Test(
    "days are days of the calendar",
    arguments: [("2028-02-29", true), ("2027-02-29", false), ("2027-4-1", false), ("2027-13-01", false), ("soon", false)])
  func days(text: String, isDay: Bool) {
    #expect((Day(text) != nil) == isDay)
  }

  @Test("today is a day")
  func today() throws {
    #expect(try #require(Day.today()) > #require(Day("2025-01-01")))
  }

  // MARK: What the run comes to

  private func outcome(
    _ waivers: [Waiver], _ verdicts: [Verdict], _ change: (inout RunOptions) -> Void = { _ in }
  ) throws -> Summary {
    let cases = try ["a", "b", "c"].map { try Self.testCase($0) }
    var options = RunOptions()
    change(&options)
    var tally = Tally(options: options, waivers: waivers, cases: cases, suite: cases.map(\.id), today: Day("2026-06-15"))
    for (testCase, verdict) in zip(cases, verdicts) {
      tally.add(CaseResult(testCase: testCase, verdict: verdict, duration: .zero, transcript: [], attempts: 1, notes: []))
    }
    return tally.summary(after: .zero, outcome: nil)
  }

  private static func testCase(_ id: String) throws -> Case {
    let text = """
      rfc: 5321
      section: '3.3'
      title: T
      cases:
        - {id: \(id), title: A, covers: [3.3-10], steps: [{send: NOOP, expect: 250}]}
      """
    return try #require(try suite(text).cases.first)
  }

  @Test("a violation that only a stale waiver names ends with status 4")
  func disputedViolation() throws {
    let waivers = [Waiver(cases: "rfc5321/3.3/a", reason: "known", until: "2020-01-01")]
    let summary = try outcome(waivers, [violated(), .satisfied, .satisfied])
    #expect(summary.exitStatus == 4)
    #expect(summary.staleWaivers.count == 1)
    #expect(summary.counts[.violated] == 1)
  }

  @Test("a violation that nobody knows ends with status 1, and the stale waivers are told")
  func newViolation() throws {
    let waivers = [Waiver(cases: "rfc5321/3.3/b", reason: "known")]
    let summary = try outcome(waivers, [violated(), .satisfied, .satisfied])
    #expect(summary.exitStatus == 1)
    #expect(summary.staleWaivers.count == 1)
  }

  @Test("a waived run conforms")
  func waivedRun() throws {
    let summary = try outcome([Waiver(cases: "rfc5321/3.3/a", reason: "known")], [violated(), .satisfied, .satisfied])
    #expect(summary.exitStatus == 0)
    #expect(summary.counts[.waived] == 1)
  }

  @Test("what the baseline knows fails no run; what it does not, does")
  func baseline() throws {
    #expect(try outcome([], [violated(), .satisfied, .satisfied]) { $0.baseline = ["rfc5321/3.3/a"] }.exitStatus == 0)
    #expect(try outcome([], [violated(), violated(), .satisfied]) { $0.baseline = ["rfc5321/3.3/a"] }.exitStatus == 1)
  }

  @Test("fewer verified cases than asked for are not enough")
  func minimum() throws {
    let verdicts: [Verdict] = [.satisfied, .latitude("521"), .notApplicable("no TLS")]
    #expect(try outcome([], verdicts) { $0.minimum = 2 }.exitStatus == 0)
    let summary = try outcome([], verdicts) { $0.minimum = 3 }
    #expect(summary.outcome == .nothingVerified("only 2 of at least 3 cases were verified"))
    #expect(summary.exitStatus == 3)
  }

  // MARK: The file

  private func load(_ text: String) throws -> [Waiver] {
    try WaiverLoader.load(SpecFile(name: "waivers.yaml", text: text))
  }

  @Test("a file of waivers is a list, and knows where each stands")
  func loadsFile() throws {
    let waivers = try load("# known\n- case: a/*\n  reason: r\n- {reason: s, case: b, issue: i, until: 2027-01-31, observed: '250'}\n")
    #expect(
      waivers == [
        Waiver(cases: "a/*", reason: "r", place: "waivers.yaml:2:9"),
        Waiver(cases: "b", reason: "s", issue: "i", until: "2027-01-31", observed: "250", place: "waivers.yaml:4:21"),
      ])
    #expect(try load("# nothing is known\n").isEmpty)
    #expect(try load("[]").isEmpty)
  }

  @Test(
    "mistakes are named with their place",
    arguments: [
      ("case: a", "waivers.yaml:1:1: waivers are a list"), ("- case: a", "waivers.yaml:1:3: 'reason' is missing"),
      ("- {case: a, reason: b, untl: c}", "unknown key 'untl', did you mean 'until'?"),
      ("- {case: a, reason: b, sometimes: true}", "a violation that comes sometimes is known by what it looks like"),
      ("- {case: a, reason: ''}", "waivers.yaml:1:21: a text belongs here, and this is empty"),
    ])
  func mistakes(text: String, message: String) {
    #expect { try load(text) } throws: { "\($0)".contains(message) }
  }

  @Test("smtpspec.yaml may name a file of waivers beside it")
  func namedFile() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waivers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("address: 127.0.0.1\nwaivers: known.yaml\n".utf8).write(to: folder.appendingPathComponent("smtpspec.yaml"))
    try Data("- {case: a, reason: b}\n".utf8).write(to: folder.appendingPathComponent("known.yaml"))
    let target = try TargetConfiguration.load(folder.appendingPathComponent("smtpspec.yaml").path)
    #expect(target.waivers.map(\.cases) == ["a"])
    #expect(target.waivers[0].place?.hasSuffix("known.yaml:1:10") == true)
  }
}
