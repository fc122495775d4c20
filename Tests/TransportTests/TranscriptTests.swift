import Testing

@testable import Transport

@Suite("Transcript, bounded")
struct TranscriptTests {
  private func sent(_ events: [Transcript.Event]) -> [UInt8] {
    events.flatMap { event -> [UInt8] in
      if case .sent(let octets) = event.content { octets } else { [] }
    }
  }

  @Test func keepsEventsInOrder() {
    var transcript = Transcript(limit: 4096)
    transcript.append(.sent, octets("EHLO a\r\n"))
    transcript.append(.received, octets("250 b\r\n"))
    transcript.append(.sentRaw, [1])
    transcript.append(.receivedRaw, [2])
    transcript.tls("TLSv1.3")
    transcript.note("remark")
    transcript.end(.peerReset)
    #expect(
      transcript.events.map(\.content) == [
        .sent(octets("EHLO a\r\n")), .received(octets("250 b\r\n")), .sentRaw([1]), .receivedRaw([2]), .tls("TLSv1.3"),
        .note("remark"), .end(.peerReset),
      ])
    let times = transcript.events.map(\.at)
    #expect(times == times.sorted())
  }

  @Test(arguments: [1, 2, 7, 100, 5000])
  func keepsHeadAndTailAndCountsTheRest(writeSize: Int) throws {
    let limit = 4096
    var transcript = Transcript(limit: limit)
    var all: [UInt8] = []
    var events = 0
    while all.count < 40_000 {
      let write = (0..<writeSize).map { UInt8(truncatingIfNeeded: all.count + $0) &* 31 }
      transcript.append(.sent, write)
      all += write
      events += 1
      #expect(transcript.cost <= limit + limit / 2 + 2 * Transcript.Part.costOfEvent)
    }
    let kept = transcript.events
    let gap = try #require(kept.firstIndex { if case .omitted = $0.content { true } else { false } })
    let head = sent(Array(kept[..<gap]))
    let tail = sent(Array(kept[gap...]))
    #expect(!head.isEmpty && !tail.isEmpty)
    #expect(head[...] == all.prefix(head.count))
    #expect(tail[...] == all.suffix(tail.count))
    #expect(kept[gap].content == .omitted(events: transcript.omittedEvents, octets: transcript.omittedOctets))
    #expect(head.count + tail.count + transcript.omittedOctets == all.count)
    // The event at the edge of the head may stand in two parts.
    #expect([events, events + 1].contains(kept.count - 1 + transcript.omittedEvents))
  }

  @Test(arguments: [1, 10, 64, 65])
  func aTinyLimitHolds(limit: Int) {
    var transcript = Transcript(limit: limit)
    for _ in 0..<100 { transcript.append(.received, octets("250 ok\r\n")) }
    #expect(transcript.cost <= 2 * limit + 2 * Transcript.Part.costOfEvent)
  }
}
