import Conformance

/// What readers of the `index.json` of Autobahn's test suite for WebSocket read: agent → case → behavior.
package struct AutobahnForm: MatrixForm {
  /// What `--report` calls it.
  package static let name = "autobahn"
  /// It in a few words.
  package static let words = "JSON as Autobahn's index.json"

  /// The form; there is nothing to choose.
  package init() {}

  /// The report.
  ///
  /// - Parameter matrix: Several runs.
  /// - Returns: All of its text.
  package func text(of matrix: Matrix) -> String {
    let agents = matrix.servers.enumerated().map { place, server in
      JSON.Member(
        key: Visible.line(server.name),
        value: .object(
          matrix.rows.compactMap { row in
            row.cells[place].map { .init(key: Visible.line(row.facts.id), value: entry($0, server)) }
          }))
    }
    return JSON.object(agents).line() + "\n"
  }

  private func entry(_ record: CaseRecord, _ server: Matrix.Server) -> JSON {
    .object([
      "behavior": .string(Self.behavior(of: record, strict: server.run.head.strict)),
      // How the connection ended is no verdict of its own here.
      "behaviorClose": .string("INFORMATIONAL"),
      "duration": .int(
        Int(
          max(0, min(record.duration.components.seconds, 1 << 30)) * 1_000 + record.duration.components.attoseconds / 1_000_000_000_000_000)
      ),
      "remoteCloseCode": .null,
      "reportfile": .string(Visible.line(server.file)),
    ])
  }

  /// Autobahn's word for a verdict; what was not decided is never `OK`.
  static func behavior(of record: CaseRecord, strict: Level) -> String {
    switch record.verdict.kind {
    case .satisfied: "OK"
    case .latitude: "NON-STRICT"
    case .violated: record.fails(strict: strict) ? "FAILED" : "NON-STRICT"
    case .waived: "FAILED"
    case .inconclusive: "INFORMATIONAL"
    case .notApplicable: "UNIMPLEMENTED"
    }
  }
}
