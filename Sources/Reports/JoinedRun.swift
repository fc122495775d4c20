package import Conformance

/// Why reports cannot be joined, in plain words.
package struct JoinError: Error, Equatable {
  /// Which, why, and what to do.
  package let message: String
}

/// One run of the reports of its parts.
package struct JoinedRun {
  /// A report and the file that it was read from.
  package typealias Part = (file: String, run: RunRecord)

  private let parts: [Part]
  private let first: Part

  /// Puts parts beside each other.
  ///
  /// - Parameter parts: The reports, in any order.
  /// - Throws: ``JoinError`` where they are not of one run: other specs, another role, one case twice.
  package init(_ parts: [Part]) throws(JoinError) {
    guard let first = parts.first else { throw JoinError(message: "there is no report to join") }
    self.parts = parts.sorted { ($0.run.facts?.shard?.index ?? 0, $0.file) < ($1.run.facts?.shard?.index ?? 0, $1.file) }
    self.first = self.parts.first ?? first
    try refuseStrangers()
    try refuseTwins()
  }

  private func refuseStrangers() throws(JoinError) {
    let role = parts.lazy.compactMap(\.run.facts?.role.rawValue).first
    let count = parts.lazy.compactMap(\.run.facts?.shard?.count).first
    for (file, run) in parts {
      let differences: [(String, String?, String?)] = [
        ("specs", first.run.head.specs, run.head.specs), ("version of smtpspec", first.run.head.version, run.head.version),
        ("--strict", first.run.head.strict.rawValue, run.head.strict.rawValue), ("role", role, run.facts?.role.rawValue ?? role),
        ("number of parts", count.map(String.init), run.facts.map { ($0.shard?.count).map(String.init) } ?? count.map(String.init)),
      ]
      for (what, one, other) in differences where one != other {
        throw JoinError(
          message: "\(Visible.line(file)) has another \(what) than \(Visible.line(first.file)): "
            + "'\(Visible.line(other ?? "none"))' and '\(Visible.line(one ?? "none"))'; join reports of one run")
      }
    }
  }

  private func refuseTwins() throws(JoinError) {
    var shards: [Int: String] = [:]
    for (file, run) in parts {
      guard let index = run.facts?.shard?.index else { continue }
      if let other = shards.updateValue(file, forKey: index) {
        throw JoinError(message: "\(Visible.line(file)) and \(Visible.line(other)) are both part \(index)")
      }
    }
    var files: [String: String] = [:]
    for (file, run) in parts {
      for id in run.results.map(\.facts.id) {
        if let other = files.updateValue(file, forKey: id) {
          throw JoinError(message: "'\(Visible.line(id))' is in \(Visible.line(other)) and in \(Visible.line(file)): a case runs once")
        }
      }
    }
  }

  /// The parts that are missing, by number.
  package var missing: [Int] {
    guard let count = parts.lazy.compactMap(\.run.facts?.shard?.count).first else { return [] }
    let there = Set(parts.compactMap(\.run.facts?.shard?.index))
    return (1...count).filter { !there.contains($0) }
  }

  /// The whole run.
  ///
  /// - Parameters:
  ///   - suite: The cases of the suite, by which waivers that name none are known; `nil` takes those of the reports for all.
  ///   - minimum: The fewest cases that must be verified.
  /// - Returns: A run whose waivers are judged by all its cases, and which is conforming only where no part is missing.
  package func run(suite: [Case]?, minimum: Int? = nil) -> RunRecord {
    var whole = RunRecord(head: first.run.head)
    whole.head.started = parts.map(\.run.head.started).filter { !$0.isEmpty }.min() ?? ""
    whole.titles = parts.reduce(into: [:]) { $0.merge($1.run.titles) { first, _ in first } }
    whole.facts = facts
    var options = RunOptions()
    options.strict = whole.head.strict
    options.minimum = minimum
    let records = parts.flatMap(\.run.results)
    let slow = Set((suite ?? []).filter(\.needs.slow).map(\.id))
    var tally = Tally(
      options: options, waivers: whole.facts?.waivers ?? [], cases: whole.facts?.cases ?? records.count,
      decidable: records.filter { $0.verdict.kind != .notApplicable || !slow.contains($0.facts.id) }.map(\.facts.id),
      suite: suite?.map(\.id) ?? records.map(\.facts.id))
    for record in records {
      var record = record
      record.verdict = tally.add(record.facts.id, level: record.facts.level, record.verdict)
      whole.add(.caseFinished(record))
    }
    for (file, run) in parts {
      for note in run.notes { whole.notes.append("\(name(of: run, file)): \(note)") }
    }
    tally.isPartial = !missing.isEmpty || parts.contains { $0.run.summary?.isPartial != false }
    whole.summary = tally.summary(after: parts.compactMap(\.run.summary?.duration).max() ?? .zero, outcome: outcome)
    return whole
  }

  /// What is known of the target, of all parts together.
  private var facts: RunFacts? {
    guard let facts = parts.lazy.compactMap(\.run.facts).first else { return nil }
    var targets: [String] = []
    var waivers: [TargetConfiguration.Waiver] = []
    for other in parts.compactMap(\.run.facts) {
      if !targets.contains(other.target) { targets.append(other.target) }
      for waiver in other.waivers where !waivers.contains(waiver) { waivers.append(waiver) }
    }
    return RunFacts(
      target: targets.joined(separator: ", "), role: facts.role, greeting: facts.greeting, extensions: facts.extensions,
      cases: parts.reduce(0) { $0 + ($1.run.facts?.cases ?? 0) }, seed: facts.seed, waivers: waivers)
  }

  /// What the run comes to where its verdicts do not decide that.
  private var outcome: Summary.Outcome? {
    for (file, run) in parts {
      if case .serverDied(let how) = run.summary?.outcome { return .serverDied("\(name(of: run, file)): \(how)") }
    }
    let failed = parts.contains { part in
      switch part.run.summary?.outcome {
      case .violations, .staleWaivers: true
      default: false
      }
    }
    guard !failed else { return nil }
    if !missing.isEmpty {
      let names = missing.prefix(10).map(String.init).joined(separator: ", ") + (missing.count > 10 ? ", …" : "")
      return .nothingVerified("the report of part \(names) is missing")
    }
    for (file, run) in parts {
      if run.summary == nil { return .nothingVerified("\(name(of: run, file)): the report ends before the run does") }
      if run.facts == nil, case .nothingVerified(let why) = run.summary?.outcome {
        return .nothingVerified("\(name(of: run, file)): \(why)")
      }
    }
    return nil
  }

  private func name(of run: RunRecord, _ file: String) -> String {
    run.facts?.shard.map { "part \($0)" } ?? file
  }
}

extension RunRecord {
  /// The lines of its events, as `docs/events.md` describes them.
  package var lines: [String] {
    var events: [EventRecord] = []
    if let facts { events.append(.runStarted(facts, titles: titles)) }
    events += results.map { .caseFinished($0) }
    events += notes.map { .note($0) }
    if let summary { events.append(.runFinished(summary)) }
    return events.enumerated().map { $0.element.line(head: $0.offset == 0 ? head : nil) }
  }
}
