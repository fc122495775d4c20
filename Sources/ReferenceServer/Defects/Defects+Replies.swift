import Dialogue
import Synchronization
import Wire

extension Defect {
  /// Faults in the codes of replies, in their syntax and in how many there are.
  static let replyDefects: [Defect] = [
    .writing("ends-replies-with-bare-newline", "RFC 5321 §2.3.8", "Replies end their lines with LF alone.", endLinesWithLF),
    .writing("bare-lf-in-replies-after-helo", "RFC 821 §4.2", "After HELO replies end their lines with LF alone.") { octets, context in
      if context.before.dialogue.hello == .helo || context.verb == .helo { endLinesWithLF(&octets, context) }
    },
    .writing("replies-twice", "RFC 5321 §4.2", "Every command draws its reply twice.") { octets, context in
      guard context.isCommandLine || context.content != nil,
        octets.first != UInt8(ascii: "2") || ![.ehlo, .helo, .starttls].contains(context.verb)
      else { return }
      octets += octets
    },
    .writing("replies-in-1yz-after-ehlo", "RFC 5321 §4.2", "After EHLO the first digit of every code is 1.") { octets, context in
      if context.before.dialogue.hello == .ehlo { octets.changeLines { $0[0] = UInt8(ascii: "1") } }
    },
    .writing("replies-without-text", "RFC 5321 §4.2", "A reply of one line that is positive has a code and a space, and no text.") {
      octets, context in
      if context.isCommandLine { octets.strip(to: 4) }
    },
    .writing("replies-in-bare-codes", "RFC 5321 §4.2.1", "A reply of one line that is positive is its code, with nothing behind it.") {
      octets, context in
      if context.isCommandLine { octets.strip(to: 3) }
    },
    .writing("echoes-the-command", "RFC 5321 §4.2", "The text of a reply is the command line as it came.") { octets, context in
      guard context.isCommandLine, !(context.verb == .ehlo && octets.starts(with: "250".utf8)), octets.count > 3 else { return }
      octets = Array(octets[..<3]) + [.space] + context.line + .crlf
    },
    .writing("quotes-the-command-whole", "RFC 5321 §4.5.3.1.5", "A reply quotes the whole command line, however long it is.") {
      octets, context in
      guard context.isCommandLine, octets.suffix(2) == .crlf, !octets.starts(with: "354".utf8) else { return }
      if context.verb == .ehlo || context.verb == .helo, context.line.count < 100 { return }
      octets.removeLast(2)
      octets += Array(" (you said: ".utf8) + context.line + Array(")\r\n".utf8)
    },
    .writing("replies-in-long-lines", "RFC 5321 §4.5.3.1.5", "Reply lines have 600 octets.") { octets, context in
      guard context.isCommandLine || context.content != nil, !octets.starts(with: "354".utf8) else { return }
      octets.changeLines(lastOnly: true) { $0 += repeatElement(UInt8(ascii: "x"), count: Swift.max(0, 598 - $0.count)) }
    },
    .writing("long-replies-after-helo", "RFC 821 §4.5.3", "After HELO reply lines have 600 octets.") { octets, context in
      guard context.before.dialogue.hello == .helo else { return }
      octets.changeLines { $0 += repeatElement(UInt8(ascii: "x"), count: Swift.max(0, 598 - $0.count)) }
    },
    .writing("changes-code-within-reply", "RFC 5321 §4.2.1", "The lines of a reply but the last have the code 251.") { octets, _ in
      let count = octets.crlfLines.count - 1
      var line = 0
      octets.changeLines {
        line += 1
        if line < count { $0.replaceSubrange(0..<3, with: "251".utf8) }
      }
    },
    .deciding("refuses-with-599", "RFC 5321 §4.2", "Every refusal has the code 599.") { decision, _ in
      if decision.code >= 500 { decision.answers[0].code = 599 }
    },
    .coding("answers-end-of-data-with-354", "The end of the mail data draws 354.", from: [250], to: 354) { $0.content != nil },
    .coding("answers-mail-with-252", "MAIL draws 252.", from: [250], to: 252) { $0.verb == .mail },
    .deciding("answers-data-with-250", "RFC 5321 §4.3.2", "DATA draws 250, and no mail data is read.") { decision, context in
      if context.verb == .data, decision.code == 354 { decision.refuse(250, .init(0, 0), in: context) }
    },
    .deciding("answers-rcpt-with-odd-codes", "RFC 5321 §4.3.2", "RCPT draws 220 or 502.") { decision, context in
      if context.verb == .rcpt, decision.code > 0 { decision.answers[0].code = decision.code == 250 ? 220 : 502 }
    },
    .deciding("answers-vrfy-with-220", "RFC 5321 §4.3.2", "VRFY draws 220.") { decision, context in
      if context.verb == .vrfy, decision.code > 0 { decision.answers[0].code = 220 }
    },
    .deciding("answers-expn-with-220", "RFC 5321 §4.3.2", "EXPN draws 220.") { decision, context in
      if context.verb == .expn, decision.code > 0 { decision.answers[0].code = 220 }
    },
    .offering("lists-vrfy-without-it", "VRFY", 502, .vrfy),
    .offering("lists-etrn-without-it", "ETRN", 500, .etrn),
    .offering("lists-auth-without-it", "AUTH PLAIN", 500, .auth),
    .refusing("lists-chunking-without-it", "RFC 5321 §4.2.4", "CHUNKING is listed, and BDAT draws 500.", 500, verb: .bdat),
    .refusing("starttls-not-implemented", "RFC 5321 §4.2.4", "STARTTLS is listed, and draws 502.", 502, verb: .starttls),
    .refusing("data-not-implemented", "RFC 5321 §4.5.1", "DATA draws 502.", 502, verb: .data),
    .refusing("rcpt-not-implemented", "RFC 5321 §4.5.1", "RCPT draws 502.", 502, verb: .rcpt),
    .deciding("recognises-only-helo", "RFC 5321 §4.3.2", "After HELO every command draws 500.") { decision, context in
      if context.isCommandLine, context.before.dialogue.hello == .helo { decision.refuse(500, .init(5, 2), in: context) }
    },
    .deciding("no-rcpt-after-helo", "RFC 821 §4.5.1", "After HELO, RCPT draws 502.") { decision, context in
      if context.verb == .rcpt, context.before.dialogue.hello == .helo { decision.refuse(502, .init(5, 1), in: context) }
    },
    .deciding("refuses-data-after-helo", "RFC 5321 §4.1.1.1", "After HELO, DATA draws 554.") { decision, context in
      if context.verb == .data, decision.code == 354, context.before.dialogue.hello == .helo {
        decision.refuse(554, .init(5, 1), in: context)
      }
    },
    .deciding("serves-turn", "RFC 5321 §F.1", "TURN draws 250.") { decision, context in
      if context.verb == .turn { decision.refuse(250, .init(0, 0), in: context) }
    },
    .reading("hides-send", "RFC 5321 §F.6", "SEND, SOML and SAML are taken like MAIL, and not listed.") { line, _ in
      if let verb = Verb(line.prefix(4)), [.send, .soml, .saml].contains(verb) { line.replaceSubrange(0..<4, with: "MAIL".utf8) }
    },
    .oneTransactionAtATime,
    .deciding("greets-without-name", "RFC 5321 §4.2", "The greeting does not name the server.") { decision, context in
      if case .connection = context.input, decision.code == 220 { decision.answers[0].lines = [Array("(ready)".utf8)] }
    },
    .behaving("answers-before-greeting", "RFC 5321 §3.1", "A client that speaks first is answered before it is greeted.") { manner in
      manner.listensFirst = .milliseconds(100)
      var isFirst = true
      manner.release = { replies, moment in
        guard isFirst, moment == .replied else { return Outbox.release(&replies, at: moment) }
        if replies.count == 1, replies[0].hasMoreInput { return [] }
        isFirst = false
        replies.reverse()
        return Outbox.release(&replies, at: .ending)
      }
    },
    .behaving("answers-unfinished-lines", "RFC 5321 §2.3.8", "What has come of a line is answered before its end has come.") { manner in
      manner.readLine = { octets, _ in
        var reader = LineReader()
        let progress = reader.read(octets)
        return progress.line == nil ? .init(consumed: 0, line: nil) : progress
      }
      manner.takesUnendedLine = { $0.isEmpty ? nil : .zero }
    },
    Defect(
      "idle-timeout-half-a-second", "RFC 5321 §4.5.3.2.7", "After half a second without a command the connection is closed without a word.",
      configuration: { $0.idleTimeout = .milliseconds(500) },
      distortion: { distortion in
        distortion.decision = { decision, context in
          if case .idle = context.input { decision.hangUp() }
        }
      }
    ),
  ]

  /// The sessions of one process share what this defect counts.
  private static let oneTransactionAtATime: Defect = {
    let shared = SharedCount()
    return remembering("one-transaction-at-a-time", "RFC 5321 §4.5.4.2", "MAIL draws 550 while another connection has a transaction open.")
    {
      let share = SharedCount.Share(of: shared)
      return { decision, context in
        if context.verb == .mail, decision.code == 250, !share.isTaken, shared.value > 0 { decision.refuse(550, .init(3, 2), in: context) }
        share.isTaken = decision.next.dialogue.transaction != .none
      }
    }
  }()

  private static let endLinesWithLF: @Sendable (inout [UInt8], DecisionContext) -> Void = { octets, _ in
    octets = octets.replacing(.crlf, with: [.lineFeed])
  }

  /// A defect that gives a reply another code and does what it would have done.
  private static func coding(
    _ name: String, _ summary: String, from codes: Set<Int>, to code: Int, _ condition: @escaping @Sendable (DecisionContext) -> Bool
  ) -> Defect {
    deciding(name, "RFC 5321 §4.3.2", summary) { decision, context in
      if condition(context), codes.contains(decision.code) { decision.answers[0].code = code }
    }
  }

  /// A defect that lists an extension and then does not know its command.
  private static func offering(_ name: String, _ keyword: String, _ code: Int, _ verb: Verb) -> Defect {
    deciding(name, "RFC 5321 §4.2.4", "The reply to EHLO lists \(keyword), and \(verb.rawValue) draws \(code).") { decision, context in
      if context.verb == .ehlo { decision.changeKeywords { $0.insert(keyword, at: 0) } }
      if context.verb == verb { decision.refuse(code, .init(5, code == 500 ? 2 : 1), in: context) }
    }
  }
}

/// How many sessions have something open.
private final class SharedCount: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }

  /// One session's part in it, given back at the session's end at the latest.
  final class Share {
    private let shared: SharedCount

    init(of shared: SharedCount) {
      self.shared = shared
    }

    deinit {
      isTaken = false
    }

    private var isCounted = false

    var isTaken: Bool {
      get { isCounted }
      set {
        guard newValue != isCounted else { return }
        shared.count.withLock { $0 += newValue ? 1 : -1 }
        isCounted = newValue
      }
    }
  }
}

extension [UInt8] {
  /// Leaves so many octets of a positive reply of one line.
  fileprivate mutating func strip(to count: Int) {
    guard first == UInt8(ascii: "2"), crlfLines.count == 2 else { return }
    changeLines { $0.removeLast(Swift.max(0, $0.count - count)) }
  }

  /// Changes the lines of a reply, each without its CRLF.
  fileprivate mutating func changeLines(lastOnly: Bool = false, _ change: (inout [UInt8]) -> Void) {
    var lines = crlfLines
    guard lines.count > 1 else { return }
    let end = lines.count - 1
    for index in (lastOnly ? end - 1 : 0)..<end where lines[index].count >= 3 { change(&lines[index]) }
    self = Array(lines.joined(separator: [UInt8].crlf))
  }
}
