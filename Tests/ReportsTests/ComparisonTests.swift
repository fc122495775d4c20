import Conformance
import Testing

@testable import Reports

@Suite("What changed between two runs")
struct ComparisonTests {
  private let scene: Scene
  private let violation = Violation(step: 1, expected: "503", observed: "250 \(hostileText)")

  init() throws {
    scene = try Scene()
  }

  /// A run of the scene's cases, by their places.
  private func run(_ verdicts: [Int: Verdict], specs: String = "sha256:00ff", strict: Level = .must, isWhole: Bool = true) -> RunRecord {
    var run = RunRecord(head: RunHead(version: "0.0.0", specs: specs, started: "", strict: strict))
    run.facts = Scene.facts
    let results = verdicts.sorted { $0.key < $1.key }.map { scene.result($0.key, $0.value) }
    for result in results { run.add(EventRecord(.caseFinished(result), context: scene.context)) }
    if isWhole { run.summary = Scene.summary(results, outcome: .conforming) }
    return run
  }

  private func counts(_ one: Comparison) -> [Int] {
    [one.broke.count, one.mended.count, one.lost.count, one.added.count, one.gone.count, one.remaining, one.regressions]
  }

  @Test("Each kind of change is found, and nothing else")
  func changes() {
    let bad = Verdict.violated(violation)
    #expect(counts(Comparison(old: run([0: .satisfied]), new: run([0: bad]))) == [1, 0, 0, 0, 0, 0, 1])
    #expect(counts(Comparison(old: run([0: bad]), new: run([0: .satisfied]))) == [0, 1, 0, 0, 0, 0, 0])
    #expect(counts(Comparison(old: run([0: bad]), new: run([0: bad]))) == [0, 0, 0, 0, 0, 1, 0])
    #expect(counts(Comparison(old: run([0: .satisfied]), new: run([0: .inconclusive("x")]))) == [0, 0, 1, 0, 0, 0, 0])
    #expect(counts(Comparison(old: run([0: .satisfied]), new: run([1: bad]))) == [0, 0, 0, 1, 1, 0, 0])
    #expect(
      counts(Comparison(old: run([0: .satisfied, 1: .latitude("x")]), new: run([0: .satisfied, 1: .satisfied]))) == [0, 0, 0, 0, 0, 0, 0])
  }

  @Test("A SHOULD that breaks is told, and is a regression only where it fails the run")
  func levels() {
    let bad = Verdict.violated(violation)
    #expect(counts(Comparison(old: run([2: .satisfied]), new: run([2: bad]))) == [1, 0, 0, 0, 0, 0, 0])
    #expect(counts(Comparison(old: run([2: .satisfied]), new: run([2: bad], strict: .should))) == [1, 0, 0, 0, 0, 0, 1])
  }

  @Test("What a waiver named and names no more is a regression, and the other way round it is none")
  func waivers() {
    let waived = Verdict.waived(reason: "known", violation)
    #expect(counts(Comparison(old: run([0: waived]), new: run([0: .violated(violation)]))) == [1, 0, 0, 0, 0, 0, 1])
    #expect(counts(Comparison(old: run([0: .violated(violation)]), new: run([0: waived]))) == [0, 0, 0, 0, 0, 1, 0])
    #expect(counts(Comparison(old: run([0: .satisfied]), new: run([0: waived]))) == [1, 0, 0, 0, 0, 0, 0])
  }

  @Test("It is written in visible text, and says what is not comparable")
  func text() {
    let one = Comparison(old: run([0: .satisfied]), new: run([0: .violated(violation)], specs: "sha256:other", isWhole: false))
    let lines = one.lines(style: Style(isColored: false))
    #expect(isHarmless(lines.joined()))
    #expect(lines.contains("note: the specs differ: sha256:00ff then, sha256:other now"))
    #expect(lines.contains("note: the new report: the report ends before the run does, with a verdict on 1 of 5 cases"))
    #expect(lines.contains("Broke: 1") && lines.contains { $0.hasPrefix("      was satisfied, is violated: expected 503, observed 250 ") })
    #expect(lines.last == "1 regression in what was judged")
    #expect(Comparison(old: run([0: .satisfied]), new: run([0: .satisfied])).reservations.isEmpty)
  }
}
