package import Conformance

extension TargetConfiguration.Waiver {
  /// The waiver that an object's members tell.
  ///
  /// - Throws: ``FieldError`` where one is missing or is no such value.
  init(_ fields: Fields) throws(FieldError) {
    self.init(
      cases: try fields.string("case"),
      reason: try fields.string("reason"),
      issue: fields.optional("issue")?.string,
      until: fields.optional("until")?.string,
      observed: fields.optional("observed")?.string,
      isSometimes: fields.optional("sometimes")?.bool ?? false,
      place: fields.optional("place")?.string
    )
  }

  /// It as an object, whose members are the keys of a waiver's entry, and `place`: where that stands.
  package var object: JSON {
    .object([
      "case": .string(cases),
      "reason": .string(reason),
      "issue": issue.map { .string($0) },
      "until": until.map { .string($0) },
      "observed": observed.map { .string($0) },
      "sometimes": isSometimes ? .bool(true) : nil,
      "place": place.map { .string($0) },
    ])
  }
}
