import Synchronization
import Wire

/// Plays scripts again, to see whether what an oracle had against the server comes again.
struct Reproducer: Sendable {
  let player: Player
  let recipients: [[UInt8]]
  let sessions: SessionCounter

  /// Places for the next session.
  func places() -> Placeholders { Placeholders(session: sessions.next(), recipients: recipients) }

  /// Plays a script and judges it.
  func suspicions(_ script: Script, _ player: Player) -> (found: [Suspicion], trace: Trace) {
    let places = self.places()
    var trace = player.play(script, places)
    if let turns = trace.connections.filter(\.isUnanswered).map(\.turns.count).min(), turns > 0 {
      // It may have closed before it got what we sent: then it is what came before that ended the connection.
      var patient = player
      patient.pausesAfter = turns
      trace = patient.play(script, places)
    }
    if trace.connections.contains(where: { $0.isSilent }) { trace.othersAreServed = self.player.servesOthers() }
    return (OracleList.judge(trace, canary: places.canary), trace)
  }

  /// Whether a claim's suspicion comes again with this script; what it looked like, and what went over the wire.
  func reproduce(_ claim: Claim, _ script: Script, _ player: Player) -> Reproduction? {
    let bucket = claim.suspicion.bucket
    guard let relation = claim.relation else {
      // What a session leaves behind shows in the next one.
      if claim.suspicion.oracle == CanaryOracle.name { _ = player.play(script, places()) }
      let (found, trace) = suspicions(script, player)
      guard let suspicion = found.first(where: { $0.bucket == bucket }) else { return nil }
      return Reproduction(suspicion: suspicion, traces: [trace], variant: nil)
    }
    guard let pair = compare(relation, script, seed: claim.variantSeed, run: claim.run, player), let suspicion = pair.suspicion,
      suspicion.bucket == bucket
    else { return nil }
    return Reproduction(suspicion: suspicion, traces: pair.traces, variant: pair.variant)
  }

  /// Plays a script as it is and in another way; `nil` where the relation has nothing to say of it.
  func compare(
    _ relation: any RelationOracle.Type, _ script: Script, seed: UInt64, run: UInt64, _ player: Player
  ) -> (suspicion: Suspicion?, traces: [Trace], variant: Script)? {
    let first = player.play(script, places())
    var random = RunGenerator(seed: seed, run: run)
    guard let variant = relation.variant(of: script, after: first, using: &random) else { return nil }
    let second = player.segmented(variant.segmentation).play(variant.script, places(), seed: seed)
    return (Comparer.difference(relation, first, second, variant), [first, second], variant.script)
  }
}

/// A suspicion that came again.
struct Reproduction: Sendable {
  let suspicion: Suspicion
  let traces: [Trace]
  let variant: Script?
}

/// Numbers sessions, so that no two have the same canary.
final class SessionCounter: Sendable {
  private let count = Atomic<UInt64>(0)

  /// The number of the next session, from 1.
  func next() -> UInt64 { count.add(1, ordering: .relaxed).newValue }

  /// How many there were.
  var total: UInt64 { count.load(ordering: .relaxed) }
}

extension ConnectionTrace {
  /// Whether a reply did not come in time.
  var isSilent: Bool {
    if case .silent = fate { return true }
    return false
  }

  /// Whether the server ended it with a reply owed.
  var isUnanswered: Bool {
    if case .lost = fate { return true }
    return false
  }

  /// Whether the server ended it where it should not have.
  var isLost: Bool {
    switch fate {
    case .lost, .closed: true
    default: false
    }
  }

  /// Whether the server let nobody connect.
  var isRefused: Bool {
    if case .refused = fate { return true }
    return false
  }
}
