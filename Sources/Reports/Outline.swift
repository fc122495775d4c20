import Conformance

/// The cases of a run by RFC and section, in the suite's order, and what came of them so far.
///
/// Cases end in any order; a section is given out once, when it and every section before it are complete.
struct Outline {
  /// One section and its results.
  struct Section {
    let rfc: Int
    let number: String
    let title: String
    /// The places of its cases in the run's order.
    fileprivate(set) var places: [Int] = []
    /// By case id.
    fileprivate(set) var results: [String: CaseResult] = [:]

    /// Whether every case has ended.
    var isComplete: Bool { results.count == places.count }
  }

  private let cases: [Case]
  private var sections: [Section] = []
  private var sectionOfCase: [String: Int] = [:]
  /// The next section to give out.
  private var next = 0

  init(cases: [Case]) {
    self.cases = cases
    var places: [String: Int] = [:]
    for (place, testCase) in cases.enumerated() {
      let name = "\(testCase.rfc) \(testCase.section)"
      let section = places[name] ?? sections.count
      if section == sections.count {
        places[name] = section
        sections.append(Section(rfc: testCase.rfc, number: testCase.section, title: testCase.sectionTitle))
      }
      sections[section].places.append(place)
      sectionOfCase[testCase.id] = section
    }
  }

  /// Files a result; one of a case that was not chosen is dropped.
  mutating func add(_ result: CaseResult) {
    guard let section = sectionOfCase[result.testCase.id] else { return }
    sections[section].results[result.testCase.id] = result
  }

  /// The sections that have become complete, in order, each once; at the end of a run the others as well.
  mutating func ready(atEnd: Bool) -> [Section] {
    let start = next
    while next < sections.count, atEnd || sections[next].isComplete { next += 1 }
    return Array(sections[start..<next])
  }

  /// The results of a section in the suite's order.
  func results(of section: Section) -> [CaseResult] {
    section.places.compactMap { section.results[cases[$0].id] }
  }

  /// Every result so far, in the suite's order.
  var results: [CaseResult] {
    cases.compactMap { testCase in sectionOfCase[testCase.id].flatMap { sections[$0].results[testCase.id] } }
  }

  /// How wide the number of a section gets.
  var numberColumns: Int { sections.map(\.number.count).max() ?? 0 }
  /// How wide the title of a section gets.
  var titleColumns: Int { sections.map { Visible.columns(Visible.line($0.title)) }.max() ?? 0 }
}
