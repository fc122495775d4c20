package import Transport

/// Judges what came of one script.
package protocol TraceOracle: Sendable {
  /// Its name, a slug.
  static var name: String { get }

  /// What it has against the server.
  ///
  /// - Parameters:
  ///   - trace: What went over the wire, in units and replies.
  ///   - canary: The word of this session.
  /// - Returns: Each suspicion, several of one bucket perhaps.
  static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion]
}

extension ConnectionTrace {
  /// What is to be said of the turns whose replies are sure to belong to their units.
  func suspicions(_ judge: (Turn) -> Suspicion?) -> [Suspicion] {
    var found: [Suspicion] = []
    for turn in turns where turn.isSound {
      if let suspicion = judge(turn) { found.append(suspicion.about(turn.place)) }
    }
    return found
  }
}

/// Plays a script a second time, changed so that a server must answer the same.
package protocol RelationOracle: Sendable {
  /// Its name, a slug.
  static var name: String { get }
  /// What says that the answers must be the same.
  static var clause: String { get }
  /// How bad a difference is.
  static var severity: Finding.Severity { get }
  /// How often it is asked, among the others: more where there is more to choose.
  static var weight: Int { get }

  /// How to play the script the second time.
  ///
  /// - Parameters:
  ///   - script: The script.
  ///   - trace: What came of it the first time.
  ///   - random: Where chance comes from.
  /// - Returns: The other way; `nil` where the relation has nothing to say of the script.
  static func variant(of script: Script, after trace: Trace, using random: inout RunGenerator) -> Variant?
}

extension RelationOracle {
  /// As often as others.
  package static var weight: Int { 1 }
}

/// A script played in another way.
package struct Variant: Sendable {
  /// What to send.
  package var script: Script
  /// Where to cut the writes.
  package var segmentation = Segmentation.whole
  /// The places, in the order of the turns of the first connection, of turns that the first play has no counterpart of.
  package var added: Set<Int> = []
  /// Whether what was added has to be refused: what is accepted changes the session, and then nothing is compared.
  package var mustRefuse = false
  /// The turn that has to be a success, or else the relation says nothing of what follows.
  package var mustAccept: Int?
  /// Whether that turn may be refused as well.
  package var mayRefuse = false
  /// What says that the answers must be the same, where that depends on what was added.
  package var clause: String?
  /// The requirement that a first difference breaks, where the first play is the one that is right.
  package var rule: (rfc: Int, section: String, requirement: String)?
  /// Whether that play is right only where it was told of a success.
  package var successDecides = false
  /// How answers are compared.
  package var comparison = Comparison.codes

  /// What has to be the same.
  package enum Comparison: Sendable {
    /// Reply codes and enhanced codes.
    case codes
    /// The first digit of each reply code, of mail commands alone.
    case severities
    /// The verdict on the message alone.
    case verdict
  }

  /// A variant.
  package init(_ script: Script) {
    self.script = script
  }
}
