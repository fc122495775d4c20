import Transport
import Wire

/// SCRAM without channel binding, RFC 5802 and RFC 7677.
struct SCRAMClient: SASLClient {
  private let digest: HashFunction
  private let username: [UInt8]
  private let password: [UInt8]
  private let nonce: [UInt8]
  private var stage = Stage.first
  /// The GS2 header of the first message.
  private var header: [UInt8] = []
  /// The first message without its header.
  private var bare: [UInt8] = []
  /// The last challenge.
  private var challenge: [UInt8]?
  /// What the server is to say last; known once the second message is.
  private var verifier: [UInt8]?

  /// The most iterations that are computed: a server could keep a client busy for hours otherwise (RFC 5802 §9).
  static let iterationLimit = 1_000_000
  /// What a server should ask for at least (RFC 5802 §5.1, RFC 7677 §3).
  static let fewestIterations = 4096

  private enum Stage: Sendable {
    case first, final, done
  }

  init(_ digest: HashFunction, username: [UInt8], password: [UInt8], nonce: [UInt8]) {
    self.digest = digest
    self.username = username
    self.password = password
    self.nonce = nonce
  }

  mutating func take(_ challenge: [UInt8]) {
    self.challenge = challenge
  }

  mutating func message(_ deviation: SASLDeviation?) throws(SASLObstacle) -> [UInt8] {
    switch stage {
    case .first: return try first(deviation)
    case .final: return try final(deviation)
    case .done:
      // The answer to what the server says last (RFC 4422 §3).
      guard deviation == nil || deviation == .notBase64 else { throw misplaced(deviation) }
      return []
    }
  }

  // MARK: Messages

  /// `client-first-message = gs2-header client-first-message-bare`, §7.
  private mutating func first(_ deviation: SASLDeviation?) throws(SASLObstacle) -> [UInt8] {
    var flag = "n"
    var identity: [UInt8] = []
    var name = Self.escaped(username)
    var before: [UInt8] = []
    var after: [UInt8] = []
    var parts: [[UInt8]]?
    switch deviation {
    case nil, .notBase64: break
    case .bindingNotOffered: flag = "y"
    case .bindingWanted: flag = "p=tls-unique"
    case .bindingUnknown: flag = "p=x-smtpspec"
    case .unknownFlag: flag = "x"
    case .ownIdentity: identity = Array("a=".utf8) + name
    case .otherIdentity: identity = Array("a=smtpspec-nobody".utf8)
    case .mandatoryExtension: before = Array("m=x-smtpspec,".utf8)
    case .optionalExtension: after = Array(",x=smtpspec".utf8)
    case .unknownName: name = Array("smtpspec-nobody".utf8)
    case .emptyName: name = []
    case .unpreparedName: name = [0xC2, 0xAD] + name
    case .prohibitedName: name += [0x07]
    case .badEscape: name += Array("=41".utf8)
    case .noName: parts = [Array("r=".utf8) + nonce]
    case .noNonce: parts = [Array("n=".utf8) + name]
    case .some: throw misplaced(deviation)
    }
    stage = .final
    header = Array("\(flag),".utf8) + identity + Array(",".utf8)
    bare = before + Self.joined(parts ?? [Array("n=".utf8) + name, Array("r=".utf8) + nonce]) + after
    return header + bare
  }

  /// `client-final-message = client-final-message-without-proof "," proof`, §7.
  private mutating func final(_ deviation: SASLDeviation?) throws(SASLObstacle) -> [UInt8] {
    guard let challenge else { throw SASLObstacle("no challenge has come to compute a proof from") }
    guard let server = SCRAMServerFirst(challenge) else { throw SASLObstacle("the challenge is no first message of a SCRAM server") }
    guard server.iterations <= Self.iterationLimit else {
      throw SASLObstacle("the server asks for \(server.iterations) iterations, and \(Self.iterationLimit) are the most that are computed")
    }
    var binding: [UInt8]? = header
    var combined = server.nonce
    var extra: [[UInt8]] = []
    switch deviation {
    case .wrongNonce: combined.append(0x78)
    case .ownNonce: combined = nonce
    case .wrongBinding: binding = Array("\(header.first == UInt8(ascii: "y") ? "n" : "y"),,".utf8)
    case .noBinding: binding = nil
    case .optionalExtension: extra = [Array("x=smtpspec".utf8)]
    default: break
    }
    let withoutProof = Self.joined(
      (binding.map { [Array("c=".utf8) + Base64.encode($0)] } ?? []) + [Array("r=".utf8) + combined] + extra)
    let text = Self.joined([bare, challenge, withoutProof])
    let key = deviation == .wrongPassword ? password + [0x78] : password
    guard let salted = digest.derive(password: key, salt: server.salt, iterations: server.iterations),
      let clientKey = digest.authenticate(Array("Client Key".utf8), key: salted), let storedKey = digest.hash(clientKey),
      let signature = digest.authenticate(text, key: storedKey),
      let serverKey = digest.authenticate(Array("Server Key".utf8), key: salted),
      let verifier = digest.authenticate(text, key: serverKey)
    else { throw SASLObstacle("this OpenSSL lacks the hash function") }
    var proof = zip(clientKey, signature).map { $0 ^ $1 }
    switch deviation {
    case nil, .notBase64, .wrongNonce, .ownNonce, .wrongBinding, .noBinding, .optionalExtension, .wrongPassword: break
    case .wrongProof: proof[0] ^= 1
    case .shortProof: proof.removeLast()
    case .zeroProof: proof = [UInt8](repeating: 0, count: proof.count)
    case .noProof: break
    case .some: throw misplaced(deviation)
    }
    stage = .done
    self.verifier = verifier
    return deviation == .noProof ? withoutProof : Self.joined([withoutProof, Array("p=".utf8) + Base64.encode(proof)])
  }

  private func misplaced(_ deviation: SASLDeviation?) -> SASLObstacle {
    SASLObstacle("this message of SCRAM does not take the deviation \(deviation?.rawValue ?? "none")")
  }

  // MARK: Checks

  func mismatch(_ check: ChallengeCheck) -> String? {
    guard let challenge else { return "the text is no base64" }
    switch check {
    case .serverFirst:
      return SCRAMServerFirst(challenge) == nil ? "the challenge is not nonce, salt and iteration count in this order" : nil
    case .nonce: return nonceMismatch(challenge)
    case .iterations:
      guard let server = SCRAMServerFirst(challenge) else { return "the challenge has no iteration count" }
      return server.iterations >= Self.fewestIterations ? nil : "the server asks for \(server.iterations) iterations"
    case .verifier: return verifierMismatch(challenge)
    case .serverError: return challenge.starts(with: Array("e=".utf8)) ? nil : "the challenge does not begin with e="
    case .extensionsError:
      return challenge == Array("e=extensions-not-supported".utf8) ? nil : "the challenge is not e=extensions-not-supported"
    case .messageID, .fresh, .failureObject, .oneScope: return "SCRAM has no challenge of the kind \(check.rawValue)"
    }
  }

  private func nonceMismatch(_ challenge: [UInt8]) -> String? {
    guard let server = SCRAMServerFirst(challenge) else { return "the challenge has no nonce" }
    guard server.nonce.starts(with: nonce) else { return "the server's nonce does not begin with the client's" }
    return server.nonce.count > nonce.count ? nil : "the server adds nothing to the client's nonce"
  }

  private func verifierMismatch(_ challenge: [UInt8]) -> String? {
    guard let verifier else { return "no proof was sent yet" }
    let value = challenge.split(separator: UInt8(ascii: ","), maxSplits: 1, omittingEmptySubsequences: false)[0]
    guard value.starts(with: Array("v=".utf8)), let octets = Base64.decode(value.dropFirst(2)) else {
      return "the challenge does not begin with v= and base64"
    }
    return octets == verifier ? nil : "the server's signature is not the one that the password makes"
  }

  func serverPart(of challenge: [UInt8]) -> [UInt8] {
    guard let server = SCRAMServerFirst(challenge), server.nonce.starts(with: nonce) else { return challenge }
    return Array(server.nonce.dropFirst(nonce.count))
  }

  /// With the signature, a password can be guessed at leisure.
  var secrets: [[UInt8]] {
    verifier.map { [Base64.encode($0), Base64.encode(Array("v=".utf8) + Base64.encode($0))] } ?? []
  }

  // MARK: Text

  /// `saslname = 1*(value-safe-char / "=2C" / "=3D")`, §7.
  private static func escaped(_ name: [UInt8]) -> [UInt8] {
    name.flatMap { octet in
      switch octet {
      case UInt8(ascii: ","): Array("=2C".utf8)
      case .equal: Array("=3D".utf8)
      default: [octet]
      }
    }
  }

  private static func joined(_ parts: [[UInt8]]) -> [UInt8] {
    Array(parts.joined(separator: [UInt8(ascii: ",")]))
  }
}

/// `server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count ["," extensions]`, RFC 5802 §7; one with `m` is none.
struct SCRAMServerFirst: Sendable, Equatable {
  let nonce: [UInt8]
  let salt: [UInt8]
  let iterations: Int

  init?(_ octets: [UInt8]) {
    let parts = octets.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].starts(with: Array("r=".utf8)), parts[1].starts(with: Array("s=".utf8)),
      parts[2].starts(with: Array("i=".utf8)), let salt = Base64.decode(parts[1].dropFirst(2)),
      parts[2].dropFirst(2).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let iterations = Int(String(decoding: parts[2].dropFirst(2), as: UTF8.self)), iterations > 0
    else { return nil }
    let nonce = Array(parts[0].dropFirst(2))
    guard !nonce.isEmpty, nonce.allSatisfy({ $0.isGraphic }) else { return nil }
    self.nonce = nonce
    self.salt = salt
    self.iterations = iterations
  }
}
