import Conformance
import Testing

/// Holds the register to its promise: a statement of an RFC that has cases names a case, or the reason why it has none.
@Suite("Every requirement has a case or a reason")
struct RegisterTests {
  private static let coverage = Result { Coverage(of: try Suite.embedded()) }

  /// What can be tested fairly and is not yet, by what it waits for.
  ///
  /// An entry goes when its case comes; none is a reason of the register.
  private static let awaited: [String: [String]] = [
    "a step that shuts down the server that smtpspec has started": ["RFC5321-3.8-2"],
    "a client that binds to the channel": ["RFC5802-6-2", "RFC5802-6.1-1"],
  ]

  @Test("In an RFC that has cases, no requirement is open but those that are known to wait for something")
  func namesACaseOrAReason() throws {
    let open = try Self.coverage.get().rfcs.filter(\.isBegun).flatMap(\.open).map(\.id.description)
    let awaited = Self.awaited.values.flatMap(\.self)
    #expect(open.filter { !awaited.contains($0) } == [], "these need a case, or 'untested' and 'because' in specs/requirements/")
    #expect(awaited.filter { !open.contains($0) } == [], "these have their case or reason: take them out of the list")
    #expect(Set(awaited).count == awaited.count)
  }

  @Test("No requirement is marked untested and covered all the same")
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
