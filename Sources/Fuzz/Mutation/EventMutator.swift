/// A small change of a script's events.
package enum EventMutator: CaseIterable, Sendable {
  case remove, duplicate, swap, insertPiece, splice, truncate, addWait, removeWait, cut, repeatMany, reconnect, endOddly

  /// Changes the events.
  ///
  /// - Parameters:
  ///   - events: What to change.
  ///   - other: Events of another script.
  ///   - generator: Where new commands come from.
  ///   - random: Where chance comes from.
  package func apply(to events: inout [Event], other: [Event], generator: ScriptGenerator, using random: inout RunGenerator) {
    let place = random.index(events.count + 1)
    switch self {
    case .remove: if place < events.count { events.remove(at: place) }
    case .duplicate: if place < events.count { events.insert(contentsOf: [.wait, events[place], .wait], at: place) }
    case .swap:
      let second = random.index(events.count)
      if place < events.count { events.swapAt(place, second) }
    case .insertPiece: events.insert(contentsOf: generator.piece(using: &random), at: place)
    case .splice:
      guard !other.isEmpty else { return }
      let start = random.index(other.count)
      events.insert(contentsOf: other[start..<min(other.count, start + 1 + random.index(8))], at: place)
    case .truncate: events.removeSubrange(place...)
    case .addWait: events.insert(.wait, at: place)
    case .removeWait:
      let waits = events.indices.filter { events[$0] == .wait }
      if !waits.isEmpty { events.remove(at: random.pick(waits)) }
    case .cut: events.insert(.cut, at: place)
    case .repeatMany:
      guard place < events.count, events[place].sends else { return }
      let count = random.pick([3, 12, 40])
      events.insert(contentsOf: (0..<count).flatMap { _ in [events[place], .wait] }, at: place)
    case .reconnect: events.insert(.connect, at: place)
    case .endOddly: events.insert(random.pick([.halfClose, .reset, .closeNotify]), at: place)
    }
  }
}
