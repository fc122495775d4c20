import Dialogue
import Wire

extension Defect {
  /// Faults in the sizes that a server takes.
  static let limitDefects: [Defect] = [
    .deciding("local-part-limit-32", "RFC 5321 §4.5.3.1.1", "A local part of more than 32 octets draws 501.") { decision, context in
      if let name = context.path?.mailbox.localPart.octets, name.count > 32 { decision.refuse(501, .init(1, 3), in: context) }
    },
    .deciding("domain-limit-128", "RFC 5321 §4.5.3.1.2", "A domain of more than 128 octets draws 501.") { decision, context in
      let domain: [UInt8]? =
        switch context.command {
        case .ehlo(let host): host.octets
        case .helo(let domain): domain.octets
        default: context.path?.mailbox.host.octets
        }
      if let domain, domain.count > 128 { decision.refuse(501, .init(1, 3), in: context) }
    },
    .deciding("path-limit-128", "RFC 5321 §4.5.3.1.3", "A path of more than 128 octets draws 501.") { decision, context in
      if let path = context.path, path.octets.count > 128 { decision.refuse(501, .init(1, 3), in: context) }
    },
    .configured("command-line-limit-256", "RFC 5321 §4.5.3.1.4", "A command line of more than 256 octets draws 500.") {
      $0.commandLineLimitInOctets = 256
      $0.mailLineExtraInOctets = 0
      $0.handlingLineExtraInOctets = 0
      $0.statusLineExtraInOctets = 0
    },
    .onLongLines("closes-on-long-line", "RFC 5321 §3.8", "A command line of more than 900 octets closes the connection without a reply.") {
      decision, context in
      if context.line.count + 2 > 900 { decision.hangUp() }
    },
    .onLongLines("replies-to-long-line-twice", "RFC 5321 §4.2", "A command line of more than 2000 octets draws two replies.") {
      decision, context in
      if context.line.count + 2 > 2000 { decision.answers += decision.answers }
    },
    .onLongLines(
      "reads-long-lines-in-portions", "RFC 5321 §4.5.3.1.4", "The end of a command line that is too long is a command of its own."
    ) { decision, context in
      guard case .tooLong = context.input, let word = context.line.split(separator: .space).last,
        let command = try? Command.parse(line: Array(word)), command.verb != nil
      else { return }
      let other = context.redecide(.command(command))
      decision.answers += other.answers
      decision.next = other.next
    },
    .configured("text-line-limit-998", "RFC 5321 §4.5.3.1.6", "A text line of more than 998 octets draws 554.") {
      $0.textLineLimitInOctets = 998
    },
    .deciding("counts-stuffing-in-text-lines", "RFC 5321 §4.5.3.1.6", "A doubled dot counts in the length of a text line.") {
      decision, context in
      guard let lines = context.content?.octets.crlfLines else { return }
      if lines.contains(where: { $0.count + 2 + ($0.first == .dot ? 1 : 0) > 1000 }) { decision.refuseMessage(554, .init(6, 0)) }
    },
    .configured("message-limit-32k", "RFC 5321 §4.5.3.1.7", "A message of more than 32 KiB draws 552.") { $0.sizeLimitInOctets = 32_768 },
    Defect(
      "limits-size-without-offering-it", "RFC 5321 §4.5.3.1.7", "SIZE is not offered, and a message of more than 100,000 octets draws 552.",
      configuration: {
        $0.extensions.remove(.size)
        $0.sizeLimitInOctets = 100_000
      }, distortion: { _ in }),
    .deciding("closes-on-large-message", "RFC 5321 §4.2", "A message of more than 40,000 octets closes the connection without a reply.") {
      decision, context in
      if let content = context.content, content.sizeInOctets > 40_000 { decision.hangUp() }
    },
    .behaving("stops-reading-at-size-limit", "RFC 5321 §4.1.1.4", "The mail data ends where it exceeds the size limit.") { manner in
      manner.mailDataReader = { _, configuration in StoppingReader(limit: configuration.sizeLimitInOctets) }
    },
    .recipientLimit("recipient-limit-50", "RFC 5321 §4.5.3.1.8", "The 51st recipient draws 550.") { _ in true },
    .recipientLimit("few-recipients-after-helo", "RFC 821 §4.5.3", "After HELO, the 51st recipient draws 550.") {
      $0.dialogue.hello == .helo
    },
    .remembering("forgets-recipients-over-limit", "RFC 5321 §4.5.3.1.8", "One recipient too many ends the transaction.") {
      var isLost = false
      return { decision, context in
        if context.verb == .mail, decision.code == 250 { isLost = false }
        if context.verb == .rcpt, decision.code == 452 {
          decision.next.clearTransaction()
          isLost = true
        }
        if context.verb == .data, isLost { decision.refuse(500, .init(5, 2), in: context) }
      }
    },
    .deciding("refuses-message-to-many", "RFC 5321 §4.5.3.1.8", "A message to a hundred recipients draws 554.") { decision, context in
      if context.content != nil, context.before.recipients.count >= 100 { decision.refuseMessage(554, .init(5, 3)) }
    },
  ]

  /// A defect in what becomes of command lines that are too long; they are read whole for it, up to a bound.
  private static func onLongLines(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout Decision, DecisionContext) -> Void
  ) -> Defect {
    Defect(name, source, summary) { distortion in
      distortion.manner = { manner in
        var reader = LineReader(limit: 1 << 17)
        manner.readLine = { octets, _ in reader.read(octets) }
      }
      distortion.decision = change
    }
  }

  private static func recipientLimit(
    _ name: String, _ source: String, _ summary: String, _ condition: @escaping @Sendable (ServerState) -> Bool
  ) -> Defect {
    deciding(name, source, summary) { decision, context in
      guard context.verb == .rcpt, context.before.dialogue.recipientCount >= 50, condition(context.before) else { return }
      decision.refuse(550, .init(5, 3), in: context)
    }
  }
}

/// Ends the mail data one octet behind the limit.
private struct StoppingReader: MailDataReading {
  let limit: Int
  private var honest: HonestMailDataReader
  private var count = 0

  init(limit: Int) {
    self.limit = limit
    honest = HonestMailDataReader(sizeLimitInOctets: limit)
  }

  mutating func read(_ octets: Span<UInt8>) -> MailDataReader.Progress {
    let room = limit + 1 - count
    let progress = honest.read(octets.extracting(..<min(room, octets.count)))
    count += progress.consumed
    return .init(consumed: progress.consumed, hasEnded: progress.hasEnded || count > limit)
  }

  var content: MailContent {
    let content = honest.content
    return MailContent(octets: content.octets, sizeInOctets: count > limit ? count : content.sizeInOctets)
  }
}
