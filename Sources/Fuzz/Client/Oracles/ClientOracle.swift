import Wire

/// Something that a client must not do, whatever it is told.
protocol ClientOracle: Sendable {
  /// The name on the command line and in findings.
  static var name: String { get }
  /// What it has against the client.
  static func judge(_ trace: ClientTrace) -> [Suspicion]
}

/// Every oracle that there is against a client.
package enum ClientOracleList {
  static let all: [any ClientOracle.Type] = [
    ClientCrashOracle.self, ClientHangOracle.self, ClearTextOracle.self, InjectedReplyOracle.self, LineInjectionOracle.self,
    DotStuffingOracle.self, BareNewlineOracle.self, UnaskedDataOracle.self, RefusedGreetingOracle.self, OutcomeOracle.self,
  ]

  /// Their names.
  package static var names: [String] { all.map { $0.name } }

  /// What all of them have against the client, but those that are not asked.
  static func judge(_ trace: ClientTrace, without silenced: Set<String> = []) -> [Suspicion] {
    all.filter { !silenced.contains($0.name) }.flatMap { $0.judge(trace) }
  }
}
