import Wire

/// Changes scripts on three levels: events, tokens, octets.
package struct ScriptMutator: Sendable {
  /// The most events of a script.
  static let eventLimit = 160
  /// The most octets that one event sends.
  static let octetLimit = 16_384

  private let generator: ScriptGenerator
  private let words: [[UInt8]]

  /// A mutator with a dictionary.
  package init(generator: ScriptGenerator, words: [[UInt8]]) {
    self.generator = generator
    self.words = words
  }

  /// Makes one to a few changes.
  package func mutate(_ script: Script, other: Script, using random: inout RunGenerator) -> Script {
    var events = script.events
    for _ in 0..<1 + random.index(random.oneIn(4) ? 8 : 3) {
      switch random.index(6) {
      case 0, 1: random.pick(EventMutator.allCases).apply(to: &events, other: other.events, generator: generator, using: &random)
      case 2, 3, 4: changeToken(&events, other.events, &random)
      default: changeOctets(&events, other.events, &random)
      }
    }
    if events.count > ScriptMutator.eventLimit { events.removeSubrange(ScriptMutator.eventLimit...) }
    return Script(events)
  }

  private func changeToken(_ events: inout [Event], _ other: [Event], _ random: inout RunGenerator) {
    guard let place = place(in: events, &random, where: { if case .command = $0 { true } else { false } }),
      case .command(var line) = events[place]
    else { return }
    let lines = other.compactMap { event -> [UInt8]? in if case .command(let line) = event { line } else { nil } }
    random.pick(TokenMutator.allCases).apply(
      to: &line, words: words, other: lines.isEmpty ? [] : random.pick(lines), generator: generator, using: &random)
    events[place] = .command(Array(line.prefix(ScriptMutator.octetLimit)))
  }

  private func changeOctets(_ events: inout [Event], _ other: [Event], _ random: inout RunGenerator) {
    guard let place = place(in: events, &random, where: \.sends) else { return }
    let foreign = other.isEmpty ? [] : random.pick(other).octets
    func change(_ octets: [UInt8], _ random: inout RunGenerator) -> [UInt8] {
      var octets = octets
      random.pick(OctetMutator.allCases).apply(
        to: &octets, words: words, other: foreign, limit: ScriptMutator.octetLimit, using: &random)
      return octets
    }
    switch events[place] {
    case .command(let line):
      // Half of the time the line's end is part of what is changed.
      events[place] = random.oneIn(2) ? .command(change(line, &random)) : .octets(change(line + [.carriageReturn, .lineFeed], &random))
    case .octets(let octets): events[place] = .octets(change(octets, &random))
    case .data(let body, let end):
      events[place] = random.oneIn(4) ? .data(body: body, end: change(end, &random)) : .data(body: change(body, &random), end: end)
    case .chunk(let declared, let isLast, let octets):
      let size = declared ?? Array(String(octets.count).utf8)
      events[place] =
        random.oneIn(2)
        ? .chunk(declared: change(size, &random), isLast: isLast, octets: octets)
        : .chunk(declared: declared, isLast: isLast, octets: change(octets, &random))
    case .auth(let mechanism, let initial, let responses):
      events[place] = .auth(
        mechanism: random.oneIn(3) ? change(mechanism, &random) : mechanism, initial: initial.map { change($0, &random) },
        responses: responses.map { change($0, &random) })
    case .startTLS(let before, let after):
      events[place] =
        random.oneIn(2)
        ? .startTLS(before: change(before, &random), after: after) : .startTLS(before: before, after: change(after, &random))
    case .closeNotify, .halfClose, .reset, .wait, .cut, .connect: break
    }
  }

  private func place(in events: [Event], _ random: inout RunGenerator, where suits: (Event) -> Bool) -> Int? {
    let places = events.indices.filter { suits(events[$0]) }
    return places.isEmpty ? nil : random.pick(places)
  }
}
