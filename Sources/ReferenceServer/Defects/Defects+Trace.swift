import Dialogue
import Wire

extension Defect {
  /// Faults in the trace fields.
  static let traceDefects: [Defect] = [
    .changing("adds-no-received", "RFC 5321 §4.4", "No Received field is added.") { copy, _ in copy.received = [] },
    .changing("no-time-stamp-after-helo", "RFC 821 §4.1.1", "After HELO no Received field is added.") { copy, context in
      if context.before.dialogue.hello == .helo { copy.received = [] }
    },
    .changing("received-with-zone-name", "RFC 5321 §4.4", "The date of the Received field has the name of a time zone.") { copy, _ in
      copy.received.replaceSubrange((copy.received.count - Swift.min(copy.received.count, 7))..., with: "GMT\r\n".utf8)
    },
    .changing("received-with-two-digit-year", "RFC 5321 §4.4", "The date of the Received field has a year of two digits.") { copy, _ in
      guard let date = copy.received.lastIndex(of: UInt8(ascii: ";")) else { return }
      let words = copy.received[date...].split(separator: .space, omittingEmptySubsequences: false)
      let cut = words.map { $0.count == 4 && $0.allSatisfy(\.isDigit) ? $0.suffix(2) : $0 }
      copy.received.replaceSubrange(date..., with: Array(cut.joined(separator: [.space])))
    },
    .changing("received-without-client-name", "RFC 5321 §4.4", "The Received field does not have the name from EHLO.") { copy, context in
      copy.received = copy.received.replacing(Array("from ".utf8) + context.before.clientName, with: Array("from unknown".utf8))
    },
    .changing("received-without-address", "RFC 5321 §4.4", "The Received field does not have the client's address.") { copy, context in
      guard let literal = context.before.peerLiteral else { return }
      copy.received = copy.received.replacing(Array(" (\(literal))".utf8), with: [])
    },
    .changing("for-clause-lists-all-recipients", "RFC 5321 §4.4", "The FOR clause names every recipient.") { copy, context in
      let paths = context.before.recipients.map(\.path.octets).joined(separator: ", ".utf8)
      guard let end = copy.received.lastIndex(of: UInt8(ascii: ";")) else { return }
      let start =
        copy.received.contains("\r\n\tfor ") ? copy.received.replacing(Array("\r\n\tfor ".utf8), with: [.nul]).firstIndex(of: .nul) : nil
      copy.received.replaceSubrange((start ?? end)..<end, with: Array("\r\n\tfor ".utf8) + paths)
    },
    .changing("reverses-received-fields", "RFC 5321 §4.4", "The Received fields that a message brings along are put in reverse order.") {
      copy, _ in
      let message = Message(copy.content)
      let fields = message.fields(named: "Received")
      var content: [UInt8] = []
      var start = 0
      for (field, other) in zip(fields, fields.reversed()) {
        content += copy.content[start..<field.range.lowerBound] + copy.content[other.range]
        start = field.range.upperBound
      }
      copy.content = content + copy.content[start...]
    },
    .changing("drops-received-fields", "RFC 5321 §4.4", "The Received fields that a message brings along are removed.") { copy, _ in
      copy.content = MailContent(octets: copy.content, sizeInOctets: 0).removingHeaderFields(named: "Received")
    },
    .changing("appends-received", "RFC 5321 §4.4", "The server's Received field stands at the end of the header section.") { copy, _ in
      let end = Message(copy.content).fields.last?.range.upperBound ?? 0
      copy.content.insert(contentsOf: copy.received, at: end)
      copy.received = []
    },
    .changing("adds-no-return-path", "RFC 5321 §4.4", "No Return-Path field is added.") { copy, _ in copy.returnPath = [] },
    .changing("return-path-from-header", "RFC 5321 §4.4", "Return-Path has the address of the From field.") { copy, _ in
      guard let from = Message(copy.content).fields(named: "From").first?.value, let address = from.addresses.first else { return }
      copy.returnPath = Array("Return-Path: <".utf8) + address + Array(">\r\n".utf8)
    },
    .changing("keeps-foreign-return-path", "RFC 5321 §4.4", "Return-Path fields that a message brings along stay.") { copy, context in
      if let content = context.content { copy.content = content.octets }
    },
    .changing("fills-null-return-path", "RFC 5321 §4.5.5", "A null reverse-path becomes the mailer's address.") { copy, context in
      guard context.before.reversePath == .null else { return }
      copy.returnPath = Array("Return-Path: <MAILER-DAEMON@\(context.configuration.hostName)>\r\n".utf8)
    },
    .changing("return-path-with-own-route", "RFC 5321 §C", "Return-Path is a source route by the server itself.") { copy, context in
      guard let start = copy.returnPath.firstIndex(of: .less), context.before.reversePath != .null else { return }
      copy.returnPath.insert(contentsOf: "@\(context.configuration.hostName):".utf8, at: start + 1)
    },
    .changing("received-with-unknown-protocol", "RFC 5321 §4.4", "The WITH clause of the Received field names no mail protocol.") {
      copy, _ in
      copy.received = copy.received.replacing(Array(" with ESMTP".utf8), with: Array(" with PIGEONS".utf8))
    },
    .changing("list-keeps-reverse-path", "RFC 5321 §3.9.2", "Mail that a list sends on keeps its reverse-path.") { copy, context in
      guard let path = context.before.reversePath, context.before.recipients.contains(where: { $0.list != nil }) else { return }
      copy.returnPath = Array("Return-Path: ".utf8) + path.octets + .crlf
    },
    .storing("list-drops-the-originator", "RFC 5321 §3.9", "A list sends no copy to the member who wrote the message.") { copies, context in
      guard context.before.recipients.contains(where: { $0.list != nil }), case .path(let path) = context.before.reversePath else { return }
      copies.removeAll { path.mailbox.localPart.value.elementsEqual($0.user.utf8) }
    },
    .changing("lower-cases-local-parts", "RFC 5321 §2.4", "Return-Path has the sender's local part in small letters.") { copy, _ in
      guard let at = copy.returnPath.firstIndex(of: .at) else { return }
      for index in copy.returnPath.indices where index > 12 && index < at && (0x41...0x5A).contains(copy.returnPath[index]) {
        copy.returnPath[index] += 0x20
      }
    },
    .changing("rewrites-from-on-list", "RFC 5321 §3.9.2", "Mail that a list sends on has the list in its From field.") { copy, context in
      guard let list = context.before.recipients.first(where: { $0.list != nil && $0.users.contains(copy.user) })?.path.mailbox,
        let field = Message(copy.content).fields(named: "From").first
      else { return }
      copy.content.replaceSubrange(field.range, with: Array("From: ".utf8) + list.octets + .crlf)
    },
    .changing("adds-apparently-to", "RFC 5321 §7.2", "A message without To, Cc and Bcc gets an Apparently-To field.") { copy, context in
      let message = Message(copy.content)
      guard ["To", "Cc", "Bcc"].allSatisfy({ message.fields(named: $0).isEmpty }) else { return }
      let paths = context.before.recipients.compactMap(\.path.mailbox?.octets).joined(separator: ", ".utf8)
      copy.content = Array("Apparently-To: ".utf8) + paths + .crlf + copy.content
    },
  ]

  /// A defect in every copy of a message.
  static func changing(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout StoredMessage, DecisionContext) -> Void
  ) -> Defect {
    storing(name, source, summary) { copies, context in
      for index in copies.indices { change(&copies[index], context) }
    }
  }
}

extension [UInt8] {
  /// What looks like an address in a header field's value.
  var addresses: [[UInt8]] {
    split { " <>,;\t()\"".utf8.contains($0) }.map { Array($0) }.filter { $0.contains(.at) }
  }
}
