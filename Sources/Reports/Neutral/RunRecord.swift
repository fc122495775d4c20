package import Conformance

/// A run as it was reported: the one neutral report that every form is made from, while the run goes on or from its events file.
package struct RunRecord: Sendable, Equatable {
  /// What wrote it, and with which specs.
  package var head: RunHead
  /// What is known of the target; `nil` where it did not answer.
  package var facts: RunFacts?
  /// RFC → its title, for those that the cases cite.
  package var titles: [Int: String] = [:]
  /// What came of each case, in the order in which they ended.
  package private(set) var results: [CaseRecord] = []
  /// Notes on the run.
  package var notes: [String] = []
  /// What it came to; `nil` where the report ends before the run does.
  package var summary: Summary?
  /// The cases that began and have no verdict.
  package private(set) var unfinished: Set<String> = []
  /// Whether the report breaks off within a line, as when its writer was killed.
  package var isCut = false
  /// Case → its place in ``results``.
  private var places: [String: Int] = [:]

  /// A run of which nothing is known yet.
  ///
  /// - Parameter head: What writes it, and with which specs.
  package init(head: RunHead) {
    self.head = head
  }

  /// Takes the next event.
  ///
  /// - Parameter event: What happened.
  /// - Returns: Whether the event fits: false for the second verdict on one case, which is dropped.
  @discardableResult
  package mutating func add(_ event: EventRecord) -> Bool {
    switch event {
    case .runStarted(let facts, let titles):
      self.facts = facts
      self.titles = titles
    case .caseStarted(let id): unfinished.insert(id)
    case .caseFinished(let record):
      unfinished.remove(record.facts.id)
      guard places.updateValue(results.count, forKey: record.facts.id) == nil else { return false }
      results.append(record)
    case .note(let words): notes.append(words)
    case .runFinished(let summary): self.summary = summary
    case .unknown: break
    }
    return true
  }

  /// What came of a case, if it has a verdict.
  package subscript(id: String) -> CaseRecord? {
    places[id].map { results[$0] }
  }

  /// The results as the RFCs have them: by RFC, then by section, then as written.
  package var inReadingOrder: [CaseRecord] {
    let keys = results.map { SectionNumber(rfc: $0.facts.rfc, section: $0.facts.section) }
    return results.indices.sorted { one, other in
      guard keys[one] == keys[other] else { return keys[one] < keys[other] }
      let (first, second) = (results[one].facts, results[other].facts)
      return (first.file, first.line, first.id) < (second.file, second.line, second.id)
    }.map { results[$0] }
  }

  /// How many cases have each kind of verdict.
  package var counts: [Verdict.Kind: Int] {
    var counts: [Verdict.Kind: Int] = [:]
    for result in results { counts[result.verdict.kind, default: 0] += 1 }
    return counts
  }

  /// How many cases could be judged: the others are inconclusive or not applicable.
  package var verified: Int {
    results.count { record in
      switch record.verdict.kind {
      case .satisfied, .violated, .latitude, .waived: true
      case .inconclusive, .notApplicable: false
      }
    }
  }

  /// The violations that fail the run, in the order of the RFCs.
  package var failures: [CaseRecord] {
    inReadingOrder.filter { $0.fails(strict: head.strict) }
  }

  /// The status that the process ended with; `nil` where the report ends before the run does.
  package var exitStatus: Int32? { summary?.exitStatus }

  /// Why this is not the report of a whole run, `nil` where it is.
  package var incompleteness: String? {
    let total = facts.map { " of \($0.cases)" } ?? ""
    let verdicts = "\(results.count)\(total) \(facts?.cases == 1 ? "case" : "cases")"
    guard let summary else { return "the report ends before the run does, with a verdict on \(verdicts)" }
    return summary.isPartial ? "the run was stopped before its end, with a verdict on \(verdicts)" : nil
  }
}
