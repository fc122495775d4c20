import Wire

/// The findings of a campaign as a table, the worst first.
package enum FindingTable {
  /// The lines of the table; none where there are no findings.
  package static func lines(_ records: [FindingRecord]) -> [String] {
    guard !records.isEmpty else { return [] }
    let sorted = records.sorted { ($1.severity, $0.oracle, $0.bucket) < ($0.severity, $1.oracle, $1.bucket) }
    let head = ["severity", "confidence", "oracle", "clause", "what"]
    let rows = sorted.map { [$0.severity.rawValue, $0.confidence.rawValue, $0.oracle, $0.clause, $0.summary] }
    let widths = head.indices.dropLast().map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    return ([head] + rows).map { row in
      let cells = row.enumerated().map { index, text in
        index < widths.count ? text + String(repeating: " ", count: max(0, widths[index] - text.count)) : text
      }
      return cells.joined(separator: "  ")
    }
  }
}
