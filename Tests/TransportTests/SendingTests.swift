import Testing
import Transport

@Suite("Session.send")
struct SendingTests {
  @Test(arguments: Segmentation.allCases)
  func thePeerGetsTheSameOctets(_ cut: Segmentation) throws {
    let all = octets("MAIL FROM:<a@example.test>\r\nRCPT TO:<b@example.test>\r\nDATA\r\n\0\r\n\u{FF}.\n")
    let got = Found<[UInt8]>()
    let peer = try Peer { session in got.set(session.readToEnd().octets) }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    var generator = SeededGenerator(state: 7)
    try session.send(all, cut: cut, deadline: soon, using: &generator)
    let writes = session.transcript.events.map(\.content)
    session.close()
    try peer.join()
    #expect(got.value == all)
    switch cut {
    case .whole: #expect(writes == [.sent(all)])
    case .line: #expect(writes.count == 5)
    case .octet: #expect(writes == all.map { .sent([$0]) })
    case .random: #expect(writes.count > 1)
    }
  }

  @Test func aPeerThatDoesNotRead() throws {
    let done = Interrupt()
    let peer = try Peer { session in
      #expect(session.receive(deadline: soon) == .octets(1))
      // It holds the connection and reads no more until the test is done.
      #expect(!done.wait(until: soon))
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    try session.send([0], deadline: soon)
    let flood = [UInt8](repeating: 0x61, count: 32 << 20)
    #expect(throws: TransportError.timedOut(.send)) { try session.send(flood, deadline: .after(.milliseconds(100))) }
    done.trigger()
    try peer.join()
  }

  @Test func aPeerThatReadsPastTheDeadline() throws {
    let peer = try Peer { session in #expect(session.readToEnd().octets.count < 32 << 20) }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    let flood = [UInt8](repeating: 0x61, count: 32 << 20)
    #expect(throws: TransportError.timedOut(.send)) { try session.send(flood, deadline: .after(.zero)) }
    session.close()
    try peer.join()
  }

  @Test func bothTalkAtOnce() throws {
    let flood = [UInt8](repeating: 0x61, count: 4 << 20)
    let limits = Session.Limits(unreadOctets: 8 << 20)
    let peer = try Peer(limits: limits) { session in
      try session.send(flood, deadline: soon)
      session.halfClose()
      #expect(session.readToEnd().octets.count == flood.count)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon, limits: limits)
    try session.send(flood, deadline: soon)
    session.halfClose()
    let (octets, ending) = session.readToEnd()
    #expect(octets.count == flood.count)
    #expect(ending == .endOfStream)
    try peer.join()
  }

  @Test func halfClosingLeavesTheOtherDirectionOpen() throws {
    let peer = try Peer { session in
      #expect(try session.readLine() == "QUIT\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
      try session.send("221 bye\r\n")
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    try session.send("QUIT\r\n")
    session.halfClose()
    #expect(try session.readLine() == "221 bye\r\n")
    #expect(session.receive(deadline: soon) == .endOfStream)
    #expect(throws: TransportError.sessionEnded) { try session.send("NOOP\r\n") }
    try peer.join()
  }

  @Test func toAPeerThatHasReset() throws {
    let peer = try Peer { session in session.reset() }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(session.receive(deadline: soon) == .reset)
    try peer.join()
    #expect(throws: TransportError.reset) { try session.send("EHLO a\r\n") }
  }

  @Test func aLastReplyOutlivesUnreadOctets() throws {
    let flood = [UInt8](repeating: 0x61, count: 1 << 20)
    let peer = try Peer { session in
      try session.send(flood, deadline: soon)
      #expect(try session.readLine() == "421 enough\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(session.receive(deadline: soon) != .endOfStream)
    try session.send("421 enough\r\n")
    session.closeAfterPeer(deadline: soon)
    try peer.join()
  }
}
