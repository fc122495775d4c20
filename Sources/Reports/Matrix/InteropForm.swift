import Conformance
import Foundation

/// What readers of the `result.json` of the QUIC interop runner read; smtpspec is the one client.
package struct InteropForm: MatrixForm {
  /// What `--report` calls it.
  package static let name = "interop"
  /// It in a few words.
  package static let words = "JSON as the QUIC interop runner's result.json"

  /// The form; there is nothing to choose.
  package init() {}

  /// The report.
  ///
  /// - Parameter matrix: Several runs.
  /// - Returns: All of its text.
  package func text(of matrix: Matrix) -> String {
    let names = matrix.servers.map { JSON.string(Visible.line($0.name)) }
    let tests = matrix.rows.map { row in
      JSON.Member(
        key: Visible.line(row.facts.id),
        value: .object([
          "name": .string(Visible.line(row.facts.id)), "desc": .string("\(row.facts.place): \(Visible.line(row.facts.title))"),
        ]))
    }
    let results = matrix.servers.indices.map { place in
      JSON.array(
        matrix.rows.map { row in
          let id = JSON.string(Visible.line(row.facts.id))
          return .object(["abbr": id, "name": id, "result": row.cells[place].map(Self.result) ?? .null])
        })
    }
    let starts = matrix.servers.compactMap { Self.seconds($0.run.head.started) }
    let ends = matrix.servers.compactMap { server in
      Self.seconds(server.run.head.started).map { $0 + Int(max(0, min(server.run.summary?.duration.components.seconds ?? 0, 1 << 30))) }
    }
    let report = JSON.object([
      "start_time": .int(starts.min() ?? 0),
      "end_time": .int(ends.max() ?? 0),
      "log_dir": .string(""),
      "servers": .array(names),
      "clients": .array([.string("smtpspec")]),
      "urls": .object([JSON.Member]()),
      "tests": .object(tests),
      "results": .array(results),
      "measurements": .array(matrix.servers.map { _ in .array([]) }),
    ])
    return report.line() + "\n"
  }

  /// The runner's word for a verdict; `null` for what was not decided, as for what did not run.
  static func result(of record: CaseRecord) -> JSON {
    switch record.verdict.kind {
    case .satisfied, .latitude: .string("succeeded")
    case .violated, .waived: .string("failed")
    case .notApplicable: .string("unsupported")
    case .inconclusive: .null
    }
  }

  /// Seconds since 1970 of `2026-11-24T02:20:00Z`.
  private static func seconds(_ text: String) -> Int? {
    (try? Date(text, strategy: .iso8601)).flatMap { Int(exactly: $0.timeIntervalSince1970.rounded()) }
  }
}
