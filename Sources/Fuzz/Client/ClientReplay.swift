package import Transport
import Wire

/// One script of a server's, played for a client once, for a person to look at.
package struct ClientReplay: Sendable {
  private let trace: ClientTrace
  private let found: [Suspicion]

  /// Plays it.
  ///
  /// - Throws: ``ClientRunner/Unusable`` where the client does not start.
  package init(
    _ script: Script, with runner: ClientRunner, without silenced: Set<String>, interrupt: Interrupt
  ) throws(ClientRunner.Unusable) {
    trace = try runner.run(ServerScript(script), interrupt: interrupt)
    found = ClientOracleList.judge(trace, without: silenced)
  }

  /// Whether an oracle has something against the client.
  package var hasFindings: Bool { !found.isEmpty }

  /// The dialogue, what the client printed, how it ended, and what the oracles say.
  package var text: String {
    var lines = trace.connections.enumerated().map { "connection \($0 + 1)\n\($1.transcript)" }
    lines += trace.output.split(separator: .lineFeed).suffix(40).map { "| \(Escaped.show($0, limit: 300))\n" }
    switch trace.ending {
    case .status(let status)?: lines.append("exit status \(status)\n")
    case .signal(let number)?: lines.append("ended by signal \(number)\n")
    case nil: lines.append("did not end\n")
    }
    lines += found.map { "\($0.oracle): \($0.summary) (\($0.clause)); \($0.observed)\n" }
    if found.isEmpty { lines.append("nothing found\n") }
    return lines.joined()
  }
}
