import Testing
import Transport
import Wire

@Suite("Session.nextReply, RFC 5321 §4.2")
struct RepliesTests {
  /// The arrivals a peer's octets make, up to the first that is no reply.
  private func arrivals(
    of text: String, cut: Segmentation = .whole, limits: Session.Limits = .default
  ) throws -> [ReplyArrival] {
    let peer = try Peer { session in
      var generator = SeededGenerator(state: 3)
      try session.send(octets(text), cut: cut, deadline: soon, using: &generator)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon, limits: limits)
    var all: [ReplyArrival] = []
    while true {
      let arrival = session.nextReply(deadline: soon)
      all.append(arrival)
      guard case .reply = arrival else { break }
    }
    try peer.join()
    return all
  }

  private func texts(_ arrivals: [ReplyArrival]) -> [String] {
    arrivals.map { arrival in
      if case .reply(let reply) = arrival { String(decoding: reply.octets, as: UTF8.self) } else { "\(arrival)" }
    }
  }

  @Test(arguments: Segmentation.allCases)
  func repliesInOrderHoweverTheyArrive(_ cut: Segmentation) throws {
    let replies = ["220 hi\r\n", "250-a\r\n250-SIZE 1000\r\n250 PIPELINING\r\n", "250\r\n", "250-\r\n250\r\n", "354 \r\n"]
    let found = try arrivals(of: replies.joined(), cut: cut)
    #expect(texts(found) == replies + ["endOfStream"])
  }

  @Test(arguments: Segmentation.allCases)
  func faultsAreKept(_ cut: Segmentation) throws {
    let found = try arrivals(of: "250-a\n251 b\0c\r\n", cut: cut)
    guard case .reply(let reply) = found.first else {
      Issue.record("\(found)")
      return
    }
    #expect(Set(reply.faults.map(\.kind)) == [.bareLF, .codeChange, .nul])
    #expect(reply.octets == octets("250-a\n251 b\0c\r\n"))
  }

  @Test func silenceCountsWhatIsThere() throws {
    let peer = try Peer { session in
      try session.send("250-a\r\n250 b")
      #expect(session.receive(deadline: soon) == .octets(1))
      try session.send("c\r\n")
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(session.receive(deadline: soon) == .octets(12))
    #expect(session.nextReply(deadline: shortly) == .silence(partialOctets: 12))
    #expect(session.unreadCount == 12)
    try session.send("!")
    #expect(texts([session.nextReply(deadline: soon)]) == ["250-a\r\n250 bc\r\n"])
    #expect(session.nextReply(deadline: shortly) == .silence(partialOctets: 0))
    session.close()
    try peer.join()
  }

  @Test func theEndInTheMiddleOfAReply() throws {
    #expect(try arrivals(of: "250-a\r\n250 b") == [.endOfStream])
  }

  @Test func aReset() throws {
    let peer = try Peer { session in session.reset() }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    try peer.join()
    #expect(session.nextReply(deadline: soon) == .reset)
  }

  @Test func whatIsNoReply() throws {
    let text = "HTTP/1.1 400 Bad Request\r\n"
    #expect(try arrivals(of: text) == [.malformed(octets(text), ReplySyntaxError(.notAReply, at: 0))])
  }

  @Test func aBadLineAfterAGoodOne() throws {
    let found = try arrivals(of: "250-a\r\nPIPELINING\r\n250 b\r\n")
    #expect(found == [.malformed(octets("250-a\r\nPIPELINING\r\n"), ReplySyntaxError(.notAReply, at: 7))])
  }

  @Test func rubbishWithoutALineEndIsRefusedAtOnce() throws {
    let peer = try Peer { session in
      try session.send("\u{16}\u{03}\u{01}")
      #expect(session.receive(deadline: soon) == .endOfStream)
    }
    var session = try Session.connect(to: peer.endpoint, deadline: soon)
    #expect(session.nextReply(deadline: .never) == .malformed([0x16, 3, 1], ReplySyntaxError(.notAReply, at: 0)))
    session.close()
    try peer.join()
  }

  /// Sends the same octets until the client has gone.
  private static func flood(_ first: String, _ again: String) throws -> Peer {
    try Peer { session in
      try session.send(first)
      let block = octets(String(repeating: again, count: 8192 / again.utf8.count))
      while (try? session.send(block, deadline: soon)) != nil {}
    }
  }

  @Test(arguments: [("250 ", "x"), ("", "250-and so on\r\n"), ("", "250-\n")])
  func anEndlessReplyIsTooLong(first: String, again: String) throws {
    let peer = try Self.flood(first, again)
    let limits = Session.Limits(unreadOctets: 20_000, transcriptOctets: 10_000, replyOctets: 10_000)
    var session = try Session.connect(to: peer.endpoint, deadline: soon, limits: limits)
    #expect(session.nextReply(deadline: soon) == .tooLong)
    #expect(session.nextReply(deadline: soon) == .tooLong)
    #expect(session.unreadCount <= 20_000)
    session.reset()
    try peer.join()
  }

  @Test(arguments: [-1, 0, 1])
  func theLimitIsExact(beyond: Int) throws {
    let limits = Session.Limits(replyOctets: 1000)
    let reply = "250 " + String(repeating: "x", count: 1000 - 6 + beyond) + "\r\n"
    let found = try arrivals(of: reply, limits: limits)
    #expect(texts(found) == (beyond > 0 ? ["tooLong"] : [reply, "endOfStream"]))
  }

  @Test func aLongReplyAnOctetAtATime() throws {
    let reply = String(repeating: "250-x\r\n", count: 5000) + "250 end\r\n"
    #expect(try texts(arrivals(of: reply, cut: .octet)) == [reply, "endOfStream"])
  }
}
