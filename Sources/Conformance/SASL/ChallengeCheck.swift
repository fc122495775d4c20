import Foundation
import Wire

/// What the challenge in a 334 is.
package enum ChallengeCheck: String, Sendable, CaseIterable {
  /// A message id (RFC 2195 §2).
  case messageID = "message-id"
  /// Another one than any of this case before; of SCRAM, the server's part of the nonce.
  case fresh
  /// SCRAM's nonce, salt and iteration count (RFC 5802 §7).
  case serverFirst = "server-first"
  /// A nonce that begins with the client's and goes on (RFC 5802 §5.1).
  case nonce
  /// 4096 iterations or more (RFC 5802 §5.1).
  case iterations
  /// SCRAM's proof that the server knows the password (RFC 5802 §5).
  case verifier
  /// SCRAM's word that the exchange has failed (RFC 5802 §5.1).
  case serverError = "server-error"
  /// The one for an extension that is not understood (RFC 5802 §5.1).
  case extensionsError = "extensions-error"
  /// OAuth's object that tells of a failure, with its status (RFC 7628 §3.2.2).
  case failureObject = "failure-object"
  /// The same, with a scope that is one word, or none (RFC 7628 §3.2.2).
  case oneScope = "one-scope"

  /// Why a reply does not fit, `nil` where it does.
  func mismatch(_ reply: Reply, in context: MatchContext) -> String? {
    guard let challenge = reply.challenge else { return "the text is no base64" }
    switch self {
    case .fresh:
      let part = context.exchange?.serverPart ?? challenge
      return context.challenges.contains(part) ? "the server has sent the same before" : nil
    case .failureObject: return Self.object(challenge)?["status"] is String ? nil : "the challenge is no JSON object with a status"
    case .oneScope:
      guard let object = Self.object(challenge) else { return "the challenge is no JSON object" }
      return (object["scope"] as? String)?.contains(" ") == true ? "the scope is a list" : nil
    default: return context.exchange.map { $0.mismatch(self) } ?? "no exchange goes on"
    }
  }

  private static func object(_ octets: [UInt8]) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(octets))) as? [String: Any]
  }
}
