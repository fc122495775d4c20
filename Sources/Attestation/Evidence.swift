package import Conformance
package import Reports

/// Watches a run for a statement: its results, and the digest of its events.
package struct Evidence: Report {
  private var events: JSONLinesReport
  private let context: ReportContext
  private let output = DigestOutput()
  /// The run so far, without its conversations.
  package private(set) var run: RunRecord

  /// Evidence of a run that has not begun.
  ///
  /// - Parameter context: What is known of the run.
  package init(context: ReportContext) {
    self.context = context
    events = JSONLinesReport(to: output, context: context)
    run = RunRecord(head: context.head)
  }

  /// Takes the next event.
  ///
  /// - Parameter event: What happened.
  /// - Throws: Nothing: it writes nowhere.
  package mutating func receive(_ event: Event) throws(OutputError) {
    try events.receive(event)
    var record = EventRecord(event, context: context)
    if case .caseFinished(var result) = record {
      result.transcript = []
      record = .caseFinished(result)
    }
    run.add(record)
  }

  /// What is known of the run, under the digest of its events: the SHA-256 of the file that `--json=FILE` writes.
  ///
  /// - Returns: `nil` where OpenSSL computes no SHA-256, or the run told of no target.
  package func resource() -> Statement.Resource? {
    guard let digest = output.digest.hexadecimal(), let facts = run.facts, let summary = run.summary else { return nil }
    let counts = Verdict.Kind.ordered.map { JSON.Member(key: $0.rawValue, value: .int(summary.counts[$0] ?? 0)) }
    let violations = Level.allCases.reversed().map { JSON.Member(key: $0.rawValue, value: .int(summary.violations[$0] ?? 0)) }
    return Statement.Resource(
      name: Statement.eventsName, digest: digest,
      annotations: .object([
        "started": .string(run.head.started),
        "target": .string(facts.target),
        "greeting": .string(facts.greeting),
        "extensions": .array(facts.extensions.map { .string($0) }),
        "seed": .string(String(facts.seed)),
        "strict": .string(run.head.strict.rawValue),
        "counts": .object(counts),
        "violations": .object(violations),
        "notApplicable": .object(notApplicable.map { JSON.Member(key: $0.key, value: .int($0.value)) }),
        "waivers": .array(facts.waivers.map(\.object)),
        "milliseconds": .milliseconds(summary.duration),
      ]))
  }

  /// Why cases were not applicable, and how many for each reason: what the statement says nothing about.
  private var notApplicable: [(key: String, value: Int)] {
    var reasons: [String: Int] = [:]
    for record in run.results {
      if case .notApplicable(let reason) = record.verdict { reasons[Visible.line(reason, limit: 200), default: 0] += 1 }
    }
    return reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  }
}

extension Statement {
  /// The resource that tells of the run.
  package static let eventsName = "events.jsonl"
  /// The resource that tells of the specs.
  package static let specsName = "specs"
  /// The resource that tells of the tool.
  package static let toolName = "smtpspec"
}

/// An output that keeps the digest of what was written, and nothing else.
private final class DigestOutput: TextOutput {
  let digest = RunningDigest()

  func write(_ text: String) {
    digest.add(Array(text.utf8))
  }
}
