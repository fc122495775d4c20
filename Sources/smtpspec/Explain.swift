import ArgumentParser
import Conformance
import ReferenceServer
import Reports
import Wire

/// `smtpspec explain`: a case, a requirement or a defect, in full.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a case, a requirement or a defect.",
    discussion: "Whatever has that name: 'rfc5321/3.3/rcpt-before-mail' or its last part, 'RFC5321-3.3-10', 'accepts-rcpt-before-mail'."
  )

  @Argument(help: "A case, a requirement or a defect.")
  var name: String

  @Option(help: ArgumentHelp("Reads the specs of a folder instead of those inside the binary.", valueName: "folder"))
  var specs: String?

  func run() throws {
    let suite = try SuiteOptions.suite(in: specs)
    let cases = suite.cases.inReadingOrder
    let text = Explanation(suite: suite, cases: cases)
    let lines: [String]
    let named = cases.filter { $0.id == name || $0.id.hasPrefix(name + "/") || $0.id.hasSuffix("/" + name) }
    if let first = named.first {
      lines = text.lines(of: first, rows: named.filter { $0.file == first.file && $0.line == first.line })
    } else if let requirement = RequirementID(name.uppercased()).flatMap({ suite.register[$0] }) ?? requirement(in: suite) {
      lines = text.lines(of: requirement)
    } else if let defect = Defect.all.first(where: { $0.name == name }) {
      lines = text.lines(of: defect)
    } else {
      throw Failure("nothing is named '\(Visible.line(name))'\(hint(suite))")
    }
    do throws(OutputError) {
      try DescriptorOutput.standardOutput().write(lines.map { $0 + "\n" }.joined())
    } catch {
      if !error.isClosedPipe { throw Failure(error.message, status: .fault) }
    }
  }

  private func requirement(in suite: Suite) -> Requirement? {
    suite.register.requirements.first { $0.id.description.lowercased() == name.lowercased() }
  }

  private func hint(_ suite: Suite) -> String {
    var names = suite.cases.map(\.id)
    names += suite.cases.map { String($0.id.split(separator: "/", maxSplits: 2).last ?? "") }
    names += suite.register.requirements.map(\.id.description)
    names += Defect.all.map(\.name)
    return nearest(name, in: names).map { ", did you mean '\($0)'?" } ?? "; 'smtpspec list' shows what there is"
  }
}

/// The words of `smtpspec explain`.
private struct Explanation {
  let suite: Suite
  let cases: [Case]

  /// A case with its requirements and its steps as the spec file has them; rows of one table share them.
  func lines(of testCase: Case, rows: [Case]) -> [String] {
    var lines = [testCase.id, "  " + testCase.title, ""]
    if rows.count > 1 { lines = rows.map(\.id) + ["  " + testCase.title, ""] }
    lines += ["RFC \(testCase.rfc) §\(testCase.section) \(testCase.sectionTitle)", ""]
    for id in testCase.covers { lines += ["  \(id) \(suite.register[id]?.keyword ?? "")", "    \(suite.register[id]?.summary ?? "")"] }
    lines.append("")
    if testCase.kind != .conformance { lines.append("kind      \(testCase.kind.rawValue)") }
    if !testCase.cve.isEmpty { lines.append("known as  \(testCase.cve.joined(separator: ", "))") }
    lines += testCase.references.map { "see       \($0)" }
    if let note = testCase.note { lines.append("note      \(note)") }
    for name in testCase.convicts {
      let summary = Defect.all.first { $0.name == name }.map { ": \($0.summary)" } ?? ""
      lines.append("convicts  \(name)\(summary)")
    }
    lines += ["case      \(testCase.file):\(testCase.line)", "run       smtpspec check --only \(testCase.id)", ""]
    return lines.map { Visible.line($0) } + source(of: testCase)
  }

  /// A requirement with the cases that test it, or the reason why none does.
  func lines(of requirement: Requirement) -> [String] {
    let title = suite.register.titles[requirement.id.rfc].map { " " + $0 } ?? ""
    var lines = [
      "\(requirement.id) \(requirement.keyword), binds the \(requirement.role.rawValue)",
      "  \(requirement.summary)",
      "",
      "RFC \(requirement.id.rfc)\(title), section \(requirement.id.section): https://www.rfc-editor.org/rfc/rfc\(requirement.id.rfc)",
      "",
    ]
    if let untested = requirement.untested {
      lines.append("no case tests it (\(untested.rawValue))\(requirement.because.map { ": \($0)" } ?? "")")
    }
    let covering = cases.filter { $0.covers.contains(requirement.id) }
    if covering.isEmpty, requirement.untested == nil { lines.append("no case tests it yet") }
    lines += covering.map { "\($0.id)  \($0.title)" }
    return lines.map { Visible.line($0) }
  }

  /// A defect with the cases that catch it.
  func lines(of defect: Defect) -> [String] {
    let catching = cases.filter { $0.convicts.contains(defect.name) }
    var lines = ["\(defect.name), a deliberate fault of the built-in server against \(defect.source)", "  \(defect.summary)", ""]
    lines += catching.isEmpty ? ["no case names it"] : catching.map { "\($0.id)  \($0.title)" }
    lines += ["", "see it caught: smtpspec check --defect \(defect.name)"]
    return lines.map { Visible.line($0) }
  }

  private func source(of testCase: Case) -> [String] {
    suite.source(of: testCase).split(separator: "\n", omittingEmptySubsequences: false).map { "  " + Visible.line(String($0)) }
  }
}
