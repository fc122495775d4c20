import Transport
import Wire

/// Reads the steps of a case.
struct StepLoader {
  let problems: SpecProblems

  /// The keys of a step that do something.
  static let actionKeys = [
    "send", "octets", "reply", "starttls", "tls-raw", "close-notify", "halfclose", "reset", "pause", "sasl", "serve", "await",
  ]
  /// The keys of a step.
  static let keys =
    actionKeys + ["assume", "expect", "accept", "tolerate", "within", "times", "on", "segment"]

  /// The keys of a `starttls`.
  static let startTLSKeys = ["after", "minimum", "maximum", "ciphers"]
  /// The keys of a `send` that is a map.
  static let sendKeys = ["octets", "segment"]
  /// The keys of a map in a list of lines to send.
  static let lineKeys = ["octets"]

  /// The fixtures that can say how often a step is done.
  static let counts: [Fixture] = [.mailLimit, .rcptLimit]

  /// The most often that a step may be repeated.
  static let timesLimit = 100_000

  func steps(_ node: SpecNode) throws(SpecError) -> [Step] {
    let elements = try node.elements()
    var steps: [Step] = []
    for element in elements {
      if let step = problems.noting({ () throws(SpecError) in try step(element) }) { steps.append(step) }
    }
    guard !elements.isEmpty else { throw node.error("a case has at least one step") }
    return steps
  }

  private func step(_ node: SpecNode) throws(SpecError) -> Step {
    let fields = try node.fields(Self.keys)
    let actions = Self.actionKeys.filter { fields[$0] != nil }
    guard actions.count <= 1 else { throw node.error("a step does one thing; this has \(actions.joined(separator: " and "))") }
    var segmentation = try fields["segment"]?.choice(Segmentation.self, what: "segmentation")
    let action = try self.action(fields, segmentation: &segmentation)
    let judgement = try self.judgement(fields, action: action)
    guard action != nil || judgement.count > 0 else { throw node.error("this step does nothing and expects nothing") }
    if case .expect(let patterns, _, _) = judgement, patterns.contains(where: { $0.delivered != nil }), action != nil {
      throw node.error("looking for what was delivered is a step of its own")
    }
    let timesOf = try fields["times"]?.string().fixtureName.map { name throws(SpecError) in
      guard let fixture = Fixture(rawValue: name), Self.counts.contains(fixture) else {
        throw node.error("'times' is a number, or one of \(Self.counts.map { "${\($0.rawValue)}" }.joined(separator: ", "))")
      }
      return fixture
    }
    return Step(
      line: node.line, action: action, judgement: judgement,
      within: try fields["within"]?.duration(),
      times: timesOf != nil ? 1 : try fields["times"]?.integer(in: 1...Self.timesLimit) ?? 1,
      timesOf: timesOf,
      connection: try fields["on"]?.name() ?? Step.mainConnection,
      segmentation: segmentation
    )
  }

  // MARK: Actions

  private func action(_ fields: SpecNode.Fields, segmentation: inout Segmentation?) throws(SpecError) -> Step.Action? {
    if let send = fields["send"] { return try sending(send, segmentation: &segmentation) }
    if let octets = fields["octets"] { return .send([try TemplateParser.template(octets)]) }
    if let reply = fields["reply"] {
      let lines = try reply.oneOrMore().map { node throws(SpecError) in try line(node) }
      return .reply(Template(parts: lines.flatMap(\.parts)))
    }
    if let starttls = fields["starttls"] {
      let inner = try starttls.fields(Self.startTLSKeys)
      var handshake = Step.Handshake()
      handshake.after = try inner["after"].map { node throws(SpecError) in try TemplateParser.template(node) }
      handshake.minimum = try inner["minimum"].map { node throws(SpecError) in try version(node) }
      handshake.maximum = try inner["maximum"].map { node throws(SpecError) in try version(node) }
      handshake.ciphers = try inner["ciphers"]?.name()
      return .startTLS(handshake)
    }
    if let raw = fields["tls-raw"] { return .tlsRaw(try TemplateParser.template(raw)) }
    if let sasl = fields["sasl"] { return .sasl(try SASLStep(sasl)) }
    if let serve = fields["serve"] { return .serve(try ServeStep(serve)) }
    if let pause = fields["pause"] { return .pause(try pause.duration()) }
    for (key, action) in [("close-notify", Step.Action.closeNotify), ("halfclose", .halfClose), ("reset", .reset), ("await", .await)] {
      guard let node = fields[key] else { continue }
      if node.isMapping { _ = try node.fields([]) } else if !node.isNull, try !node.flag() { throw node.error("write {} or true") }
      return action
    }
    return nil
  }

  /// A version of TLS as in `'1.2'`.
  private func version(_ node: SpecNode) throws(SpecError) -> TLSVersion {
    let versions: [String: TLSVersion] = ["1.0": .tls10, "1.1": .tls11, "1.2": .tls12, "1.3": .tls13]
    guard let version = try versions[node.string()] else { throw node.error("a version of TLS is '1.0', '1.1', '1.2' or '1.3'") }
    return version
  }

  /// A line, lines in one write, or octets.
  private func sending(_ node: SpecNode, segmentation: inout Segmentation?) throws(SpecError) -> Step.Action {
    if node.isMapping {
      let fields = try node.fields(Self.sendKeys)
      if let inner = fields["segment"] { segmentation = try inner.choice(Segmentation.self, what: "segmentation") }
      return .send([try TemplateParser.template(fields.required("octets"))])
    }
    if node.isScalar { return .send([try line(node)]) }
    let lines = try node.elements().map { element throws(SpecError) in
      if element.isMapping {
        return try TemplateParser.template(element.fields(Self.lineKeys).required("octets"))
      }
      return try line(element)
    }
    guard !lines.isEmpty else { throw node.error("nothing to send") }
    return .send(lines)
  }

  private func line(_ node: SpecNode) throws(SpecError) -> Template {
    var template = try TemplateParser.template(node)
    template.parts.append(.octets([0x0D, 0x0A]))
    return template
  }

  // MARK: Expectations

  private func judgement(_ fields: SpecNode.Fields, action: Step.Action?) throws(SpecError) -> Step.Judgement {
    let reader = PatternLoader(problems: problems)
    func patterns(_ key: String) throws(SpecError) -> [Pattern]? {
      guard let node = fields[key] else { return nil }
      guard node.isSequence else { return [try reader.pattern(node)] }
      return try node.elements().map { element throws(SpecError) in try reader.pattern(element) }
    }
    let assume = try patterns("assume")
    let expect = try patterns("expect")
    let accept = try patterns("accept")
    let tolerate = try patterns("tolerate")
    if let assume {
      guard expect == nil, accept == nil, tolerate == nil else {
        throw fields.of.error("a step assumes or expects, not both: write two steps")
      }
      try checkCount(assume, action, fields.of)
      return .assume(assume)
    }
    guard let expect else {
      guard accept == nil, tolerate == nil else { throw fields.of.error("'accept' and 'tolerate' stand beside an 'expect'") }
      return .nothing
    }
    try checkCount(expect, action, fields.of)
    for extra in [accept, tolerate] {
      if let extra, extra.count != 1, extra.count != expect.count {
        throw fields.of.error("'accept' and 'tolerate' have one entry, or one for each of 'expect'; a bar joins alternatives")
      }
    }
    try checkOverlap(expect, accept ?? [], fields.of)
    return .expect(expect, accept: accept ?? [], tolerate: tolerate ?? [])
  }

  /// What 'accept' takes ends the case, so it may not take what 'expect' looks at: that would pass unseen.
  private func checkOverlap(_ expect: [Pattern], _ accept: [Pattern], _ node: SpecNode) throws(SpecError) {
    for (place, pattern) in expect.enumerated() {
      guard let other = accept.entry(at: place), let both = other.overlap(with: pattern) else { continue }
      throw node.error("'accept' takes \(both) as 'expect' does, and would end the case unseen: leave it out of one of them")
    }
  }

  /// A list of lines and its expectation are equally long, or one reply would be taken for another's.
  private func checkCount(_ patterns: [Pattern], _ action: Step.Action?, _ node: SpecNode) throws(SpecError) {
    guard case .send(let lines) = action, lines.count > 1 || patterns.count > 1 else { return }
    guard lines.count == patterns.count else {
      throw node.error(
        "\(lines.count) lines are sent, and \(patterns.count) replies expected: one entry a line; more come in steps of their own")
    }
  }
}

extension Step {
  /// The connection of steps that name none.
  static let mainConnection = "main"

  /// The fixtures it names.
  var fixtures: Set<Fixture> {
    var found: Set<Fixture> = timesOf.map { [$0] } ?? []
    switch action {
    case .send(let templates): for template in templates { found.formUnion(template.fixtures) }
    case .startTLS(let handshake): found.formUnion(handshake.after?.fixtures ?? [])
    case .reply(let template), .tlsRaw(let template): found.formUnion(template.fixtures)
    case .sasl: found.formUnion([.username, .password])
    case .serve(let serve): for template in serve.extensions { found.formUnion(template.fixtures) }
    case .await, .closeNotify, .halfClose, .reset, .pause, nil: break
    }
    for pattern in patterns { found.formUnion(pattern.fixtures) }
    return found
  }

  /// The mechanism of the authentication exchange that it begins.
  var mechanism: SASLMechanism? {
    if case .sasl(let step) = action { step.mechanism } else { nil }
  }

  /// Every pattern of its judgement.
  var patterns: [Pattern] {
    switch judgement {
    case .nothing: []
    case .assume(let patterns): patterns
    case .expect(let patterns, let accept, let tolerate): patterns + accept + tolerate
    }
  }

  /// Whether it asks what was delivered, reports included.
  var looksIntoMailbox: Bool { patterns.contains { $0.delivered != nil } }

  /// Whether it asks what was reported to the sender.
  var looksForReports: Bool { patterns.contains { $0.delivered?.report != nil } }
}

extension String {
  /// What stands between `${` and `}`, where that is all.
  fileprivate var fixtureName: String? {
    hasPrefix("${") && hasSuffix("}") ? String(dropFirst(2).dropLast()) : nil
  }
}
