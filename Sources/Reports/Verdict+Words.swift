package import Conformance

extension Verdict {
  /// Whether this is a violation that fails the run, given the level it is at.
  func fails(level: Level, strict: Level) -> Bool {
    kind == .violated && level >= strict
  }

  /// Why it is so, in a few visible words; empty for a satisfied case.
  var reason: String {
    switch self {
    case .satisfied: ""
    case .violated(let violation): Visible.line("expected \(violation.expected), observed \(violation.observed)", limit: 400)
    case .latitude(let words), .inconclusive(let words), .notApplicable(let words): Visible.line(words, limit: 400)
    case .waived(let reason, _): Visible.line("waived: \(reason)", limit: 400)
    }
  }
}

extension Verdict.Kind {
  /// The mark before a case.
  var mark: String {
    switch self {
    case .satisfied: "✓"
    case .violated: "✗"
    case .latitude: "≈"
    case .inconclusive: "?"
    case .notApplicable: "–"
    case .waived: "○"
    }
  }

  /// The verdict in a sentence.
  var words: String {
    switch self {
    case .satisfied, .violated, .latitude, .inconclusive, .waived: rawValue
    case .notApplicable: "not applicable"
    }
  }

  /// The order of a summary: what a reader looks for first stands where the eye begins.
  package static let ordered: [Verdict.Kind] = [.satisfied, .violated, .waived, .latitude, .inconclusive, .notApplicable]
}

extension Style {
  /// The mark of a case in its colour.
  func mark(_ kind: Verdict.Kind, fails: Bool) -> String {
    switch kind {
    case .satisfied: self(kind.mark, .good)
    case .violated: self(kind.mark, fails ? .bad : .doubtful)
    case .inconclusive, .latitude: self(kind.mark, .doubtful)
    case .notApplicable, .waived: self(kind.mark, .faint)
    }
  }
}
