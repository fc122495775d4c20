import ArgumentParser
import Conformance
import Reports

/// `smtpspec coverage`: how much of each RFC the cases test, and what is open.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Shows how much of each RFC the cases test, what cannot be tested and why, and what is open.",
    discussion: """
      'testable' are the statements that bind a server and that the wire or the mailbox can show; the percentage, rounded down, is of these. \
      'open' have neither a case nor a reason for having none. 'client side' are those with a case that bind a client or a relay instead.
      """
  )

  @Argument(help: "The number of one RFC, as in 5321; without it, all that are registered.")
  var rfc: String?

  @Flag(help: "Lists the statements that are open.")
  var open = false

  @Flag(help: "Writes one JSON object a line: one for each RFC and one for the total, or with --open one for each statement.")
  var json = false

  @Option(help: ArgumentHelp("Reads the specs of a folder instead of those inside the binary.", valueName: "folder"))
  var specs: String?

  func run() throws {
    let coverage = Coverage(of: try SuiteOptions.suite(in: specs))
    let documents = try chosen(of: coverage.rfcs)
    let text = CoverageText(documents: documents, total: rfc == nil ? coverage.total : nil)
    let lines =
      switch (open, json) {
      case (false, false): text.table
      case (false, true): text.objects.map { $0.line() }
      case (true, false): text.open
      case (true, true): text.openObjects.map { $0.line() }
      }
    do throws(OutputError) {
      try DescriptorOutput.standardOutput().write(lines.map { $0 + "\n" }.joined())
    } catch {
      if !error.isClosedPipe { throw Failure(error.message, status: .fault) }
    }
  }

  /// The RFC that the argument names, `5321` or `rfc5321`; all without one.
  private func chosen(of documents: [Coverage.Document]) throws(Failure) -> [Coverage.Document] {
    guard let rfc else { return documents }
    let digits = rfc.lowercased().hasPrefix("rfc") ? String(rfc.dropFirst(3)) : rfc
    guard let number = Int(digits), let document = documents.first(where: { $0.rfc == number }) else {
      let known = documents.map { String($0.rfc) }.joined(separator: ", ")
      let file = Int(digits).map { "; requirements/rfc\($0).yaml among the specs would register it" } ?? ""
      throw Failure("no RFC '\(Visible.line(rfc))' is registered; there is \(known)\(file)")
    }
    return [document]
  }
}

/// The words of `smtpspec coverage`.
private struct CoverageText {
  let documents: [Coverage.Document]
  /// The counts of all RFCs, where more than one is shown.
  let total: Coverage.Tally?

  private typealias Reason = Requirement.Untested

  /// A head, a row for each RFC, and the total.
  var table: [String] {
    let head = ["RFC", "statements", "testable", "covered", "", "open", "client side"] + Reason.allCases.map(\.rawValue) + ["cases"]
    var rows = documents.map { document in
      [String(document.rfc)] + numbers(document.tally) + [document.isBegun ? String(document.cases) : "none yet"]
    }
    if let total { rows.append(["total"] + numbers(total) + [""]) }
    let titles = [""] + documents.map { Visible.line($0.title) } + (total == nil ? [] : [""])
    let widths = head.indices.map { column in ([head] + rows).map { Visible.columns($0[column]) }.max() ?? 0 }
    return zip([head] + rows, titles).map { row, title in
      let cells = zip(row, widths).map { String(repeating: " ", count: max(0, $1 - Visible.columns($0))) + $0 }
      let line = cells.joined(separator: "  ") + "  " + title
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func numbers(_ tally: Coverage.Tally) -> [String] {
    let counts = [tally.statements, tally.testable, tally.covered].map(String.init)
    let percentage = tally.percentage.map { "\($0) %" } ?? "–"
    return counts + [percentage, String(tally.open), String(tally.sending)] + Reason.allCases.map { String(tally.untested[$0] ?? 0) }
  }

  /// An object for each RFC, and one for the total.
  var objects: [JSON] {
    var objects = documents.map { document in
      JSON.object(
        [
          .init(key: "rfc", value: .int(document.rfc)), .init(key: "title", value: .string(document.title)),
          .init(key: "cases", value: .int(document.cases)),
          .init(key: "begun", value: .bool(document.isBegun)),
        ] + members(document.tally) + [
          .init(key: "openRequirements", value: .array(document.open.map { .string($0.id.description) }))
        ])
    }
    if let total { objects.append(.object([.init(key: "rfc", value: .string("total"))] + members(total))) }
    return objects
  }

  private func members(_ tally: Coverage.Tally) -> [JSON.Member] {
    let reasons = Reason.allCases.map { JSON.Member(key: $0.rawValue, value: .int(tally.untested[$0] ?? 0)) }
    let percentage: JSON = tally.percentage.map { .int($0) } ?? .null
    return [
      .init(key: "statements", value: .int(tally.statements)), .init(key: "testable", value: .int(tally.testable)),
      .init(key: "covered", value: .int(tally.covered)),
      .init(key: "percentage", value: percentage), .init(key: "open", value: .int(tally.open)),
      .init(key: "clientSide", value: .int(tally.sending)), .init(key: "untested", value: .object(reasons)),
    ]
  }

  /// A line for each open statement, and a heading for each RFC that has some.
  var open: [String] {
    var lines: [String] = []
    for document in documents where !document.open.isEmpty {
      let state = document.isBegun ? "\(document.open.count) open" : "no cases yet, \(document.open.count) open"
      lines.append("RFC \(document.rfc) \(Visible.line(document.title)): \(state)")
      let ids = document.open.map(\.id.description)
      let width = ids.map(\.count).max() ?? 0
      for (id, requirement) in zip(ids, document.open) {
        let keyword = Visible.padded(requirement.keyword, to: "SHOULD NOT".count)
        lines.append("  \(Visible.padded(Visible.line(id), to: width))  \(keyword)  \(Visible.line(requirement.summary))")
        if let awaits = requirement.awaits { lines.append("  \(Visible.padded("", to: width))  awaits \(Visible.line(awaits))") }
      }
    }
    return lines.isEmpty ? ["nothing is open"] : lines
  }

  /// An object for each open statement.
  var openObjects: [JSON] {
    documents.flatMap(\.open).map { requirement in
      .object([
        "requirement": .string(requirement.id.description),
        "keyword": .string(requirement.keyword),
        "level": .string(requirement.level.rawValue),
        "role": .string(requirement.role.rawValue),
        "summary": .string(requirement.summary),
        "awaits": requirement.awaits.map { .string($0) } ?? .null,
      ])
    }
  }
}
