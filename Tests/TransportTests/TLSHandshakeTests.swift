import Testing
import Transport

@Suite("TLS handshakes, as client and as server")
struct TLSHandshakeTests {
  @Test(arguments: TLSVersion.allCases)
  func eachVersion(_ version: TLSVersion) throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let found = Found<TLSFacts>()
    let peer = try Peer { session in
      let options = TLSServerOptions(minimum: version, maximum: version)
      found.set(try session.startTLSServer(identity, options: options, deadline: soon))
      #expect(try session.readLine() == "EHLO client.example.test\r\n")
      try session.send("250 mx.example.test\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    let options = TLSOptions(serverName: "mx.example.test", minimum: version, maximum: version)
    let facts = try session.startTLS(options, deadline: soon)
    #expect(session.isUnderTLS == true)
    try session.send("EHLO client.example.test\r\n")
    #expect(try session.readLine() == "250 mx.example.test\r\n")
    session.close()
    try peer.join()
    let server = try #require(found.value)
    #expect(facts.version == version.description)
    #expect(server.version == facts.version)
    #expect(server.cipher == facts.cipher)
    #expect(facts.cipher.hasPrefix("TLS_"))
    #expect(facts.group != nil)
    #expect(server.serverName == "mx.example.test")
    #expect(facts.chain.map(\.subject) == ["CN=mx.example.test"])
    #expect(server.chain.isEmpty)
  }

  /// What client and server say of a handshake that cannot succeed.
  private func failure(
    client: TLSOptions, server: TLSServerOptions
  ) throws -> (client: TransportError?, server: (any Error)?) {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let peer = try Peer { session in
      _ = try session.startTLSServer(identity, options: server, deadline: soon)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    var clientError: TransportError?
    do throws(TransportError) {
      _ = try session.startTLS(client, deadline: soon)
    } catch {
      clientError = error
    }
    session.close()
    do { try peer.join() } catch { return (clientError, error) }
    return (clientError, nil)
  }

  @Test func oldVersionsAreNotOfferedUnasked() throws {
    let (client, server) = try failure(client: TLSOptions(), server: TLSServerOptions(maximum: .tls11))
    #expect(client == .tls(.alertReceived(70)))
    #expect(client?.message == "the peer refused TLS: alert 70 (protocol_version)")
    #expect(server as? TransportError == .tls(.protocolFailure("unsupported protocol")))
  }

  @Test func ciphersInCommonAreNeeded() throws {
    let (client, _) = try failure(
      client: TLSOptions(maximum: .tls12, ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256"),
      server: TLSServerOptions(maximum: .tls12, ciphers: "ECDHE-ECDSA-AES256-GCM-SHA384"))
    #expect(client == .tls(.alertReceived(40)))
  }

  @Test func theCipherAskedForIsUsed() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let peer = try Peer { session in _ = try session.startTLSServer(identity, deadline: soon) }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    let options = TLSOptions(maximum: .tls12, ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256")
    #expect(try session.startTLS(options, deadline: soon).cipher == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
    try peer.join()
  }

  @Test func optionsThatLeaveNothing() throws {
    let peer = try Peer { session in #expect(session.receive(deadline: soon) == .endOfStream) }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(throws: TransportError.tls(.unusableOptions("the oldest version, TLSv1.3, is newer than TLSv1.2"))) {
      _ = try session.startTLS(TLSOptions(minimum: .tls13, maximum: .tls12), deadline: soon)
    }
    #expect(throws: TransportError.tls(.unusableOptions("no cipher of 'NONSENSE' can be used"))) {
      _ = try session.startTLS(TLSOptions(ciphers: "NONSENSE"), deadline: soon)
    }
    #expect(throws: TransportError.tls(.notStarted)) { try session.sendCloseNotify(deadline: soon) }
    session.close()
    try peer.join()
  }

  @Test func onlyOnce() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let peer = try Peer { session in
      _ = try session.startTLSServer(identity, deadline: soon)
      #expect(throws: TransportError.tls(.alreadyStarted)) { _ = try session.startTLSServer(identity, deadline: soon) }
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    _ = try session.startTLS(TLSOptions(), deadline: soon)
    #expect(throws: TransportError.tls(.alreadyStarted)) { _ = try session.startTLS(TLSOptions(), deadline: soon) }
    session.close()
    try peer.join()
  }

  @Test func rubbishInsteadOfAServerHello() throws {
    let peer = try Peer { session in
      #expect(session.receive(deadline: soon) != .endOfStream)
      try session.send("500 what?\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(throws: TransportError.tls(.notTLS)) { _ = try session.startTLS(TLSOptions(), deadline: soon) }
    #expect(session.transcript.events.map(\.content).contains(.receivedRaw(octets("500 what?\r\n"))))
    session.close()
    try peer.join()
  }

  @Test func rubbishInTheFormOfARecord() throws {
    let peer = try Peer { session in
      #expect(session.receive(deadline: soon) != .endOfStream)
      try session.send([0x16, 3, 3, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF], deadline: soon)
      while case .octets = session.receive(deadline: soon) {}
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    let error = #expect(throws: TransportError.self) { _ = try session.startTLS(TLSOptions(), deadline: soon) }
    #expect(error?.message.hasPrefix("TLS failed: ") == true)
    session.close()
    try peer.join()
  }

  @Test func rubbishInsteadOfAClientHello() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let peer = try Peer { session in
      #expect(throws: TransportError.tls(.notTLS)) { _ = try session.startTLSServer(identity, deadline: soon) }
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    try session.send("EHLO client.example.test\r\n")
    try peer.join()
  }

  @Test func aPeerThatClosesOrResets() throws {
    for resets in [false, true] {
      let peer = try Peer { session in
        #expect(session.receive(deadline: soon) != .endOfStream)
        if resets { session.reset() }
      }
      var session = try Session.connect(to: peer.endpoint, deadline: soon)
      #expect(throws: resets ? TransportError.reset : .closedByPeer) { _ = try session.startTLS(TLSOptions(), deadline: soon) }
      try peer.join()
    }
  }

  @Test func aPeerThatHasGoneAlready() throws {
    let peer = try Peer { _ in }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(session.receive(deadline: soon) == .endOfStream)
    #expect(throws: TransportError.closedByPeer) { _ = try session.startTLS(TLSOptions(), deadline: soon) }
    try peer.join()
  }

  @Test func aSilentPeer() throws {
    let peer = try Peer { session in while case .octets = session.receive(deadline: soon) {} }
    let interrupt = Interrupt()
    var session = try Session.connect(to: peer.endpoint, deadline: soon, interrupt: interrupt)
    #expect(throws: TransportError.timedOut(.handshake)) { _ = try session.startTLS(TLSOptions(), deadline: shortly) }
    interrupt.trigger()
    #expect(throws: TransportError.interrupted) { _ = try session.startTLS(TLSOptions(), deadline: soon) }
    session.close()
    try peer.join()
  }

  @Test func theClientsCertificateOnDemand() throws {
    let identity = try TLSIdentity.selfSigned(name: "mx.example.test")
    let own = try TLSIdentity.selfSigned(name: "client.example.test")
    for presented in [own, nil] {
      let found = Found<TLSFacts>()
      let peer = try Peer { session in
        found.set(try session.startTLSServer(identity, options: TLSServerOptions(requestsCertificate: true), deadline: soon))
        try session.send("250 ok\r\n")
      }
      var session = try Session.connect(to: peer.endpoint, deadline: soon)
      _ = try session.startTLS(TLSOptions(identity: presented), deadline: soon)
      #expect(try session.readLine() == "250 ok\r\n")
      try peer.join()
      #expect(found.value?.chain.map(\.subject) == (presented == nil ? [] : ["CN=client.example.test"]))
    }
  }
}
