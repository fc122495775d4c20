import Transport
import Wire

/// CRAM-MD5: the user name, a space, and the keyed MD5 of the challenge in hexadecimal (RFC 2195 §2).
struct CRAMMD5Client: SASLClient {
  let username: [UInt8]
  let password: [UInt8]
  private var challenge: [UInt8]?

  init(username: [UInt8], password: [UInt8]) {
    self.username = username
    self.password = password
  }

  mutating func take(_ challenge: [UInt8]) {
    self.challenge = challenge
  }

  func message(_ deviation: SASLDeviation?) throws(SASLObstacle) -> [UInt8] {
    guard let challenge else { throw SASLObstacle("no challenge has come to compute a response from") }
    var text = challenge
    var key = password
    var name = username
    switch deviation {
    case .wrongPassword: key.append(0x78)
    case .otherChallenge: text = Array("<1896.697170952@postoffice.reston.mci.net>".utf8)
    case .unknownName: name = Array("smtpspec-nobody".utf8)
    case .emptyName: name = []
    case .unpreparedName: name = [0xC2, 0xAD] + name
    default: break
    }
    guard let code = HashFunction.md5.authenticate(text, key: key) else { throw SASLObstacle("this OpenSSL has no MD5") }
    var digest = code.flatMap { [Self.digit($0 >> 4), Self.digit($0 & 15)] }
    switch deviation {
    case nil, .wrongPassword, .otherChallenge, .unknownName, .emptyName, .unpreparedName, .notBase64: break
    case .wrongProof: digest[0] = Self.digit(code[0] >> 4 ^ 1)
    case .shortProof: digest.removeLast()
    case .upperCaseProof: digest = digest.map(\.uppercased)
    case .plainPassword: digest = password
    case .noProof: return name
    case .some(let other): throw SASLObstacle("CRAM-MD5 has no message with the deviation \(other.rawValue)")
    }
    return name + [.space] + digest
  }

  func mismatch(_ check: ChallengeCheck) -> String? {
    guard check == .messageID else { return "CRAM-MD5 has no challenge of the kind \(check.rawValue)" }
    guard let challenge else { return "the text is no base64" }
    return Self.isMessageID(challenge) ? nil : "the challenge has not the form of a message id: \(Escaped.show(challenge, limit: 100))"
  }

  func serverPart(of challenge: [UInt8]) -> [UInt8] { challenge }

  var secrets: [[UInt8]] { [] }

  /// `msg-id = "<" addr-spec ">"`, RFC 822 §4.6, as far as it needs no quoting.
  private static func isMessageID(_ octets: [UInt8]) -> Bool {
    guard octets.first == .less, octets.last == .greater, octets.count > 2 else { return false }
    let inner = octets.dropFirst().dropLast()
    guard inner.allSatisfy({ $0.isGraphic && $0 != .less && $0 != .greater }) else { return false }
    let parts = inner.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? .zero + value : UInt8(ascii: "a") + value - 10 }
}
