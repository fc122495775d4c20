import Testing

@testable import Conformance

@Suite("Coverage joins the register with the cases")
struct CoverageTests {
  private static let registers = [
    """
    rfc: 5321
    title: Simple Mail Transfer Protocol
    requirements:
      - {id: 3.3-1, level: MUST, role: server, summary: Covered.}
      - {id: 3.3-2, level: MUST, role: server, summary: Covered as well.}
      - {id: 3.3-3, level: SHOULD, role: server, summary: Open., awaits: a step}
      - {id: 3.3-4, level: MAY, role: server, summary: Allowed., untested: permission, because: Nothing breaks it.}
      - {id: 3.3-5, level: MUST, role: client, summary: The client's., untested: role, because: Only clients send.}
    """,
    """
    rfc: 821
    title: Simple Mail Transfer Protocol
    requirements:
      - {id: 3-1, level: MUST, role: server, summary: Covered from elsewhere.}
      - {id: 3-2, level: MUST, role: server, summary: Open.}
    """,
    """
    rfc: 5248
    title: A Registry
    requirements:
      - {id: 2-a, level: MUST, role: author, summary: For people., untested: role, because: Authors register.}
    """,
  ]

  private static func coverage(of covers: [String]) throws -> Coverage {
    let cases = covers.enumerated().map { place, covers in
      "  - {id: case-\(place), title: One, covers: [\(covers)], steps: [{send: NOOP, expect: 250}]}"
    }
    let text = "rfc: 5321\nsection: '3.3'\ntitle: Mail transactions\ncases:\n" + cases.joined(separator: "\n")
    var files = registers.enumerated().map { SpecFile(name: "specs/requirements/\($0).yaml", text: $1) }
    files.append(SpecFile(name: "specs/rfc5321/3.3.yaml", text: text))
    return Coverage(of: try Suite(files: files))
  }

  @Test("Every statement is counted in one place, by RFC in order")
  func countsEachOnce() throws {
    let coverage = try Self.coverage(of: ["3.3-1", "3.3-1, 3.3-2, RFC821-3-1"])
    #expect(coverage.rfcs.map(\.rfc) == [821, 5248, 5321])
    let smtp = try #require(coverage.rfcs.last)
    #expect(smtp.tally == Coverage.Tally(statements: 5, covered: 2, untested: [.permission: 1, .role: 1], open: 1))
    #expect(smtp.open.map(\.id.description) == ["RFC5321-3.3-3"])
    #expect(smtp.cases == 2 && smtp.isBegun)
    #expect(coverage.total == Coverage.Tally(statements: 8, covered: 3, untested: [.permission: 1, .role: 2], open: 2))
    for tally in coverage.rfcs.map(\.tally) + [coverage.total] {
      #expect(tally.statements == tally.testable + tally.untested.values.reduce(0, +))
    }
  }

  @Test("An RFC that only another's cases touch has none of its own yet")
  func tellsWhatIsNotBegun() throws {
    let old = try #require(try Self.coverage(of: ["3.3-1, RFC821-3-1"]).rfcs.first)
    #expect(old.cases == 1 && !old.isBegun)
    #expect(old.tally.covered == 1 && old.open.map(\.id.description) == ["RFC821-3-2"])
  }

  @Test("What waits for something is open, and says for what")
  func tellsWhatIsAwaited() throws {
    let open = try #require(try Self.coverage(of: ["3.3-1"]).rfcs.last?.open)
    #expect(open.map(\.awaits) == [nil, "a step"])
    #expect(try Self.coverage(of: ["3.3-3"]).contradictions.map(\.description) == ["RFC5321-3.3-3"])
  }

  @Test("What is marked untested and covered all the same is counted as covered, and named")
  func namesContradictions() throws {
    let coverage = try Self.coverage(of: ["3.3-1, 3.3-4"])
    #expect(coverage.contradictions.map(\.description) == ["RFC5321-3.3-4"])
    #expect(coverage.rfcs.last?.tally.untested == [.role: 1])
    #expect(try Self.coverage(of: ["3.3-1"]).contradictions.isEmpty)
  }

  @Test(
    "Percentages are of what is testable, and rounded down",
    arguments: [(0, 0, nil), (0, 3, 0), (2, 1, 66), (199, 1, 99), (7, 0, 100)] as [(Int, Int, Int?)])
  func roundsDown(covered: Int, open: Int, percentage: Int?) {
    let tally = Coverage.Tally(statements: 300, covered: covered, untested: [.role: 300 - covered - open], open: open)
    #expect(tally.percentage == percentage)
  }
}
