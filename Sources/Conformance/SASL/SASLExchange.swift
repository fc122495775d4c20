import Transport
import Wire

/// A SASL mechanism whose responses have to be computed from the server's challenges.
package enum SASLMechanism: String, Sendable, CaseIterable {
  /// RFC 2195.
  case cramMD5 = "CRAM-MD5"
  /// RFC 5802.
  case scramSHA1 = "SCRAM-SHA-1"
  /// RFC 7677.
  case scramSHA256 = "SCRAM-SHA-256"

  /// Whether the client has the first word (RFC 4422 §5).
  var isClientFirst: Bool { self != .cramMD5 }
}

/// The client's side of one mechanism: messages as octets, before and after their base64.
protocol SASLClient: Sendable {
  /// The next message, with a deviation from what a client has to send.
  ///
  /// - Throws: ``SASLObstacle`` where the challenges so far let none be made, or the deviation belongs to another message.
  mutating func message(_ deviation: SASLDeviation?) throws(SASLObstacle) -> [UInt8]

  /// Takes the server's challenge.
  mutating func take(_ challenge: [UInt8])

  /// Why the last challenge is not what a check asks for, `nil` where it is; a check of another mechanism fits nothing.
  func mismatch(_ check: ChallengeCheck) -> String?

  /// What of a challenge the server made up.
  func serverPart(of challenge: [UInt8]) -> [UInt8]

  /// Octets that must not be shown, beside the messages.
  var secrets: [[UInt8]] { get }
}

/// Why a message cannot be made.
package struct SASLObstacle: Error, Equatable {
  /// In words.
  package let reason: String

  /// An obstacle of this reason.
  package init(_ reason: String) {
    self.reason = reason
  }
}

/// One authentication exchange, seen from the client (RFC 4954 §4).
struct SASLExchange: Sendable {
  private var client: any SASLClient
  let mechanism: SASLMechanism
  /// The last challenge, decoded; `nil` where none has come, or one that is no base64.
  private(set) var challenge: [UInt8]?

  init(_ mechanism: SASLMechanism, username: [UInt8], password: [UInt8], nonce: [UInt8]) {
    self.mechanism = mechanism
    client =
      switch mechanism {
      case .cramMD5: CRAMMD5Client(username: username, password: password)
      case .scramSHA1: SCRAMClient(.sha1, username: username, password: password, nonce: nonce)
      case .scramSHA256: SCRAMClient(.sha256, username: username, password: password, nonce: nonce)
      }
  }

  /// The client's next message.
  mutating func message(_ deviation: SASLDeviation?) throws(SASLObstacle) -> [UInt8] {
    try client.message(deviation)
  }

  /// Takes a reply of the server's, where it is a challenge that counts for the mechanism.
  mutating func take(_ reply: Reply) {
    guard reply.code.value == 334 else { return }
    challenge = reply.challenge
    // The empty challenge only asks the client to begin.
    guard let challenge, !(mechanism.isClientFirst && challenge.isEmpty) else { return }
    client.take(challenge)
  }

  /// Why the last challenge does not fit, `nil` where it does.
  func mismatch(_ check: ChallengeCheck) -> String? { client.mismatch(check) }

  /// What of the last challenge the server made up.
  var serverPart: [UInt8]? { challenge.map(client.serverPart) }

  /// Octets that must not be shown.
  var secrets: [[UInt8]] { client.secrets }
}

extension Reply {
  /// What its one line has in base64; `nil` where it has several, or no base64.
  var challenge: [UInt8]? {
    guard lines.count == 1, let line = lines.first else { return nil }
    return Base64.decode(text(of: line))
  }
}
