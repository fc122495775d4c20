import Attestation
import Foundation
import Testing

@Suite("Keys that sign statements")
struct KeyTests {
  @Test("a signature is accepted by the key's other half, and of these octets alone", arguments: KeyMaker.Kind.supported)
  func signs(kind: KeyMaker.Kind) throws {
    let keys = try KeyMaker(kind)
    defer { keys.remove() }
    let key = try SigningKey(path: keys.secret)
    let other = try VerificationKey(path: keys.open)
    let signature = try #require(key.signature(of: Array("statement".utf8)))
    #expect(other.accepts(signature, of: Array("statement".utf8)))
    #expect(!other.accepts(signature, of: Array("Statement".utf8)))
    #expect(!other.accepts(Array(signature.dropLast()), of: Array("statement".utf8)))
    #expect(!other.accepts([], of: Array("statement".utf8)))
    #expect(other.id == key.verificationKey.id && other.id.count == 64)
    #expect(other.pem == key.verificationKey.pem)
  }

  @Test("OpenSSL's own tool accepts the signature", arguments: KeyMaker.Kind.supported)
  func opensslAccepts(kind: KeyMaker.Kind) throws {
    let keys = try KeyMaker(kind)
    defer { keys.remove() }
    let octets = Array("DSSEv1 1 x 1 y".utf8)
    try Data(octets).write(to: keys.file("octets"))
    try Data(try #require(SigningKey(path: keys.secret).signature(of: octets))).write(to: keys.file("signature"))
    let digest = kind == .ed25519 ? ["-rawin"] : ["-rawin", "-digest", "sha256"]
    let arguments = ["pkeyutl", "-verify", "-pubin", "-inkey", keys.open, "-in", keys.file("octets").path]
    let end = ["-sigfile", keys.file("signature").path]
    #expect(try KeyMaker.openssl(arguments + digest + end) == 0)
    try Data(octets + [0]).write(to: keys.file("octets"))
    #expect(try KeyMaker.openssl(arguments + digest + end) != 0)
  }

  @Test(
    "a key that others may read is refused",
    arguments: [(0o600, true), (0o400, true), (0o440, true), (0o644, false), (0o660, false), (0o604, false)])
  func permissions(mode: Int, isTaken: Bool) throws {
    let keys = try KeyMaker(.ed25519)
    defer { keys.remove() }
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: keys.secret)
    if isTaken {
      _ = try SigningKey(path: keys.secret)
    } else {
      #expect(throws: KeyError.exposed(String(mode, radix: 8))) { try SigningKey(path: keys.secret) }
    }
  }

  @Test("an encrypted key needs its passphrase, and no other opens it")
  func passphrases() throws {
    let keys = try KeyMaker(.ed25519, passphrase: "open sesame")
    defer { keys.remove() }
    #expect(throws: KeyError.encrypted) { try SigningKey(path: keys.secret) }
    #expect(throws: KeyError.wrongPassphrase) { try SigningKey(path: keys.secret, passphrase: "sesame") }
    #expect(try SigningKey(path: keys.secret, passphrase: "open sesame").signature(of: [1])?.count == 64)
  }

  @Test("other kinds of keys are named", arguments: [(KeyMaker.Kind.rsa, "rsaEncryption"), (.p384, "EC secp384r1")])
  func otherKinds(kind: KeyMaker.Kind, name: String) throws {
    let keys = try KeyMaker(kind)
    defer { keys.remove() }
    #expect(throws: KeyError.unsupported(name)) { try SigningKey(path: keys.secret) }
    #expect(throws: KeyError.unsupported(name)) { try VerificationKey(path: keys.open) }
  }

  @Test("what is no key, or the other half of one, is told so")
  func noKeys() throws {
    let keys = try KeyMaker(.ed25519)
    defer { keys.remove() }
    #expect(throws: KeyError.wrongHalf(expected: "signing takes the private one")) {
      try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: keys.open))))
    }
    #expect { try VerificationKey(path: keys.secret) } throws: { "\($0)".contains("wrongHalf") }
    #expect(throws: KeyError.notPEM(expected: "private key")) { try SigningKey(pem: Array("rubbish".utf8)) }
    #expect(throws: KeyError.notPEM(expected: "public key")) { try VerificationKey(pem: []) }
    #expect(throws: KeyError.unreadable("No such file or directory")) { try SigningKey(path: "/nonexistent/key.pem") }
    let cut = Array("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n".utf8)
    #expect(throws: KeyError.notPEM(expected: "private key")) { try SigningKey(pem: cut) }
    #expect(throws: KeyError.tooLong) { try VerificationKey(path: "/dev/zero") }
  }

  @Test("nothing of a key shows where it is printed")
  func hidesItself() throws {
    let keys = try KeyMaker(.ed25519)
    defer { keys.remove() }
    let key = try SigningKey(path: keys.secret)
    var dumped = ""
    dump(key, to: &dumped)
    #expect("\(key)" == "a private key (Ed25519)")
    #expect(!dumped.contains("pointer"))
  }
}

/// Keys of OpenSSL's own making, in a folder for one test.
struct KeyMaker {
  enum Kind: CaseIterable {
    case ed25519, p256, p384, rsa

    static let supported: [Kind] = [.ed25519, .p256]

    var arguments: [String] {
      switch self {
      case .ed25519: ["-algorithm", "ed25519"]
      case .p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
      case .p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]
      case .rsa: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
      }
    }
  }

  let folder: URL
  var secret: String { file("key.pem").path }
  var open: String { file("public.pem").path }

  init(_ kind: Kind, passphrase: String? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let cipher = passphrase.map { ["-aes-256-cbc", "-pass", "pass:\($0)"] } ?? []
    try #require(try Self.openssl(["genpkey"] + kind.arguments + cipher + ["-out", secret]) == 0)
    let opening = passphrase.map { ["-passin", "pass:\($0)"] } ?? []
    try #require(try Self.openssl(["pkey", "-in", secret] + opening + ["-pubout", "-out", open]) == 0)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
  }

  func file(_ name: String) -> URL { folder.appendingPathComponent(name) }
  func remove() { try? FileManager.default.removeItem(at: folder) }

  static func openssl(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
