import Testing
import Transport

@Suite("Session.receive")
struct ReceivingTests {
  @Test func octetsThenTheEndOfTheStream() throws {
    let peer = try Peer { session in try session.send("220 hi\r\n") }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(session.receive(deadline: soon) == .octets(8))
    #expect(Array(session.unread) == octets("220 hi\r\n"))
    #expect(session.withUnread { $0.count } == 8)
    try peer.join()
    #expect(session.receive(deadline: soon) == .endOfStream)
    #expect(session.receive(deadline: soon) == .endOfStream)
    #expect(session.unreadCount == 8)
    let contents = session.transcript.events.map(\.content)
    #expect(contents == [.received(octets("220 hi\r\n")), .end(.peerClosed)])
  }

  @Test func whatHasArrivedCountsAfterTheDeadline() throws {
    let peer = try Peer { session in
      try session.send("220 hi\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    // A buffer that takes half of it: the other half has arrived with the first, and waits in the system.
    let limits = Session.Limits(unreadOctets: 4, replyOctets: 1)
    var session = try Session.connect(to: peer.endpoint, deadline: soon, limits: limits)
    #expect(session.receive(deadline: soon) == .octets(4))
    session.consume(4)
    #expect(session.receive(deadline: .after(.zero)) == .octets(4))
    #expect(Array(session.unread) == octets("hi\r\n"))
    session.close()
    try peer.join()
  }

  @Test func aReset() throws {
    let peer = try Peer { session in session.reset() }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    try peer.join()
    #expect(session.receive(deadline: soon) == .reset)
    #expect(session.receive(deadline: soon) == .reset)
    #expect(session.transcript.events.map(\.content) == [.end(.peerReset)])
  }

  @Test func aSilentPeer() throws {
    let peer = try Peer { session in #expect(session.receive(deadline: soon) == .endOfStream) }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(session.receive(deadline: shortly) == .timedOut)
    session.close()
    try peer.join()
  }

  @Test func anInterruptWakesTheWait() throws {
    let interrupt = Interrupt()
    let peer = try Peer { session in
      #expect(session.receive(deadline: soon) == .octets(1))
      // The client is in its wait, or will find the interrupt triggered when it begins it.
      interrupt.trigger()
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon, interrupt: interrupt)
    try session.send([0], deadline: soon)
    #expect(session.receive(deadline: .never) == .interrupted)
    #expect(session.nextReply(deadline: .never) == .interrupted)
    session.close()
    try peer.join()
  }

  @Test func aFullBufferStopsTheReading() throws {
    let flood = (0..<20_000).map { UInt8(truncatingIfNeeded: $0) }
    let peer = try Peer { session in try session.send(flood, deadline: soon) }
    let limits = Session.Limits(unreadOctets: 1000, replyOctets: 100)
    var session = try Session.connect(to: peer.endpoint, deadline: soon, limits: limits)
    var all: [UInt8] = []
    var timesFull = 0
    while true {
      switch session.receive(deadline: soon) {
      case .octets: #expect(session.unreadCount <= 1000)
      case .full:
        timesFull += 1
        #expect(session.unreadCount == 1000)
        all += session.unread.prefix(700)
        session.consume(700)
      case .endOfStream:
        all += session.unread
        #expect(all == flood)
        #expect(timesFull > 0)
        try peer.join()
        return
      case let other:
        Issue.record("\(other)")
        return
      }
    }
  }

  @Test func afterOurOwnReset() throws {
    let peer = try Peer { session in #expect(session.receive(deadline: soon) == .reset) }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    let local = session.localAddress
    session.reset()
    #expect(session.isOpen == false)
    #expect(session.localAddress == local)
    #expect(session.receive(deadline: soon) == .failed(.sessionEnded))
    #expect(throws: TransportError.sessionEnded) { try session.send([1], deadline: soon) }
    #expect(session.transcript.events.map(\.content) == [.end(.aborted)])
    try peer.join()
  }
}
