package import Conformance

/// What the first line of a report's events says of the run and of what wrote it.
package struct RunHead: Sendable, Equatable {
  /// The schema of the lines; its number rises when a reader of the old ones would misread the new.
  package static let schema = "smtpspec.events/1"

  /// The version of smtpspec.
  package var version: String
  /// The digest of the specs, `sha256:…`; empty in lines that do not tell.
  package var specs: String
  /// When the run began, in UTC: `2026-11-24T02:20:00Z`; empty in lines that do not tell.
  package var started: String
  /// The lowest level whose violation fails the run.
  package var strict: Level

  /// The head of a run's report.
  package init(version: String, specs: String, started: String, strict: Level) {
    self.version = version
    self.specs = specs
    self.started = started
    self.strict = strict
  }

  /// The head that the first line's members tell.
  ///
  /// - Throws: ``FieldError`` where this is no first line, or one of another schema.
  init(_ fields: Fields) throws(FieldError) {
    guard let schema = fields.optional("schema")?.string else {
      throw FieldError(message: "this is no events file of smtpspec: its first line names no schema")
    }
    guard schema == Self.schema else {
      throw FieldError(message: "the schema is '\(Visible.line(schema, limit: 40))', and this smtpspec reads \(Self.schema)")
    }
    version = try fields.string("smtpspec")
    specs = fields.optional("specs")?.string ?? ""
    started = fields.optional("started")?.string ?? ""
    strict = fields.optional("strict") == nil ? .must : try fields.word("strict")
  }

  /// Its members, in order.
  var members: [JSON.Member] {
    let values: KeyValuePairs<String, JSON?> = [
      "schema": .string(Self.schema),
      "smtpspec": .string(version),
      "specs": specs.isEmpty ? nil : .string(specs),
      "started": started.isEmpty ? nil : .string(started),
      "strict": .string(strict.rawValue),
    ]
    return JSON.object(values).members ?? []
  }
}
