import Wire

/// `Command.parse` against the grammar of the RFCs.
package struct CommandTarget: ParserTarget {
  /// `command`, or `command-utf8` for internationalized addresses.
  package let name: String
  private let form: MailboxForm
  private let grammar: Grammar
  private let strict: Int
  private let wide: Int
  private let starts: [Int]

  /// The target for addresses of one form.
  ///
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  package init(internationalized: Bool) throws(Grammar.Fault) {
    name = internationalized ? "command-utf8" : "command"
    form = internationalized ? .internationalized : .ascii
    grammar = try (internationalized ? Grammar.internationalizedSMTP : Grammar.smtp).get()
    let names = [
      "any-command", "wide-command", "mail-known", "rcpt-known", "mail", "rcpt", "auth-command", "bdat-cmd", "wide-command", "ehlo",
    ]
    var numbers: [Int] = []
    for name in names {
      guard let number = grammar.number(of: name) else { throw Grammar.Fault(message: "no rule is named '\(name)'") }
      numbers.append(number)
    }
    strict = numbers[0]
    wide = numbers[1]
    starts = numbers
  }

  /// A command that the grammar derives.
  package func generate(using random: inout RunGenerator) -> [UInt8] {
    Array(grammar.generate(random.pick(starts), using: &random).dropLast(2))
  }

  /// Parses the input as a line, strictly and as servers do.
  package func check(_ line: [UInt8]) -> ParserVerdict {
    var verdict = ParserVerdict()
    var signature = Signature()
    let octets = line + [.carriageReturn, .lineFeed]
    do throws(CommandSyntaxError) {
      let command = try Command.parse(line: line, tolerating: .strict, in: form)
      signature.add(CommandTarget.shape(of: command))
      accepted(command, octets, &verdict)
    } catch {
      signature.add("\(error.kind) \(error.verb?.rawValue ?? "") \(min(error.offset, 40))")
      if !(0...line.count).contains(error.offset) { verdict.fail(.offset, "\(error.kind) at \(error.offset) of \(line.count)") }
      if !CommandTarget.mayRefuse(error.kind), !CommandTarget.isBeyondASCII(line, error.verb),
        Recognizer.accepts(octets, as: strict, in: grammar) == true
      {
        verdict.fail(.tooNarrow, "\(error.kind) at \(error.offset)")
      }
    }
    verdict.signature = signature.value
    return verdict
  }

  /// Whether the line has octets that SMTPUTF8 lets stand in the arguments of four commands, and this is none of them (RFC 6531 §3.7).
  private static func isBeyondASCII(_ line: [UInt8], _ verb: Verb?) -> Bool {
    guard let verb, ![.mail, .rcpt, .vrfy, .expn].contains(verb) else { return false }
    return line.contains { $0 >= 0x80 }
  }

  private func accepted(_ command: Command, _ octets: [UInt8], _ verdict: inout ParserVerdict) {
    let line = Array(octets.dropLast(2))
    let isKnown = Recognizer.accepts(octets, as: wide, in: grammar)
    if case .unknown = command {
      if isKnown == true { verdict.fail(.tooNarrow, "taken for an unknown verb") }
    } else if isKnown == false {
      verdict.fail(.tooWide, CommandTarget.shape(of: command))
    }
    let written = command.octets
    if (try? Command.parse(line: Array(written.dropLast(2)), tolerating: .strict, in: form)) != command {
      verdict.fail(.roundTrip, Escaped.show(written, limit: 200))
    }
    if isKnown == true, Recognizer.accepts(written, as: wide, in: grammar) == false {
      verdict.fail(.roundTrip, "written outside the grammar")
    }
    // What servers tolerate must not change what needs no tolerance.
    guard line.last.map(\.isWhiteSpace) == false else { return }
    if (try? Command.parse(line: line + [.space, .tab], in: form)) != command {
      verdict.fail(.disagreement, "white space before the line's end changes the command")
    }
  }

  /// What the grammar has and the parser may refuse: numbers past 63 bits, and base64 whose unused bits are not zero (RFC 4648 §3.5).
  private static func mayRefuse(_ kind: CommandSyntaxError.Kind) -> Bool { kind == .number || kind == .base64 }

  /// What a command is, without what makes it one of many.
  private static func shape(of command: Command) -> String {
    switch command {
    case .mail(let path, let parameters):
      "MAIL \(path == .null ? "null" : shape(of: path.mailbox)) \(path.routeCount) \(parameters.map(shape))"
    case .rcpt(let path, let parameters):
      "RCPT \(path == .postmaster ? "postmaster" : shape(of: path.mailbox)) \(parameters.map(shape))"
    case .ehlo(let host): "EHLO \(shape(of: host))"
    case .bdat(let size, let isLast): "BDAT \(String(size).count) \(isLast)"
    case .auth(_, let response): "AUTH \(response.map { min($0.count, 12) } ?? -1)"
    case .noop(let text), .help(let text): "\(command.verb?.rawValue ?? "") \(text != nil)"
    case .unknown(let verb, let argument): "unknown \(min(verb.count, 10)) \(argument != nil)"
    default: command.verb?.rawValue ?? "?"
    }
  }

  private static func shape(of mailbox: Mailbox?) -> String {
    guard let mailbox else { return "none" }
    return "\(mailbox.localPart.form) \(min(mailbox.localPart.octets.count / 8, 20)) \(shape(of: mailbox.host))"
  }

  private static func shape(of host: Host) -> String {
    switch host {
    case .domain(let domain): "domain \(min(domain.labels.count, 6))"
    case .literal(let literal):
      switch literal.form {
      case .ipv4: "ipv4"
      case .ipv6: "ipv6 \(literal.octets.count { $0 == .colon }) \(literal.octets.contains(.dot))"
      case .general: "general"
      }
    }
  }

  private static func shape(of parameter: Parameter) -> String {
    let known = ["SIZE", "BODY", "AUTH", "RET", "ENVID", "NOTIFY", "ORCPT", "SMTPUTF8"]
    return (known.contains(parameter.keyword) ? parameter.keyword : "other") + (parameter.value == nil ? "" : "=")
  }
}

extension ReversePath {
  fileprivate var routeCount: Int {
    guard case .path(let path) = self else { return 0 }
    return min(path.sourceRoute.count, 3)
  }
}
