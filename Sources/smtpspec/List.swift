import ArgumentParser
import Conformance
import ReferenceServer
import Reports

/// `smtpspec list`: what there is to check, one line each.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the cases, the requirements or the built-in server's defects.",
    discussion: "One line each, for a person or for grep; --json writes one JSON object a line."
  )

  @Flag(help: "Lists the requirements instead, with the number of cases that test each.")
  var requirements = false

  @Flag(help: "Lists the deliberate faults of the built-in server, with the number of cases that catch each.")
  var defects = false

  @Flag(help: "Writes one JSON object a line.")
  var json = false

  @OptionGroup(title: "Cases")
  var suite: SuiteOptions

  func validate() throws {
    guard !(requirements && defects) else { throw ValidationError("--requirements and --defects are two lists: ask for one") }
  }

  func run() throws {
    let loaded = try suite.suite()
    let cases = try suite.cases(of: loaded)
    let rows =
      if requirements {
        requirementRows(of: loaded, cases: cases)
      } else if defects {
        defectRows(cases: cases)
      } else {
        cases.map { Row($0) }
      }
    let lines = json ? rows.map { $0.json.line() } : Row.table(rows)
    do throws(OutputError) {
      try DescriptorOutput.standardOutput().write(lines.map { $0 + "\n" }.joined())
    } catch {
      if !error.isClosedPipe { throw Failure(error.message, status: .fault) }
    }
  }

  /// With a selection, the requirements that its cases test; without one, all.
  private func requirementRows(of suite: Suite, cases: [Case]) -> [Row] {
    var counts: [RequirementID: Int] = [:]
    for testCase in cases {
      for id in testCase.covers { counts[id, default: 0] += 1 }
    }
    return suite.register.requirements.filter { !self.suite.isSelective || counts[$0.id] != nil }
      .map { Row($0, cases: counts[$0.id] ?? 0) }
  }

  private func defectRows(cases: [Case]) -> [Row] {
    var counts: [String: Int] = [:]
    for testCase in cases {
      for name in testCase.convicts { counts[name, default: 0] += 1 }
    }
    return Defect.all.filter { !suite.isSelective || counts[$0.name] != nil }.map { Row($0, cases: counts[$0.name] ?? 0) }
  }
}

/// One line of a list: aligned columns and a last one as long as it is, or a JSON object.
private struct Row {
  let columns: [String]
  let text: String
  let json: JSON

  init(_ testCase: Case) {
    columns = [testCase.id, testCase.level.words]
    text = testCase.title
    json = .object(
      CaseFacts(testCase).members + [JSON.Member(key: "convicts", value: .array(testCase.convicts.map { .string($0) }))])
  }

  init(_ requirement: Requirement, cases: Int) {
    let coverage = requirement.untested.map { "no case: \($0.rawValue)" } ?? (cases == 1 ? "1 case" : "\(cases) cases")
    columns = [requirement.id.description, requirement.keyword, requirement.role.rawValue, coverage]
    text = requirement.summary
    json = .object([
      "requirement": .string(requirement.id.description),
      "keyword": .string(requirement.keyword),
      "level": .string(requirement.level.rawValue),
      "role": .string(requirement.role.rawValue),
      "summary": .string(requirement.summary),
      "cases": .int(cases),
      "untested": requirement.untested.map { .string($0.rawValue) },
      "because": requirement.because.map { .string($0) },
    ])
  }

  init(_ defect: Defect, cases: Int) {
    columns = [defect.name, defect.source, cases == 1 ? "1 case" : "\(cases) cases"]
    text = defect.summary
    json = .object([
      "defect": .string(defect.name),
      "source": .string(defect.source),
      "summary": .string(defect.summary),
      "cases": .int(cases),
    ])
  }

  /// The rows with their columns aligned.
  static func table(_ rows: [Row]) -> [String] {
    let shown = rows.map { row in row.columns.map { Visible.line($0) } }
    let count = shown.map(\.count).max() ?? 0
    let widths = (0..<count).map { place in shown.map { Visible.columns($0[place]) }.max() ?? 0 }
    return zip(rows, shown).map { row, columns in
      zip(columns, widths).map { Visible.padded($0, to: $1) + "  " }.joined() + Visible.line(row.text)
    }
  }
}
