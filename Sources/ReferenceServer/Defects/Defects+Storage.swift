import Dialogue
import Wire

extension Defect {
  /// Faults in what is stored, and for whom.
  static let storageDefects: [Defect] = [
    .storing("forgets-source-routed-recipients", "RFC 5321 §3.6.1", "A recipient that had a source route gets every message twice.") {
      copies, context in
      copies += copies.filter { context.routedUsers.contains($0.user) }
    },
    .storing("delivers-twice", "RFC 5321 §6.1", "Every message is stored twice.") { copies, _ in copies += copies },
    .storing("delivers-by-header-fields", "RFC 5321 §C", "A message goes to those in its header section too.") { copies, context in
      guard let first = copies.first else { return }
      let fields = ["To", "Cc", "Bcc", "Resent-To", "Apparently-To"].flatMap { Message(first.content).fields(named: $0) }
      for mailbox in fields.flatMap(\.value.addresses).compactMap({ Mailbox($0) }) {
        let decider = Decider(context.before, under: context.configuration)
        guard case .users(let users) = decider.destination(of: .path(Path(mailbox: mailbox))) else { continue }
        for user in users where !copies.contains(where: { $0.user == user }) {
          copies.append(StoredMessage(user: user, returnPath: first.returnPath, received: first.received, content: first.content))
        }
      }
    },
    .changing("adds-an-empty-line", "RFC 5321 §4.1.1.4", "An empty line is added at the end.") { copy, _ in copy.content += .crlf },
    .changing("clears-high-bits", "RFC 6152 §3", "The high bit of every octet is cleared.") { copy, _ in
      copy.content = copy.content.map { $0 & 0x7F }
    },
    .changing("strips-control-characters", "RFC 5321 §4.5.2", "Control characters but CR and LF are removed.") { copy, _ in
      copy.content.removeAll { ($0 < 0x20 && $0 != .carriageReturn && $0 != .lineFeed) || $0 == .delete }
    },
    .changing("drops-control-characters", "RFC 821 §4.5.2", "Control characters but CR, LF and HT are removed.") { copy, _ in
      copy.content.removeAll { ($0 < 0x20 && ![.carriageReturn, .lineFeed, .tab].contains($0)) || $0 == .delete }
    },
    .changingLines("trims-white-space", "RFC 5321 §4.5.2", "Blanks at the ends of lines are removed.") { line in
      while line.last?.isWhiteSpace == true { line.removeLast() }
    },
    .changingLines("folds-long-text-lines", "RFC 5321 §4.5.3.1.6", "Lines are folded after 500 octets.") { line in
      guard line.count > 500 else { return }
      line = Array(
        stride(from: 0, to: line.count, by: 500).map { Array(line[$0..<Swift.min($0 + 500, line.count)]) }.joined(separator: [UInt8].crlf))
    },
    .changing("stores-with-bare-lf", "RFC 5321 §4.5.2", "A bare LF or CR in the content is stored as CRLF.") { copy, _ in
      let lines = copy.content.replacing(.crlf, with: [.lineFeed]).split(omittingEmptySubsequences: false) {
        $0 == .lineFeed || $0 == .carriageReturn
      }
      copy.content = Array(lines.joined(separator: [UInt8].crlf))
    },
  ]

  private static func changingLines(
    _ name: String, _ source: String, _ summary: String, _ change: @escaping @Sendable (inout [UInt8]) -> Void
  ) -> Defect {
    changing(name, source, summary) { copy, _ in
      var lines = copy.content.crlfLines
      for index in lines.indices { change(&lines[index]) }
      copy.content = Array(lines.joined(separator: [UInt8].crlf))
    }
  }
}

extension DecisionContext {
  /// The users that a recipient with a source route reaches.
  fileprivate var routedUsers: Set<String> {
    Set(before.recipients.filter { if case .path(let path) = $0.path { !path.sourceRoute.isEmpty } else { false } }.flatMap(\.users))
  }
}
