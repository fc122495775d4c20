package import Wire

/// How the session loop treats octets: everything that is not a decision on a command.
///
/// The values that a new manner begins with are the conforming ones.
package struct Manner {
  /// What ends a command line: CRLF and nothing else (RFC 5321 §2.3.8).
  package var lineEnds: Set<LineEnd> = [.crlf]
  /// What the reader of commands lets pass beyond the grammar: blanks before the line's end, and text behind EHLO's literal (§4.1.1).
  package var tolerance: CommandTolerance = [.trailingWhiteSpace, .textAfterLiteral]
  /// What ends the mail data: CRLF `.` CRLF and nothing else (RFC 5321 §4.1.1.4).
  package var dataTerminators: [[UInt8]] = [MailDataReader.endOfMailData]
  /// A number of octets after which the mail data ends whatever stands there: none (RFC 1870 §6).
  package var fixedMailDataSize: (ServerState) -> Int? = { _ in nil }
  /// Whether a dot that the client doubled is removed again (RFC 5321 §4.5.2).
  package var undoesDotStuffing = true
  /// Whether clear octets that came behind STARTTLS are dropped before the handshake, and never read as commands (RFC 3207 §4.2).
  package var dropsClearOctetsAtHandshake = true
  /// Whether the handshake puts the session back to where it was after the greeting (RFC 3207 §4.2).
  package var forgetsAtHandshake = true
  /// Whether the connection ends when the handshake fails.
  package var closesOnFailedHandshake = true
  /// After which reply the octets that have come and wait are thrown away: none (RFC 2920 §3.2).
  package var dropsWaitingInput: (_ line: [UInt8], _ answers: [Answer]) -> Bool = { _, _ in false }
  /// Whether replies to MAIL, RCPT and RSET wait for those of the commands that have come behind them (RFC 2920 §3.2).
  package var groupsReplies = true
  /// Whether replies that wait are sent when the input has run out (RFC 2920 §3.2).
  package var sendsWaitingRepliesWhenIdle = true

  package init() {}
}
