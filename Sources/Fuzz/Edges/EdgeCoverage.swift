import Synchronization
package import Transport

/// What the edge map of a server showed so far.
///
/// The map is one for all connections: what a script reached can be told only while nobody else plays.
package final class EdgeCoverage: Sendable {
  private let map: EdgeMap
  private let state: Mutex<State>
  private let interrupt: Interrupt

  /// How large a map is where nobody says, in octets: an edge each, and more than Exim or Postfix have.
  package static let usualSize = 1 << 20

  private struct State {
    /// What was last read of the map.
    var reading: [UInt8]
    /// Of each edge, whether it was reached at all: 0 or 1.
    var reached: [UInt8]
    var reachedCount = 0
    /// Of each edge, the classes of counts that scripts are kept for.
    var met: [UInt8]
    /// Of each edge, how often a script that seemed to reach something new did not do it again.
    var misses: [UInt8]
  }

  /// An edge, and the class of how often it was gone over.
  package struct Reach: Sendable, Equatable {
    let edge: Int
    let countClass: UInt8
  }

  /// What a script was the first to reach.
  package enum Novelty: Sendable, Equatable {
    /// An edge.
    case edge
    /// Another count of an edge.
    case count
  }

  /// How often an edge may show something new that does not come again; then it is left alone.
  private static let patience: UInt8 = 8
  /// How long the server's side of a connection may still be at its end.
  private static let settling = Duration.milliseconds(30)

  /// A coverage of nothing, and its map.
  ///
  /// - Parameters:
  ///   - size: Of the map, in octets.
  ///   - interrupt: What ends every wait.
  /// - Throws: ``EdgeFailure`` where there is no such map.
  package init(size: Int, interrupt: Interrupt) throws(EdgeFailure) {
    guard EdgeMap.sizes.contains(size) else {
      throw EdgeFailure(message: "an edge map has \(EdgeMap.sizes.lowerBound) to \(EdgeMap.sizes.upperBound) octets, not \(size)")
    }
    map = try EdgeMap(count: size)
    self.interrupt = interrupt
    let zeros = [UInt8](repeating: 0, count: size)
    state = Mutex(State(reading: zeros, reached: zeros, met: zeros, misses: zeros))
  }

  /// The variables that show the map to a server.
  package var environment: [String: String] { map.environment }

  /// How many edges were reached, whoever reached them.
  package var count: Int { state.withLock { $0.reachedCount } }

  /// Whether a server has written to the map.
  package var isUsed: Bool {
    state.withLock { state in
      map.copy(into: &state.reading)
      return state.reading.contains { $0 != 0 }
    }
  }

  /// Begins anew: what is in the map counts as reached, and the map is empty.
  package func begin() {
    state.withLock { state in
      map.copy(into: &state.reading)
      _ = EdgeCoverage.look(at: &state)
    }
    map.clear()
  }

  /// What was reached since ``begin()`` and never before.
  package func fresh() -> [Reach] {
    settle()
    return state.withLock { EdgeCoverage.look(at: &$0) }
  }

  /// The same script was played once more: what of the fresh reaches came again is met from now on.
  ///
  /// - Returns: The best of what came again; `nil` where nothing did.
  package func confirm(_ fresh: [Reach]) -> Novelty? {
    settle()
    return state.withLock { state in
      _ = EdgeCoverage.look(at: &state)
      var novelty: Novelty?
      for reach in fresh {
        let now = EdgeCoverage.countClass(of: state.reading[reach.edge])
        // An edge that nobody had met is what counts, not how often exactly.
        let isUnmet = state.met[reach.edge] == 0
        if now == reach.countClass || now != 0 && isUnmet {
          state.met[reach.edge] |= now | reach.countClass
          if novelty != .edge { novelty = isUnmet ? .edge : .count }
        } else {
          state.misses[reach.edge] += state.misses[reach.edge] < EdgeCoverage.patience ? 1 : 0
        }
      }
      return novelty
    }
  }

  /// Reads until the map stays as it is: a server goes on for a moment when its client has gone, and nothing tells when it has done.
  private func settle() {
    let deadline = Deadline.after(EdgeCoverage.settling)
    repeat {
      state.withLock { map.copy(into: &$0.reading) }
      guard interrupt.wait(until: .after(.milliseconds(1))) else { return }
    } while !state.withLock({ map.isStill($0.reading) }) && !deadline.hasPassed
  }

  /// Counts what the reading has, and finds what of it was never met.
  private static func look(at state: inout State) -> [Reach] {
    var fresh: [Reach] = []
    for edge in touched(state.reading) {
      if state.reached[edge] == 0 {
        state.reached[edge] = 1
        state.reachedCount += 1
      }
      let countClass = countClass(of: state.reading[edge])
      guard state.met[edge] & countClass == 0, state.misses[edge] < patience else { continue }
      fresh.append(Reach(edge: edge, countClass: countClass))
    }
    return fresh
  }

  /// The edges with a count.
  ///
  /// Most of a map is zeros, so that it is looked through eight octets at a time.
  private static func touched(_ reading: [UInt8]) -> [Int] {
    var edges: [Int] = []
    reading.withUnsafeBytes { octets in
      var place = 0
      while place < octets.count {
        let isWhole = octets.count - place >= 8
        if isWhole, octets.loadUnaligned(fromByteOffset: place, as: UInt64.self) == 0 {
          place += 8
          continue
        }
        // The first octet is no edge: AFL's runtime writes there that it is present.
        for edge in place..<min(place + 8, octets.count) where edge > 0 && octets[edge] != 0 { edges.append(edge) }
        place += 8
      }
    }
    return edges
  }

  /// The class of a count, a bit each, as AFL has them: 1, 2, 3, 4–7, 8–15, 16–31, 32–127, and more; 0 for none.
  static func countClass(of count: UInt8) -> UInt8 {
    switch count {
    case 0: 0
    case 1: 1
    case 2: 2
    case 3: 4
    case 4...7: 8
    case 8...15: 16
    case 16...31: 32
    case 32...127: 64
    default: 128
    }
  }
}
