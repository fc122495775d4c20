import Synchronization
package import Transport
import Wire

/// Plays one script again, says what the oracles have against the answers, and makes it smaller.
package struct Replay: Sendable {
  private let player: Player
  private let reproducer: Reproducer
  /// How many variants of a script a relation is asked for.
  private static let variants: ClosedRange<UInt64> = 1...12

  /// Replays against a server.
  ///
  /// - Parameters:
  ///   - player: Where the server is.
  ///   - recipients: Mailboxes that it accepts; the examples' own where there are none.
  package init(player: Player, recipients: [[UInt8]]) {
    var player = player
    player.timing.farewell = max(player.timing.farewell, Player.Timing.patientFarewell)
    self.player = player
    reproducer = Reproducer(player: player, recipients: recipients, sessions: SessionCounter())
  }

  /// What came of a script.
  package struct Outcome: Sendable {
    /// What went over the wire, octets visible.
    package let transcript: String
    /// What the oracles have against the server.
    package let suspicions: [Suspicion]
  }

  /// Plays a script, and with every relation that has something to say of it in other ways too.
  ///
  /// - Parameters:
  ///   - script: The script.
  ///   - withRelations: Whether it is played in other ways.
  /// - Returns: The transcript of the first play, and what all plays came to, a suspicion a bucket.
  package func play(_ script: Script, withRelations: Bool) -> Outcome {
    var recorder = player
    recorder.keepsTranscripts = true
    let (found, trace) = reproducer.suspicions(script, recorder)
    var suspicions = found
    if withRelations {
      for claim in claims(script) where !suspicions.contains(where: { $0.bucket == claim.suspicion.bucket }) {
        suspicions.append(claim.suspicion)
      }
    }
    return Outcome(transcript: DialogueText.text(of: trace), suspicions: suspicions)
  }

  /// Plays a script many times, and judges each play.
  ///
  /// - Parameters:
  ///   - script: The script.
  ///   - count: How many times.
  ///   - jobs: How many at once.
  /// - Returns: How often an oracle had something against the server, by oracle, and how long it took.
  package func play(_ script: Script, times count: Int, jobs: Int) -> (suspicions: [String: Int], time: Duration) {
    let left = Mutex(count)
    let found = Mutex<[String: Int]>([:])
    let work: @Sendable () -> Void = {
      while player.interrupt?.isTriggered != true,
        left.withLock({ left in
          left -= 1
          return left >= 0
        })
      {
        let suspicions = reproducer.suspicions(script, player).found
        guard !suspicions.isEmpty else { continue }
        found.withLock { found in for name in Set(suspicions.map(\.oracle)) { found[name, default: 0] += 1 } }
      }
    }
    let time = ContinuousClock().measure {
      let threads = (1..<max(1, jobs)).compactMap { _ in try? WorkerThread(work) }
      work()
      for thread in threads { thread.join() }
    }
    return (found.withLock { $0 }, time)
  }

  /// Makes a script smaller while an oracle has the same against the server.
  ///
  /// - Parameters:
  ///   - script: The script.
  ///   - oracle: The oracle's name; any where there is none.
  ///   - deadline: When to be content with what there is.
  /// - Returns: The smaller script and the suspicion; `nil` where no oracle has anything against the server.
  package func minimize(_ script: Script, oracle: String?, deadline: Deadline) -> (script: Script, suspicion: Suspicion)? {
    let direct = reproducer.suspicions(script, player).found.map { Claim(suspicion: $0, script: script, run: 0) }
    let all = direct + claims(script)
    guard let claim = all.first(where: { oracle == nil || $0.suspicion.oracle == oracle }) else { return nil }
    var minimizer = ScriptMinimizer(
      budget: 2_000, isOver: { deadline.hasPassed || player.interrupt?.isTriggered == true },
      holds: { reproducer.reproduce(claim, $0, player) != nil })
    return (minimizer.minimize(script), claim.suspicion)
  }

  /// What relations have against the server.
  private func claims(_ script: Script) -> [Claim] {
    OracleList.relations.compactMap { relation in
      for seed in Replay.variants {
        guard let pair = reproducer.compare(relation, script, seed: seed, run: 0, player) else { return nil }
        if let suspicion = pair.suspicion {
          return Claim(suspicion: suspicion, script: script, relation: relation, variantSeed: seed, run: 0)
        }
      }
      return nil
    }
  }
}
