import Foundation
import Testing

@Suite("Wrong usage ends with status 2 and says what to do")
struct UsageTests {
  @Test(
    "Arguments that cannot be",
    arguments: [
      (["check", "--no-such-option"], "Unknown option '--no-such-option'"),
      (["chekc"], "chekc"),
      (["check", "--role", "router"], "'router'"),
      (["check", "--jobs", "0"], "--jobs is 1 to 1000"),
      (["check", "--shard", "6/5"], "--shard 6/5: write the part and the number of parts, as in 2/5"),
      (["check", "--min-run", "0"], "--min-run is 1 or more"),
      (["check", "--waivers", "/no/such/file.yaml"], "/no/such/file.yaml: cannot be read"),
      (["check", "--baseline", "/no/such/events.jsonl"], "/no/such/events.jsonl: No such file or directory"),
      (["merge", "/no/such/events.jsonl"], "/no/such/events.jsonl: No such file or directory"),
      (["merge", "/dev/null"], "holds no event"),
      (["waive", "/dev/null", "--reason", "r"], "holds no event"),
      (["waive", "x"], "--reason"),
      (["certify", "127.0.0.1:1", "--subject", "/no/such/file", "--key", "k"], "--subject /no/such/file: it cannot be read"),
      (["certify", "127.0.0.1:1", "--subject", "sha256:12", "--key", "k"], "a SHA-256 has 64 hexadecimal digits"),
      (["certify", "--subject", "/dev/null", "--key", "k"], "it is no file"),
      (["certify", "127.0.0.1:1", "--key", "k"], "--subject"),
      (["verify", "/no/such/file", "--key", "/no/such/key"], "--key /no/such/key: it cannot be read: No such file or directory"),
      (["waive", "x", "--reason", "r", "--until", "soon"], "--until soon: no day; write 2027-01-31"),
      (["check", "--timeout", "soon"], "'soon'"),
      (["check", "--strict=maybe"], "'maybe'"),
      (["check", "--only", "rfc5321/3.3/rcpt-before-mial"], "did you mean 'rfc5321/3.3/rcpt-before-mail'?"),
      (["check", "--only", "levl:must"], "no selector 'levl:', did you mean 'level:'?"),
      (["check", "--only", "rfc:5321", "--skip", "rfc:5321"], "leaves no case"),
      (["check", "--defect", "no-such-fault-at-all"], "no defect is named 'no-such-fault-at-all'"),
      (["check", "127.0.0.1:1", "--defect", "x"], "--defect is for the built-in server"),
      (["check", "192.0.2.1"], "192.0.2.1:25 is not on this machine. Add --remote"),
      (["check", "host:port:port"], "host:port:port"),
      (["check", "127.0.0.1:1", "--recipient", "a@b>\r\nRSET"], "--recipient: a space, an angle bracket or a control octet"),
      (["check", "127.0.0.1:1", "--mailbox", "imap:x"], "write maildir:PATH, mbox:PATH, command:COMMAND or sink"),
      (["check", "127.0.0.1:1", "--username", "me"], "--username and --password-env go together"),
      (["check", "--config", "/no/such/file.yaml"], "/no/such/file.yaml"),
      (["check", "--specs", "/no/such/folder"], "/no/such/folder: no such folder"),
      (["check", "--json=/no/such/folder/events"], "cannot write to /no/such/folder/events: No such file or directory"),
      (["explain", "rcpt-before-mial"], "did you mean 'rcpt-before-mail'?"),
      (["explain", "\u{1B}[2Jnothing"], #"nothing is named '\u{1B}[2Jnothing'"#),
      (["list", "--requirements", "--defects"], "ask for one"),
      (["coverage", "5322"], "no RFC '5322' is registered; there is 821, "),
      (["coverage", "--specs", "/no/such/folder"], "/no/such/folder: no such folder"),
      (["init"], "Which server?"),
      (["serve", "--defect", "no-such-fault-at-all"], "no defect is named"),
    ]
  )
  func refuses(arguments: [String], words: String) throws {
    let outcome = try Tool.run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test("A mistake in the specs is shown with file, line and column")
  func refusesBrokenSpecs() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write(
      """
      rfc: 5321
      title: Simple Mail Transfer Protocol
      requirements:
        - {id: 3.3-10, level: MUST, role: server, summary: RCPT before MAIL draws 503.}
      """,
      to: "specs/requirements/rfc5321.yaml"
    )
    try scratch.write(
      """
      rfc: 5321
      section: '3.3'
      title: Mail transactions
      cases:
        - id: broken
          title: A case with a mistake
          covers: [3.3-10]
          given: ehlo
          steps:
            - sned: NOOP
              expect: 250
      """,
      to: "specs/rfc5321/3.3.yaml"
    )
    let outcome = try Tool.run(["check", "--specs", scratch.file("specs").path])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("3.3.yaml:10:9: unknown key 'sned', did you mean 'send'?"), "\(outcome.errors)")
  }

  @Test("A mistake in the configuration is shown with file, line and column")
  func refusesBrokenConfiguration() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("address: 127.0.0.1:2525\nrolle: mx\n", to: "smtpspec.yaml")
    let outcome = try Tool.run(["check", "--config", "smtpspec.yaml"], in: scratch.url)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("smtpspec.yaml:2:1: unknown key 'rolle', did you mean 'role'?"), "\(outcome.errors)")
  }

  @Test("Help and version are no errors", arguments: [["--help"], ["--version"], ["check", "--help"], ["help", "list"]])
  func helps(arguments: [String]) throws {
    let outcome = try Tool.run(arguments)
    #expect(outcome.status == 0)
    #expect(!outcome.output.isEmpty)
    #expect(outcome.errors.isEmpty)
  }

  @Test("The help documents every exit status", arguments: [["--help"], ["check", "--help"]])
  func documentsStatuses(arguments: [String]) throws {
    let help = try Tool.run(arguments).output
    for status in ["0", "1", "2", "3", "4", "5", "70"] { #expect(help.contains("\n  \(status) "), "\(status)") }
  }

  @Test("There are completions for the shells", arguments: ["bash", "zsh", "fish"])
  func completes(shell: String) throws {
    let outcome = try Tool.run(["--generate-completion-script", shell])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("transcripts"))
  }
}
