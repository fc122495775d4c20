import Wire

/// What RFC 5321 §4.1.1 and the extensions say of a parser of commands.
struct CommandJudge: ParserJudge {
  let builtIn: any ParserTarget
  private let grammar: Grammar
  private let form: MailboxForm
  private let strict: Int
  private let wide: Int
  /// The verbs of extensions and of what is optional that the parser has.
  private let verbs: Set<Verb>
  /// The parameters that it has.
  private let keywords: Set<String>

  /// The verbs that every server has (RFC 5321 §4.5.1).
  private static let required: Set<Verb> = [.ehlo, .helo, .mail, .rcpt, .data, .rset, .noop, .quit, .vrfy]
  private static let optional: [(Verb, String)] = [
    (.expn, "EXPN list"), (.help, "HELP"), (.starttls, "STARTTLS"), (.auth, "AUTH PLAIN"), (.bdat, "BDAT 5 LAST"),
    (.etrn, "ETRN example.org"), (.atrn, "ATRN example.org"), (.lhlo, "LHLO client.example.org"),
  ]
  private static let parameters: [(String, String)] = [
    ("SIZE", "MAIL FROM:<a@example.org> SIZE=1"), ("BODY", "MAIL FROM:<a@example.org> BODY=8BITMIME"),
    ("AUTH", "MAIL FROM:<a@example.org> AUTH=<>"), ("RET", "MAIL FROM:<a@example.org> RET=HDRS"),
    ("ENVID", "MAIL FROM:<a@example.org> ENVID=x"), ("SMTPUTF8", "MAIL FROM:<a@example.org> SMTPUTF8"),
    ("NOTIFY", "RCPT TO:<a@example.org> NOTIFY=NEVER"), ("ORCPT", "RCPT TO:<a@example.org> ORCPT=rfc822;a@example.org"),
  ]

  /// A judge of a parser.
  ///
  /// - Parameters:
  ///   - internationalized: Whether addresses may be internationalized.
  ///   - accepts: Asks the parser whether it accepts a line, to learn which extensions it has.
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  init(internationalized: Bool, accepts: ([UInt8]) -> Bool) throws(Grammar.Fault) {
    builtIn = try CommandTarget(internationalized: internationalized)
    form = internationalized ? .internationalized : .ascii
    grammar = try (internationalized ? Grammar.internationalizedSMTP : Grammar.smtp).get()
    guard let strict = grammar.number(of: "any-command"), let wide = grammar.number(of: "wide-command") else {
      throw Grammar.Fault(message: "no rule is named 'any-command' or 'wide-command'")
    }
    self.strict = strict
    self.wide = wide
    func accepted(_ line: String) -> Bool { accepts(Array("\(line)\r\n".utf8)) }
    verbs = Self.required.union(Self.optional.filter { accepted($0.1) }.map(\.0))
    keywords = Set(Self.parameters.filter { accepted($0.1) }.map(\.0))
  }

  func fits(_ octets: [UInt8]) -> Bool? { Recognizer.accepts(octets, as: wide, in: grammar) }

  func areAlike(_ first: [UInt8], _ second: [UInt8]) -> Bool? {
    guard let first = command(in: first), let second = command(in: second) else { return nil }
    return first == second
  }

  private func command(in octets: [UInt8]) -> Command? {
    guard let end = octets.firstIndex(of: .carriageReturn) else { return nil }
    return try? Command.parse(line: Array(octets[..<end]), in: form)
  }

  func judge(_ octets: [UInt8], _ answer: ParserAnswer, _ verdict: inout ParserVerdict) {
    // There always is one: it is added to every input.
    let end = octets.indices.dropLast().first { octets[$0] == .carriageReturn && octets[$0 + 1] == .lineFeed }.map { $0 + 2 }
    guard let end else { return }
    let line = Array(octets.prefix(end - 2))
    let verb = Self.verb(of: line)
    let bucket = verb?.rawValue ?? ""
    switch answer {
    case .accepted(let consumed, _):
      guard consumed > 0, consumed <= octets.count else { return verdict.fail(.offset, "\(consumed) octets of \(octets.count)") }
      guard consumed == end else { return verdict.fail(.end, "\(consumed) octets, and the line has \(end)") }
      guard isBeyondGrammar(line, verb) else { return }
      verdict.fail(.tooWide, "accepted", in: bucket)
    case .incomplete: if end <= Limits.commandLine { verdict.fail(.waits, "the line ends after \(end) octets") }
    case .refused: if isOwed(line, verb) { verdict.fail(.tooNarrow, "refused", in: bucket) }
    case .none: verdict.fail(.garbled, "it had a parser of commands before")
    }
  }

  private static func verb(of line: [UInt8]) -> Verb? {
    Verb(line.prefix { $0 != .space && $0 != .tab })
  }

  /// Whether no rule has the line, white space at its end apart (RFC 5321 §4.1.1), and no extension that we do not know can have it.
  private func isBeyondGrammar(_ line: [UInt8], _ verb: Verb?) -> Bool {
    var line = line
    while let last = line.last, last.isWhiteSpace { line.removeLast() }
    guard fits(line + [.carriageReturn, .lineFeed]) == false else { return false }
    // SEND, SOML, SAML and TURN are of RFC 821.
    if let verb { return !verb.isObsolete }
    // A command of somebody's own is a word and what it likes (RFC 5321 §4.1.5).
    let word = line.prefix { $0 != .space }
    return word.isEmpty || !word.allSatisfy { $0.isLetter || $0.isDigit || $0 == .hyphen }
      || !line.allSatisfy { $0 == .tab || $0 >= 0x20 && $0 != 0x7F }
  }

  /// Whether every parser that has the verb takes the line: the grammar has it, and its sizes are those that all can take.
  private func isOwed(_ line: [UInt8], _ verb: Verb?) -> Bool {
    guard let verb, verbs.contains(verb), line.count + 2 <= Limits.commandLine,
      Recognizer.accepts(line + [.carriageReturn, .lineFeed], as: strict, in: grammar) == true,
      let command = try? Command.parse(line: line, tolerating: .strict, in: form)
    else { return false }
    switch command {
    case .mail(let path, let parameters): return isOwed(path.mailbox, line) && parameters.allSatisfy(isOwed)
    case .rcpt(let path, let parameters): return isOwed(path.mailbox, line) && parameters.allSatisfy(isOwed)
    case .ehlo(let host), .lhlo(let host): return isOwed(host)
    case .helo(let domain): return isOwed(.domain(domain))
    case .bdat(let size, _): return size < 1_000_000_000
    // Which mechanisms there are is the server's affair, and what they say is theirs.
    case .auth(let mechanism, let response): return mechanism == "PLAIN" && response == nil
    case .etrn(let option, _): return option == nil
    default: return true
    }
  }

  private func isOwed(_ mailbox: Mailbox?, _ line: [UInt8]) -> Bool {
    guard let mailbox else { return true }
    let path = line.drop { $0 != UInt8(ascii: "<") }.count
    return mailbox.localPart.octets.count <= Limits.localPart && path <= Limits.path && isOwed(mailbox.host)
  }

  private func isOwed(_ host: Host) -> Bool {
    switch host {
    // RFC 1035 §2.3.4: 63 octets a label.
    case .domain(let domain): return domain.octets.count <= Limits.domain && domain.labels.allSatisfy { $0.count <= 63 }
    case .literal(let literal):
      // Which other tags there are stands in a registry (RFC 5321 §4.1.3).
      guard case .general = literal.form else { return true }
      return false
    }
  }

  private func isOwed(_ parameter: Parameter) -> Bool {
    guard keywords.contains(parameter.keyword) else { return false }
    // Their values have grammars of their own, and a server may know fewer of them.
    switch parameter.keyword {
    case "SIZE": return (parameter.value?.count ?? 99) <= 9 && parameter.value?.allSatisfy(\.isDigit) == true
    default: return false
    }
  }
}
