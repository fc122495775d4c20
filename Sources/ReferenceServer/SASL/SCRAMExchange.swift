import Transport
import Wire

/// A SCRAM exchange after the client's first message, RFC 5802 §5.
package struct SCRAMExchange: Sendable, Equatable {
  let digest: HashFunction
  /// The GS2 header as it came.
  var header: [UInt8]
  /// Whom to act as, where the header says so.
  var identity: [UInt8]?
  /// Whose password it is, prepared.
  let user: String
  /// The first message behind its header, as it came.
  var bare: [UInt8]
  /// The nonce of both sides.
  var nonce: [UInt8]
  /// What makes a user's stored key differ from others of the same password.
  let salt: [UInt8]
  let iterations: Int

  /// Reads the client's first message.
  ///
  /// A flag other than `n` or `y` fails: this server binds to no channel, so a client that wants to must not succeed (§6). So does
  /// a mandatory extension (§5.1).
  ///
  /// - Returns: `nil` for a message that is refused.
  init?(_ message: [UInt8], _ digest: HashFunction, configuration: Configuration) {
    let parts = message.split(separator: .comma, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count >= 4, parts[0] == Array("n".utf8) || parts[0] == Array("y".utf8) else { return nil }
    guard parts[1].isEmpty || parts[1].starts(with: Self.a), let identity = Self.unescaped(parts[1].dropFirst(2)) else { return nil }
    guard parts[2].starts(with: Self.n), let name = Self.unescaped(parts[2].dropFirst(2)), let user = SASLprep.prepare(name) else {
      return nil
    }
    let clientNonce = parts[3].dropFirst(2)
    guard parts[3].starts(with: Self.r), !clientNonce.isEmpty, clientNonce.allSatisfy(\.isGraphic) else { return nil }
    guard parts[4...].allSatisfy(Self.isAttribute) else { return nil }
    self.digest = digest
    self.identity = parts[1].isEmpty ? nil : identity
    self.user = user
    header = Array(parts[0...1].joined(separator: [.comma])) + [.comma]
    bare = Array(message.dropFirst(header.count))
    nonce = clientNonce + configuration.makeNonce()
    salt = Self.salt(of: user, digest, configuration)
    iterations = configuration.scramIterations
  }

  /// `server-first-message = nonce "," salt "," iteration-count`, §7.
  var serverFirst: [UInt8] {
    Self.r + nonce + Array(",s=".utf8) + Base64.encode(salt) + Array(",i=\(iterations)".utf8)
  }

  /// Checks the client's second message, `channel-binding "," nonce ["," extensions] "," proof`, §7.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - password: The user's.
  /// - Returns: The server's signature in base64, `nil` for a message that proves nothing.
  func signature(for message: [UInt8], password: String?) -> [UInt8]? {
    let parts = message.split(separator: .comma, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count >= 3, parts[0] == Self.c + Base64.encode(header), parts[1] == Self.r + nonce,
      parts[2..<(parts.count - 1)].allSatisfy({ Self.isAttribute($0) && !$0.starts(with: Self.p) }),
      let last = parts.last, last.starts(with: Self.p), let proof = Base64.decode(last.dropFirst(2))
    else { return nil }
    let withoutProof = Array(parts.dropLast().joined(separator: [.comma]))
    guard let keys = password.flatMap({ Keys(self, password: $0, withoutProof: withoutProof) }) else { return nil }
    guard proof.count == keys.signature.count else { return nil }
    // The client's key out of its proof must hash to the stored one.
    let clientKey = zip(proof, keys.signature).map { $0 ^ $1 }
    return digest.hash(clientKey) == keys.stored ? Base64.encode(keys.server) : nil
  }

  /// What both sides compute from the password and all that was said, §3.
  private struct Keys {
    /// H(ClientKey).
    let stored: [UInt8]
    /// HMAC(StoredKey, AuthMessage).
    let signature: [UInt8]
    /// HMAC(ServerKey, AuthMessage).
    let server: [UInt8]

    init?(_ exchange: SCRAMExchange, password: String, withoutProof: [UInt8]) {
      let digest = exchange.digest
      let said = Array([exchange.bare, exchange.serverFirst, withoutProof].joined(separator: [.comma]))
      guard let prepared = SASLprep.prepare(Array(password.utf8)),
        let salted = digest.derive(password: Array(prepared.utf8), salt: exchange.salt, iterations: exchange.iterations),
        let clientKey = digest.authenticate(Array("Client Key".utf8), key: salted), let stored = digest.hash(clientKey),
        let signature = digest.authenticate(said, key: stored),
        let serverKey = digest.authenticate(Array("Server Key".utf8), key: salted),
        let server = digest.authenticate(said, key: serverKey)
      else { return nil }
      self.stored = stored
      self.signature = signature
      self.server = server
    }
  }

  /// A salt of the user's own, whoever it is: one that nobody has would tell that there is no such user (§9).
  private static func salt(of user: String, _ digest: HashFunction, _ configuration: Configuration) -> [UInt8] {
    Array((digest.authenticate(Array(user.utf8), key: Array(configuration.hostName.utf8)) ?? []).prefix(16))
  }

  /// `saslname`, §7: an equals sign begins `=2C` or `=3D`, and nothing else.
  private static func unescaped(_ text: some Collection<UInt8>) -> [UInt8]? {
    var name: [UInt8] = []
    var rest = Array(text)[...]
    while let octet = rest.popFirst() {
      guard octet == .equal else {
        name.append(octet)
        continue
      }
      switch (rest.popFirst(), rest.popFirst()) {
      case (UInt8(ascii: "2"), UInt8(ascii: "C")): name.append(.comma)
      case (UInt8(ascii: "3"), UInt8(ascii: "D")): name.append(.equal)
      default: return nil
      }
    }
    return name
  }

  /// `attr-val = ALPHA "=" value`, §7.
  private static func isAttribute(_ part: [UInt8]) -> Bool {
    part.count > 2 && part[0].isLetterOrDigit && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(part[0]) && part[1] == .equal
  }

  private static let a = Array("a=".utf8)
  private static let c = Array("c=".utf8)
  private static let n = Array("n=".utf8)
  private static let p = Array("p=".utf8)
  private static let r = Array("r=".utf8)
}
