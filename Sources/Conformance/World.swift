import Transport

/// What every case of a run shares; read-only but for the mailbox, which guards itself.
struct World: Sendable {
  let target: TargetConfiguration
  let survey: Survey
  let values: FixtureValues
  let options: RunOptions
  let mailbox: MailStore?
  /// The mailbox of the sender who gets reports.
  let senderMailbox: MailStore?
  /// Where the target's own mail comes to, where it sends any.
  let nextHop: NextHop?
  let interrupt: Interrupt
  let pacer: Pacer
  /// This run's own part of every token.
  let run: UInt64
  /// How long nothing must come before it counts as silence.
  var silence: Duration

  /// How TLS is spoken with the target.
  var tlsOptions: TLSOptions { target.tlsOptions }
}
