import Dialogue
import Wire

extension Defect {
  /// Faults in the order of BDAT and other commands, and in what becomes of chunks.
  static let chunkingDefects: [Defect] = [
    .deciding("answers-only-last-chunk", "RFC 3030 §2", "A chunk that is not the last draws no reply.") { decision, context in
      if let chunk = context.chunk, !chunk.isLast, decision.code == 250 { decision.answers = [] }
    },
    .behaving("stores-only-last-chunk", "RFC 3030 §2", "Each chunk takes the place of those before it.") {
      $0.forgetsChunks = { _ in true }
    },
    .behaving("keeps-chunks-after-rset", "RFC 3030 §2", "Chunks outlive the transaction that they came in.") {
      $0.forgetsChunks = { _ in false }
    },
    .deciding("closes-after-rset-between-chunks", "RFC 3030 §2", "RSET between two chunks closes the connection without a reply.") {
      decision, context in
      if context.verb == .rset, context.before.dialogue.isReceivingChunks { decision.hangUp() }
    },
    .deciding("takes-bdat-without-transaction", "RFC 3030 §2", "BDAT outside of a transaction draws 250.") { decision, context in
      if context.chunk != nil, !context.isInTransaction { decision.say(250) }
    },
    .deciding("takes-bdat-without-recipient", "RFC 3030 §2", "BDAT draws 250 although no recipient was accepted.") { decision, context in
      if context.chunk != nil, context.isInTransaction, context.before.dialogue.recipientCount == 0 { decision.say(250) }
    },
    .deciding("takes-data-after-bdat", "RFC 3030 §2", "DATA draws 354 in a transaction that has had chunks.") { decision, context in
      guard context.verb == .data, context.before.dialogue.isReceivingChunks else { return }
      decision = context.redecide { $0.dialogue.transaction = .mail(recipients: $0.dialogue.recipientCount) }
    },
    .remembering("takes-data-after-refused-bdat", "RFC 5321 §3.3", "DATA draws 354 after a BDAT that was refused.") {
      var wasRefused = false
      return { decision, context in
        if context.chunk != nil { wasRefused = decision.code >= 400 }
        guard wasRefused, context.verb == .data, decision.code == 503 else { return }
        decision = context.redecide {
          $0.dialogue.transaction = .mail(recipients: 1)
          $0.reversePath = .null
        }
      }
    },
    .deciding("takes-mail-between-chunks", "RFC 5321 §4.1.4", "MAIL between two chunks begins a transaction.") { decision, context in
      guard context.verb == .mail, context.before.dialogue.isReceivingChunks else { return }
      decision = context.redecide { $0.clearTransaction() }
    },
    .deciding("takes-rcpt-between-chunks", "RFC 5321 §4.1.4", "RCPT between two chunks adds a recipient.") { decision, context in
      guard context.verb == .rcpt, context.before.dialogue.isReceivingChunks else { return }
      decision = context.redecide { $0.dialogue.transaction = .mail(recipients: $0.dialogue.recipientCount) }
    },
    .remembering("refuses-data-after-chunked-message", "RFC 3030 §2", "After a message in chunks, DATA draws 503.") {
      var hadChunks = false
      return { decision, context in
        if context.chunk?.isLast == true, decision.code == 250 { hadChunks = true }
        if hadChunks, context.verb == .data, decision.code == 354 { decision.refuse(503, .init(5, 1), in: context) }
      }
    },
    .remembering("refuses-bdat-after-data", "RFC 3030 §2", "After a message by DATA, BDAT draws 503.") {
      var hadData = false
      return { decision, context in
        if context.content != nil { hadData = true }
        if hadData, context.chunk != nil { decision.refuse(503, .init(5, 1), in: context) }
      }
    },
    .deciding("takes-chunks-over-limit", "RFC 1870 §6.1", "Chunks beyond the size limit are accepted.") { decision, context in
      guard let chunk = context.chunk, decision.code == 552 else { return }
      decision.say(250)
      guard !chunk.isLast else { return }
      decision.next = context.before
      decision.next.dialogue.transaction = .chunks(recipients: context.before.dialogue.recipientCount)
    },
    .remembering("hundred-chunks-at-most", "RFC 3030 §2", "The hundred-and-first chunk of a message draws 552.") {
      var count = 0
      return { decision, context in
        guard context.chunk != nil else { return }
        count = context.before.dialogue.isReceivingChunks ? count + 1 : 1
        if count > 100 { decision.refuse(552, .init(3, 4), in: context) }
      }
    },
    .deciding("hangs-up-on-refused-chunk", "RFC 3030 §2", "A chunk that is refused closes the connection without a reply.") {
      decision, context in
      if context.chunk != nil, decision.code >= 400 { decision.hangUp() }
    },
    .deciding("takes-binary-lines", "RFC 3030 §2", "A line of octets above 127 draws 250.") { decision, context in
      if context.isUnrecognized, context.line.contains(where: { $0 > 127 }) { decision.say(250) }
    },
  ]
}
