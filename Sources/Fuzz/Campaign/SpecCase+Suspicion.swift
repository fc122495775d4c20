extension SpecCase {
  /// The case of a finding that a requirement of the register decides, where the specs have a step for each of its events.
  static func of(_ suspicion: Suspicion, _ script: Script, slug: String) -> String? {
    guard let rule = suspicion.rule else { return nil }
    return SpecCase(
      script, id: slug, title: suspicion.summary, rfc: rule.rfc, section: rule.section, requirement: rule.requirement,
      expectation: rule.expectation
    ).yaml
  }
}
