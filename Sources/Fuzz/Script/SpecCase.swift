import Wire

/// A script as a case of `specs/`, for a finding that is to be kept as a rule.
package struct SpecCase {
  /// The script.
  package let script: Script
  /// The case's slug.
  package let id: String
  /// What a conforming server does.
  package let title: String
  /// The requirement that decides, and what it has happen where.
  package let rule: Breach
  /// Whether it is for a server of LMTP.
  package var isLMTP = false
  /// The first digit of each reply that was seen, from the greeting's on: another server that answers otherwise does not come to the place
  /// that the rule is about, and the case is inconclusive there.
  package var seen: [Int] = []

  /// A case of a script.
  package init(_ script: Script, id: String, title: String, rule: Breach) {
    self.script = script
    self.id = id
    self.title = title
    self.rule = rule
  }

  /// The YAML of a file with this one case, or `nil` where the specs have no step for an event of the script, or none for its place.
  package var yaml: String? {
    guard let steps = judged(steps()) else { return nil }
    var lines = ["rfc: \(rule.rfc)", "section: \(SpecCase.quoted(rule.section))", "title: Found by fuzzing", "cases:"]
    lines += ["  - id: \(id)", "    title: \(SpecCase.quoted(title))", "    covers: [\(rule.requirement)]"]
    if isLMTP { lines.append("    needs: {role: lmtp}") }
    lines += ["    given: \(isGreeting ? "connect" : "greeting")", "    steps:"]
    for step in steps {
      let parts = [step.action, step.verdict, step.connection.map { "on: \($0)" }].compactMap { $0 }
      lines += parts.enumerated().map { ($0.offset == 0 ? "      - " : "        ") + $0.element }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var isGreeting: Bool { rule.turn == 0 && rule.place == .reply }
  private var verdict: String {
    "expect: \(rule.expectation.hasPrefix("{") ? rule.expectation : SpecCase.quoted(rule.expectation))"
  }

  /// The steps up to the place that the rule is about, and what it expects there.
  private func judged(_ steps: [Step]) -> [Step]? {
    guard !isGreeting else { return [Step(verdict: verdict)] }
    let reads = steps.indices.filter { steps[$0].reads }
    // The greeting was read before the first step.
    guard let place = rule.turn == 0 ? -1 : reads.dropFirst(rule.turn - 1).first else { return nil }
    var judged = Array(steps.prefix(place + 1))
    for (turn, step) in reads.enumerated() where step <= place && turn + 1 < seen.count && (2...5).contains(seen[turn + 1]) {
      judged[step].verdict = "assume: \(seen[turn + 1])xx"
    }
    let connection = judged.last?.connection
    switch rule.place {
    case .reply: judged[place].verdict = verdict
    case .behind: judged.append(Step(verdict: verdict, connection: connection))
    case .underTLS:
      guard place + 1 < steps.count, steps[place + 1].begins else { return nil }
      judged += [steps[place + 1], Step(verdict: verdict, connection: connection)]
    case .next(let line): judged.append(Step(action: "send: \(SpecCase.quoted(line))", verdict: verdict, connection: connection))
    }
    return judged
  }

  private struct Step {
    var action: String?
    var verdict: String?
    /// The connection, where it is not the first.
    var connection: String?
    /// Whether a reply is read here.
    var reads = false
    /// Whether TLS begins here.
    var begins = false
  }

  /// The steps: what is sent in one write, the replies that are waited for, and what has a step of its own.
  private func steps() -> [Step] {
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
        steps.append(Step(action: "starttls: \(clear)", connection: name, begins: true))
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
    return steps
  }

  /// Octets as the specs write them; `${` would name a fixture, and the recipient of scripts is one.
  private static func octets(_ octets: [UInt8]) -> String {
    let plain = Escaped.show(octets).split(separator: "${", omittingEmptySubsequences: false).joined(separator: #"\x24{"#)
    return quoted(plain.replacing(String(decoding: Placeholders.recipient, as: UTF8.self), with: "${recipient}"))
  }

  /// A scalar in single quotes, in which nothing but the quote has a meaning; the specs' own escapes stay.
  private static func quoted(_ text: String) -> String {
    "'" + text.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
  }
}
