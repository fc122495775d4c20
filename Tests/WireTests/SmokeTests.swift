import Testing

@testable import Wire

@Suite("smoke")
struct SmokeTests {
  @Test func commands() throws {
    for line in [
      "EHLO a.example", "EHLO [IPv6:2001:db8::1]", "MAIL FROM:<> SIZE=10 BODY=8BITMIME", "RCPT TO:<@a.b,@c:\"a b\"@d>",
      "RCPT TO:<Postmaster>",
      "BDAT 10 LAST", "AUTH PLAIN =", "DATA", "HELP", "FOO bar  x",
    ] {
      let command = try Command.parse(line: Octets(line.utf8))
      #expect(String(decoding: command.octets, as: UTF8.self) == line + "\r\n")
    }
    var reader = MailDataReader()
    let data = DotStuffing.stuff(Octets(".a\r\nb\r\n..\r\n".utf8))
    #expect(reader.read((data + [1]).span) == .init(consumed: data.count, hasEnded: true))
    #expect(reader.message == Octets(".a\r\nb\r\n..\r\n".utf8))
    let message = Message(Octets("A: b\r\n c\r\nD:e\r\n\r\nbody".utf8))
    #expect(message.fields.map(\.name) == ["A", "D"])
    #expect(message.fields[0].value == Octets("b c".utf8))
    #expect(Octets(message.body) == Octets("body".utf8))
    #expect(nearest("sned", in: ["send", "expect"]) == "send")
  }
}
