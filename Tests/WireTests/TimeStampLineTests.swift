import Testing

@testable import Wire

@Suite("Time-stamp-line, RFC 5321 §4.4")
struct TimeStampLineTests {
  private func field(_ name: String, _ value: String) -> HeaderField {
    HeaderField(name: name, rawValue: Octets(value.utf8), range: 0..<0)
  }

  @Test func readsEveryClause() throws {
    let line = try TimeStampLine(
      field(
        "received",
        " from a.example (b.example [192.0.2.1]) (a comment (nested \\) ))\r\n\tby c.example via TCP with ESMTP"
          + " id abc\r\n\tfor <@d,@e:\"x y\"@f> FOO bar; Mon, 23 Nov 2026 23:12:57 -0130 (comment)"
      )
    )
    #expect(line.from.host == Host("a.example"))
    #expect(line.from.tcpDomain == Domain("b.example"))
    #expect(line.from.tcpAddress == AddressLiteral("[192.0.2.1]"))
    #expect(line.by == .init(host: try #require(Host("c.example")), tcpDomain: nil, tcpAddress: nil))
    #expect(line.via == "TCP")
    #expect(line.with == "ESMTP")
    #expect(line.id == Octets("abc".utf8))
    #expect(line.for == Octets("<@d,@e:\"x y\"@f>".utf8))
    #expect(line.additional == [.init(name: "FOO", value: Octets("bar".utf8))])
    #expect(line.date.description == "Mon, 23 Nov 2026 23:12:57 -0130")
  }
}
