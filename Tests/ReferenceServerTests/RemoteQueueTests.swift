import Dialogue
import ReferenceServer
import Testing

@Suite("ETRN, RFC 1985")
struct RemoteQueueTests {
  static let ehlo = ["EHLO client.example"]

  @Test(
    "the reply to each request in each state",
    arguments: [
      ([], "ETRN example.test", 503), (ehlo, "ETRN example.test", 251), (ehlo, "etrn EXAMPLE.test", 251), (ehlo, "ETRN @example.test", 251),
      (ehlo, "ETRN example.net", 459), (ehlo, "ETRN @test", 459), (ehlo, "ETRN @com", 459), (ehlo, "ETRN #uucp", 459),
      (ehlo, "ETRN #example.test", 459), (ehlo, "ETRN", 501), (ehlo, "ETRN @", 501), (ehlo, "ETRN #", 501), (ehlo, "ETRN localname", 501),
      (ehlo, "ETRN a..b", 501), (ehlo, "ETRN a.example b.example", 501), (ehlo, "ETRN [192.0.2.1]", 501),
      (ehlo + ["MAIL FROM:<>"], "ETRN example.test", 503), (ehlo + ["MAIL FROM:<>", "RSET"], "ETRN example.test", 251),
      (["HELO client.example"], "ETRN example.test", 503),
    ])
  func decisions(before: [String], line: String, code: Int) {
    var rehearsal = Rehearsal()
    for line in before { _ = rehearsal.say(line) }
    #expect(rehearsal.say(line).code == code)
  }

  @Test("a refused request changes nothing")
  func leavesTheTransaction() {
    var rehearsal = Rehearsal("EHLO client.example", "MAIL FROM:<>")
    let before = rehearsal.state
    let next = rehearsal.say("ETRN example.test").next
    #expect(next.dialogue == before.dialogue)
    #expect(next.reversePath == before.reversePath)
  }

  @Test("without the extension ETRN is not implemented")
  func notOffered() {
    var rehearsal = Rehearsal("EHLO client.example") { $0.extensions.remove(.remoteQueue) }
    #expect(rehearsal.say("ETRN example.test").code == 502)
  }
}
