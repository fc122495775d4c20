import Foundation
import Wire

/// A client that was told to use TLS sends secrets or mail in clear.
enum ClearTextOracle: ClientOracle {
  static let name = "clear-text"

  static func judge(_ trace: ClientTrace) -> [Suspicion] {
    guard trace.isTLSRequired else { return [] }
    var found: [Suspicion] = []
    for connection in trace.connections {
      for said in connection.said where !said.isUnderTLS {
        if showsSecret(said, trace.canaries) {
          found.append(suspicion("secret", "the password", said))
        } else if let what = mail(said) {
          found.append(suspicion(what, what, said))
        }
      }
    }
    return found
  }

  private static func mail(_ said: ClientConnection.Said) -> String? {
    if case .mailData = said.kind { return "the message" }
    switch said.verb {
    case .mail: return "MAIL"
    case .rcpt: return "RCPT"
    case .auth: return "AUTH"
    default: return nil
    }
  }

  /// Whether the password stands in it: as it is, or in base64 alone, or behind the names as PLAIN has it.
  private static func showsSecret(_ said: ClientConnection.Said, _ canaries: ClientCanaries) -> Bool {
    let words = said.line.split(separator: .space).map { Array($0) }
    let password = Array(canaries.password.utf8)
    if said.octets.contains(password) { return true }
    return words.contains { word in
      guard let decoded = Data(base64Encoded: Data(word)) else { return false }
      return Array(decoded).contains(password)
    }
  }

  private static func suspicion(_ key: String, _ what: String, _ said: ClientConnection.Said) -> Suspicion {
    Suspicion(
      name, key, summary: "\(what) goes out in clear although TLS was asked for", clause: "RFC 3207 §4.1 and §6", severity: .high,
      expected: "nothing but EHLO, HELO, STARTTLS, NOOP, RSET and QUIT in clear", observed: Escaped.show(said.line, limit: 100))
  }
}
