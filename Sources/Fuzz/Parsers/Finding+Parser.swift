import Wire

extension Finding {
  /// What does not hold of a parser, as every campaign records its findings.
  ///
  /// - Parameters:
  ///   - find: What was found.
  ///   - parser: Whose parser it is, as a person wrote it.
  ///   - seed: The campaign's seed.
  ///   - command: What to type to try an input again, but for the kind and the file.
  package init(_ find: ParserCampaign.Find, of parser: String, seed: UInt64, command: String) {
    let rule = find.fault.rule
    let clause =
      switch ParserKind(rawValue: find.target) {
      case .reply: "RFC 5321 §4.2"
      case .command: "RFC 5321 §4.1.1"
      case .commandUTF8: "RFC 6531 §3.3"
      case .mailData: "RFC 5321 §4.1.1.4"
      case nil: "open"
      }
    self.init(
      subject: "parser", oracle: rule.name, bucket: "\(find.target): \(rule.name) \(find.fault.bucket)",
      summary: "\(find.target): \(rule.rawValue)" + (find.fault.bucket.isEmpty ? "" : " (\(find.fault.bucket))"),
      clause: [.crash, .hang, .garbled].contains(rule) ? "open" : clause, severity: rule.severity,
      confidence: [.crash, .hang].contains(rule) ? .certain : .firm, expected: rule.expectation, observed: find.fault.detail,
      input: .octets(find.input), target: parser, seed: seed, run: find.run)
    reproducer = "#!/bin/sh\nexec \(command) \(find.target) --input \"$(dirname \"$0\")/input.raw\"\n"
  }
}

extension ParserFault.Rule {
  /// How bad a breach is: what takes a process down; what makes two parties see different messages or commands; what is refused although
  /// the grammar has it; and what is accepted beside it, which for replies prudence may even want.
  var severity: Finding.Severity {
    switch self {
    case .crash: .critical
    case .hang, .end: .high
    case .split, .garbled, .tooNarrow, .waits: .medium
    case .roundTrip, .offset, .disagreement: .medium
    case .tooWide: .low
    }
  }

  /// What should be.
  var expectation: String {
    switch self {
    case .tooWide: "what is accepted fits the grammar"
    case .tooNarrow: "what fits the grammar is accepted"
    case .roundTrip: "what is written again reads back the same"
    case .split: "however the octets are cut, the outcome is the same"
    case .offset: "a place in the input lies in it"
    case .disagreement: "two readings of the same octets say the same"
    case .end: "what is accepted ends where the grammar ends it"
    case .waits: "what has ended needs no more"
    case .crash: "no input ends the process"
    case .hang: "every input is answered in time"
    case .garbled: "every answer has the form that was agreed on"
    }
  }
}
