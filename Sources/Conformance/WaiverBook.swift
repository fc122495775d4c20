import Wire

/// Holds violations against the waivers, and tells which waivers are out of date.
struct WaiverBook {
  private var entries: [Entry]
  private let suite: [String]
  private let chosen: Set<String>
  private let today: Day?

  /// What a waiver has met so far.
  private struct Entry {
    let waiver: TargetConfiguration.Waiver
    let isPast: Bool
    /// The cases of the suite that it names.
    let named: Set<String>
    var verdicts: [Verdict.Kind: Int] = [:]
    var waived = 0
    /// The first violation that it names and does not waive.
    var stray: (id: String, observed: String)?
  }

  /// What the waivers say of a violation.
  enum Ruling: Equatable {
    /// None names it.
    case unknown
    /// It is known, and why it is accepted.
    case waived(String)
    /// Those that name it are past, or tell of another observation.
    case disputed
  }

  /// A book in which nothing stands yet.
  ///
  /// - Parameters:
  ///   - waivers: What is known.
  ///   - suite: The ids of every case there is, chosen or not.
  ///   - chosen: The ids of the cases of this run that can be judged in it.
  ///   - today: The day on which waivers must hold; `nil` takes all for holding.
  init(_ waivers: [TargetConfiguration.Waiver], suite: [String], chosen: some Sequence<String>, today: Day?) {
    self.suite = suite
    self.chosen = Set(chosen)
    self.today = today
    entries = waivers.map { waiver in
      let glob = Glob(waiver.cases)
      let until = waiver.until.flatMap { Day($0) }
      return Entry(
        waiver: waiver, isPast: until.flatMap { until in today.map { until < $0 } } ?? false,
        named: Set(suite.filter { glob.matches($0) || glob.matchesFolder(of: $0) }))
    }
  }

  /// Takes a verdict in, and rules on it where it is a violation, waived before or not.
  mutating func take(_ id: String, _ verdict: Verdict) -> Ruling {
    let naming = entries.indices.filter { entries[$0].named.contains(id) }
    for place in naming { entries[place].verdicts[verdict.kind, default: 0] += 1 }
    guard let violation = verdict.violation, !naming.isEmpty else { return .unknown }
    let waiving = naming.filter { place in
      !entries[place].isPast && (entries[place].waiver.observed.map { violation.observed.contains($0) } ?? true)
    }
    guard let first = waiving.first else {
      for place in naming where entries[place].stray == nil { entries[place].stray = (id, violation.observed) }
      return .disputed
    }
    for place in waiving { entries[place].waived += 1 }
    return .waived(entries[first].waiver.grounds)
  }

  /// One message for each waiver that is out of date: where it stands, why, and what to do.
  ///
  /// A waiver is judged by the cases of this run. It is out of date where it names no case of the suite at all, where its day has
  /// passed, where a violation that it names looks different, and where every case that it names was decided and none is violated,
  /// unless it says that the violation comes only sometimes.
  var stale: [String] {
    entries.compactMap { entry in
      guard let why = fault(of: entry) else { return nil }
      return (entry.waiver.place.map { "\($0): " } ?? "") + "the waiver for '\(entry.waiver.cases)' " + why
    }
  }

  private func fault(of entry: Entry) -> String? {
    guard !entry.named.isEmpty else {
      let hint = nearest(entry.waiver.cases, in: suite).map { "; did you mean '\($0)'?" } ?? ": correct it, or remove it"
      return "names no case of the suite\(hint)"
    }
    guard !entry.named.isDisjoint(with: chosen) else { return nil }
    if entry.isPast {
      let violated = entry.stray.map { "'\($0.id)' is still violated: mend the server, or set another day" }
      return "held until \(entry.waiver.until ?? ""); \(violated ?? "remove it, or set another day")"
    }
    if let stray = entry.stray {
      let known = entry.waiver.observed ?? ""
      return "knows the observation '\(known)', but '\(stray.id)' observed '\(stray.observed)': "
        + "mend the server, or change 'observed' to what may stay"
    }
    guard entry.waived == 0, !entry.waiver.isSometimes, entry.named.isSubset(of: chosen), entry.verdicts[.inconclusive] == nil,
      entry.verdicts.values.reduce(0, +) == entry.named.count
    else { return nil }
    let counts = Verdict.Kind.allCases.compactMap { kind in entry.verdicts[kind].map { "\($0) \(kind.words)" } }
    return "matches no violation any more (\(counts.joined(separator: ", "))): remove it"
  }
}

extension Verdict.Kind {
  /// The kind as people write it.
  fileprivate var words: String {
    self == .notApplicable ? "not applicable" : rawValue
  }
}
