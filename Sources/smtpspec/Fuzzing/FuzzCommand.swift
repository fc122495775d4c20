import ArgumentParser

/// `smtpspec fuzz`: looks for what breaks servers, clients and parsers.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Looks for inputs that break a server, a client or a parser.",
    discussion: ExitStatus.fuzzingTable(),
    subcommands: [FuzzServer.self, FuzzClient.self, FuzzParser.self, ParserHost.self]
  )
}
