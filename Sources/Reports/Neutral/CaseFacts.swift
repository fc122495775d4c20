package import Conformance

/// What every report says of a case, whatever came of it: the one place where its members are named.
package struct CaseFacts: Sendable, Equatable {
  /// A requirement that the case tests.
  package struct Requirement: Sendable, Equatable {
    /// Its name, `RFC5321-3.3-10`.
    package var id: String
    /// The RFC's keyword, `MUST NOT`; empty where the register does not have it.
    package var keyword: String
    /// What a conforming implementation does; empty where the register does not have it.
    package var summary: String
  }

  /// `rfc5321/3.3/rcpt-before-mail`.
  package var id: String
  /// What a conforming server does.
  package var title: String
  /// The RFC's number.
  package var rfc: Int
  /// The section of that RFC.
  package var section: String
  /// The section's title.
  package var sectionTitle: String
  /// The strongest level of what it tests.
  package var level: Level
  /// What a failure means.
  package var kind: Case.Kind
  /// The requirements that it tests.
  package var requirements: [Requirement]
  /// Known instances of what it finds.
  package var cve: [String]
  /// What a reader of a violation should know.
  package var note: String?
  /// The spec file.
  package var file: String
  /// The line where it begins, from 1.
  package var line: Int

  /// The facts of a case.
  ///
  /// - Parameters:
  ///   - testCase: The case.
  ///   - register: What its requirements say; without it, they have their names alone.
  package init(_ testCase: Case, register: Register? = nil) {
    id = testCase.id
    title = testCase.title
    rfc = testCase.rfc
    section = testCase.section
    sectionTitle = testCase.sectionTitle
    level = testCase.level
    kind = testCase.kind
    requirements = testCase.covers.map { id in
      let known = register?[id]
      return Requirement(id: id.description, keyword: known?.keyword ?? "", summary: known?.summary ?? "")
    }
    cve = testCase.cve
    note = testCase.note
    file = testCase.file
    line = testCase.line
  }

  /// The facts that an object's members tell.
  ///
  /// - Parameter fields: The members that ``members`` writes; `sectionTitle`, `requirements`, `note` and `cve` may be missing.
  /// - Throws: ``FieldError`` where another is missing or is no such value.
  init(_ fields: Fields) throws(FieldError) {
    id = try fields.string("case")
    title = try fields.string("title")
    rfc = try fields.int("rfc")
    section = try fields.string("section")
    sectionTitle = fields.optional("sectionTitle")?.string ?? ""
    level = try fields.word("level")
    kind = try fields.word("kind")
    cve = try fields.strings("cve")
    note = fields.optional("note")?.string
    file = try fields.string("file")
    line = try fields.int("line")
    if let known = fields.optional("requirements")?.array {
      requirements = known.map {
        Requirement(id: $0["id"]?.string ?? "", keyword: $0["keyword"]?.string ?? "", summary: $0["summary"]?.string ?? "")
      }
    } else {
      requirements = try fields.strings("covers").map { Requirement(id: $0, keyword: "", summary: "") }
    }
  }

  /// Its members, in order.
  package var members: [JSON.Member] {
    let known = requirements.filter { !$0.keyword.isEmpty }
    let values: KeyValuePairs<String, JSON?> = [
      "case": .string(id),
      "title": .string(title),
      "rfc": .int(rfc),
      "section": .string(section),
      "sectionTitle": sectionTitle.isEmpty ? nil : .string(sectionTitle),
      "level": .string(level.rawValue),
      "kind": .string(kind.rawValue),
      "covers": .array(requirements.map { .string($0.id) }),
      "requirements": known.isEmpty
        ? nil
        : .array(known.map { .object(["id": .string($0.id), "keyword": .string($0.keyword), "summary": .string($0.summary)]) }),
      "cve": cve.isEmpty ? nil : .array(cve.map { .string($0) }),
      "note": note.map { .string($0) },
      "file": .string(file),
      "line": .int(line),
    ]
    return JSON.object(values).members ?? []
  }
}
