/// What of the register the cases test, what none can test, and what is open; RFC by RFC.
///
/// Every requirement is counted in exactly one place: by a case that covers it, else by the reason it has for having none, else as open.
public struct Coverage: Sendable, Equatable {
  /// The RFCs in the order of their numbers.
  public let rfcs: [Document]
  /// Ids that are marked untested, or as waiting for something, although a case covers them, or both; in the register's order: a mistake.
  public let contradictions: [RequirementID]

  /// One RFC's statements, or several RFCs' together.
  public struct Tally: Sendable, Equatable {
    /// The statements that are registered.
    public internal(set) var statements = 0
    /// Those that a case covers.
    public internal(set) var covered = 0
    /// Those that no case covers, by the reason that is given for it.
    public internal(set) var untested: [Requirement.Untested: Int] = [:]
    /// Those with neither a case nor a reason.
    public internal(set) var open = 0
    /// Those with a case that bind a client or a relay, and no server.
    public internal(set) var sending = 0

    /// The server's statements that the wire or the mailbox can show: covered or open.
    public var testable: Int { covered + open }

    /// How much of what is testable is covered, in whole per cent rounded down; `nil` where nothing is testable.
    public var percentage: Int? { testable == 0 ? nil : covered * 100 / testable }

    /// Counts another tally in.
    static func += (sum: inout Tally, other: Tally) {
      sum.statements += other.statements
      sum.covered += other.covered
      sum.untested.merge(other.untested, uniquingKeysWith: +)
      sum.open += other.open
      sum.sending += other.sending
    }
  }

  /// One RFC.
  public struct Document: Sendable, Equatable {
    /// Its number.
    public let rfc: Int
    /// Its title, as it is registered.
    public let title: String
    /// Its counts.
    public let tally: Tally
    /// How many cases cover something of it, rows of tables counted singly.
    public let cases: Int
    /// Whether it has cases of its own; without them everything testable is open, which is work ahead and no mistake.
    public let isBegun: Bool
    /// Its statements with neither a case nor a reason, in the register's order.
    public let open: [Requirement]
  }

  /// The RFCs' counts together.
  public var total: Tally {
    rfcs.reduce(into: Tally()) { $0 += $1.tally }
  }

  /// The coverage of a suite.
  public init(of suite: Suite) {
    self.init(register: suite.register, cases: suite.cases)
  }

  /// Joins a register with the cases that test it.
  ///
  /// - Parameters:
  ///   - register: What the RFCs demand.
  ///   - cases: What tests it; ids that are not registered count nowhere.
  public init(register: Register, cases: [Case]) {
    var covered: Set<RequirementID> = []
    var counts: [Int: Int] = [:]
    for testCase in cases {
      covered.formUnion(testCase.covers)
      for rfc in Set(testCase.covers.map(\.rfc)) { counts[rfc, default: 0] += 1 }
    }
    let begun = Set(cases.map(\.rfc))
    let statements = Dictionary(grouping: register.requirements, by: \.id.rfc)
    rfcs = Set(statements.keys).union(register.titles.keys).sorted().map { rfc in
      let statements = statements[rfc] ?? []
      return Document(
        rfc: rfc, title: register.titles[rfc] ?? "",
        tally: Self.tally(of: statements, covered: covered),
        cases: counts[rfc] ?? 0, isBegun: begun.contains(rfc),
        open: statements.filter { Self.isOpen($0, covered: covered) }
      )
    }
    contradictions = register.requirements.filter { requirement in
      let isCovered = covered.contains(requirement.id)
      return requirement.untested != nil && isCovered || requirement.awaits != nil && (isCovered || requirement.untested != nil)
    }.map(\.id)
  }

  private static func tally(of statements: [Requirement], covered: Set<RequirementID>) -> Tally {
    var tally = Tally(statements: statements.count)
    for statement in statements {
      if covered.contains(statement.id) {
        if statement.role.isSender { tally.sending += 1 } else { tally.covered += 1 }
      } else if let reason = statement.untested {
        tally.untested[reason, default: 0] += 1
      } else {
        tally.open += 1
      }
    }
    return tally
  }

  private static func isOpen(_ statement: Requirement, covered: Set<RequirementID>) -> Bool {
    statement.untested == nil && !covered.contains(statement.id)
  }
}
