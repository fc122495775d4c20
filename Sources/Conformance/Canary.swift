import Foundation
import Transport
import Wire

/// A healthy transaction, which tells a broken target from a case that breaks it.
struct Canary {
  let world: World

  /// A canary sings after so many cases.
  static let interval = 100
  /// After so many undecided cases in a row the target may have stopped answering.
  static let patience = 8

  /// Why a plain message does not get through, `nil` where it does, or where no recipient is known.
  func sing() -> String? {
    guard let recipient = world.target.recipient, [.mx, .lmtp].contains(world.target.role), !world.interrupt.isTriggered else { return nil }
    do {
      return try send(to: recipient)
    } catch {
      return error == .interrupted ? nil : error.message
    }
  }

  /// Why the target answers no connection, no greeting command or no NOOP, `nil` where it does, whatever it says.
  func silence() -> String? {
    guard world.target.role != .client else { return nil }
    do {
      var session = try Session.connect(to: world.target.endpoint, deadline: .after(world.options.timeout), interrupt: world.interrupt)
      if world.target.tls.isImplicit { _ = try session.startTLS(world.tlsOptions, deadline: .after(world.options.timeout)) }
      for command in ["", "\(hello) \(world.target.client)\r\n", "NOOP\r\n"] {
        if !command.isEmpty { try session.send(Array(command.utf8), deadline: .after(world.options.timeout)) }
        switch session.nextReply(deadline: .after(world.options.timeout)) {
        case .reply, .malformed: continue
        case .interrupted: return nil
        case .silence: return "no reply to \(Self.name(command)) within \(world.options.timeout.shown)"
        case .endOfStream, .reset, .tooLong, .failed: return "no reply to \(Self.name(command))"
        }
      }
      session.close()
      return nil
    } catch {
      return error == .interrupted ? nil : error.message
    }
  }

  /// Why no connection can be made, `nil` where one can.
  func connectionProblem() -> String? {
    guard world.target.role != .client else { return nil }
    do {
      let session = try Session.connect(to: world.target.endpoint, deadline: .after(world.options.timeout), interrupt: world.interrupt)
      session.close()
      return nil
    } catch {
      return error == .interrupted ? nil : error.message
    }
  }

  private func send(to recipient: String) throws(TransportError) -> String? {
    let time = world.options.timeout
    var session = try Session.connect(to: world.target.endpoint, deadline: .after(time), interrupt: world.interrupt)
    if world.target.tls.isImplicit { _ = try session.startTLS(world.tlsOptions, deadline: .after(time)) }
    let dialogue: [(octets: String, code: UInt16)] = [
      ("", 220), ("\(hello) \(world.target.client)\r\n", 250), ("MAIL FROM:<\(world.target.sender)>\r\n", 250),
      ("RCPT TO:<\(recipient)>\r\n", 250), ("DATA\r\n", 354), (message(to: recipient), 250),
    ]
    for (octets, code) in dialogue {
      if !octets.isEmpty { try session.send(Array(octets.utf8), deadline: .after(time)) }
      let arrival = session.nextReply(deadline: .after(time))
      guard case .reply(let reply) = arrival else { return "no reply to \(Self.name(octets))" }
      guard reply.code.value == code else { return "\(Self.name(octets)) draws \(Escaped.show(reply.octets, limit: 200))" }
    }
    try session.send(Array("QUIT\r\n".utf8), deadline: .after(time))
    _ = session.nextReply(deadline: .after(.milliseconds(300)))
    session.close()
    return nil
  }

  private var hello: String {
    world.target.role == .lmtp ? "LHLO" : world.survey.takesEHLO ? "EHLO" : "HELO"
  }

  private static func name(_ octets: String) -> String {
    octets.isEmpty ? "the connection" : octets.contains("Subject:") ? "the message" : Escaped.show(String(octets.prefix(80)))
  }

  private func message(to recipient: String) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
    let name = "canary-\(String(world.run, radix: 16))-\(UInt32.random(in: .min ... .max))"
    return """
      From: <\(world.target.sender)>\r
      To: <\(recipient)>\r
      Subject: smtpspec \(name)\r
      Date: \(formatter.string(from: Date()))\r
      Message-ID: <\(name)@\(world.target.client)>\r
      \r
      A plain message, sent to see that mail gets through.\r
      .\r

      """
  }
}
