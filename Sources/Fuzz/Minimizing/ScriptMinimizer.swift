import Wire

/// Makes a script smaller while something stays true of it: events first, then tokens, then octets.
struct ScriptMinimizer {
  /// How often to ask at most.
  var budget = 400
  /// When to stop.
  let isOver: () -> Bool
  /// Whether what is left still has it.
  let holds: (Script) -> Bool

  /// A part of the script of which it holds.
  mutating func minimize(_ script: Script) -> Script {
    var events = ask(script.events, share: 2) { Script($0) }
    // Waits that stand together are one.
    let joined = events.indices.filter { !($0 > 0 && events[$0] == .wait && events[$0 - 1] == .wait) }.map { events[$0] }
    if joined.count < events.count, check(Script(joined)) { events = joined }
    for place in events.indices {
      if case .command(let line) = events[place] {
        let tokens = ask(TokenMutator.tokens(of: line), share: 4) { tokens in
          var changed = events
          changed[place] = .command(Array(tokens.joined()))
          return Script(changed)
        }
        events[place] = .command(Array(tokens.joined()))
      }
      minimizeOctets(&events, place)
    }
    // In step it reads best, and asks least of the server.
    let inStep = events.flatMap { $0.sends ? [$0, .wait] : $0 == .wait ? [] : [$0] }
    return check(Script(inStep)) ? Script(inStep) : Script(events)
  }

  private mutating func minimizeOctets(_ events: inout [Event], _ place: Int) {
    let original = events
    func with(_ octets: [UInt8]) -> Script {
      var changed = original
      switch original[place] {
      case .command: changed[place] = .command(octets)
      case .octets: changed[place] = .octets(octets)
      case .data(_, let end): changed[place] = .data(body: octets, end: end)
      case .chunk(let declared, let isLast, _): changed[place] = .chunk(declared: declared, isLast: isLast, octets: octets)
      case .auth, .startTLS, .closeNotify, .halfClose, .reset, .wait, .cut, .connect: break
      }
      return Script(changed)
    }
    switch original[place] {
    case .command(let octets), .octets(let octets), .data(let octets, _), .chunk(_, _, let octets):
      events = with(ask(octets, share: 4, with)).events
    case .auth, .startTLS, .closeNotify, .halfClose, .reset, .wait, .cut, .connect: break
    }
  }

  /// Asks within a share of what is left of the budget.
  private mutating func ask<Element>(_ elements: [Element], share: Int, _ script: ([Element]) -> Script) -> [Element] {
    guard !elements.isEmpty, budget > 0, !isOver() else { return elements }
    var asked = 0
    let result = OctetMinimizer.minimize(elements, budget: max(8, budget / share)) { part in
      guard !isOver() else { return false }
      asked += 1
      return holds(script(part))
    }
    budget -= asked
    return result
  }

  private mutating func check(_ script: Script) -> Bool {
    budget -= 1
    return holds(script)
  }
}
