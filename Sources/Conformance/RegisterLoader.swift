/// Reads `specs/requirements/rfcNNNN.yaml`.
enum RegisterLoader {
  /// The RFCs' keywords, and the level that each is judged at.
  static let keywords: [String: Level] = [
    "MUST": .must, "MUST NOT": .must, "SHOULD": .should, "SHOULD NOT": .should, "MAY": .may,
  ]

  /// The keys of a register file.
  static let fileKeys = ["rfc", "title", "requirements", "note"]
  /// The keys of a requirement.
  static let requirementKeys = ["id", "level", "role", "summary", "untested", "because", "awaits"]

  static func load(
    _ file: SpecFile, into requirements: inout [Requirement], titles: inout [Int: String], problems: SpecProblems
  ) {
    var seen: Set<RequirementID> = []
    guard let (rfc, title, entries) = problems.noting({ () throws(SpecError) in try head(of: file) }) else { return }
    titles[rfc] = title
    for entry in entries {
      guard let requirement = problems.noting({ () throws(SpecError) in try requirement(entry, rfc: rfc) }) else { continue }
      if seen.insert(requirement.id).inserted {
        requirements.append(requirement)
      } else {
        problems.add(entry.error("\(requirement.id) stands here twice"))
      }
    }
  }

  private static func head(of file: SpecFile) throws(SpecError) -> (rfc: Int, title: String, entries: [SpecNode]) {
    let fields = try SpecContext.root(of: file).fields(fileKeys)
    return (
      try fields.required("rfc").integer(in: 1...99_999), try fields.required("title").name(),
      try fields.required("requirements").elements()
    )
  }

  private static func requirement(_ node: SpecNode, rfc: Int) throws(SpecError) -> Requirement {
    let fields = try node.fields(requirementKeys)
    let idNode = try fields.required("id")
    guard let id = RequirementID(try idNode.name(), rfc: rfc), id.rfc == rfc else {
      throw idNode.error("'\(try idNode.string())' is no id of this RFC: write SECTION-PLACE, as in 3.3-10")
    }
    let levelNode = try fields.required("level")
    let keyword = try levelNode.name()
    guard let level = keywords[keyword] else {
      throw levelNode.error("unknown level '\(keyword)'; there is MUST, MUST NOT, SHOULD, SHOULD NOT, MAY")
    }
    return Requirement(
      id: id, keyword: keyword, level: level,
      role: try fields.required("role").choice(Requirement.Role.self, what: "role"),
      summary: try fields.required("summary").name(),
      untested: try fields["untested"]?.choice(Requirement.Untested.self, what: "reason"),
      because: try fields["because"]?.name(),
      awaits: try fields["awaits"]?.name()
    )
  }
}
