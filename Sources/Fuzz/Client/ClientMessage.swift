import Wire

/// The message that a client is given, in a file.
enum ClientMessage {
  /// Lines whose fate over the wire tells whether dots were doubled: a dot at the front, two, and one alone.
  static let dotLines = [".canary0dot", "..canary0dots", "."]

  /// The plain message, with lines that end as a file's lines do here.
  ///
  /// - Parameters:
  ///   - canaries: What it has that no other octets have.
  ///   - lineEnd: CRLF, or LF as files on Unix have it.
  ///   - hasDots: Whether lines begin with dots.
  /// - Returns: Its octets.
  static func plain(_ canaries: ClientCanaries, lineEnd: [UInt8], hasDots: Bool) -> [UInt8] {
    var lines = [
      "From: <sender@example.org>", "To: <alice@example.test>", "Subject: \(canaries.message)", "Date: Sat, 28 Nov 2026 12:00:00 +0000",
      "Message-ID: <\(canaries.message)@example.org>", "", "first line",
    ]
    if hasDots { lines += dotLines }
    lines.append("last line")
    return lines.flatMap { Array($0.utf8) + lineEnd }
  }
}
