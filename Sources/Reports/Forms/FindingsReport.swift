import Conformance
import Foundation
package import Fuzz

/// The findings of a fuzzing campaign, for programs that read reports of tests and of code scanning.
package struct FindingsReport: Sendable {
  /// The most octets of a file of findings.
  package static let fileLimit = 256 << 20

  private let records: [FindingRecord]

  /// A report of these findings.
  ///
  /// - Parameter records: What `divergences.jsonl` has, in any order.
  package init(_ records: [FindingRecord]) {
    self.records = records.sorted { ($1.severity, $0.oracle, $0.bucket) < ($0.severity, $1.oracle, $1.bucket) }
  }

  /// The forms that there are of findings.
  package static let forms = [JUnitForm.name, SARIFForm.name]

  /// Whether a file is one of findings: its first line names an oracle.
  ///
  /// - Parameter path: A file, or the folder of a campaign.
  /// - Returns: The path of the file, `nil` for anything else.
  package static func file(at path: String) -> String? {
    var isFolder: ObjCBool = false
    let name = "divergences.jsonl"
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue { return file(at: URL(fileURLWithPath: path).appendingPathComponent(name).path) }
    if URL(fileURLWithPath: path).lastPathComponent == name { return path }
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    let front = (try? handle.read(upToCount: 1 << 16)) ?? Data()
    guard let line = front.split(separator: 0x0A, maxSplits: 1).first else { return nil }
    return (try? JSONDecoder().decode(FindingRecord.self, from: line)) == nil ? nil : path
  }

  /// Reads a file of findings; a last line that a kill has cut is left out.
  ///
  /// - Parameter path: Its path.
  /// - Returns: The report of its findings.
  /// - Throws: ``RunReaderError`` where it cannot be read, or a line is no finding.
  package static func read(path: String) throws(RunReaderError) -> FindingsReport {
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: fileLimit + 1) else {
      throw RunReaderError(file: path, line: 0, message: "the findings cannot be read: no such file, or no permission")
    }
    guard data.count <= fileLimit else { throw RunReaderError(file: path, line: 0, message: "has more than \(fileLimit) octets") }
    let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
    var records: [FindingRecord] = []
    for (place, line) in lines.dropLast().enumerated() where !line.isEmpty {
      guard let record = try? JSONDecoder().decode(FindingRecord.self, from: line) else {
        let number = place + 1
        throw RunReaderError(file: path, line: number, message: "the line is no finding of smtpspec")
      }
      records.append(record)
    }
    return FindingsReport(records)
  }

  /// The report in one of ``forms``, `nil` for another form.
  package func text(form: String) -> String? {
    switch form {
    case JUnitForm.name: junit
    case SARIFForm.name: sarif
    default: nil
    }
  }

  // MARK: JUnit

  private var junit: String {
    let name = Markup.escaped(Visible.line("smtpspec fuzz: " + Set(records.map(\.target)).sorted().joined(separator: ", "), limit: 200))
    let counts = "tests=\"\(max(1, records.count))\" failures=\"\(records.count)\" errors=\"0\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(name)\" \(counts) time=\"0.000\">\n"
    text += "  <testsuite name=\"\(name)\" \(counts) skipped=\"0\" time=\"0.000\">\n"
    if records.isEmpty { text += "    <testcase name=\"no finding\" classname=\"fuzz\" time=\"0.000\"/>\n" }
    for record in records {
      let message = Markup.escaped(Visible.line("\(record.severity.rawValue): \(record.summary)"))
      text +=
        "    <testcase name=\"\(Markup.escaped(Visible.line(record.folder)))\" classname=\"fuzz.\(Markup.escaped(Visible.line(record.oracle)))\" time=\"0.000\">\n"
      let details = Markup.escaped(lines: details(of: record))
      text += "      <failure message=\"\(message)\" type=\"\(record.severity.rawValue)\">\(details)</failure>\n"
      text += "    </testcase>\n"
    }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private func details(of record: FindingRecord) -> [String] {
    [
      "clause     \(record.clause)", "confidence \(record.confidence.rawValue)", "expected   \(record.expected)",
      "observed   \(record.observed)",
      "input      \(record.input)", "target     \(record.target)", "seed       \(record.seed), run \(record.run)",
      "folder     findings/\(record.folder)",
    ].map { Visible.line($0) }
  }

  // MARK: SARIF

  private var sarif: String {
    var rules: [String] = []
    for record in records where !rules.contains(record.oracle) { rules.append(record.oracle) }
    let descriptors = rules.map { oracle in
      JSON.object([
        "id": .string("fuzz/\(Visible.line(oracle))"),
        "shortDescription": Self.message("An oracle of smtpspec fuzz: \(oracle)"),
        "help": Self.message(
          "Decided by " + Set(records.filter { $0.oracle == oracle }.map(\.clause)).sorted().joined(separator: "; ")
            + ". docs/fuzzing.md describes the oracles."),
      ])
    }
    let results = records.map { record in
      JSON.object([
        "ruleId": .string("fuzz/\(Visible.line(record.oracle))"),
        "ruleIndex": .int(rules.firstIndex(of: record.oracle) ?? 0),
        "level": .string(Self.level(record.severity)),
        "message": Self.message("\(record.summary): expected \(record.expected), observed \(record.observed) (\(record.clause))"),
        "locations": .array([
          .object([
            "physicalLocation": .object([
              "artifactLocation": .object(["uri": .string(SARIFForm.uri("findings/\(record.folder)/finding.json"))])
            ])
          ])
        ]),
        "partialFingerprints": .object([
          "primaryLocationLineHash": .string("\(Digest.hexadecimal(of: Array("smtpspec fuzz \(record.folder)".utf8)).prefix(16)):1"),
          "smtpspecBucket/v1": .string(Visible.line(record.folder)),
        ]),
        "properties": .object([
          "severity": .string(record.severity.rawValue), "confidence": .string(record.confidence.rawValue),
          "input": .string(Visible.line(record.input)),
          "seed": .string(String(record.seed)), "run": .string(String(record.run)), "target": .string(Visible.line(record.target)),
        ]),
      ])
    }
    let run = JSON.object([
      "tool": .object(["driver": .object(["name": .string("smtpspec fuzz"), "rules": .array(descriptors)])]),
      "automationDetails": .object(["id": .string("smtpspec/fuzz/")]),
      "results": .array(results),
    ])
    return JSON.object(["$schema": .string(SARIFForm.schema), "version": .string("2.1.0"), "runs": .array([run])]).line() + "\n"
  }

  private static func level(_ severity: Finding.Severity) -> String {
    switch severity {
    case .note: "note"
    case .low: "warning"
    case .medium, .high, .critical: "error"
    }
  }

  private static func message(_ text: String) -> JSON {
    .object(["text": .string(Visible.line(text, limit: 4_000))])
  }
}
