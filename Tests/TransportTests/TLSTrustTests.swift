import Foundation
import Testing
import Transport

@Suite("Trust, names, keys and key logs")
struct TLSTrustTests {
  /// What a client learns from a server with this certificate.
  private func facts(_ identity: TLSIdentity, _ options: TLSOptions) throws -> TLSFacts {
    let peer = try Peer { session in
      do throws(TransportError) {
        _ = try session.startTLSServer(identity, deadline: soon)
        try session.sendCloseNotify(deadline: soon)
        while case .octets = session.receive(deadline: soon) {}
      } catch {
        // What the client makes of it is what the test is about.
      }
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    let result = Result { try session.startTLS(options, deadline: soon) }
    session.close()
    try peer.join()
    return try result.get()
  }

  @Test func aTrustedCertificateWithTheRightName() throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test", alternatives: ["127.0.0.1", "*.wild.example.test", "::1"])
    let file = try folder.write(identity.certificatePEM, to: "trust.pem")
    for name in ["mx.example.test", "MX.EXAMPLE.TEST", "127.0.0.1", "a.wild.example.test", "::1"] {
      let facts = try facts(identity, TLSOptions(verifyName: name, trust: .file(file)))
      #expect(facts.verifyResult == "ok")
      #expect(facts.nameMatches == true)
      #expect(facts.verified)
    }
    let certificate = try #require(try facts(identity, TLSOptions(trust: .file(file))).chain.first)
    #expect(certificate.names == ["mx.example.test", "127.0.0.1", "*.wild.example.test", "::1"])
    #expect(certificate.subject == "CN=mx.example.test")
    #expect(certificate.issuer == certificate.subject)
    #expect(certificate.keyBits == 256)
    #expect(certificate.signatureAlgorithm == "ecdsa-with-SHA256")
    #expect(certificate.fingerprint.utf8.count == 64)
    #expect(certificate.notBefore < certificate.notAfter)
  }

  @Test func aNameThatDoesNotMatch() throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test", alternatives: ["*.wild.example.test"])
    let file = try folder.write(identity.certificatePEM, to: "trust.pem")
    for name in ["other.example.test", "example.test", "127.0.0.1", "a.b.wild.example.test", ""] {
      let facts = try facts(identity, TLSOptions(verifyName: name, trust: .file(file)))
      #expect(facts.verifyResult == "ok")
      #expect(facts.nameMatches == false, "\(name)")
      #expect(!facts.verified)
    }
  }

  @Test func nobodyIsTrusted() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let facts = try facts(identity, TLSOptions(verifyName: "mx.example.test"))
    #expect(facts.nameMatches == true)
    #expect(facts.verifyResult == "not checked")
    #expect(!facts.verified)
  }

  @Test func strangersAreNotTrusted() throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let stranger = try TLSIdentity.selfSigned(name: "stranger.example.test")
    let file = try folder.write(stranger.certificatePEM, to: "trust.pem")
    for trust in [TLSOptions.Trust.file(file), .system] {
      let facts = try facts(identity, TLSOptions(verifyName: "mx.example.test", trust: trust))
      #expect(facts.verifyResult == "self-signed certificate")
      #expect(!facts.verified)
    }
  }

  @Test func aChangedTrustFileIsReadAgain() throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let stranger = try TLSIdentity.selfSigned(name: "a.stranger.with.a.longer.name.example.test")
    var file = try folder.write(stranger.certificatePEM, to: "trust.pem")
    #expect(try !facts(identity, TLSOptions(trust: .file(file))).verified)
    file = try folder.write(identity.certificatePEM, to: "trust.pem")
    #expect(try facts(identity, TLSOptions(trust: .file(file))).verified)
  }

  @Test func anExpiredCertificate() throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test", validFrom: .seconds(-7200), validUntil: .seconds(-3600))
    let file = try folder.write(identity.certificatePEM, to: "trust.pem")
    let facts = try facts(identity, TLSOptions(trust: .file(file)))
    #expect(facts.verifyResult == "certificate has expired")
    #expect(!facts.verified)
  }

  @Test func trustFilesThatCannotBeUsed() throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let nonsense = try folder.write("no certificate\n", to: "nonsense.pem")
    for path in [nonsense, folder.path("absent.pem")] {
      #expect(throws: TransportError.tls(.unusableTrust(path))) { try facts(identity, TLSOptions(trust: .file(path))) }
    }
  }

  @Test func identitiesFromFiles() throws {
    let folder = try TemporaryFolder()
    let made = try TLSIdentity.selfSigned(name: "mx.example.test")
    let other = try TLSIdentity.selfSigned(name: "other.example.test")
    let certificate = try folder.write(made.certificatePEM, to: "certificate.pem")
    let key = try folder.write(made.keyPEM, to: "key.pem")
    let otherKey = try folder.write(other.keyPEM, to: "other.pem")
    let read = try TLSIdentity(certificateFile: certificate, keyFile: key)
    #expect(read.certificatePEM == made.certificatePEM)
    #expect(try facts(read, TLSOptions(verifyName: "mx.example.test", trust: .file(certificate))).verified)
    #expect(throws: TransportError.tls(.unusableIdentity("key values mismatch"))) {
      _ = try TLSIdentity(certificateFile: certificate, keyFile: otherKey)
    }
    #expect(throws: TransportError.tls(.unusableIdentity("\(key) holds no certificate"))) {
      _ = try TLSIdentity(certificateFile: key, keyFile: key)
    }
    #expect(throws: TransportError.tls(.unusableIdentity("\(certificate) holds no private key, or one under a passphrase"))) {
      _ = try TLSIdentity(certificateFile: certificate, keyFile: certificate)
    }
    let error = #expect(throws: TransportError.self) {
      _ = try TLSIdentity(certificateFile: folder.path("absent.pem"), keyFile: key)
    }
    #expect(error?.message.contains("absent.pem: No such file or directory") == true)
  }

  @Test(arguments: [(TLSVersion.tls12, "CLIENT_RANDOM "), (.tls13, "CLIENT_HANDSHAKE_TRAFFIC_SECRET ")])
  func theKeyLogIsForItsOwnerAlone(version: TLSVersion, label: String) throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let path = try folder.write("# before\n", to: "keys.log")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    _ = try facts(identity, TLSOptions(maximum: version, keyLog: path))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("# before\n"))
    #expect(text.contains("\n" + label))
    #expect(text.hasSuffix("\n"))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let new = folder.path("new.log")
    _ = try facts(identity, TLSOptions(maximum: version, keyLog: new))
    #expect(try FileManager.default.attributesOfItem(atPath: new)[.posixPermissions] as? Int == 0o600)
  }

  @Test func aKeyLogThatCannotBeOpened() throws {
    let folder = try TemporaryFolder()
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let target = try folder.write("", to: "target")
    let link = folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    for path in [link, folder.path("absent/keys.log")] {
      let error = #expect(throws: TransportError.self) { try facts(identity, TLSOptions(keyLog: path)) }
      #expect(error?.message.hasPrefix("the key log \(path) cannot be opened: ") == true)
    }
  }

  @Test(arguments: ["mx.example.test", "odd\\", "a b", "127.0.0.1"])
  func theServerNameIsSentAsItIs(name: String) throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let found = Found<TLSFacts>()
    let peer = try Peer { session in found.set(try session.startTLSServer(identity, deadline: soon)) }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    _ = try session.startTLS(TLSOptions(serverName: name), deadline: soon)
    try peer.join()
    #expect(found.value?.serverName == (name == "127.0.0.1" ? nil : name))
  }
}
