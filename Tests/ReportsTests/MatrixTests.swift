import Conformance
import Testing

@testable import Reports

@Suite("Several runs beside each other")
struct MatrixTests {
  private let scene: Scene
  private static let names = MatrixForms.all.map { $0.name }

  init() throws {
    scene = try Scene()
  }

  private func run(_ results: [CaseResult], specs: String = "sha256:00ff", isWhole: Bool = true) -> RunRecord {
    var run = RunRecord(head: RunHead(version: "0.0.0", specs: specs, started: "2026-11-24T02:20:00Z", strict: .must))
    run.add(EventRecord(.runStarted(Scene.facts), context: scene.context))
    for result in results { run.add(EventRecord(.caseFinished(result), context: scene.context)) }
    if isWhole { run.summary = Scene.summary(results, outcome: .conforming) }
    return run
  }

  private let violation = Violation(step: 1, expected: "503", observed: "250 \(hostileText)")

  /// Three servers: one that is right, one that is wrong, one whose run was cut.
  private var matrix: Matrix {
    Matrix([
      .init(
        name: "right", file: "right.jsonl",
        run: run([scene.result(0, .satisfied), scene.result(1, .satisfied), scene.result(2, .notApplicable("no"))])),
      .init(
        name: hostileText, file: hostileText,
        run: run([scene.result(1, .inconclusive(hostileText)), scene.result(0, .violated(violation))])),
      .init(
        name: "cut", file: "cut.jsonl",
        run: run([scene.result(0, .waived(reason: "known", violation))], specs: "sha256:other", isWhole: false)),
    ])
  }

  @Test("Rows are in the order of the RFCs, cells in that of the servers")
  func cells() {
    let rows = matrix.rows
    #expect(rows.map(\.facts.id) == ["rfc5321/3.3/rcpt-before-mail", "rfc5321/3.3/data-before-mail", "rfc5321/4.2/text/noop"])
    #expect(
      rows.map { $0.cells.map { $0?.verdict.kind } } == [
        [.satisfied, .violated, .waived], [.satisfied, .inconclusive, nil], [.notApplicable, nil, nil],
      ])
    #expect(rows.map(\.differs) == [true, true, true] && rows.map(\.isViolated) == [true, false, false])
  }

  @Test("Different specs and a run that is not whole are said", arguments: ["markdown", "html"])
  func reservations(name: String) throws {
    #expect(matrix.reservations.contains { $0.hasPrefix("the reports are of different specs") })
    let text = try #require(MatrixForms.named(name)).init().text(of: matrix)
    #expect(text.contains("sha256:other") && text.contains("cut: the report ends before the run does"))
    #expect(Matrix([.init(name: "one", file: "one", run: run([scene.result(0, .satisfied)]))]).reservations.isEmpty)
  }

  @Test("Nothing that a server says is more than visible text, whatever the form", arguments: names)
  func isHarmlessText(name: String) throws {
    let text = try #require(MatrixForms.named(name)).init().text(of: matrix)
    #expect(isHarmless(text) && text.contains("owned"))
    if name == "html" {
      #expect(text.matches(of: /<script/).count == 1 && !text.contains("unsafe") && text.matches(of: /\son[a-z]+=/).isEmpty)
    }
  }

  @Test("The list has every form that is written, and names each once")
  func listIsWhole() throws {
    let types = try conformers(to: "MatrixForm")
    #expect(types == Set(MatrixForms.all.map { "\($0)" }) && types.count >= 4)
    #expect(Set(Self.names).count == Self.names.count)
  }

  @Test("Autobahn's readers find agent, case and behavior; what was not decided is never OK")
  func autobahn() throws {
    let json = try JSON.parse(Array(AutobahnForm().text(of: matrix).utf8).span)
    let right = try #require(json["right"]?["rfc5321/3.3/rcpt-before-mail"])
    #expect(right["behavior"] == .string("OK") && right["duration"] == .int(1) && right["remoteCloseCode"] == .null)
    #expect(right["behaviorClose"] == .string("INFORMATIONAL") && right["reportfile"] == .string("right.jsonl"))
    #expect(json["right"]?["rfc5321/4.2/text/noop"]?["behavior"] == .string("UNIMPLEMENTED"))
    let agents = try #require(json.members)
    #expect(agents.count == 3 && agents[1].value["rfc5321/3.3/rcpt-before-mail"]?["behavior"] == .string("FAILED"))
    #expect(agents[1].value["rfc5321/3.3/data-before-mail"]?["behavior"] == .string("INFORMATIONAL"))
    #expect(agents[2].value.members?.count == 1)
  }

  @Test("The interop runner's readers find a list of results for each server; what was not decided is null")
  func interop() throws {
    let json = try JSON.parse(Array(InteropForm().text(of: matrix).utf8).span)
    #expect(json["clients"] == .array([.string("smtpspec")]) && json["servers"]?.array?.count == 3)
    #expect(json["start_time"] == .int(1_795_486_800))
    let results = try #require(json["results"]?.array)
    #expect(
      results.map { $0.array?.map { $0["result"] ?? .null } } == [
        [.string("succeeded"), .string("succeeded"), .string("unsupported")], [.string("failed"), .null, .null],
        [.string("failed"), .null, .null],
      ])
    let first = try #require(results[0].array?.first?["abbr"]?.string)
    #expect(json["tests"]?[first]?["desc"] == .string("RFC 5321 §3.3 Mail transactions: RCPT without a MAIL draws 503"))
    #expect(json["measurements"]?.array?.count == 3)
  }
}
