import Wire

/// A shell script that sends what a script sends, with `nc` or `openssl s_client`, for who has no smtpspec at hand.
package struct ShellReproducer {
  /// The script to send.
  package let script: Script
  /// Where to: a host and a port.
  package let host: String
  /// The port.
  package let port: UInt16

  /// A reproducer of a script.
  package init(_ script: Script, host: String, port: UInt16) {
    self.script = script
    self.host = host
    self.port = port
  }

  /// The text of a POSIX shell script; what a shell cannot do stands in it as a comment.
  package var text: String {
    let connections = script.events.split(separator: .connect, omittingEmptySubsequences: false)
    var lines = ["#!/bin/sh", "# 'smtpspec replay' sends the same and keeps step with the replies; this waits half a second instead."]
    lines += ["host=${1:-\(ShellReproducer.quoted(host))}", "port=${2:-\(port)}"]
    for connection in connections { lines += commands(for: connection) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func commands(for events: ArraySlice<Event>) -> [String] {
    var lines: [String] = []
    var lost: [String] = []
    var isEncrypted = false
    for event in events {
      switch event {
      case .startTLS(let before, let after):
        isEncrypted = true
        if !lines.isEmpty { lost.append("what came before STARTTLS (openssl s_client says EHLO and STARTTLS itself)") }
        if !before.isEmpty || !after.isEmpty { lost.append("octets in clear around the ClientHello") }
        lines = []
      case .auth(let mechanism, let initial, let responses):
        lines.append(ShellReproducer.printf(Event.authHead(mechanism, initial)))
        for response in responses { lines += ["sleep 0.5", ShellReproducer.printf(response + [0x0D, 0x0A])] }
      case .wait: if lines.last != "sleep 0.5" { lines.append("sleep 0.5") }
      case .cut: lines.append("sleep 0.1")
      case .closeNotify: lost.append("the close_notify in the middle of the session")
      case .reset: lost.append("the reset of the connection (the pipe's end closes it)")
      case .halfClose, .connect: break
      case .command, .octets, .data, .chunk: lines.append(ShellReproducer.printf(event.octets))
      }
    }
    let sink = isEncrypted ? #"openssl s_client -quiet -starttls smtp -connect "$host:$port""# : #"nc "$host" "$port""#
    return lost.map { "# left out: \($0)" } + ["{", "  sleep 0.5"] + lines.map { "  " + $0 } + ["  sleep 1", "} | \(sink)"]
  }

  /// `printf` with every octet that could mean something to it or to the shell in octal.
  private static func printf(_ octets: [UInt8]) -> String {
    var text = ""
    for octet in octets {
      switch octet {
      case .carriageReturn: text += #"\r"#
      case .lineFeed: text += #"\n"#
      case UInt8(ascii: "'"), UInt8(ascii: "%"), .backslash, 0..<0x20, 0x7F...: text += octal(octet)
      default: text.unicodeScalars.append(Unicode.Scalar(octet))
      }
    }
    return "printf '\(text)'"
  }

  private static func octal(_ octet: UInt8) -> String {
    let digits = String(octet, radix: 8)
    return #"\"# + String(repeating: "0", count: 3 - digits.count) + digits
  }

  private static func quoted(_ text: String) -> String {
    text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".:-_[]".contains($0)) } ? text : "127.0.0.1"
  }
}
