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
    "an expectation that compares a reply with what an earlier one said": ["RFC5321-3.5.2-4"],
    "a fixture that names a mailing list, as opposed to an alias": ["RFC5321-3.9-2"],
    "a mailbox that takes mail and fails afterwards, and a reference server that reports it": [
      "RFC5321-4.1.1.4-8", "RFC5321-4.4-20", "RFC5321-4.4-23", "RFC5321-4.4-24", "RFC5321-4.4-25", "RFC5321-4.4-26", "RFC5321-4.4-28",
      "RFC5321-6.1-2", "RFC5321-6.1-3", "RFC5321-6.1-4", "RFC5321-6.1-6", "RFC5321-6.1-7", "RFC5321-C-11",
      "RFC821-4-17", "RFC821-4-18", "RFC821-4-19",
    ],
    "reports of delivery and of failure, and the keys that look at them": [
      "RFC3461-5.2-1", "RFC3461-5.2-2", "RFC3461-5.2.3-1", "RFC3461-5.2.3-2", "RFC3461-5.2.3-3", "RFC3461-5.2.6-1", "RFC3461-5.2.6-2",
      "RFC3461-5.2.6-4", "RFC3461-5.2.7.1-1", "RFC3461-5.2.8-1", "RFC3461-6.1-1", "RFC3461-6.1-a", "RFC3461-6.2-a", "RFC3461-6.2-1",
      "RFC3461-6.2-3", "RFC3461-6.3-1", "RFC3461-6.3-2", "RFC3461-6.3-3", "RFC3461-6.3-4", "RFC3461-6.3-5", "RFC3461-6.3-8",
      "RFC3461-6.3-9", "RFC3461-6.3-10", "RFC3461-6.3-11", "RFC3461-6.3-12", "RFC3461-6.3-13", "RFC3461-9.1-1", "RFC3461-9.3-1",
    ],
    "reports on messages that were held, or that require TLS": [
      "RFC4865-5.1.2-1", "RFC4865-5.1.2-2", "RFC8689-5-3", "RFC8689-5-4",
    ],
    "CRAM-MD5 of the reference server, and a fixture for its response": ["RFC2645-5.1.2-1"],
    "DELIVERBY of the reference server": ["RFC4865-5.2.2-1", "RFC4865-5.2.2-2", "RFC4865-5.2.2-3"],
    "a step that shuts down the server that smtpspec has started": ["RFC5321-3.8-2"],
    "an expectation that a clause of Received is one of several, or absent": ["RFC5321-4.4-30", "RFC5321-4.4-31"],
    "an expectation that a clause of Received is one word and no other": ["RFC3848-1-b", "RFC3848-1-h"],
    "LMTP of the reference server": ["RFC3848-1-d", "RFC3848-1-e", "RFC3848-1-f", "RFC3848-1-g"],
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
