import Conformance
import Reports

/// The text of `smtpspec.yaml`, with comments that say what each key is for.
struct ConfigurationText {
  let findings: TargetFindings
  let options: TargetOptions

  var text: String {
    let target = findings.target
    var lines = [
      "# The server that smtpspec checks: smtpspec check --config FILE. Flags override what stands here.",
      "#",
      "# greeting: \(Visible.line(findings.greeting, limit: 200))",
      "# offers: \(offers(findings.extensions))",
    ]
    if let underTLS = findings.extensionsUnderTLS { lines.append("# offers under TLS: \(offers(underTLS))") }
    lines += findings.notes.map { "# note: \(Visible.line($0, limit: 300))" }
    lines += ["", "address: \(quoted(target.address))", "role: \(target.role.rawValue)  # mx, submission, lmtp or odmr", ""]
    lines += entry("client", target.client, "the name we give in EHLO")
    lines += entry("sender", target.sender, "who our mail is from")
    lines += entry("domain", target.domain, "a domain that it takes mail for", example: "example.test")
    lines += entry("recipient", target.recipient, "a mailbox that it accepts mail for", example: "user@example.test")
    lines += entry("recipient2", target.recipient2, "another one", example: "other@example.test")
    lines += entry("unknown-recipient", target.unknownRecipient, "refused: no such user in its domain", example: "nobody@example.test")
    if let foreign = target.foreignRecipient {
      lines += entry("foreign-recipient", foreign, "refused: a domain that it does not serve")
    } else {
      lines += ["foreign-recipient: null  # it relays to anybody: nothing to test refusals with"]
    }
    if target.role == .lmtp {
      lines += entry("failing-recipient", target.failingRecipient, "accepted, and refused at delivery", example: "full@example.test")
    }
    lines += entry(
      "undeliverable-recipient", target.undeliverableRecipient, "accepted, and its delivery fails at once and for good",
      example: "gone@example.test")
    lines += entry("mailing-list", target.mailingList, "a list that the recipient is on, not an alias", example: "team@example.test")
    lines += entry("local-sender", target.localSender, "a third mailbox, to which reports go", example: "third@example.test")
    lines += entry("list", target.list, "a mailing list, for EXPN", example: "team")
    return (lines + [""] + sections(of: target)).map { $0 + "\n" }.joined()
  }

  /// The keys that hold more than a word.
  private func sections(of target: TargetConfiguration) -> [String] {
    var lines: [String] = []
    if let username = options.username, let variable = options.passwordVariable {
      lines += ["credentials: {username: \(quoted(username)), password: {env: \(quoted(variable))}}"]
    } else {
      lines += [
        "# The password comes from the environment or a file, never from here.",
        "# credentials: {username: user, password: {env: SMTP_PASSWORD}}",
      ]
    }
    lines += [
      "", "tls:", "  implicit: \(target.tls.isImplicit)  # whether TLS begins with the connection", "  trust: \(trust(target.tls.trust))",
    ]
    if let name = target.tls.serverName { lines.append("  name: \(quoted(name))") }
    lines += ["", "# Where delivered mail can be read; without it, cases that look into a message are not applicable."]
    switch target.mailbox {
    case .maildir(let paths): lines.append("mailbox: {maildir: [\(paths.map(quoted).joined(separator: ", "))]}")
    case .command(let commands): lines.append("mailbox: {command: [\(commands.map(quoted).joined(separator: ", "))]}")
    case .mbox(let paths): lines.append("mailbox: {mbox: [\(paths.map(quoted).joined(separator: ", "))]}")
    case .sink: lines.append("mailbox: sink")
    case nil: lines.append("# mailbox: {maildir: /home/user/Maildir}")
    }
    lines += ["# sender-mailbox: {maildir: /home/third/Maildir}  # the local sender's, and nobody else's"]
    lines += [
      "", "# If smtpspec is to start the server:", "# server: {command: 'my-server --port 2525', ready: 10s}", "",
      "# Violations that are known, here or in a file (waivers: FILE); one that is out of date fails the run.", "# waivers:",
      "#   - {case: 'rfc5321/4.1.1.6/*', reason: why it may stay, issue: where it is tracked, until: 2027-01-31}",
    ]
    return lines
  }

  private func entry(_ key: String, _ value: String?, _ comment: String, example: String = "") -> [String] {
    [value.map { "\(key): \(quoted($0))  # \(comment)" } ?? "# \(key): \(example)  # \(comment)"]
  }

  private func offers(_ extensions: [String]) -> String {
    extensions.isEmpty ? "nothing" : Visible.line(extensions.joined(separator: ", "), limit: 1_000)
  }

  private func trust(_ trust: TargetConfiguration.TLSConfiguration.Trust) -> String {
    switch trust {
    case .none: "none  # none, system, or {file: PATH}"
    case .system: "system  # none, system, or {file: PATH}"
    case .file(let path): "{file: \(quoted(path))}"
    }
  }

  /// A YAML scalar in single quotes, where nothing but the quote itself has a meaning.
  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}
