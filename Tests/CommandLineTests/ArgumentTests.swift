import Testing

@testable import smtpspec

@Suite("OptionalValue: options whose value may be left out")
struct OptionalValueTests {
  @Test(
    "What follows is a value only where it cannot be an address",
    arguments: [
      (["check", "--strict"], ["check", "--strict=should"]),
      (["check", "--strict", "may", "host"], ["check", "--strict=may", "host"]),
      (["check", "--strict", "host"], ["check", "--strict=should", "host"]),
      (["check", "--strict=must"], ["check", "--strict=must"]),
      (["check", "--json", "host"], ["check", "--json=-", "host"]),
      (["check", "--json", "-", "host"], ["check", "--json=-", "host"]),
      (["check", "--", "--json"], ["check", "--", "--json"]),
      (["list", "--json"], ["list", "--json"]),
      ([], []),
    ] as [([String], [String])]
  )
  func joins(arguments: [String], joined: [String]) {
    #expect(OptionalValue.joined(arguments) == joined)
  }
}

@Suite("Reproduction: the command that runs one case again")
struct ReproductionTests {
  @Test(
    "It keeps what describes the target, and is safe to paste",
    arguments: [
      (["check"], "smtpspec check --only a/b"),
      (["check", "127.0.0.1:25", "--only", "x*", "--skip=y", "--fail-fast", "-v"], "smtpspec check 127.0.0.1:25 --only a/b"),
      (["check", "--json=-", "--transcripts", "t", "--strict=should", "--jobs", "3"], "smtpspec check --strict=should --only a/b"),
      (["check", "--mailbox", "maildir:/a b/c'd"], #"smtpspec check --mailbox 'maildir:/a b/c'\''d' --only a/b"#),
      (["check", "--config", "$(x).yaml", ""], "smtpspec check --config '$(x).yaml' '' --only a/b"),
    ] as [([String], String)]
  )
  func keeps(arguments: [String], command: String) {
    #expect(Reproduction(program: "smtpspec", arguments: arguments).command(for: "a/b") == command)
  }
}
