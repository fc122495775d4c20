import Wire

/// A script as a case of `specs/`, for a finding that is to be kept as a rule.
package struct SpecCase {
  /// The script.
  package let script: Script
  /// The case's slug.
  package let id: String
  /// What a conforming server does.
  package let title: String
  /// The RFC and the section that decide.
  package let rfc: Int
  /// The section, such as `4.1.1`.
  package let section: String
  /// The requirement that the case covers, such as `4.1.1-3`.
  package let requirement: String
  /// What the last reply has to match, in the specs' words.
  package let expectation: String

  /// A case of a script.
  package init(_ script: Script, id: String, title: String, rfc: Int, section: String, requirement: String, expectation: String) {
    self.script = script
    self.id = id
    self.title = title
    self.rfc = rfc
    self.section = section
    self.requirement = requirement
    self.expectation = expectation
  }

  /// The YAML of a file with this one case, or `nil` where the specs have no step for an event of the script.
  package var yaml: String? {
    guard var steps = steps() else { return nil }
    guard let last = steps.lastIndex(where: { $0.reads }) else { return nil }
    steps[last].verdict = "expect: \(SpecCase.quoted(expectation))"
    var lines = ["rfc: \(rfc)", "section: \(SpecCase.quoted(section))", "title: Found by fuzzing", "cases:"]
    lines += ["  - id: \(id)", "    title: \(SpecCase.quoted(title))", "    covers: [\(requirement)]", "    given: greeting", "    steps:"]
    for step in steps {
      let parts = [step.action, step.verdict, step.connection.map { "on: \($0)" }].compactMap { $0 }
      lines += parts.enumerated().map { ($0.offset == 0 ? "      - " : "        ") + $0.element }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private struct Step {
    var action: String?
    var verdict: String?
    /// The connection, where it is not the first.
    var connection: String?
    /// Whether a reply is read here.
    var reads = false
  }

  /// The steps: what is sent in one write, the replies that are waited for, and what has a step of its own.
  private func steps() -> [Step]? {
    var steps: [Step] = []
    var pending: [UInt8] = []
    /// Replies that are owed.
    var owed = 0
    var name: String?
    var connections = 1
    func flush() {
      guard !pending.isEmpty else { return }
      steps.append(Step(action: "octets: \(SpecCase.octets(pending))", connection: name))
      pending = []
    }
    func wait() {
      flush()
      for _ in 0..<owed { steps.append(Step(action: nil, verdict: "assume: any", connection: name, reads: true)) }
      owed = 0
    }
    for event in script.events {
      switch event {
      case .command, .octets, .data, .chunk:
        pending += event.octets
        owed += 1
      case .auth(let mechanism, let initial, let responses):
        pending += Event.authHead(mechanism, initial)
        owed += 1
        for response in responses {
          wait()
          pending += response + [0x0D, 0x0A]
          owed += 1
        }
      case .wait: wait()
      case .cut: flush()
      case .startTLS(let before, let after):
        pending += Array("STARTTLS\r\n".utf8) + before
        owed += 1
        wait()
        let clear = after.isEmpty ? "{}" : "{after: \(SpecCase.octets(after))}"
        steps.append(Step(action: "starttls: \(clear)", connection: name))
      case .closeNotify:
        flush()
        steps.append(Step(action: "close-notify: {}", connection: name))
      case .halfClose:
        flush()
        steps.append(Step(action: "halfclose: {}", connection: name))
      case .reset:
        flush()
        steps.append(Step(action: "reset: {}", connection: name))
      case .connect:
        wait()
        connections += 1
        name = "connection-\(connections)"
      }
    }
    wait()
    return steps.isEmpty ? nil : steps
  }

  /// Octets as the specs write them; `${` would name a fixture.
  private static func octets(_ octets: [UInt8]) -> String {
    quoted(Escaped.show(octets).split(separator: "${", omittingEmptySubsequences: false).joined(separator: #"\x24{"#))
  }

  /// A scalar in single quotes, in which nothing but the quote has a meaning; the specs' own escapes stay.
  private static func quoted(_ text: String) -> String {
    "'" + text.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
  }
}
