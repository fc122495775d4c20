import Wire

/// Faults of a client in what it says, and in what it makes of replies.
let sendingDefects: [Defect] = [
  Defect("opens-with-helo", "RFC 5321 §2.2.1", "The client says HELO without having tried EHLO.") {
    $0.sending = { $0.hellos = ["HELO"] }
  },
  Defect("gives-up-without-ehlo", "RFC 5321 §3.2", "The client goes away where EHLO is not recognised.") {
    $0.sending = { $0.hellos = ["EHLO"] }
  },
  Defect("talks-before-greeting", "RFC 5321 §4.3.1", "The client says EHLO before it was greeted.") {
    $0.sending = { $0.awaitsGreeting = false }
  },
  Defect("ignores-refused-greeting", "RFC 5321 §3.1", "The client goes on after a greeting of 554.") {
    $0.sending = { $0.ignoresRefusal = { $0 == .greeting } }
  },
  Defect("client-pipelines-unasked", "RFC 5321 §4.3.1", "The client sends MAIL and RCPT together though PIPELINING is not offered.") {
    $0.sending = { $0.awaitsReply = { stage, _ in stage != .mail && stage != .recipient } }
  },
  Defect("sends-data-with-content", "RFC 2920 §3.1", "The client sends the message in one write with DATA.") {
    $0.sending = { $0.awaitsReply = { stage, offered in stage != .data && !(offered && (stage == .mail || stage == .recipient)) } }
  },
  Defect("takes-first-line", "RFC 5321 §4.2.1", "The client takes the first line of a reply for all of it.") {
    $0.sending = { $0.takesFirstLine = true }
  },
  Defect("knows-listed-codes-only", "RFC 5321 §4.2", "The client takes a 2yz that it does not know for a refusal.") {
    $0.sending = { manner in
      manner.code = { reply, _ in
        let code = Int(reply.code.value)
        return [220, 221, 235, 250, 251, 354].contains(code) || code / 100 != 2 ? code : 554
      }
    }
  },
  Defect("wants-text-behind-code", "RFC 5321 §4.2", "The client takes a reply without text for a refusal.") {
    $0.sending = { manner in
      manner.code = { reply, _ in reply.lines.allSatisfy { reply.text(of: $0).isEmpty } ? 554 : Int(reply.code.value) }
    }
  },
  Defect("takes-552-for-good", "RFC 5321 §4.5.3.1.10", "The client takes 552 for a recipient too many for a refusal for good.") {
    $0.sending = { manner in
      manner.code = { reply, stage in stage == .recipient && reply.code.value == 552 ? 550 : Int(reply.code.value) }
    }
  },
  Defect("goes-by-the-text", "RFC 5321 §4.2", "The client takes a 250 whose text has 'error' in it for a refusal.") {
    $0.sending = { manner in
      manner.code = { reply, _ in String(decoding: reply.octets, as: UTF8.self).contains("error") ? 554 : Int(reply.code.value) }
    }
  },
  Defect("says-no-hello", "RFC 5321 §4.1.1.1", "The client begins with MAIL.") {
    $0.sending = { $0.hellos = [] }
  },
  Defect("sends-message-after-refused-data", "RFC 5321 §3.3", "The client sends the message though DATA was refused.") {
    $0.sending = { $0.ignoresRefusal = { $0 == .data } }
  },
  Defect("ignores-refused-recipients", "RFC 5321 §3.3", "The client says DATA though every recipient was refused.") {
    $0.sending = { $0.ignoresRefusal = { $0 == .recipient } }
  },
  Defect("sends-recipients-after-refused-mail", "RFC 5321 §3.3", "The client says RCPT though MAIL was refused.") {
    $0.sending = { $0.ignoresRefusal = { $0 == .mail } }
  },
  Defect("takes-refusal-for-success", "RFC 5321 §4.2.5", "The client says that the message was sent, though it was refused.") {
    $0.sending = { $0.outcome = { _ in .accepted(tellsSender: true) } }
  },
  Defect("takes-success-for-refusal", "RFC 5321 §4.2", "The client says that the message was not sent, though it was taken.") {
    $0.sending = { $0.outcome = { _ in .failed(.init(status: "5.0.0", text: "no reason")) } }
  },
  Defect("client-leaves-without-quit", "RFC 5321 §4.1.1.10", "The client closes the connection without QUIT.") {
    $0.sending = { $0.saysQuit = false }
  },
  Defect("awaits-no-farewell", "RFC 5321 §4.1.1.10", "The client closes the connection without waiting for the reply to QUIT.") {
    $0.sending = { $0.awaitsFarewell = false }
  },
  Defect("gives-source-routes", "RFC 5321 §3.3", "The client puts a source route into its paths.") {
    $0.sending = { $0.line = { line, stage in insertRoute(into: &line, at: stage) } }
  },
  Defect("puts-blank-behind-colon", "RFC 5321 §3.3", "The client puts a blank between the colon of MAIL or RCPT and the path.") {
    $0.sending = { manner in
      manner.line = { line, stage in
        if stage == .mail || stage == .recipient, let start = line.firstIndex(of: .less) { line.insert(.space, at: start) }
      }
    }
  },
  Defect("gives-data-an-argument", "RFC 5321 §4.1.1", "The client puts an argument behind DATA and QUIT.") {
    $0.sending = { $0.line = { line, stage in if stage == .data || stage == .quit { line.insert(contentsOf: " now".utf8, at: 4) } } }
  },
  Defect("says-bare-hello", "RFC 5321 §4.1.1.1", "The client says EHLO without its name.") {
    $0.sending = { $0.line = { line, stage in if stage == .hello { line = Array(line.prefix(4)) + [.carriageReturn, .lineFeed] } } }
  },
  Defect("ends-commands-with-lf", "RFC 5321 §2.3.8", "The client ends its commands with LF alone.") {
    $0.sending = { $0.line = { line, _ in line = line.dropLast(2) + [.lineFeed] } }
  },
  Defect("client-uses-parameters-unasked", "RFC 5321 §4.1.1.3", "The client uses SIZE, DSN and SMTPUTF8 though they are not offered.") {
    $0.sending = { manner in
      manner.line = { line, stage in
        if stage == .mail { line = line.dropLast(2) + Array(" SIZE=1000 RET=HDRS\r\n".utf8) }
        if stage == .recipient { line = line.dropLast(2) + Array(" NOTIFY=FAILURE\r\n".utf8) }
      }
    }
  },
  Defect("reads-keywords-in-capitals", "RFC 5321 §4.1.1.1", "The client does not recognise an EHLO keyword in small letters.") {
    $0.sending = { $0.keywords = { $0.filter { $0.octets.first.map { $0 == $0.uppercased } == true } } }
  },
  Defect("declares-no-size", "RFC 5321 §4.5.3.1.7", "The client does not declare the size of a message though SIZE is offered.") {
    $0.sending = { $0.takesForOffered = { keyword, isOffered in keyword != "SIZE" && isOffered } }
  },
]

private func insertRoute(into line: inout [UInt8], at stage: SendingManner.Stage) {
  guard stage == .mail || stage == .recipient, let start = line.firstIndex(of: .less) else { return }
  line.insert(contentsOf: "@relay.example.net:".utf8, at: start + 1)
}
