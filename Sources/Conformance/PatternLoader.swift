import Wire

/// Reads what a step expects.
struct PatternLoader {
  let problems: SpecProblems

  /// What can be expected beside codes.
  static let words = ["any", "silence", "close", "eof", "close-alert", "handshake", "connected"] + Pattern.Outcome.allCases.map(\.rawValue)
  /// The keys of a pattern for what was delivered.
  static let mailKeys = ["delivered"]
  /// The keys of a pattern for a command of the peer.
  static let commandKeys = ["command", "argument", "excludes", "well-formed"]
  /// The keys of a pattern for a message of the peer.
  static let messageKeys = ["message"]
  /// The keys of `message`.
  static let messageContentKeys = ["contains", "excludes", "well-formed", "longest-line"]
  /// The keys of a pattern for a reply.
  static let replyKeys = [
    "code", "enhanced", "text", "exactly", "base64", "challenge", "excludes", "has-text", "separated", "begins", "lines", "keywords",
    "absent", "keyword-syntax", "keyword-parameters", "mechanisms", "absent-mechanisms", "mechanism-syntax", "repeats", "without",
  ]
  /// The keys of `delivered`.
  static let deliveredKeys = ["copies", "body", "contains", "excludes", "header", "first", "received", "report"]
  /// The clauses of a Received field.
  static let clauses = ["from", "by", "via", "with", "id", "for", "tls", "priority"]
  /// The keys of `received`.
  static let receivedKeys = ["well-formed", "literal-alone", "additional"] + clauses

  func pattern(_ node: SpecNode) throws(SpecError) -> Pattern {
    guard node.isMapping else {
      let text = try node.name()
      var alternatives: [Pattern.Alternative] = []
      var codes: [CodePattern] = []
      for word in Self.split(text) {
        switch word {
        case "any": alternatives.append(.reply(ReplyPattern()))
        case "silence": alternatives.append(.silence)
        case "close": alternatives.append(.close)
        case "eof": alternatives.append(.eof)
        case "close-alert": alternatives.append(.closeAlert)
        case "handshake": alternatives.append(.handshake)
        case "connected": alternatives.append(.connected)
        case let word where Pattern.Outcome(rawValue: word) != nil:
          if let outcome = Pattern.Outcome(rawValue: word) { alternatives.append(.outcome(outcome)) }
        default: codes.append(try code(word, node))
        }
      }
      if !codes.isEmpty { alternatives.insert(.reply(ReplyPattern(codes: codes)), at: 0) }
      return Pattern(alternatives: alternatives, text: text)
    }
    if let pairs = Optional(try node.pairs()), pairs.contains(where: { $0.key == "delivered" }) {
      let delivered = try node.fields(Self.mailKeys).required("delivered")
      return Pattern(alternatives: [.delivered(try self.delivered(delivered))], text: Self.describe(node))
    }
    if let client = try clientPattern(node) { return Pattern(alternatives: [client], text: Self.describe(node)) }
    return Pattern(alternatives: [.reply(try reply(node))], text: Self.describe(node))
  }

  // MARK: The peer as the client

  /// What a command or a message must be like; `nil` where the node is about neither.
  private func clientPattern(_ node: SpecNode) throws(SpecError) -> Pattern.Alternative? {
    let keys = try node.pairs().map(\.key)
    if keys.contains("command") {
      let fields = try node.fields(Self.commandKeys)
      var pattern = CommandPattern()
      let verbs = Self.split(try fields.required("command").name())
      if verbs != ["any"] { pattern.verbs = verbs.map { $0.uppercased() } }
      pattern.arguments = try templates(fields["argument"])
      pattern.excludes = try templates(fields["excludes"])
      pattern.isWellFormed = try fields["well-formed"]?.flag() ?? false
      return .command(pattern)
    }
    guard keys.contains("message") else { return nil }
    let fields = try node.fields(Self.messageKeys).required("message").fields(Self.messageContentKeys)
    var pattern = MessagePattern()
    pattern.contains = try templates(fields["contains"])
    pattern.excludes = try templates(fields["excludes"])
    pattern.isWellFormed = try fields["well-formed"]?.flag() ?? false
    pattern.longestLine = try fields["longest-line"]?.integer(in: 1...1_000_000)
    return .message(pattern)
  }

  private func templates(_ node: SpecNode?) throws(SpecError) -> [Template] {
    try node?.oneOrMore().map { node throws(SpecError) in try TemplateParser.template(node) } ?? []
  }

  static func split(_ text: String) -> [String] {
    text.split(separator: "|", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func code(_ word: String, _ node: SpecNode) throws(SpecError) -> CodePattern {
    guard let code = CodePattern(word) else {
      let hint =
        nearest(word, in: Self.words).map { ", did you mean '\($0)'?" } ?? "; write 503, 5xx, any, silence, close or eof, joined by '|'"
      throw node.error("'\(word)' is nothing that can be expected\(hint)")
    }
    return code
  }

  // MARK: Replies

  private func reply(_ node: SpecNode) throws(SpecError) -> ReplyPattern {
    let fields = try node.fields(Self.replyKeys)
    var pattern = ReplyPattern()
    if let node = fields["code"] {
      let words = Self.split(try node.name())
      if words != ["any"] { pattern.codes = try words.map { word throws(SpecError) in try code(word, node) } }
    }
    pattern.enhanced = try fields["enhanced"]?.oneOrMore().map { node throws(SpecError) in try enhanced(node) } ?? []
    pattern.texts = try fields["text"]?.oneOrMore().map { node throws(SpecError) in try TemplateParser.template(node) } ?? []
    pattern.excludes =
      try fields["excludes"]?.oneOrMore().map { node throws(SpecError) in try TemplateParser.template(node) } ?? []
    pattern.hasText = try fields["has-text"]?.flag() ?? false
    pattern.isSeparated = try fields["separated"]?.flag() ?? false
    pattern.exactly = try fields["exactly"].map { node throws(SpecError) in try TemplateParser.template(node) }
    pattern.repeats = try fields["repeats"]?.flag() ?? false
    pattern.isBase64 = try fields["base64"]?.flag() ?? false
    pattern.challenges =
      try fields["challenge"]?.oneOrMore().map { node throws(SpecError) in try node.choice(ChallengeCheck.self, what: "challenge") } ?? []
    if let begins = fields["begins"] {
      pattern.begins = try begins.string() == "domain" ? .domain : .text(TemplateParser.template(begins))
    }
    if let lines = fields["lines"] {
      pattern.lines = try lines.string() == "many" ? .many : .exactly(lines.integer(in: 1...10_000))
    }
    pattern.keywords = try fields.names("keywords").map { $0.uppercased() }
    pattern.absent = try fields.names("absent").map { $0.uppercased() }
    pattern.mechanisms = try fields.names("mechanisms").map { $0.uppercased() }
    pattern.absentMechanisms = try fields.names("absent-mechanisms").map { $0.uppercased() }
    pattern.mechanismSyntax = try fields["mechanism-syntax"]?.flag() ?? false
    pattern.keywordSyntax = try fields["keyword-syntax"]?.flag() ?? false
    for element in try fields["keyword-parameters"]?.oneOrMore() ?? [] {
      let name = try element.name().uppercased()
      guard EhloKeyword.grammars[name] != nil else {
        let hint = nearest(name, in: EhloKeyword.grammars.keys).map { ", did you mean '\($0)'?" } ?? ""
        throw element.error("the parameters of '\(name)' are not known\(hint)")
      }
      pattern.keywordParameters.append(name)
    }
    for element in try fields["without"]?.oneOrMore() ?? [] {
      if try element.string() == "any-fault" {
        pattern.without.formUnion(ReplyFault.Kind.allCases)
      } else {
        pattern.without.insert(try element.choice(ReplyFault.Kind.self, what: "fault"))
      }
    }
    return pattern
  }

  private func enhanced(_ node: SpecNode) throws(SpecError) -> ReplyPattern.EnhancedPattern {
    let text = try node.name()
    if let word = ReplyPattern.EnhancedPattern.words[text] { return word }
    let codes = Self.split(text).map { ReplyPattern.EnhancedPattern.Digits($0) }
    guard !codes.contains(nil) else {
      let words = ReplyPattern.EnhancedPattern.words.keys.sorted()
      let hint = nearest(text, in: words).map { ", did you mean '\($0)'?" } ?? ": write 5.7.1, 5.1.x, or \(words.joined(separator: ", "))"
      throw node.error("'\(text)' is no enhanced code\(hint)")
    }
    return .oneOf(codes.compactMap { $0 })
  }

  // MARK: Delivered mail

  private func delivered(_ node: SpecNode) throws(SpecError) -> DeliveredPattern {
    let fields = try node.fields(Self.deliveredKeys)
    func templates(_ key: String) throws(SpecError) -> [Template] {
      try fields[key]?.oneOrMore().map { node throws(SpecError) in try TemplateParser.template(node) } ?? []
    }
    var pattern = DeliveredPattern()
    pattern.copies = try fields["copies"]?.integer(in: 0...100)
    pattern.body = try fields["body"].map { node throws(SpecError) in try TemplateParser.template(node) }
    pattern.contains = try templates("contains")
    pattern.excludes = try templates("excludes")
    for (key, _, value) in try fields["header"]?.pairs() ?? [] {
      let value: Template? = value.isNull ? nil : try TemplateParser.template(value)
      pattern.headers.append(DeliveredPattern.HeaderPattern(name: key, value: value))
    }
    pattern.first = try fields["first"]?.name()
    pattern.received = try fields["received"].map { node throws(SpecError) in try received(node) }
    pattern.report = try fields["report"].map { node throws(SpecError) in try ReportPatternLoader.pattern(node) }
    return pattern
  }

  private func received(_ node: SpecNode) throws(SpecError) -> DeliveredPattern.ReceivedPattern {
    var wanted = DeliveredPattern.ReceivedPattern()
    let fields = try node.fields(Self.receivedKeys)
    wanted.wellFormed = try fields["well-formed"]?.flag() ?? false
    wanted.literalAlone = try fields["literal-alone"]?.flag() ?? false
    if fields["additional"] != nil { wanted.additional = try fields.names("additional") }
    for name in Self.clauses {
      if let node = fields[name] { wanted.clauses.append((name, try clause(node))) }
    }
    return wanted
  }

  /// `true`, what the clause holds, or a list of which it is one; `null` in the list stands for no clause.
  private func clause(_ node: SpecNode) throws(SpecError) -> DeliveredPattern.ReceivedPattern.ClauseDemand {
    guard node.isSequence else { return try node.string() == "true" ? .present : .holds(TemplateParser.template(node)) }
    let elements = try node.elements()
    let values = try elements.filter { !$0.isNull }.map { element throws(SpecError) in try TemplateParser.template(element) }
    return .oneOf(values, orAbsent: elements.contains(where: \.isNull))
  }

  /// A map in one line, as in the spec, for showing what was expected.
  static func describe(_ node: SpecNode) -> String {
    if node.isScalar { return (try? node.string()) ?? "" }
    if let elements = try? node.elements() { return "[" + elements.map(describe).joined(separator: ", ") + "]" }
    guard let pairs = try? node.pairs() else { return "" }
    return pairs.map { "\($0.key): \(describe($0.value))" }.joined(separator: ", ")
  }
}

extension Pattern {
  /// The fixtures it names.
  var fixtures: Set<Fixture> {
    var templates: [Template] = []
    for alternative in alternatives {
      switch alternative {
      case .reply(let reply):
        templates += reply.texts + reply.excludes + [reply.exactly].compactMap { $0 }
        if case .text(let template) = reply.begins { templates.append(template) }
      case .delivered(let delivered):
        templates += delivered.contains + delivered.excludes + delivered.headers.compactMap(\.value)
        templates += [delivered.body].compactMap { $0 } + (delivered.received?.clauses.flatMap(\.demand.templates) ?? [])
        templates += delivered.report?.templates ?? []
      case .command(let command): templates += command.arguments + command.excludes
      case .message(let message): templates += message.contains + message.excludes
      case .silence, .close, .eof, .closeAlert, .handshake, .connected, .outcome: break
      }
    }
    return templates.reduce(into: []) { $0.formUnion($1.fixtures) }
  }
}
