import Wire

/// What an honest server says, and where that leaves it; smtpspec says so wherever a script does not.
struct HonestReplies: Sendable {
  /// What the client says next.
  enum Expecting: Sendable, Equatable {
    case command
    case mailData
    /// A response of AUTH, with so many to come.
    case response(Int)
  }

  /// What is offered.
  var offersTLS = true
  private(set) var expecting = Expecting.command
  /// Whether the connection ends with the reply.
  private(set) var isOver = false
  private(set) var isTLSNext = false
  private let name = "mx.example.test"

  init(offersTLS: Bool) { self.offersTLS = offersTLS }

  /// The greeting.
  var greeting: [UInt8] { Array("220 \(name) ESMTP\r\n".utf8) }

  /// The reply to what was said, at the place where it was said.
  func reply(to said: ClientConnection.Said, isUnderTLS: Bool) -> [UInt8] {
    let text: String
    switch said.kind {
    case .mailData: text = "250 2.0.0 taken"
    case .response: if case .response(let left) = expecting, left > 1 { text = "334 UGFzc3dvcmQ6" } else { text = "235 2.7.0 welcome" }
    case .command:
      switch said.verb {
      case .ehlo, .lhlo:
        let tls = offersTLS && !isUnderTLS ? "250-STARTTLS\r\n" : ""
        text = "250-\(name)\r\n\(tls)250-8BITMIME\r\n250-SIZE 1000000\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN"
      case .helo: text = "250 \(name)"
      case .mail, .rcpt, .rset, .noop: text = "250 2.0.0 ok"
      case .data: text = "354 go ahead"
      case .quit: text = "221 2.0.0 bye"
      case .vrfy: text = "252 2.0.0 send mail and see"
      case .help: text = "214 2.0.0 RFC 5321"
      case .starttls: text = offersTLS && !isUnderTLS ? "220 2.0.0 go ahead" : "502 5.5.1 not here"
      case .auth: text = authentication(said)
      default: text = "500 5.5.1 what"
      }
    }
    return Array("\(text)\r\n".utf8)
  }

  private func authentication(_ said: ClientConnection.Said) -> String {
    let words = said.line.split(separator: .space)
    guard words.count > 1 else { return "501 5.5.4 which" }
    switch (String(decoding: words[1], as: UTF8.self).uppercased(), words.count > 2) {
    case ("PLAIN", true): return "235 2.7.0 welcome"
    case ("PLAIN", false): return "334 "
    case ("LOGIN", true): return "334 UGFzc3dvcmQ6"
    case ("LOGIN", false): return "334 VXNlcm5hbWU6"
    default: return "504 5.5.4 not that one"
    }
  }

  /// Goes on after a reply, honest or not: what a client that takes its first line by its word will do.
  mutating func advance(after said: ClientConnection.Said, _ reply: [UInt8], isHonest: Bool) {
    let code = reply.prefix(3)
    isTLSNext = said.verb == .starttls && code.elementsEqual("220".utf8)
    isOver = said.verb == .quit && isHonest
    switch said.kind {
    case .mailData: expecting = .command
    case .response:
      guard code.elementsEqual("334".utf8), case .response(let left) = expecting else {
        expecting = .command
        return
      }
      expecting = .response(max(1, left - 1))
    case .command:
      switch said.verb {
      case .data where code.elementsEqual("354".utf8): expecting = .mailData
      case .auth where code.elementsEqual("334".utf8): expecting = .response(reply.starts(with: "334 VXNl".utf8) ? 2 : 1)
      default: expecting = .command
      }
    }
  }
}
