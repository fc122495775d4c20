import Dialogue
import Wire

extension Defect {
  /// Faults in how groups of commands are answered.
  static let pipeliningDefects: [Defect] = [
    .behaving("drops-input-after-error", "RFC 2920 §3.2", "Input that waits when a command is refused is lost.") { manner in
      manner.dropsInput = { context, decision in context.isCommandLine && decision.code >= 500 }
    },
    .behaving("drops-input-after-first-command", "RFC 2920 §3.2", "Only the first command of a group is answered.") { manner in
      manner.dropsInput = { context, _ in context.isCommandLine || context.content != nil }
    },
    .behaving("drops-input-after-data", "RFC 2920 §3.2", "Input that has come behind the mail data is lost.") { manner in
      manner.dropsInput = { context, _ in context.content != nil }
    },
    .behaving("sends-refusals-first", "RFC 2920 §3.2", "The refusals of a group are sent before its other replies.") { manner in
      manner.release = { replies, moment in
        if moment == .replied, replies.last?.hasMoreInput == true { return [] }
        defer { replies = [] }
        let refusals = replies.filter { $0.code >= 500 }
        return (refusals + replies.filter { $0.code < 500 }).flatMap(\.octets)
      }
    },
    .behaving("holds-last-reply-of-group", "RFC 2920 §3.2", "The last reply of a group waits for more input.") { manner in
      var isInGroup = false
      manner.release = { replies, moment in
        guard moment == .replied, let last = replies.last else {
          return moment == .inputRanOut ? [] : Outbox.release(&replies, at: moment)
        }
        let isLastOfGroup = isInGroup && !last.hasMoreInput
        isInGroup = last.hasMoreInput
        guard isLastOfGroup else { return Outbox.release(&replies, at: .ending) }
        defer { replies = [last] }
        return replies.dropLast().flatMap(\.octets)
      }
    },
    .behaving("holds-reply-to-unknown-command", "RFC 2920 §3.2", "The reply to an unknown verb waits for the next command.") { manner in
      manner.release = { replies, moment in
        if moment == .inputRanOut { return [] }
        guard moment == .replied, let last = replies.last, last.isUnrecognized else { return Outbox.release(&replies, at: .ending) }
        defer { replies = [last] }
        return replies.dropLast().flatMap(\.octets)
      }
    },
    .remembering("defers-rset-to-end-of-group", "RFC 2920 §3.2", "RSET has no effect on the commands that have come behind it.") {
      var isDue = false
      return { decision, context in
        if context.verb == .rset, decision.code == 250, context.hasMoreInput {
          isDue = true
          decision.keepTransaction(of: context.before)
        } else if isDue, !context.hasMoreInput {
          isDue = false
          if !decision.next.dialogue.expectsMailData { decision.next.clearTransaction() }
        }
      }
    },
    .deciding("refuses-data-after-any-refused-recipient", "RFC 2920 §3.2", "DATA draws 554 when any RCPT was refused.") {
      decision, context in
      if context.verb == .data, decision.code == 354, context.before.refusedRecipients > 0 {
        decision.refuse(554, .init(5, 1), in: context)
      }
    },
    .deciding(
      "delivers-to-first-user-without-recipients", "RFC 2920 §3.2",
      "DATA without an accepted recipient draws 354, and the message goes to the first user."
    ) { decision, context in
      if context.verb == .data, [503, 554].contains(decision.code), context.isInTransaction { decision.beginData() }
      guard context.content != nil, context.before.recipients.isEmpty, let user = context.configuration.users.first else { return }
      decision = context.redecide { $0.recipients = [.init(path: .postmaster, users: [user])] }
    },
  ]
}
