package import Conformance

/// One line of the neutral report: an ``Event`` as it is written and read.
package enum EventRecord: Sendable, Equatable {
  /// The target answered; the titles are those of the RFCs that the cases cite, by number.
  case runStarted(RunFacts, titles: [Int: String])
  /// A case begins; its id.
  case caseStarted(String)
  /// A case is judged.
  case caseFinished(CaseRecord)
  /// Something worth a line.
  case note(String)
  /// The run is over, or was stopped.
  case runFinished(Summary)
  /// An event of a later version.
  case unknown(String)

  /// The record of an event.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - context: What is known of the run.
  package init(_ event: Event, context: ReportContext) {
    switch event {
    case .runStarted(let facts):
      let rfcs = Set(context.cases.map(\.rfc))
      self = .runStarted(facts, titles: context.register.titles.filter { rfcs.contains($0.key) })
    case .caseStarted(let id): self = .caseStarted(id)
    case .caseFinished(let result): self = .caseFinished(CaseRecord(result, context: context))
    case .note(let words): self = .note(words)
    case .runFinished(let summary): self = .runFinished(summary)
    }
  }

  /// The record that a line's members tell.
  ///
  /// - Throws: ``FieldError`` where one is missing or is no such value.
  init(_ fields: Fields) throws(FieldError) {
    switch try fields.string("event") {
    case "run-started": self = .runStarted(try RunFacts(fields), titles: Self.titles(fields))
    case "case-started": self = .caseStarted(try fields.string("case"))
    case "case-finished": self = .caseFinished(try CaseRecord(fields))
    case "note": self = .note(try fields.string("text"))
    case "run-finished": self = .runFinished(try Summary(fields))
    case let other: self = .unknown(other)
    }
  }

  /// The line that tells it, with its line feed.
  ///
  /// - Parameter head: What the first line of a report says beside its event; `nil` for every other line.
  /// - Returns: One JSON object in ASCII.
  package func line(head: RunHead? = nil) -> String {
    JSON.object((head?.members ?? []) + members).line() + "\n"
  }

  private var members: [JSON.Member] {
    switch self {
    case .runStarted(let facts, let titles): Self.named("run-started", facts.members(titles: titles))
    case .caseStarted(let id): Self.named("case-started", [.init(key: "case", value: .string(id))])
    case .caseFinished(let record): Self.named("case-finished", record.members)
    case .note(let words): Self.named("note", [.init(key: "text", value: .string(words))])
    case .runFinished(let summary): Self.named("run-finished", summary.members)
    case .unknown(let name): Self.named(name, [])
    }
  }

  private static func named(_ name: String, _ members: [JSON.Member]) -> [JSON.Member] {
    [JSON.Member(key: "event", value: .string(name))] + members
  }

  private static func titles(_ fields: Fields) -> [Int: String] {
    let members = fields.optional("titles")?.members ?? []
    let pairs = members.compactMap { member in Int(member.key).flatMap { rfc in member.value.string.map { (rfc, $0) } } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

extension RunFacts {
  fileprivate init(_ fields: Fields) throws(FieldError) {
    guard let seed = UInt64(try fields.string("seed")) else { throw FieldError(message: "'seed' is no number") }
    self.init(
      target: try fields.string("target"),
      role: try fields.word("role"),
      greeting: try fields.string("greeting"),
      extensions: try fields.strings("extensions"),
      cases: try fields.int("cases"),
      seed: seed,
      shard: try Self.shard(fields),
      waivers: try Self.waivers(fields)
    )
  }

  private static func waivers(_ fields: Fields) throws(FieldError) -> [TargetConfiguration.Waiver] {
    guard let value = fields.optional("waivers") else { return [] }
    guard let entries = value.array else { throw FieldError(message: "'waivers' is no list") }
    var waivers: [TargetConfiguration.Waiver] = []
    for entry in entries { waivers.append(try TargetConfiguration.Waiver(try Fields(entry, what: "an entry of 'waivers'"))) }
    return waivers
  }

  private static func shard(_ fields: Fields) throws(FieldError) -> Shard? {
    guard let value = fields.optional("shard") else { return nil }
    let fields = try Fields(value, what: "'shard'")
    guard let shard = Shard(index: try fields.int("index"), count: try fields.int("count")) else {
      throw FieldError(message: "'shard' is no part of a run")
    }
    return shard
  }

  fileprivate func members(titles: [Int: String]) -> [JSON.Member] {
    let known = titles.sorted { $0.key < $1.key }.map { JSON.Member(key: String($0.key), value: .string($0.value)) }
    let values: KeyValuePairs<String, JSON?> = [
      "target": .string(target),
      "role": .string(role.rawValue),
      "greeting": .string(greeting),
      "extensions": .array(extensions.map { .string($0) }),
      "cases": .int(cases),
      // A seed may need all of 64 bits, which many readers' numbers do not have.
      "seed": .string(String(seed)),
      "waivers": waivers.isEmpty ? nil : .array(waivers.map(\.object)),
      "shard": shard.map { .object(["index": .int($0.index), "count": .int($0.count)]) },
      "titles": known.isEmpty ? nil : .object(known),
    ]
    return JSON.object(values).members ?? []
  }
}

extension Summary {
  fileprivate init(_ fields: Fields) throws(FieldError) {
    self.init()
    outcome = try Self.outcome(fields)
    counts = try Self.counts(fields, "counts")
    violations = try Self.counts(fields, "violations")
    staleWaivers = try fields.strings("staleWaivers")
    notRun = try fields.int("notRun")
    isPartial = try fields.bool("isPartial")
    duration = try fields.duration("milliseconds")
  }

  private static func outcome(_ fields: Fields) throws(FieldError) -> Outcome {
    switch try fields.string("outcome") {
    case "conforming": return .conforming
    case "violations": return .violations
    case "nothing-verified": return .nothingVerified(try fields.string("detail"))
    case "stale-waivers": return .staleWaivers(try fields.strings("detail"))
    case "server-died": return .serverDied(try fields.string("detail"))
    case let other: throw FieldError(message: "'outcome' is '\(Visible.line(other, limit: 40))', which this smtpspec does not know")
    }
  }

  /// Counts by the words of a closed set, without those that are zero; words of a later version are passed over.
  private static func counts<Word: RawRepresentable & Hashable>(_ fields: Fields, _ key: String) throws(FieldError) -> [Word: Int]
  where Word.RawValue == String {
    guard let value = fields.optional(key) else { throw FieldError(message: "'\(key)' is missing") }
    guard let members = value.members else { throw FieldError(message: "'\(key)' is no object") }
    var counts: [Word: Int] = [:]
    for member in members {
      guard let count = member.value.int, count >= 0 else { throw FieldError(message: "'\(key)' holds something else than counts") }
      if let word = Word(rawValue: member.key), count > 0 { counts[word] = count }
    }
    return counts
  }

  fileprivate var members: [JSON.Member] {
    let (name, detail): (String, JSON?) =
      switch outcome {
      case .conforming: ("conforming", nil)
      case .violations: ("violations", nil)
      case .nothingVerified(let why): ("nothing-verified", .string(why))
      case .staleWaivers(let waivers): ("stale-waivers", .array(waivers.map { .string($0) }))
      case .serverDied(let how): ("server-died", .string(how))
      }
    let values: KeyValuePairs<String, JSON?> = [
      "outcome": .string(name),
      "detail": detail,
      "exitStatus": .int(Int(exitStatus)),
      "counts": .object(Verdict.Kind.ordered.map { JSON.Member(key: $0.rawValue, value: .int(counts[$0] ?? 0)) }),
      "violations": .object(Level.allCases.reversed().map { JSON.Member(key: $0.rawValue, value: .int(violations[$0] ?? 0)) }),
      "notRun": .int(notRun),
      "isPartial": .bool(isPartial),
      "staleWaivers": staleWaivers.isEmpty ? nil : .array(staleWaivers.map { .string($0) }),
      "milliseconds": .milliseconds(duration),
    ]
    return JSON.object(values).members ?? []
  }
}
