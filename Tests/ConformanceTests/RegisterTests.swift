import Conformance
import Testing

/// Holds the register to its promise: a statement of an RFC that has cases names a case, or the reason why it has none.
@Suite("Every requirement has a case or a reason")
struct RegisterTests {
  private static let coverage = Result { Coverage(of: try Suite.embedded()) }

  @Test("In an RFC that has cases, no requirement is open but those that say what they wait for")
  func namesACaseOrAReason() throws {
    let open = try Self.coverage.get().rfcs.filter(\.isBegun).flatMap(\.open).filter { $0.awaits == nil }.map(\.id.description)
    #expect(open == [], "these need a case, or 'untested' and 'because', or 'awaits', in specs/requirements/")
  }

  @Test("No requirement is marked untested or waiting, and covered all the same")
  func contradictsNothing() throws {
    #expect(try Self.coverage.get().contradictions.map(\.description) == [])
  }

  @Test("A reason is given in words too, and only beside the name of its kind")
  func reasonsAreWhole() throws {
    let halves = try Suite.embedded().register.requirements.filter { ($0.untested == nil) != ($0.because == nil) }
    #expect(halves.map(\.id.description) == [])
  }

  @Test("What binds only others than the server says so")
  func othersAreNotOpen() throws {
    let bound: Set<Requirement.Role> = [.server, .submissionServer]
    #expect(try Self.coverage.get().rfcs.flatMap(\.open).filter { !bound.contains($0.role) }.map(\.id.description) == [])
  }
}
