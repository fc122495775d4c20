import Dialogue
import ReferenceServer
import Testing
import Transport
import Wire

@Suite("Chunks, RFC 3030")
struct ChunkTests {
  static let mail = ["EHLO client.example", "MAIL FROM:<a@b.example>"]
  static let rcpt = mail + ["RCPT TO:<alice@example.test>"]
  static let started = rcpt + ["BDAT 5"]

  @Test(
    "the reply to each command in each state",
    arguments: [
      ([], "BDAT 5", 503), (["EHLO client.example"], "BDAT 5 LAST", 503), (mail, "BDAT 5", 503),
      (mail + ["RCPT TO:<nobody@example.test>"], "BDAT 5", 554), (rcpt, "BDAT 5", 250), (rcpt, "BDAT 0 LAST", 250), (rcpt, "BDAT", 501),
      (rcpt, "BDAT -1", 501), (rcpt, "BDAT 5 FIRST", 501), (started, "BDAT 5", 250), (started, "DATA", 503),
      (started, "MAIL FROM:<a@b.example>", 503), (started, "RCPT TO:<bob@example.test>", 503), (started, "NOOP", 250),
      (started, "BDAT 2000000", 552), (started + ["BDAT 2000000"], "BDAT 5 LAST", 503), (started + ["RSET"], "BDAT 5", 503),
      (started + ["RSET"], "MAIL FROM:<a@b.example>", 250), (started + ["BDAT 1 LAST"], "BDAT 1", 503),
      (started + ["EHLO client.example"], "MAIL FROM:<>", 250),
      (["EHLO client.example"], "MAIL FROM:<> BODY=BINARYMIME", 250), (["EHLO client.example"], "MAIL FROM:<> BODY=binary", 555),
      (["EHLO client.example", "MAIL FROM:<> BODY=BINARYMIME", "RCPT TO:<alice@example.test>"], "DATA", 503),
      (["EHLO client.example", "MAIL FROM:<> BODY=BINARYMIME", "RCPT TO:<alice@example.test>"], "BDAT 5", 250),
      (["HELO client.example", "MAIL FROM:<>", "RCPT TO:<alice@example.test>"], "BDAT 5", 250),
    ])
  func decisions(before: [String], line: String, code: Int) {
    var rehearsal = Rehearsal()
    for line in before { _ = rehearsal.say(line) }
    #expect(rehearsal.say(line).code == code)
  }

  @Test("without CHUNKING there is neither BDAT nor BINARYMIME")
  func notOffered() {
    var rehearsal = Rehearsal("EHLO client.example") { $0.extensions.remove(.chunking) }
    #expect(rehearsal.say("BDAT 5").code == 502)
    #expect(rehearsal.say("MAIL FROM:<> BODY=BINARYMIME").code == 555)
    #expect(!rehearsal.configuration.offers(.binaryMIME))
  }

  @Test("the octets of a chunk are counted however they are cut", arguments: Segmentation.allCases)
  func counted(cut: Segmentation) throws {
    let running = try RunningServer()
    let first = "Subject: x\r\n\r\n..one\r\n.\r\nQUIT\r\nBDAT 3\r\n\0\n.\n"
    let text =
      "EHLO client.example\r\nBDAT 6\r\nQUIT\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@example.test>\r\n"
      + "BDAT \(first.utf8.count)\r\n\(first)BDAT 0\r\nBDAT 3 LAST\r\nendBDAT 6 LAST\r\nRSET\r\nQUIT\r\n"
    #expect(codes(try running.converse(text, cut: cut)) == [220, 250, 503, 250, 250, 250, 250, 250, 503, 221])
    let stored = try #require(try running.mailbox("alice").first)
    #expect(stored.hasSuffix("\r\n" + first + "end"))
  }

  @Test("no more of a chunk is kept than the limit, and it is read to its end")
  func overLimit() throws {
    let running = try RunningServer { $0.sizeLimitInOctets = 1000 }
    let text =
      "EHLO client.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<alice@example.test>\r\nBDAT 600\r\n"
      + String(repeating: "QUIT\r\n", count: 100) + "BDAT 600\r\n" + String(repeating: "QUIT\r\n", count: 100)
      + "BDAT 6 LAST\r\nQUIT\r\nQUIT\r\n"
    #expect(codes(try running.converse(text)) == [220, 250, 250, 250, 250, 552, 503, 221])
    #expect(try running.mailbox("alice").isEmpty)
  }

  @Test("a reader keeps no more than it may, whatever was announced")
  func bounded() {
    var reader = HonestChunkReader(sizeInOctets: .max, keeping: 10)
    let octets = [UInt8](repeating: 0x78, count: 1000)
    for _ in 0..<100 { #expect(reader.read(octets.span) == .init(consumed: 1000, hasEnded: false)) }
    #expect(reader.content == MailContent(octets: Array(octets.prefix(10)), sizeInOctets: 100_000))
    var empty = HonestChunkReader(sizeInOctets: 0, keeping: 10)
    #expect(empty.read(octets.span) == .init(consumed: 0, hasEnded: true))
  }
}
