import Conformance

/// The entries of a file of waivers, as a person would write them.
package struct WaiverText {
  private let reason: String
  private let issue: String?
  private let until: String?

  /// Entries that share these.
  ///
  /// - Parameters:
  ///   - reason: Why the violations may stay.
  ///   - issue: Where that is tracked.
  ///   - until: The last day they may stay, `2027-01-31`.
  package init(reason: String, issue: String?, until: String?) {
    self.reason = reason
    self.issue = issue
    self.until = until
  }

  /// The entry of a violation, `nil` where the record is of none.
  package func entry(for record: CaseRecord) -> String? {
    guard let violation = record.verdict.violation else { return nil }
    var lines = ["# \(Visible.line(record.facts.title))", "- case: \(quoted(record.facts.id))", "  reason: \(quoted(reason))"]
    if let issue { lines.append("  issue: \(quoted(issue))") }
    if let until { lines.append("  until: \(until)") }
    if let observed = Self.lasting(violation.observed) { lines.append("  observed: \(quoted(observed))") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The front of an observation that will be the same next time: a reply's codes, and the words up to the first that holds a
  /// number, a name or a path.
  static func lasting(_ observed: String) -> String? {
    let words = observed.split(separator: " ")
    var lasting: [Substring] = []
    for (place, word) in words.enumerated() {
      let isCode = place == 0 && word.utf8.count == 3 && word.utf8.allSatisfy(isDigit)
      let isEnhanced = place == 1 && lasting.count == 1 && word.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
      guard isCode || isEnhanced || word.utf8.allSatisfy(isPlain) else { break }
      lasting.append(word)
    }
    // A lone number would be found in anything.
    if lasting.count == 1, lasting[0].utf8.allSatisfy(isDigit) { return words.count == 1 ? observed : "\(lasting[0]) " }
    return lasting.isEmpty ? nil : lasting.joined(separator: " ")
  }

  private static func isDigit(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
  }

  private static func isPlain(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "'"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// A YAML scalar in single quotes, where nothing but the quote itself has a meaning.
  private func quoted(_ text: String) -> String {
    "'" + Visible.line(text).replacing("'", with: "''") + "'"
  }
}
