import Dialogue
import Testing
import Wire

@testable import Fuzz

@Suite("Oracles of the fuzzer: a reply that never came is not always the server's fault")
struct LostReplyTests {
  private static let quit = Unit.line(Array("QUIT".utf8), .command(.quit))
  private static let recipient = Unit.line(Array("RCPT TO:<alice@example.test>".utf8), .command(.rcpt))

  /// A connection on which one line drew a reply, and the unit that came next none.
  private static func trace(_ line: String, _ exchange: Exchange, drew reply: String, then fate: Fate) throws -> Trace {
    var connection = ConnectionTrace()
    for (unit, text) in [(Unit.connection, "220 mx.example.test\r\n"), (.line(Array(line.utf8), exchange), reply)] {
      let reply = try #require(try Reply.parse(Array(text.utf8).span, tolerating: []))
      connection.turns.append(
        Turn(
          unit: unit, before: SessionState(), keywords: [], reply: reply.reply, place: connection.turns.count, isIndeterminate: false))
    }
    connection.fate = fate
    return Trace(connections: [connection], othersAreServed: true)
  }

  @Test("QUIT without 221 is a finding, and none where more was sent behind it: the reset of the connection may have taken it")
  func quit() throws {
    var trace = try Self.trace("NOOP", .command(.noop), drew: "250 OK\r\n", then: .lost(Self.quit))
    #expect(CrashOracle.judge(trace, canary: []).map(\.key) == ["QUIT without 221"])
    let whole = try Self.trace("NOOP", .command(.noop), drew: "250 OK\r\n", then: .quit)
    func differences() -> [Suspicion?] {
      [(whole, trace), (trace, whole)].map { Comparer.difference(SegmentationOracle.self, $0, $1, Variant(Script())) }
    }
    #expect(differences().allSatisfy { $0?.summary == "the dialogue goes two ways at NOOP (segmentation)" })
    trace.connections[0].hasMoreBehind = true
    #expect(CrashOracle.judge(trace, canary: []) == [])
    #expect(differences() == [nil, nil])
  }

  @Test("What takes another line for STARTTLS, AUTH or DATA reads no command behind its reply")
  func misread() throws {
    for fate in [Fate.lost(Self.recipient), .silent(Self.recipient), .closed] {
      for (line, reply) in [(" STARTTLS", "220 go ahead\r\n"), ("AUTH\0LOGIN", "334 \r\n"), ("DATA\0", "354 go ahead\r\n")] {
        let taken = try Self.trace(line, .unrecognized, drew: reply, then: fate)
        #expect(CrashOracle.judge(taken, canary: []) + HangOracle.judge(taken, canary: []) == [])
      }
      let other = try Self.trace(" NOOP", .unrecognized, drew: "250 OK\r\n", then: fate)
      #expect((CrashOracle.judge(other, canary: []) + HangOracle.judge(other, canary: [])).map(\.severity) == [.high])
    }
  }
}
