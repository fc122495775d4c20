import Conformance
package import Reports

/// What a run says of a server build: an in-toto statement with a test result.
///
/// - SeeAlso: The in-toto attestation framework, `spec/v1/statement.md` and `spec/predicates/test-result.md`.
package struct Statement: Sendable, Equatable {
  /// The type of every in-toto statement of version 1.
  package static let type = "https://in-toto.io/Statement/v1"
  /// The type of what it says.
  package static let predicateType = "https://in-toto.io/attestation/test-result/v0.1"

  /// The builds that were tested.
  package let subjects: [Subject]
  /// What the run came to.
  package let result: Result
  /// What was tested with, each by its digest.
  package let configuration: [Resource]
  /// Where the run can be seen.
  package let url: String?
  /// The cases that are satisfied, or took a latitude that the RFCs leave.
  package let passed: [String]
  /// The cases that are waived, violated below the level that fails the run, or could not be decided.
  package let warned: [String]
  /// The cases whose violation fails the run.
  package let failed: [String]

  /// What a run came to.
  package enum Result: String, Sendable, CaseIterable {
    case passed = "PASSED"
    case warned = "WARNED"
    case failed = "FAILED"
  }

  /// Something that was tested with.
  package struct Resource: Sendable, Equatable {
    /// What it is.
    package let name: String
    /// Its SHA-256, 64 hexadecimal digits.
    package let digest: String
    /// What else is known of it.
    package let annotations: JSON?

    /// A resource of this name and digest.
    package init(name: String, digest: String, annotations: JSON? = nil) {
      self.name = name
      self.digest = digest
      self.annotations = annotations
    }
  }

  /// What a run says of builds.
  ///
  /// - Parameters:
  ///   - run: A run with a summary.
  ///   - subjects: The builds; at least one.
  ///   - configuration: What was tested with.
  ///   - url: Where the run can be seen.
  package init(_ run: RunRecord, subjects: [Subject], configuration: [Resource], url: String? = nil) {
    let records = run.inReadingOrder
    func ids(_ isWanted: (CaseRecord) -> Bool) -> [String] { records.filter(isWanted).map(\.facts.id) }
    self.subjects = subjects
    self.configuration = configuration
    self.url = url
    failed = ids { $0.fails(strict: run.head.strict) }
    passed = ids { [.satisfied, .latitude].contains($0.verdict.kind) }
    warned = ids { [.waived, .inconclusive, .violated].contains($0.verdict.kind) && !$0.fails(strict: run.head.strict) }
    result = failed.isEmpty ? (warned.isEmpty ? .passed : .warned) : .failed
  }

  private init(
    subjects: [Subject], result: Result, configuration: [Resource], url: String?, passed: [String], warned: [String], failed: [String]
  ) {
    self.subjects = subjects
    self.result = result
    self.configuration = configuration
    self.url = url
    self.passed = passed
    self.warned = warned
    self.failed = failed
  }

  /// The resource of that name.
  package func resource(_ name: String) -> Resource? {
    configuration.first { $0.name == name }
  }
}

extension Statement {
  /// The statement as JSON.
  package var json: JSON {
    let names = { (ids: [String]) in JSON.array(ids.map { .string($0) }) }
    return .object([
      "_type": .string(Self.type),
      "subject": .array(subjects.map { .object(["name": .string($0.name), "digest": Self.digest($0.digest)]) }),
      "predicateType": .string(Self.predicateType),
      "predicate": .object([
        "result": .string(result.rawValue),
        "configuration": .array(
          configuration.map {
            .object(["name": .string($0.name), "digest": Self.digest($0.digest), "annotations": $0.annotations])
          }),
        "url": url.map { .string($0) },
        "passedTests": names(passed),
        "warnedTests": names(warned),
        "failedTests": names(failed),
      ]),
    ])
  }

  private static func digest(_ text: String) -> JSON {
    .object(["sha256": .string(text)])
  }

  /// Reads the statement in an envelope, whose signature somebody else checks.
  ///
  /// - Parameter envelope: An envelope.
  /// - Throws: ``StatementError`` where it holds something else, or says what cannot be.
  package init(_ envelope: Envelope) throws(StatementError) {
    guard envelope.payloadType == Envelope.statementType else {
      throw StatementError("it holds '\(Visible.line(envelope.payloadType, limit: 100))', not an in-toto statement")
    }
    let value: JSON
    do throws(JSONSyntaxError) {
      value = try JSON.parse(envelope.payload.span)
    } catch {
      throw StatementError("its statement is no JSON from octet \(error.offset + 1) on")
    }
    try Self.expect(Self.type, value["_type"], "statement")
    try Self.expect(Self.predicateType, value["predicateType"], "predicate")
    guard let subjects = value["subject"]?.array, !subjects.isEmpty else { throw StatementError("it is about nothing: it has no subject") }
    guard let predicate = value["predicate"], let word = predicate["result"]?.string, let result = Result(rawValue: word) else {
      throw StatementError("it has no result: PASSED, WARNED or FAILED")
    }
    guard let configuration = predicate["configuration"]?.array else { throw StatementError("it does not say what was tested with") }
    var read: [Subject] = []
    for subject in subjects {
      guard let digest = subject["digest"]?["sha256"]?.string else { throw StatementError("a subject of it has no SHA-256") }
      read.append(Subject(name: subject["name"]?.string ?? "", digest: digest))
    }
    self.init(
      subjects: read, result: result,
      configuration: configuration.map {
        Resource(name: $0["name"]?.string ?? "", digest: $0["digest"]?["sha256"]?.string ?? "", annotations: $0["annotations"])
      },
      url: predicate["url"]?.string, passed: try Self.names(predicate, "passedTests"), warned: try Self.names(predicate, "warnedTests"),
      failed: try Self.names(predicate, "failedTests"))
    guard failed.isEmpty == (result != .failed), result != .passed || warned.isEmpty else {
      throw StatementError(
        "it contradicts itself: the result is \(result.rawValue), with \(failed.count) failed and \(warned.count) warned")
    }
  }

  private static func expect(_ type: String, _ value: JSON?, _ what: String) throws(StatementError) {
    guard value?.string == type else {
      throw StatementError("its \(what) is of the type '\(Visible.line(value?.string ?? "none", limit: 100))', not \(type)")
    }
  }

  private static func names(_ predicate: JSON, _ key: String) throws(StatementError) -> [String] {
    guard let value = predicate[key] else { return [] }
    guard let list = value.array, list.allSatisfy({ $0.string != nil }) else { throw StatementError("'\(key)' is no list of names") }
    return list.compactMap(\.string)
  }
}
