/// What an oracle has against a server, before it is confirmed.
package struct Suspicion: Sendable, Equatable {
  /// The oracle's name.
  package var oracle: String
  /// What suspicions with one cause have in common; with the oracle's name in front it is the finding's bucket.
  package var key: String
  /// One line.
  package var summary: String
  /// What decides.
  package var clause: String
  /// How bad it is where it is true.
  package var severity: Finding.Severity
  /// How sure it is once it was seen again.
  package var confidence: Finding.Confidence
  /// What the clause has happen.
  package var expected: String
  /// What happened.
  package var observed: String
  /// Whether the server is dead.
  package var isDeath = false
  /// How a case of `specs/` shows the same, where a requirement of the register decides.
  package var rule: Breach?

  /// A suspicion with what every one has.
  package init(
    _ oracle: String, _ key: String, summary: String, clause: String, severity: Finding.Severity,
    confidence: Finding.Confidence = .firm, expected: String, observed: String
  ) {
    self.oracle = oracle
    self.key = key
    self.summary = summary
    self.clause = clause
    self.severity = severity
    self.confidence = confidence
    self.expected = expected
    self.observed = observed
  }

  /// The finding's bucket.
  package var bucket: String { oracle + ": " + key }
}
