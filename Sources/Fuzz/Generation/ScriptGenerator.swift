import Wire

/// Writes scripts from the grammar: mostly a dialogue that a client could have, with something odd in it.
package struct ScriptGenerator: Sendable {
  private let grammar: Grammar
  private let rules: [String: Int]
  private let isLMTP: Bool

  /// PLAIN's message for the user `alice` with the password `correct horse`: a server that has this account lets the scripts in.
  private static let login = Array("AGFsaWNlAGNvcnJlY3QgaG9yc2U=".utf8)

  /// A generator for the grammar of SMTP with US-ASCII addresses.
  ///
  /// - Parameter isLMTP: Whether the dialogues open with LHLO (RFC 2033 §4.1).
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  package init(isLMTP: Bool = false) throws(Grammar.Fault) {
    self.isLMTP = isLMTP
    grammar = try Grammar.smtp.get()
    var rules: [String: Int] = [:]
    for name in [
      "ehlo", "helo", "lhlo", "mail", "rcpt", "mail-known", "rcpt-known", "vrfy", "expn", "help", "noop", "etrn", "auth-command", "Mailbox",
    ] {
      guard let number = grammar.number(of: name) else { throw Grammar.Fault(message: "no rule is named '\(name)'") }
      rules[name] = number
    }
    self.rules = rules
  }

  /// What a generated dialogue has done so far, so that what comes next can fit.
  private enum Stage {
    case greeted, ready, mail, recipients
  }

  /// A script of a few commands up to a few transactions.
  package func script(using random: inout RunGenerator) -> Script {
    var events: [Event] = []
    var stage = Stage.greeted
    let count = 2 + random.index(random.oneIn(6) ? 24 : 9)
    while events.count < count * 2 {
      // One command in eight does not ask what would fit.
      if random.oneIn(8) {
        events += random.oneIn(3) ? side(&random) : piece(using: &random)
        continue
      }
      switch stage {
      case .greeted:
        events += hello(&random)
        if random.oneIn(10) { events += authentication(&random) }
        stage = .ready
      case .ready:
        if random.oneIn(5) { events += side(&random) }
        events += mail(&random)
        stage = .mail
      case .mail:
        events += recipient(&random)
        stage = .recipients
      case .recipients:
        switch random.index(6) {
        case 0: events += recipient(&random)
        case 1:
          events += random.oneIn(2) ? reset() : hello(&random)
          stage = .ready
        case 2:
          events += chunks(&random)
          stage = .ready
        default:
          events += data(&random)
          stage = .ready
        }
      }
    }
    if random.oneIn(12) { events.insert(contentsOf: [.startTLS(before: [], after: []), .wait], at: min(2, events.count)) }
    if random.oneIn(2) { events += [Self.line("QUIT"), .wait] }
    return Script(events)
  }

  /// One command with what belongs to it, for mutators to put in.
  package func piece(using random: inout RunGenerator) -> [Event] {
    switch random.index(9) {
    case 0: hello(&random)
    case 1: mail(&random)
    case 2: recipient(&random)
    case 3: data(&random)
    case 4: reset()
    case 5: chunks(&random)
    case 6: [.startTLS(before: random.oneIn(3) ? Array("NOOP\r\n".utf8) : [], after: []), .wait]
    case 7: authentication(&random)
    default: side(&random)
    }
  }

  /// Octets that a rule derives, for mutators to put in a token's place.
  package func mailbox(using random: inout RunGenerator) -> [UInt8] { derive("Mailbox", &random) }

  // MARK: Commands

  private static func line(_ text: String) -> Event { .command(Array(text.utf8)) }

  private func derive(_ rule: String, _ random: inout RunGenerator) -> [UInt8] {
    rules[rule].map { grammar.generate($0, using: &random, length: 120) } ?? []
  }

  /// A command of the grammar, without its CRLF.
  private func command(_ rule: String, _ random: inout RunGenerator) -> Event {
    .command(Array(derive(rule, &random).dropLast(2)))
  }

  private func hello(_ random: inout RunGenerator) -> [Event] {
    let verb = isLMTP ? "LHLO" : "EHLO"
    return switch random.index(8) {
    case 0: [command(random.oneIn(4) ? "ehlo" : verb.lowercased(), &random), .wait]
    case 1: [random.oneIn(2) ? command("helo", &random) : Self.line("HELO client.example.org"), .wait]
    case 2: [Self.line("\(verb) canary0000000000.example.org"), .wait]
    default: [Self.line("\(verb) client.example.org"), .wait]
    }
  }

  /// AUTH with a login that is right somewhere, or one that is nobody's.
  private func authentication(_ random: inout RunGenerator) -> [Event] {
    let message = random.oneIn(2) ? Self.login : Array("AGEAYg==".utf8)
    return [.auth(mechanism: Array("PLAIN".utf8), initial: random.oneIn(2) ? message : nil, responses: [message]), .wait]
  }

  private func mail(_ random: inout RunGenerator) -> [Event] {
    let plain = [
      "MAIL FROM:<sender@example.org>", "MAIL FROM:<>", "MAIL FROM:<canary0000000000@example.org>",
      "MAIL FROM:<sender@example.org> SIZE=100",
      "MAIL FROM:<sender@example.org> BODY=8BITMIME", "MAIL FROM:<sender@[192.0.2.1]>",
    ]
    switch random.index(8) {
    case 0: return [command("mail", &random), .wait]
    case 1, 2: return [command("mail-known", &random), .wait]
    default: return [Self.line(random.pick(plain)), .wait]
    }
  }

  private func recipient(_ random: inout RunGenerator) -> [Event] {
    let plain = [
      "RCPT TO:<alice@example.test>", "RCPT TO:<alice@example.test>", "RCPT TO:<alice@example.test>", "RCPT TO:<bob@example.test>",
      "RCPT TO:<Postmaster>", "RCPT TO:<nobody@example.test>", "RCPT TO:<@relay.example.org:alice@example.test>",
    ]
    switch random.index(8) {
    case 0: return [command("rcpt", &random), .wait]
    case 1: return [command("rcpt-known", &random), .wait]
    default: return [Self.line(random.pick(plain)), .wait]
    }
  }

  private func reset() -> [Event] { [Self.line("RSET"), .wait] }

  private func side(_ random: inout RunGenerator) -> [Event] {
    let event: Event =
      switch random.index(8) {
      case 0: command("vrfy", &random)
      case 1: command("expn", &random)
      case 2: command("help", &random)
      case 3: command("noop", &random)
      case 4: command("etrn", &random)
      case 5: command("auth-command", &random)
      default: Self.line(random.pick(["NOOP", "HELP", "VRFY alice", "VRFY canary0000000000", "EXPN team", "XYZZY", "HELP MAIL"]))
      }
    return [event, .wait]
  }

  /// DATA and a message; now and then in lines that are odd.
  private func data(_ random: inout RunGenerator) -> [Event] {
    var body = Array("Subject: canary0000000000\r\nFrom: <sender@example.org>\r\n\r\n".utf8)
    let lines = ["Text.\r\n", "..dots\r\n", "\r\n", "A longer line of text, as people write it.\r\n", "..\r\n"]
    for _ in 0..<random.index(6) { body += Array(random.pick(lines).utf8) }
    if random.oneIn(10) { body = [] }
    if random.oneIn(4) {
      let odd = ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\n", "\r", "\0", "\r\n.\0\r\n"]
      body += Array(random.pick(odd).utf8) + Array("more\r\n".utf8)
    }
    let end = body.isEmpty ? Array(Event.endOfMailData.dropFirst(2)) : Event.endOfMailData
    return [Self.line("DATA"), .wait, .data(body: ends(body), end: end), .wait]
  }

  /// The body without its last CRLF, which the end of the mail data brings.
  private func ends(_ body: [UInt8]) -> [UInt8] { body.suffix(2) == [.carriageReturn, .lineFeed] ? Array(body.dropLast(2)) : body }

  private func chunks(_ random: inout RunGenerator) -> [Event] {
    let message = Array("Subject: canary0000000000\r\n\r\nText.\r\n".utf8)
    let cut = random.index(message.count)
    switch random.index(5) {
    case 0:
      return [
        .chunk(declared: nil, isLast: false, octets: Array(message[..<cut])), .wait,
        .chunk(declared: nil, isLast: true, octets: Array(message[cut...])), .wait,
      ]
    // What may come between two chunks, and what may not.
    case 4:
      let between = random.oneIn(2) ? reset() : piece(using: &random)
      return [.chunk(declared: nil, isLast: false, octets: message), .wait] + between
    case 1: return [.chunk(declared: nil, isLast: false, octets: message), .wait, .chunk(declared: nil, isLast: true, octets: []), .wait]
    default: return [.chunk(declared: nil, isLast: true, octets: message), .wait]
    }
  }
}
