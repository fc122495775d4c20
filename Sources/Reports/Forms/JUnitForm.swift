import Conformance

/// JUnit XML as Surefire writes it and Jenkins, GitLab and Bazel read it.
///
/// A suite an RFC, a class a section, a test a case. A violation that fails the run is a failure; what keeps the run itself from success is
/// an error, in a suite of its own; every other case that is not satisfied is skipped, with its reason. So a reader that counts failures and errors
/// agrees with the exit status.
package struct JUnitForm: RunForm {
  /// What `--report` calls it.
  package static let name = "junit"
  /// It in a few words.
  package static let words = "JUnit XML, for Jenkins, GitLab and Bazel"

  /// The form; there is nothing to choose.
  package init() {}

  /// One suite with its counts.
  private struct Suite {
    let name: String
    var tests: [String] = []
    var failures = 0
    var errors = 0
    var skipped = 0
    var time = Duration.zero
  }

  /// The report.
  ///
  /// - Parameter run: A run, or as much of it as its report has.
  /// - Returns: All of its text.
  package func text(of run: RunRecord) -> String {
    var suites: [Suite] = []
    for record in run.inReadingOrder {
      let name = "RFC \(record.facts.rfc)" + (run.titles[record.facts.rfc].map { " " + Visible.line($0) } ?? "")
      if suites.last?.name != name { suites.append(Suite(name: name)) }
      add(record, strict: run.head.strict, to: &suites[suites.count - 1])
    }
    suites.append(ofRun(run))
    let time = run.summary?.duration ?? suites.reduce(.zero) { $0 + $1.time }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"\(Markup.escaped(run.heading))\" tests=\"\(suites.reduce(0) { $0 + $1.tests.count })\""
    text += " failures=\"\(suites.reduce(0) { $0 + $1.failures })\" errors=\"\(suites.reduce(0) { $0 + $1.errors })\""
    text += " time=\"\(Self.seconds(time))\">\n"
    for suite in suites { text += element(suite, properties: suite.name == Self.runSuite ? properties(of: run) : []) }
    return text + "</testsuites>\n"
  }

  /// The suite that holds what is said of the run itself.
  private static let runSuite = "smtpspec"

  private func ofRun(_ run: RunRecord) -> Suite {
    var suite = Suite(name: Self.runSuite)
    let faults = run.faults
    for (place, fault) in faults.enumerated() {
      let isAlone = !faults[..<place].contains { $0.kind == fault.kind }
      let name = isAlone ? fault.kind.rawValue : "\(fault.kind.rawValue) \(place + 1)"
      add(error: fault.message, type: fault.kind.rawValue, name: name, to: &suite)
    }
    for id in run.interrupted {
      add(error: "began and has no verdict", type: RunFault.Kind.incomplete.rawValue, name: Visible.line(id), to: &suite)
    }
    if faults.isEmpty {
      let words = Markup.escaped(run.conclusion)
      suite.tests.append(
        "    <testcase name=\"run\" classname=\"smtpspec\" time=\"0.000\">\n      <system-out>\(words)</system-out>\n    </testcase>\n")
    }
    return suite
  }

  private func add(error message: String, type: String, name: String, to suite: inout Suite) {
    suite.errors += 1
    suite.tests.append(
      "    <testcase name=\"\(Markup.escaped(name))\" classname=\"smtpspec\" time=\"0.000\">\n"
        + "      <error message=\"\(Markup.escaped(message))\" type=\"\(type)\"/>\n    </testcase>\n")
  }

  private func add(_ record: CaseRecord, strict: Level, to suite: inout Suite) {
    let facts = record.facts
    suite.time += record.duration
    let section = String(facts.section.map { $0 == "." ? "_" : $0 })
    let head =
      "    <testcase name=\"\(Markup.escaped(Visible.line(facts.id)))\" classname=\"rfc\(facts.rfc).\(Markup.escaped(Visible.line(section)))\""
      + " time=\"\(Self.seconds(record.duration))\""
    guard record.verdict.kind != .satisfied || !record.notes.isEmpty else {
      suite.tests.append(head + "/>\n")
      return
    }
    var content = ""
    let text = Markup.escaped(lines: ViolationText(strict: strict).details(of: record))
    if record.fails(strict: strict) {
      suite.failures += 1
      content = "      <failure message=\"\(Markup.escaped(record.verdict.reason))\" type=\"\(facts.level.words)\">\(text)</failure>\n"
    } else {
      switch record.verdict.kind {
      case .satisfied, .latitude: break
      case .notApplicable, .inconclusive, .waived, .violated:
        suite.skipped += 1
        content = "      <skipped message=\"\(Markup.escaped(Self.reason(record)))\"/>\n"
      }
      if record.verdict.kind != .notApplicable { content += "      <system-out>\(text)</system-out>\n" }
    }
    suite.tests.append(head + ">\n" + content + "    </testcase>\n")
  }

  /// Why a case counts as skipped.
  static func reason(_ record: CaseRecord) -> String {
    switch record.verdict.kind {
    case .violated: "a \(record.facts.level.words) is violated, which does not fail the run: \(record.verdict.reason)"
    case .inconclusive: "inconclusive: \(record.verdict.reason)"
    case .notApplicable: "not applicable: \(record.verdict.reason)"
    case .waived, .latitude, .satisfied: record.verdict.reason
    }
  }

  private func properties(of run: RunRecord) -> [(String, String)] {
    var properties = [
      ("smtpspec", run.head.version), ("specs", run.head.specs), ("started", run.head.started), ("strict", run.head.strict.rawValue),
    ]
    if let facts = run.facts { properties += [("target", facts.target), ("role", facts.role.rawValue), ("seed", String(facts.seed))] }
    if let summary = run.summary { properties.append(("exit status", String(summary.exitStatus))) }
    return properties.filter { !$0.1.isEmpty }
  }

  private func element(_ suite: Suite, properties: [(String, String)]) -> String {
    var text = "  <testsuite name=\"\(Markup.escaped(suite.name))\" tests=\"\(suite.tests.count)\" failures=\"\(suite.failures)\""
    text += " errors=\"\(suite.errors)\" skipped=\"\(suite.skipped)\" time=\"\(Self.seconds(suite.time))\">\n"
    if !properties.isEmpty {
      let rows = properties.map { "      <property name=\"\($0.0)\" value=\"\(Markup.escaped(Visible.line($0.1)))\"/>\n" }
      text += "    <properties>\n" + rows.joined() + "    </properties>\n"
    }
    return text + suite.tests.joined() + "  </testsuite>\n"
  }

  /// Seconds with three decimals, as the schema has them: never a sign, never an exponent.
  private static func seconds(_ duration: Duration) -> String {
    let milliseconds =
      max(0, min(duration.components.seconds, 1 << 40)) * 1_000 + max(0, duration.components.attoseconds / 1_000_000_000_000_000)
    let fraction = String(milliseconds % 1_000)
    return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
