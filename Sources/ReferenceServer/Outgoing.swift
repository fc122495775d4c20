package import Wire

/// The client's side of a dialogue: what follows each reply (RFC 5321 §3, RFC 2645 §5.3).
///
/// It asks for no extension, so it sends no parameters and waits for every reply.
package struct Outgoing: Sendable {
  /// What the next reply will answer.
  package enum Stage: Sendable, Equatable {
    case greeting, ehlo, helo, mail
    /// The recipient in this place; so many before it were accepted.
    case rcpt(Int, accepted: Int)
    case data, content, reset, quit
  }

  /// A reply, and what it answered.
  package struct Exchange: Sendable {
    /// What the reply answered.
    package let stage: Stage
    /// The reply.
    package let reply: Reply
    /// The message in hand, if there is one.
    package let message: QueuedMessage?
  }

  private let hostName: String
  private let messages: [QueuedMessage]
  private var next = 0
  /// What the next reply will answer.
  package private(set) var stage = Stage.greeting

  /// A client of this name that has these messages to send.
  package init(hostName: String, messages: [QueuedMessage]) {
    self.hostName = hostName
    self.messages = messages
  }

  /// The message in hand, if there is one.
  package var message: QueuedMessage? { next > 0 && next <= messages.count ? messages[next - 1] : nil }

  /// What it says first.
  package var hello: [UInt8] { line("EHLO \(hostName)") }

  /// What follows a reply; `nil` where the connection ends.
  package mutating func answer(_ reply: Reply) -> [UInt8]? {
    let code = reply.code.value
    guard code != 421, stage != .quit else { return nil }
    let isPositive = code / 100 == 2
    switch stage {
    case .greeting: return isPositive ? go(to: .ehlo, hello) : quit()
    case .ehlo where code / 100 == 5: return go(to: .helo, line("HELO \(hostName)"))
    case .ehlo, .helo: return isPositive ? takeNext() : quit()
    case .mail: return isPositive ? recipient(0, accepted: 0) : takeNext()
    case .rcpt(let place, let accepted): return recipient(place + 1, accepted: accepted + (isPositive ? 1 : 0))
    case .data:
      guard code == 354, let message else { return go(to: .reset, line("RSET")) }
      return go(to: .content, DotStuffing.stuff(message.content))
    case .content, .reset: return takeNext()
    case .quit: return nil
    }
  }

  private mutating func takeNext() -> [UInt8] {
    guard next < messages.count else { return quit() }
    next += 1
    return go(to: .mail, line("MAIL FROM:") { $0 += messages[next - 1].reversePath.octets })
  }

  private mutating func recipient(_ place: Int, accepted: Int) -> [UInt8] {
    if let message, place < message.recipients.count {
      return go(to: .rcpt(place, accepted: accepted), line("RCPT TO:") { $0 += message.recipients[place].octets })
    }
    return accepted > 0 ? go(to: .data, line("DATA")) : go(to: .reset, line("RSET"))
  }

  private mutating func quit() -> [UInt8] { go(to: .quit, line("QUIT")) }

  private mutating func go(to stage: Stage, _ octets: [UInt8]) -> [UInt8] {
    self.stage = stage
    return octets
  }

  private func line(_ text: String, _ more: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
    var octets = Array(text.utf8)
    more(&octets)
    return octets + [.carriageReturn, .lineFeed]
  }
}
