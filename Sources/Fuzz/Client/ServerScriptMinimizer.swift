import Transport
import Wire

/// Makes a server's script smaller while something stays true of it: fewer arguments, more honest turns, fewer octets.
struct ServerScriptMinimizer {
  /// How often to ask at most; each question starts a client.
  var budget = 120
  /// When to stop.
  let deadline: Deadline
  /// Whether what is left still has it.
  let holds: (ServerScript) -> Bool

  /// A simpler script of which it holds.
  mutating func minimize(_ script: ServerScript) -> ServerScript {
    var current = script
    for place in current.arguments.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      attempt(&current) { $0.arguments[place] = nil }
    }
    attempt(&current) { $0.turns = [] }
    for place in current.turns.indices.reversed() {
      if place == current.turns.count - 1 { attempt(&current) { $0.turns.removeLast() } }
      guard place < current.turns.count else { continue }
      if !current.turns[place].isHonest { attempt(&current) { $0.turns[place] = ServerScript.Turn() } }
      if current.turns[place].segments.count > 1 { attempt(&current) { $0.turns[place].segments = [$0.turns[place].octets] } }
      if current.turns[place].ending != nil { attempt(&current) { $0.turns[place].ending = nil } }
    }
    for place in current.turns.indices where current.turns[place].segments.count == 1 { shorten(place, &current) }
    return current
  }

  private mutating func shorten(_ place: Int, _ script: inout ServerScript) {
    guard budget > 0 else { return }
    let before = script
    func with(_ octets: [UInt8]) -> ServerScript {
      var changed = before
      changed.turns[place].segments = [octets]
      return changed
    }
    var asked = 0
    let octets = OctetMinimizer.minimize(before.turns[place].octets, budget: min(budget, 40)) { part in
      guard !part.isEmpty, !deadline.hasPassed else { return false }
      asked += 1
      return holds(with(part))
    }
    budget -= asked
    script = with(octets)
  }

  private mutating func attempt(_ script: inout ServerScript, _ change: (inout ServerScript) -> Void) {
    guard budget > 0, !deadline.hasPassed else { return }
    var changed = script
    change(&changed)
    guard changed != script else { return }
    budget -= 1
    if holds(changed) { script = changed }
  }
}
