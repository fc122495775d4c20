import Wire

/// Reads waivers, from a file of their own or from `smtpspec.yaml`.
enum WaiverLoader {
  /// The entries of a file that holds nothing else.
  static func load(_ file: SpecFile) throws(SpecError) -> [TargetConfiguration.Waiver] {
    let isEmpty = file.text.split(whereSeparator: \.isNewline).allSatisfy { line in
      let rest = line.drop { $0 == " " || $0 == "\t" }
      return rest.isEmpty || rest.hasPrefix("#") || rest == "---"
    }
    return isEmpty ? [] : try waivers(of: SpecContext.root(of: file))
  }

  /// The entries of a list.
  static func waivers(of node: SpecNode) throws(SpecError) -> [TargetConfiguration.Waiver] {
    guard node.isSequence else { throw node.error("waivers are a list: - {case: GLOB, reason: WHY}") }
    return try node.elements().map { node throws(SpecError) in try waiver(node) }
  }

  private static func waiver(_ node: SpecNode) throws(SpecError) -> TargetConfiguration.Waiver {
    let fields = try node.fields(["case", "reason", "issue", "until", "observed", "sometimes"])
    let cases = try fields.required("case")
    let until = try fields["until"].map { node throws(SpecError) in
      let text = try node.name()
      guard Day(text) != nil else { throw node.error("'\(Escaped.show(Array(text.utf8)))' is no day: write 2027-01-31") }
      return text
    }
    let observed = try fields["observed"]?.name()
    let sometimes = fields["sometimes"]
    let isSometimes = try sometimes?.flag() ?? false
    if isSometimes, observed == nil, let sometimes {
      throw sometimes.error("a violation that comes sometimes is known by what it looks like: write 'observed' too")
    }
    return TargetConfiguration.Waiver(
      cases: try cases.name(), reason: try fields.required("reason").name(), issue: try fields["issue"]?.name(), until: until,
      observed: observed, isSometimes: isSometimes, place: cases.place)
  }
}

/// A day of the calendar, in UTC.
struct Day: Comparable, CustomStringConvertible {
  /// `2027-01-31`.
  let description: String

  /// Reads `2027-01-31`; `nil` where that is no day.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isDigits = parts.allSatisfy { $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
    guard isDigits, parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      (1...12).contains(month), (1...Self.days(of: month, in: year)).contains(day)
    else { return nil }
    description = text
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func < (one: Day, other: Day) -> Bool {
    one.description < other.description
  }
}
