/// What the reports on a message must be like (RFC 3464).
package struct ReportPattern: Sendable {
  /// Whether each is a multipart/report of type delivery-status, with fields that fit.
  package var wellFormed = false
  /// Octets each of which stands in a report.
  package var names: [Template] = []
  /// What the fields on the message are like, in each report.
  package var message: [FieldPattern] = []
  /// Recipients' fields: for each of these there is a recipient, in one of the reports, whom they fit.
  package var recipients: [[FieldPattern]] = []
  /// How many recipients the reports tell of, all together.
  package var count: Int?
  /// The fields there may be beside those whose names begin with `X-`; `nil` where they are not looked at.
  package var only: [String]?

  /// What a field of a report is like.
  package struct FieldPattern: Sendable {
    /// Its name.
    package let name: String
    /// What is demanded.
    package let demand: FieldDemand?
  }

  /// The octets it speaks of.
  var templates: [Template] {
    names + (message + recipients.joined()).compactMap(\.demand).flatMap { [$0.value, $0.word].compactMap(\.self) + $0.has + $0.any }
  }
}

/// What the value of a report's field is like; every part that is there holds.
package struct FieldDemand: Sendable {
  /// Whether the field may be missing.
  package var optional = false
  /// What stands before the semicolon, in any letter case.
  package var type: String?
  /// What stands behind the semicolon, or in the field where no type is asked for: exactly, but for blanks at both ends.
  package var value: Template?
  /// The same, up to the first blank.
  package var word: Template?
  /// What it has, each of them, in any letter case.
  package var has: [Template] = []
  /// What it has, one of them at least, in any letter case.
  package var any: [Template] = []
  /// The digits of a status code that stands first (RFC 3463 §2); `nil` for any.
  package var status: [Int?]?
  /// Whether it is a date with a numeric time zone (RFC 5322 §3.3).
  package var date = false
  /// Whether it is a domain name with a dot in it, or an address literal.
  package var domain = false
}

/// Reads what a case demands of reports.
enum ReportPatternLoader {
  /// The keys of `report`.
  static let reportKeys = ["well-formed", "names", "message", "recipients", "count", "only"]
  /// The keys of what is demanded of a field.
  static let fieldKeys = ["optional", "type", "value", "word", "has", "any", "status", "date", "domain"]

  static func pattern(_ node: SpecNode) throws(SpecError) -> ReportPattern {
    let fields = try node.fields(reportKeys)
    var pattern = ReportPattern()
    pattern.wellFormed = try fields["well-formed"]?.flag() ?? false
    pattern.names = try templates(fields["names"])
    pattern.message = try fields["message"].map { node throws(SpecError) in try self.fields(node) } ?? []
    for element in try fields["recipients"]?.oneOrMore() ?? [] { pattern.recipients.append(try self.fields(element)) }
    pattern.count = try fields["count"]?.integer(in: 0...1_000)
    if fields["only"] != nil { pattern.only = try fields.names("only") }
    return pattern
  }

  /// A map of fields: `null` for none of the name, `true` for any value, a text that the value has, or demands.
  private static func fields(_ node: SpecNode) throws(SpecError) -> [ReportPattern.FieldPattern] {
    var patterns: [ReportPattern.FieldPattern] = []
    for (name, _, value) in try node.pairs() {
      var demand: FieldDemand? = value.isNull ? nil : FieldDemand()
      if value.isMapping {
        demand = try self.demand(value)
      } else if !value.isNull {
        let isAnything = value.isScalar ? try value.string() == "true" : false
        if !isAnything { demand?.has = try templates(value) }
      }
      patterns.append(ReportPattern.FieldPattern(name: name, demand: demand))
    }
    return patterns
  }

  private static func demand(_ node: SpecNode) throws(SpecError) -> FieldDemand {
    let fields = try node.fields(fieldKeys)
    var demand = FieldDemand()
    demand.optional = try fields["optional"]?.flag() ?? false
    demand.type = try fields["type"]?.name()
    demand.value = try fields["value"].map { node throws(SpecError) in try TemplateParser.template(node) }
    demand.word = try fields["word"].map { node throws(SpecError) in try TemplateParser.template(node) }
    demand.has = try templates(fields["has"])
    demand.any = try templates(fields["any"])
    demand.status = try fields["status"].map { node throws(SpecError) in try status(node) }
    demand.date = try fields["date"]?.flag() ?? false
    demand.domain = try fields["domain"]?.flag() ?? false
    return demand
  }

  private static func templates(_ node: SpecNode?) throws(SpecError) -> [Template] {
    try node?.oneOrMore().map { node throws(SpecError) in try TemplateParser.template(node) } ?? []
  }

  private static func status(_ node: SpecNode) throws(SpecError) -> [Int?] {
    let text = try node.name()
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { $0 == "x" ? -1 : Int($0) ?? -2 }
    guard parts.count == 3, parts.allSatisfy({ (-1...999).contains($0) }) else {
      throw node.error("'\(text)' is no status code: write 5.1.1 or 5.x.x")
    }
    return parts.map { $0 == -1 ? nil : $0 }
  }
}
