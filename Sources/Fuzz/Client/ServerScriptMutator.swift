import Wire

/// Makes scripts for the server that a client is fuzzed with: replies from a table and from the grammar, changed, cut and ended oddly.
struct ServerScriptMutator: Sendable {
  private let grammar: Grammar
  private let reply: Int
  private let words: [[UInt8]]
  private let places: [ClientCommand.Placeholder]

  /// The most turns of a script.
  private static let turnLimit = 24
  /// The most octets of a turn that is changed here.
  private static let octetLimit = 16_384

  /// Replies that mean something in some place.
  private static let table = [
    "220 mx.example.test ESMTP", "221 bye", "235 ok", "250 ok", "250-mx.example.test\r\n250 SIZE", "251 will forward", "252 cannot tell",
    "334 ",
    "334 VXNlcm5hbWU6", "354 go ahead", "421 closing", "450 later", "451 error", "452 full", "454 no TLS now", "500 what", "501 syntax",
    "502 not here", "503 order", "504 parameter", "530 must use TLS", "535 no", "550 5.1.1 no such user", "552 too big", "554 no",
    "250-first\r\n550 second", "250", "250 ", "250-", "2500 ok", "25", "999 what", "250 \u{1}\u{2}",
    "250-mx.example.test\r\n250-AUTH\r\n250 STARTTLS",
    "250-mx.example.test\r\n250-AUTH=LOGIN PLAIN\r\n250 SIZE 99999999999999999999",
    "250-mx.example.test\r\n250 AUTH CRAM-MD5 XOAUTH2 SCRAM-SHA-1",
  ]

  /// Arguments with octets that must not leave their place; each has the canary behind a line end or what some take for one.
  private static func arguments(_ canary: String) -> [[UInt8]] {
    ["\r\n", "\n", "\r", "\r\n\r\n", ">\r\n", "\u{85}", "\u{2028}", "%0d%0a", "\\r\\n", "\"\r\n", "\t\r\n "].map {
      Array("a@example.org\($0)NOOP \(canary)\($0)b@example.org".utf8)
    } + ["\"a\r\nNOOP \(canary)\r\nb\"@example.org", "\"a\nNOOP \(canary)\nb\"@example.org"].map { Array($0.utf8) }
  }

  /// A mutator for a command.
  ///
  /// - Throws: ``Grammar/Fault`` where the grammar is not to be read.
  init(for command: ClientCommand, words: [[UInt8]]) throws(Grammar.Fault) {
    grammar = try Grammar.smtp.get()
    guard let reply = grammar.number(of: "Reply-line") else { throw Grammar.Fault(message: "no rule is named 'Reply-line'") }
    self.reply = reply
    self.words = words
    places = [.sender, .recipient, .user].filter(command.has)
  }

  /// Scripts that say plainly what each oracle is about, to begin with: every argument in every place that the command has.
  var beginnings: [ServerScript] {
    let canary = ClientCanaries().injected
    return places.flatMap { place in
      Self.arguments(canary).map { value in
        var script = ServerScript()
        script.arguments[place] = value
        return script
      }
    }
  }

  /// A script from nothing: honest turns, and one or two that are not.
  func make(using random: inout RunGenerator) -> ServerScript {
    var script = ServerScript()
    script.turns = Array(repeating: ServerScript.Turn(), count: random.index(9))
    script.turns.append(ServerScript.Turn(segments: [replyOctets(&random)]))
    if random.oneIn(3) { script.turns.append(ServerScript.Turn(segments: [replyOctets(&random)])) }
    return script
  }

  /// Changes a script a little.
  func mutate(_ script: ServerScript, other: ServerScript, using random: inout RunGenerator) -> ServerScript {
    var script = script
    for _ in 0...random.index(3) { change(&script, other, &random) }
    if script.turns.count > Self.turnLimit { script.turns.removeSubrange(Self.turnLimit...) }
    return script
  }

  private func change(_ script: inout ServerScript, _ other: ServerScript, _ random: inout RunGenerator) {
    let place = random.index(script.turns.count + 1)
    if place == script.turns.count { script.turns.append(ServerScript.Turn()) }
    switch random.index(12) {
    case 0: script.turns.remove(at: place)
    case 1: script.turns.insert(ServerScript.Turn(), at: place)
    case 2: script.turns[place] = ServerScript.Turn()
    case 3, 4: script.turns[place].segments = [replyOctets(&random)]
    // Two replies where one is owed.
    case 5: script.turns[place].segments.append(replyOctets(&random))
    case 6: script.turns[place].ending = random.oneIn(2) ? nil : random.pick(ServerScript.Ending.allCases)
    case 7:
      let octets = script.turns[place].octets
      guard octets.count > 1 else { return }
      let cut = 1 + random.index(octets.count - 1)
      script.turns[place].segments = [Array(octets[..<cut]), Array(octets[cut...])]
    case 8 where !other.turns.isEmpty: script.turns[place] = random.pick(other.turns)
    case 9 where !places.isEmpty:
      script.arguments[random.pick(places)] = random.pick(Self.arguments(ClientCanaries().injected))
    default:
      var octets = script.turns[place].octets
      if octets.isEmpty { octets = replyOctets(&random) }
      random.pick(OctetMutator.allCases).apply(
        to: &octets, words: words, other: other.turns.first?.octets ?? [], limit: Self.octetLimit, using: &random)
      script.turns[place].segments = [octets]
    }
  }

  private func replyOctets(_ random: inout RunGenerator) -> [UInt8] {
    random.oneIn(4) ? grammar.generate(reply, using: &random) : Array("\(random.pick(Self.table))\r\n".utf8)
  }
}
