package import Transport

/// A SASL mechanism of the server, by its registered name.
package enum Mechanism: String, Sendable, CaseIterable {
  /// RFC 4616.
  case plain = "PLAIN"
  /// Never an RFC, and everywhere: the server asks for the name, then for the password.
  case login = "LOGIN"
  /// RFC 2195.
  case cramMD5 = "CRAM-MD5"
  /// RFC 5802; without channel binding, so there is no -PLUS.
  case scramSHA1 = "SCRAM-SHA-1"
  /// RFC 7677; without channel binding, so there is no -PLUS.
  case scramSHA256 = "SCRAM-SHA-256"
  /// RFC 4422, appendix A: who the client is, its certificate has said.
  case external = "EXTERNAL"
  /// RFC 7628.
  case oauthBearer = "OAUTHBEARER"

  /// Whether it shows the password itself, so that it needs TLS around it (RFC 4954 §4).
  package var showsPassword: Bool { self == .plain || self == .login }
}

/// How far an authentication exchange has come, which is what the client's next response is.
///
/// - SeeAlso: RFC 4954 §4.
package enum AuthenticationExchange: Sendable, Equatable {
  /// The one message of PLAIN.
  case plain
  /// The user name of LOGIN.
  case loginName
  /// The password of LOGIN.
  case loginPassword(name: [UInt8])
  /// The one message of CRAM-MD5.
  case cramMD5(challenge: [UInt8])
  /// SCRAM's first message.
  case scramFirst(HashFunction)
  /// SCRAM's second message.
  case scramFinal(SCRAMExchange)
  /// The empty answer to the server's signature.
  case scramDone(signature: [UInt8])
  /// The one message of EXTERNAL.
  case external
  /// The one message of OAUTHBEARER.
  case oauthBearer
  /// The empty word that lets the server end a failed exchange (RFC 7628 §3.2.3).
  case oauthFailed

  /// What the server asks, before it is base64; empty where the client speaks first.
  var challenge: [UInt8] {
    switch self {
    case .plain, .scramFirst, .external, .oauthBearer: []
    case .loginName: Array("Username:".utf8)
    case .loginPassword: Array("Password:".utf8)
    case .cramMD5(let challenge): challenge
    case .scramFinal(let exchange): exchange.serverFirst
    case .scramDone(let signature): Array("v=".utf8) + signature
    case .oauthFailed: Array(#"{"status":"invalid_token","scope":"mail"}"#.utf8)
    }
  }
}
