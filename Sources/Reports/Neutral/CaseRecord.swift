package import Conformance
import Wire

/// What came of one case, as every form of report tells it: a ``CaseResult`` without the case's inner parts.
package struct CaseRecord: Sendable, Equatable {
  /// The case.
  package var facts: CaseFacts
  /// What came of it.
  package var verdict: Verdict
  /// The time of the last attempt, to the microsecond.
  package var duration: Duration
  /// How many attempts there were.
  package var attempts: Int
  /// What is worth noting.
  package var notes: [String]
  /// The command that runs it again; not for a case that is satisfied or not applicable.
  package var again: String?
  /// The conversation, unless the case is satisfied.
  package var transcript: [TranscriptEntry]

  /// A record of a result.
  ///
  /// - Parameters:
  ///   - result: What the run tells.
  ///   - context: What is known of the run.
  package init(_ result: CaseResult, context: ReportContext) {
    facts = CaseFacts(result.testCase, register: context.register)
    verdict = result.verdict
    duration = result.duration
    attempts = result.attempts
    notes = result.notes
    switch result.verdict.kind {
    case .satisfied, .notApplicable: again = nil
    case .violated, .waived, .latitude, .inconclusive: again = context.command(result.testCase.id)
    }
    transcript = result.verdict.kind == .satisfied ? [] : result.transcript
  }

  /// Whether this is a violation that fails a run.
  ///
  /// - Parameter strict: The lowest level whose violation fails it.
  /// - Returns: False for a waived violation, too.
  package func fails(strict: Level) -> Bool {
    verdict.fails(level: facts.level, strict: strict)
  }
}

// MARK: - As JSON

extension CaseRecord {
  /// The record that an object's members tell.
  ///
  /// - Throws: ``FieldError`` where one is missing or is no such value.
  init(_ fields: Fields) throws(FieldError) {
    facts = try CaseFacts(fields)
    verdict = try Self.verdict(fields)
    duration = try fields.duration("milliseconds")
    attempts = try fields.int("attempts")
    notes = try fields.strings("notes")
    again = fields.optional("again")?.string
    transcript = []
    guard let entries = fields.optional("transcript") else { return }
    guard let entries = entries.array else { throw FieldError(message: "'transcript' is no list") }
    transcript.reserveCapacity(entries.count)
    for entry in entries { transcript.append(try Self.entry(entry)) }
  }

  private static func verdict(_ fields: Fields) throws(FieldError) -> Verdict {
    let kind: Verdict.Kind = try fields.word("verdict")
    switch kind {
    case .satisfied: return .satisfied
    case .violated: return .violated(try violation(fields))
    case .latitude: return .latitude(try fields.string("reason"))
    case .inconclusive: return .inconclusive(try fields.string("reason"))
    case .notApplicable: return .notApplicable(try fields.string("reason"))
    case .waived: return .waived(reason: try fields.string("reason"), try violation(fields))
    }
  }

  private static func violation(_ fields: Fields) throws(FieldError) -> Violation {
    guard let value = fields.optional("violation") else { throw FieldError(message: "'violation' is missing") }
    let fields = try Fields(value, what: "'violation'")
    return Violation(step: try fields.int("step"), expected: try fields.string("expected"), observed: try fields.string("observed"))
  }

  private static func entry(_ value: JSON) throws(FieldError) -> TranscriptEntry {
    let fields = try Fields(value, what: "an entry of 'transcript'")
    let at = try fields.duration("at")
    let connection = try fields.string("connection")
    if let text = fields.optional("event")?.string {
      return TranscriptEntry(at: at, direction: .event, octets: Array(text.utf8), connection: connection)
    }
    let direction: TranscriptEntry.Direction = fields.optional("sent") == nil ? .received : .sent
    guard let octets = Escaped.octets(of: try fields.string(direction.rawValue)) else {
      throw FieldError(message: "'\(direction.rawValue)' in 'transcript' is not written as the specs write octets")
    }
    return TranscriptEntry(at: at, direction: direction, octets: octets, connection: connection)
  }

  /// Its members, in order.
  var members: [JSON.Member] {
    let outcome: KeyValuePairs<String, JSON?> = [
      "verdict": .string(verdict.kind.rawValue),
      "reason": reason.map { .string($0) },
      "violation": verdict.violation.map { violation in
        .object(["step": .int(violation.step), "expected": .string(violation.expected), "observed": .string(violation.observed)])
      },
      "milliseconds": .milliseconds(duration),
      "attempts": .int(attempts),
      "notes": notes.isEmpty ? nil : .array(notes.map { .string($0) }),
      "again": again.map { .string($0) },
      "transcript": transcript.isEmpty ? nil : .array(transcript.map(Self.object)),
    ]
    return facts.members + (JSON.object(outcome).members ?? [])
  }

  private var reason: String? {
    switch verdict {
    case .satisfied, .violated: nil
    case .latitude(let words), .inconclusive(let words), .notApplicable(let words): words
    case .waived(let reason, _): reason
    }
  }

  private static func object(_ entry: TranscriptEntry) -> JSON {
    let text = entry.direction == .event ? String(decoding: entry.octets, as: UTF8.self) : Escaped.show(entry.octets)
    return .object([
      "at": .milliseconds(entry.at),
      "connection": .string(entry.connection),
      entry.direction.rawValue: .string(text),
    ])
  }
}
