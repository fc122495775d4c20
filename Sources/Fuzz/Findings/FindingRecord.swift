import Foundation
import Wire

/// A finding as `finding.json` and a line of `divergences.jsonl` have it; octets stand escaped, as everywhere.
package struct FindingRecord: Sendable, Codable, Equatable {
  /// When it was recorded, in ISO 8601.
  package let time: String
  /// Its folder, below `findings/`.
  package let folder: String
  /// See ``Finding/subject``.
  package let subject: String
  /// See ``Finding/oracle``.
  package let oracle: String
  /// See ``Finding/bucket``.
  package let bucket: String
  /// See ``Finding/summary``.
  package let summary: String
  /// See ``Finding/clause``.
  package let clause: String
  /// See ``Finding/severity``.
  package let severity: Finding.Severity
  /// See ``Finding/confidence``.
  package let confidence: Finding.Confidence
  /// See ``Finding/expected``.
  package let expected: String
  /// See ``Finding/observed``.
  package let observed: String
  /// The octets of the input, escaped, no more than the first few hundred.
  package let input: String
  /// See ``Finding/target``.
  package let target: String
  /// See ``Finding/seed``.
  package let seed: UInt64
  /// See ``Finding/run``.
  package let run: UInt64
  /// See ``Finding/isDeath``.
  package let isDeath: Bool

  /// The record of a finding that is stored now.
  init(_ finding: Finding) {
    time = Date.now.formatted(.iso8601)
    folder = finding.name
    subject = finding.subject
    oracle = finding.oracle
    bucket = Escaped.show(finding.bucket)
    summary = FindingRecord.visible(finding.summary, limit: 200)
    clause = finding.clause
    severity = finding.severity
    confidence = finding.confidence
    expected = FindingRecord.visible(finding.expected, limit: 1_000)
    observed = FindingRecord.visible(finding.observed, limit: 1_000)
    input = Escaped.show(finding.input.octets, limit: 600)
    target = Escaped.show(finding.target, limit: 200)
    seed = finding.seed
    run = finding.run
    isDeath = finding.isDeath
  }

  /// A text that may hold escapes already: they stay as they are, and what a terminal would obey becomes one.
  private static func visible(_ text: String, limit: Int) -> String {
    text.prefix(limit).split(separator: #"\"#, omittingEmptySubsequences: false).map { Escaped.show(String($0)) }.joined(separator: #"\"#)
  }

  /// One line of JSON, its end included; keys in the order of the alphabet.
  var line: [UInt8] {
    get throws { try encoded(.sortedKeys) + [.lineFeed] }
  }

  /// The same for people.
  var page: [UInt8] {
    get throws { try encoded([.sortedKeys, .prettyPrinted]) + [.lineFeed] }
  }

  private func encoded(_ format: JSONEncoder.OutputFormatting) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [format, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}
