import Conformance

/// Several runs beside each other: servers × cases.
package struct Matrix: Sendable {
  /// One server's run.
  package struct Server: Sendable {
    /// What the matrix calls it.
    package let name: String
    /// The file that the run was read from.
    package let file: String
    /// Its run.
    package let run: RunRecord

    /// A server's run.
    ///
    /// - Parameters:
    ///   - name: What the matrix calls it.
    ///   - file: The file that the run was read from.
    ///   - run: Its run.
    package init(name: String, file: String, run: RunRecord) {
      self.name = name
      self.file = file
      self.run = run
    }
  }

  /// One case, and what came of it at each server.
  struct Row: Sendable {
    /// The case, as the first report that has it tells it.
    let facts: CaseFacts
    /// In the order of the servers; `nil` where the case has no verdict.
    let cells: [CaseRecord?]

    /// Whether the servers do not agree.
    var differs: Bool { Set(cells.map { $0?.verdict.kind }).count > 1 }
    /// Whether one of them violates what the case tests.
    var isViolated: Bool { cells.contains { $0?.verdict.violation != nil } }
  }

  /// The servers, in the order in which they were named.
  let servers: [Server]
  /// Every case of any run, in the order of the RFCs.
  let rows: [Row]
  /// RFC → its title.
  let titles: [Int: String]

  /// Puts runs beside each other.
  ///
  /// - Parameter servers: The servers, each with a name of its own.
  package init(_ servers: [Server]) {
    self.servers = servers
    titles = servers.reduce(into: [:]) { $0.merge($1.run.titles) { first, _ in first } }
    // A run of every case stands for the order; what only others have follows.
    var all = RunRecord(head: RunHead(version: "", specs: "", started: "", strict: .must))
    for record in servers.flatMap(\.run.results) { all.add(.caseFinished(record)) }
    rows = all.inReadingOrder.map { record in Row(facts: record.facts, cells: servers.map { $0.run[record.facts.id] }) }
  }

  /// What a reader must know before comparing, in visible lines: reports of other specs, and those of runs that are not whole.
  package var reservations: [String] {
    var lines: [String] = []
    let digests = Set(servers.map(\.run.head.specs))
    if digests.count > 1 {
      lines.append("the reports are of different specs, so one case may ask different things of two servers:")
      lines += servers.map {
        "  \(Visible.line($0.name)): \(Visible.line($0.run.head.specs.isEmpty ? "not told" : $0.run.head.specs, limit: 100))"
      }
    }
    let roles = Set(servers.compactMap(\.run.facts?.role.rawValue))
    if roles.count > 1 { lines.append("the servers have different roles: \(roles.sorted().joined(separator: ", "))") }
    for server in servers {
      if let why = server.run.incompleteness { lines.append("\(Visible.line(server.name)): \(Visible.line(why))") }
    }
    return lines
  }

  /// The rows of one RFC and section after another.
  var sections: [(facts: CaseFacts, rows: [Row])] {
    var sections: [(facts: CaseFacts, rows: [Row])] = []
    for row in rows {
      if let last = sections.last?.facts, last.rfc == row.facts.rfc, last.section == row.facts.section {
        sections[sections.count - 1].rows.append(row)
      } else {
        sections.append((row.facts, [row]))
      }
    }
    return sections
  }
}

/// A form of report that is made of several runs.
///
/// A form of its own is one file with one type, named in ``MatrixForms/all``.
package protocol MatrixForm: Sendable {
  /// What `--report` calls it.
  static var name: String { get }
  /// What it is, in a few words for the help.
  static var words: String { get }

  /// The form with nothing said about it.
  init()

  /// The report.
  ///
  /// - Parameter matrix: Several runs.
  /// - Returns: All of its text.
  func text(of matrix: Matrix) -> String
}

/// The forms of a matrix.
package enum MatrixForms {
  /// Every form, in the order of the help.
  package static let all: [any MatrixForm.Type] = [
    MatrixMarkdownForm.self, MatrixHTMLForm.self, AutobahnForm.self, InteropForm.self,
  ]

  /// The form of that name, if there is one.
  package static func named(_ name: String) -> (any MatrixForm.Type)? {
    all.first { $0.name == name }
  }
}
