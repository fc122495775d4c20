package import Conformance
import Wire

/// A conversation as text: a row a line, with its time, its direction and its octets, each of them visible.
package struct TranscriptText {
  /// The most rows that are shown; those left out are counted.
  package var rowLimit = 60
  /// The most octets of one row.
  package var octetLimit = 400
  /// Whether the writes of one line, sent octet by octet, share a row.
  package var joinsWrites = true

  /// One row: what an arrow stands before.
  struct Row {
    let at: Duration
    let direction: TranscriptEntry.Direction
    let connection: String
    var octets: [UInt8]
    /// How many writes or reads it stands for.
    var parts = 1
    /// Whether it goes on where the row before it ended.
    var continues = false
  }

  /// A transcript as it stands in a report.
  package static let inReport = TranscriptText()
  /// A transcript as it stands in a file of its own: nothing is left out or joined.
  package static let inFile: TranscriptText = {
    var text = TranscriptText()
    text.rowLimit = .max
    text.octetLimit = .max
    text.joinsWrites = false
    return text
  }()

  /// The rows of a conversation.
  ///
  /// - Parameters:
  ///   - transcript: The conversation, in time.
  ///   - style: The colours.
  /// - Returns: One visible line a row, without line feeds.
  package func lines(of transcript: [TranscriptEntry], style: Style = Style(isColored: false)) -> [String] {
    let rows = rows(of: transcript)
    let times = rows.map { $0.at.millisecondsText(decimals: 1) }
    let timeColumns = times.map(\.count).max() ?? 0
    let names = Set(rows.map(\.connection))
    let nameColumns = names.count > 1 ? names.map { Visible.columns(Visible.line($0, limit: 40)) }.max() ?? 0 : 0
    let kept = kept(of: rows.count)
    var lines: [String] = []
    for index in rows.indices {
      if index == kept.head, kept.head < kept.tail {
        lines.append(style("… \(kept.tail - kept.head) rows left out; --transcripts DIR keeps them all", .faint))
      }
      guard index < kept.head || index >= kept.tail else { continue }
      let row = rows[index]
      let time = row.continues ? "" : times[index] + " ms"
      var head = String(repeating: " ", count: timeColumns + 3 - time.count) + time + "  "
      if nameColumns > 0 { head += Visible.padded(Visible.line(row.connection, limit: 40), to: nameColumns) + "  " }
      lines.append(style(head, .faint) + body(of: row, style: style))
    }
    return lines
  }

  private func body(of row: Row, style: Style) -> String {
    let count = joinsWrites && row.parts > 1 ? style("  (in \(row.parts) parts)", .faint) : ""
    switch row.direction {
    case .sent: return style("→ " + Escaped.show(row.octets, limit: octetLimit), .sent) + count
    case .received: return "← " + Escaped.show(row.octets, limit: octetLimit) + count
    case .event: return style("· " + Visible.line(String(decoding: row.octets, as: UTF8.self), limit: octetLimit), .faint)
    }
  }

  /// The rows before `head` and from `tail` on are shown.
  private func kept(of count: Int) -> (head: Int, tail: Int) {
    guard count > rowLimit else { return (count, count) }
    let head = rowLimit / 2
    return (head, count - (rowLimit - head))
  }

  /// The rows of a conversation, all of them.
  func rows(of transcript: [TranscriptEntry]) -> [Row] {
    var rows: [Row] = []
    for entry in transcript {
      guard entry.direction != .event else {
        rows.append(Row(at: entry.at, direction: .event, connection: entry.connection, octets: entry.octets))
        continue
      }
      for (index, line) in Self.lines(of: entry.octets).enumerated() {
        if index == 0, joinsWrites, let last = rows.last, last.direction == entry.direction, last.connection == entry.connection,
          last.octets.last != .lineFeed
        {
          rows[rows.count - 1].octets += line
          rows[rows.count - 1].parts += 1
        } else {
          rows.append(
            Row(at: entry.at, direction: entry.direction, connection: entry.connection, octets: Array(line), continues: index > 0)
          )
        }
      }
    }
    return rows
  }

  /// The octets cut after each LF; one empty line for none.
  private static func lines(of octets: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in octets.indices where octets[index] == .lineFeed {
      lines.append(octets[start...index])
      start = index + 1
    }
    if start < octets.count || octets.isEmpty { lines.append(octets[start...]) }
    return lines
  }
}
