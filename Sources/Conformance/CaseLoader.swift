import Transport
import Wire
import Yams

/// Reads a file of cases: `specs/rfc5321/3.3-mail-transactions.yaml`.
struct CaseLoader {
  let file: SpecFile
  let register: Register
  let problems: SpecProblems

  private struct Section {
    let rfc: Int
    let number: String
    let title: String
  }

  /// The keys of a file of cases.
  static let fileKeys = ["rfc", "section", "title", "cases"]
  /// The keys of a case.
  static let caseKeys = [
    "id", "title", "covers", "kind", "cve", "references", "note", "needs", "given", "mail", "segment", "each", "steps", "convicts",
  ]
  /// The keys of what a case needs.
  static let needsKeys = [
    "extensions", "lacking", "mechanisms", "absent-mechanisms", "fixtures", "mailbox", "role", "tls", "opening", "certificate", "exclusive",
    "slow", "retry", "plain",
  ]

  func load(into cases: inout [Case]) {
    let read: (section: Section, entries: [SpecNode])? = problems.noting { () throws(SpecError) in
      let fields = try SpecContext.root(of: file).fields(Self.fileKeys)
      let section = Section(
        rfc: try fields.required("rfc").integer(in: 1...99_999),
        number: try fields.required("section").name(),
        title: try fields.required("title").name()
      )
      return (section, try fields.required("cases").elements())
    }
    guard let (section, entries) = read else { return }
    for entry in entries {
      _ = problems.noting { () throws(SpecError) in
        for row in try rows(of: entry) {
          for variant in try variants(of: row) {
            let loaded = problems.noting { () throws(SpecError) in try testCase(variant, in: section) }
            if let loaded { cases.append(loaded) }
          }
        }
      }
    }
  }

  /// Refuses two cases of one id.
  static func refuseDuplicates(_ cases: [Case], problems: SpecProblems) {
    var first: [String: Case] = [:]
    for testCase in cases {
      if let other = first[testCase.id] {
        let message = "the id '\(testCase.id)' stands at \(other.file):\(other.line) already"
        problems.add(SpecError(file: testCase.file, line: testCase.line, column: 1, message: message))
      } else {
        first[testCase.id] = testCase
      }
    }
  }

  // MARK: Rows

  private struct Row {
    let node: SpecNode
    var suffix: String
    var segmentation: Segmentation?
  }

  /// The case once a row of its table, the row's columns put in; itself where it has no table.
  private func rows(of entry: SpecNode) throws(SpecError) -> [Row] {
    guard let each = try entry.fields(Self.caseKeys)["each"] else { return [Row(node: entry, suffix: "")] }
    var rows: [Row] = []
    for element in try each.elements() {
      var columns: [String: Node] = [:]
      for (key, _, value) in try element.pairs() { columns[key] = value.node }
      guard let name = columns["name"]?.string else { throw element.error("a row has a 'name', which ends its id") }
      try checkSlug(name, at: element)
      let substituted = try substitute(columns, in: SpecNode(node: entry.node, context: entry.context), depth: 0)
      rows.append(Row(node: substituted, suffix: "/" + name))
    }
    guard !rows.isEmpty else { throw each.error("an empty table makes no case") }
    return rows
  }

  /// A copy of the node in which every `${each.x}` is the row's `x`.
  private func substitute(_ columns: [String: Node], in node: SpecNode, depth: Int) throws(SpecError) -> SpecNode {
    guard depth < SpecContext.depthLimit else { throw node.error("nested too deeply") }
    switch node.node {
    case .scalar(var scalar):
      guard scalar.string.contains("${each.") else { return node }
      if scalar.string.hasPrefix("${each."), scalar.string.hasSuffix("}"),
        let whole = columns[String(scalar.string.dropFirst(7).dropLast())]
      {
        return SpecNode(node: whole, context: node.context)
      }
      for (name, value) in columns {
        if let text = value.string { scalar.string = scalar.string.replacing("${each.\(name)}", with: text) }
      }
      return SpecNode(node: .scalar(scalar), context: node.context)
    case .mapping(let mapping):
      var pairs: [(Node, Node)] = []
      try node.context.spend(mapping.count, at: node)
      for (key, value) in mapping {
        // The table itself is what the columns come from.
        let next =
          key.string == "each" && depth == 0
          ? SpecNode(node: value, context: node.context)
          : try substitute(columns, in: SpecNode(node: value, context: node.context), depth: depth + 1)
        pairs.append((key, next.node))
      }
      return SpecNode(node: .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark)), context: node.context)
    case .sequence(let sequence):
      try node.context.spend(sequence.count, at: node)
      let elements = try sequence.map { (element: Node) throws(SpecError) in
        try substitute(columns, in: SpecNode(node: element, context: node.context), depth: depth + 1).node
      }
      return SpecNode(node: .sequence(Node.Sequence(elements, sequence.tag, sequence.style, sequence.mark)), context: node.context)
    case .alias:
      return node
    }
  }

  /// The row once a way of cutting its octets; itself where `segment` names one or none.
  private func variants(of row: Row) throws(SpecError) -> [Row] {
    guard let segment = try row.node.fields(Self.caseKeys)["segment"] else { return [row] }
    if segment.isScalar {
      var row = row
      row.segmentation = try segment.choice(Segmentation.self, what: "segmentation")
      return [row]
    }
    return try segment.elements().map { element throws(SpecError) in
      let segmentation = try element.choice(Segmentation.self, what: "segmentation")
      return Row(node: row.node, suffix: row.suffix + "/" + segmentation.rawValue, segmentation: segmentation)
    }
  }

  // MARK: One case

  private func testCase(_ row: Row, in section: Section) throws(SpecError) -> Case {
    let fields = try row.node.fields(Self.caseKeys)
    let slug = try fields.required("id").name()
    try checkSlug(slug, at: fields.required("id"))
    let covers = try covered(fields, in: section)
    let loader = StepLoader(problems: problems)
    let steps = try loader.steps(fields.required("steps"))
    var used: Set<Fixture> = []
    for step in steps { used.formUnion(step.fixtures) }
    let given = try fields["given"]?.choice(Case.Given.self, what: "state") ?? .greeting
    var needs = try self.needs(fields["needs"], otherwiseOf: Self.roles(given, steps))
    used.formUnion(given.fixtures)
    if given == .tls { needs.tls = true }
    if given == .accepted, Set(needs.roles).isDisjoint(with: [.client, .relay]) { throw row.node.error(Self.misplaced) }
    if let mail = fields["mail"], given != .accepted { throw mail.error("what is to be sent stands beside 'given: accepted'") }
    let assignment = try fields["mail"].map { node throws(SpecError) in try AssignmentLoader.assignment(node) } ?? Assignment()
    used.formUnion(assignment.fixtures)
    if given == .authenticated { needs.mechanisms.append("PLAIN") }
    for mechanism in steps.compactMap(\.mechanism) where !needs.mechanisms.contains(mechanism.rawValue) {
      needs.mechanisms.append(mechanism.rawValue)
    }
    for step in steps where step.looksIntoMailbox {
      if step.looksForReports { needs.reports = true } else { needs.mailbox = true }
    }
    if needs.reports { used.insert(.localSender) }
    return Case(
      id: "rfc\(section.rfc)/\(section.number)/\(slug)\(row.suffix)",
      title: try fields.required("title").name(),
      rfc: section.rfc, section: section.number, sectionTitle: section.title,
      covers: covers,
      level: covers.compactMap { register[$0]?.level }.max() ?? .must,
      kind: try fields["kind"]?.choice(Case.Kind.self, what: "kind") ?? .conformance,
      cve: try fields.names("cve"), references: try fields.names("references"),
      note: try fields["note"]?.name(),
      file: file.name, line: row.node.line,
      convicts: try fields.names("convicts"),
      needs: needs, given: given, assignment: assignment, segmentation: row.segmentation, steps: steps, fixtures: used
    )
  }

  private func covered(_ fields: SpecNode.Fields, in section: Section) throws(SpecError) -> [RequirementID] {
    let node = try fields.required("covers")
    let ids = try node.oneOrMore().map { element throws(SpecError) in
      let text = try element.name()
      guard let id = RequirementID(text, rfc: section.rfc) else {
        throw element.error("'\(text)' is no requirement: write 3.3-10, or RFC2920-3.2-1 for another RFC's")
      }
      guard register[id] != nil else {
        let hint = nearest(id.description, in: register.requirements.map(\.id.description)).map { ", did you mean '\($0)'?" } ?? ""
        throw element.error("\(id) is not registered in specs/requirements/\(hint)")
      }
      return id
    }
    guard !ids.isEmpty else { throw node.error("a case covers at least one requirement") }
    return ids
  }

  private func needs(_ node: SpecNode?, otherwiseOf roles: [TargetRole]) throws(SpecError) -> Needs {
    var needs = Needs()
    needs.roles = roles
    guard let node else { return needs }
    let fields = try node.fields(Self.needsKeys)
    needs.extensions = try fields.names("extensions").map { $0.uppercased() }
    needs.lacking = try fields.names("lacking").map { $0.uppercased() }
    needs.mechanisms = try fields.names("mechanisms").map { $0.uppercased() }
    needs.absentMechanisms = try fields.names("absent-mechanisms").map { $0.uppercased() }
    needs.certificate = try fields["certificate"]?.flag() ?? false
    needs.fixtures =
      try fields["fixtures"]?.oneOrMore().map { element throws(SpecError) in
        try element.choice(Fixture.self, what: "fixture")
      } ?? []
    if let roles = fields["role"] {
      needs.roles = try roles.oneOrMore().map { element throws(SpecError) in try element.choice(TargetRole.self, what: "role") }
    }
    needs.mailbox = try fields["mailbox"]?.flag() ?? false
    if let tls = fields["tls"] {
      needs.implicitTLS = try tls.string() == "implicit"
      needs.requiredTLS = try tls.string() == "required"
      needs.tls = needs.implicitTLS || needs.requiredTLS ? true : try tls.flag()
    }
    needs.opening = try fields["opening"]?.integer(in: 200...599)
    needs.exclusive = try fields["exclusive"]?.flag() ?? false
    needs.plain = try fields["plain"]?.flag() ?? false
    needs.retry = try fields["retry"]?.flag() ?? false
    needs.slow = try fields["slow"]?.flag() ?? false
    return needs
  }

  /// The roles of a case that names none: LMTP is SMTP but for what RFC 2033 says, and has LHLO for EHLO and HELO (§4.1).
  private static func roles(_ given: Case.Given, _ steps: [Step]) -> [TargetRole] {
    if given == .lhlo { return [.lmtp] }
    if given == .accepted { return [.client, .relay] }
    let saysHello = given == .helo || steps.contains { !$0.verbs.isDisjoint(with: ["EHLO", "HELO"]) }
    return saysHello ? [.mx, .submission] : [.mx, .submission, .lmtp]
  }

  private static let misplaced = "'given: accepted' is for the roles client and relay"

  private func checkSlug(_ slug: String, at node: SpecNode) throws(SpecError) {
    let fits = slug.utf8.allSatisfy { octet in
      switch octet {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
      default: false
      }
    }
    guard fits, !slug.isEmpty, slug.utf8.count <= 80 else {
      throw node.error("'\(slug)' is no slug: small letters, digits, '-' and '.', 80 at most")
    }
  }
}

extension Case.Given {
  /// The fixtures that getting there takes.
  var fixtures: Set<Fixture> {
    switch self {
    case .connect, .greeting, .helo, .ehlo, .lhlo, .tls, .secured: [.client]
    case .mail: [.client, .sender]
    case .rcpt, .data: [.client, .sender, .recipient]
    case .authenticated: [.client, .username, .password]
    case .accepted: []
    }
  }
}
