/// Every oracle that there is against a server.
package enum OracleList {
  /// Those that judge one play of a script.
  package static let judges: [any TraceOracle.Type] = [
    CrashOracle.self, HangOracle.self, CanaryOracle.self, ReplyCountOracle.self, ReplyGrammarOracle.self, TransactionOracle.self,
    ReplyCodeOracle.self, CommandGrammarOracle.self,
  ]

  /// Those that compare two plays.
  package static let relations: [any RelationOracle.Type] = [
    SegmentationOracle.self, PipeliningOracle.self, LetterCaseOracle.self, SideCommandOracle.self, ResetOracle.self, ClearOrTLSOracle.self,
    DataOrChunkOracle.self,
  ]

  /// The relations in an order by chance, those that weigh more rather in front.
  static func shuffledRelations(using random: inout RunGenerator) -> [any RelationOracle.Type] {
    var left = relations
    var order: [any RelationOracle.Type] = []
    while !left.isEmpty {
      var number = random.index(left.reduce(0) { $0 + $1.weight })
      let place = left.firstIndex { relation in
        number -= relation.weight
        return number < 0
      }
      order.append(left.remove(at: place ?? 0))
    }
    return order
  }

  /// All names; growth is watched over many sessions, and death from outside.
  package static var names: [String] { judges.map { $0.name } + relations.map { $0.name } + [GrowthOracle.name] }

  /// What all judges have against the server.
  package static func judge(_ trace: Trace, canary: [UInt8]) -> [Suspicion] {
    judges.flatMap { $0.judge(trace, canary: canary) }
  }
}
