import Testing

@testable import Wire

private func field(_ name: String, _ value: String) -> HeaderField {
  HeaderField(name: name, rawValue: wire(value), range: 0..<0)
}

@Suite("Time-stamp-line, RFC 5321 §4.4")
struct TimeStampLineTests {
  static let date = "Mon, 23 Nov 2026 23:12:57 +0000"

  @Test func readsEveryClause() throws {
    let line = try TimeStampLine(
      field(
        "received",
        " from a.example (b.example [192.0.2.1]) (a comment (nested \\) ))\r\n\tby c.example via TCP with ESMTP"
          + " id abc\r\n\tfor <@d,@e:\"x y\"@f> FOO bar BAZ \"q r\"; Mon, 23 Nov 2026 23:12:57 -0130 (comment)"
      )
    )
    #expect(line.from.host == Host("a.example"))
    #expect(line.from.tcpDomain == Domain("b.example"))
    #expect(line.from.tcpAddress == AddressLiteral("[192.0.2.1]"))
    #expect(line.by == .init(host: try #require(Host("c.example")), tcpDomain: nil, tcpAddress: nil))
    #expect(line.via == "TCP")
    #expect(line.with == "ESMTP")
    #expect(line.id == wire("abc"))
    #expect(line.for == wire("<@d,@e:\"x y\"@f>"))
    #expect(line.additional == [.init(name: "FOO", value: wire("bar")), .init(name: "BAZ", value: wire("\"q r\""))])
    #expect(line.date.description == "Mon, 23 Nov 2026 23:12:57 -0130")
  }

  @Test(arguments: [
    " from a by b; \(date)",
    " FROM a BY b ; 23 Nov 2026 23:12 +0000",
    "\r\n\tfrom a\r\n\tby b\r\n\t; \(date)\r\n ",
    " from [192.0.2.1] ([192.0.2.1]) by b; \(date)",
    " from [IPv6:::1] (a [IPv6:::1]) by [192.0.2.9] (b [192.0.2.9]) with LMTP; \(date)",
    " from a (unknown) by b (comment) with ESMTPS (TLS 1.3) id 4XyZ (more); \(date) (UTC)",
    " from a by b id <x.y@z>; \(date)",
    " from a by b id <x@[192.0.2.1]>; \(date)",
    " from a by b for c@d; \(date)",
    " from a by b via TCP for <c@d>; \(date)",
    " from a (b [192.0.2.1] extra) by c; \(date)",
  ])
  func reads(_ value: String) throws { _ = try TimeStampLine(field("Received", value)) }

  static let refusals: [(String, TraceSyntaxError)] = [
    ("from a by b; \(date)", TraceSyntaxError(.whiteSpace, at: 0)),
    (" by b; \(date)", TraceSyntaxError(.fromClause, at: 1)),
    (" from a; \(date)", TraceSyntaxError(.whiteSpace, at: 7)),
    (" from a with b; \(date)", TraceSyntaxError(.byClause, at: 8)),
    (" from a_b by c; \(date)", TraceSyntaxError(.whiteSpace, at: 7)),
    (" from by b; \(date)", TraceSyntaxError(.byClause, at: 9)),
    (" from [192.0.2.1] by b; \(date)", TraceSyntaxError(.tcpInfo, at: 17)),
    (" from [192.0.2.1] (helo=x) by b; \(date)", TraceSyntaxError(.tcpInfo, at: 17)),
    (" from [192.0.2.300] (x) by b; \(date)", TraceSyntaxError(.address(.ipv4), at: 17)),
    (" from a (b by c; \(date)", TraceSyntaxError(.comment, at: 48)),
    (" from a by b", TraceSyntaxError(.whiteSpace, at: 12)),
    (" from a by b with ESMTP", TraceSyntaxError(.whiteSpace, at: 23)),
    (" from a by b with ; \(date)", TraceSyntaxError(.clauseValue, at: 18)),
    (" from a by b with; \(date)", TraceSyntaxError(.whiteSpace, at: 17)),
    (" from a by b id x with ESMTP; \(date)", TraceSyntaxError(.clauseOrder, at: 18)),
    (" from a by b with A with B; \(date)", TraceSyntaxError(.clauseOrder, at: 20)),
    (" from a by b by c; \(date)", TraceSyntaxError(.clauseOrder, at: 13)),
    (" from a by b id x.y; \(date)", TraceSyntaxError(.whiteSpace, at: 17)),
    (" from a by b id <x>; \(date)", TraceSyntaxError(.clauseValue, at: 18)),
    (" from a by b id <.x@y>; \(date)", TraceSyntaxError(.clauseValue, at: 17)),
    (" from a by b for <c>; \(date)", TraceSyntaxError(.address(.at), at: 19)),
    (" from a by b for <>; \(date)", TraceSyntaxError(.address(.localPart), at: 18)),
    (" from a by b;\(date)", TraceSyntaxError(.whiteSpace, at: 13)),
    (" from a by b; ", TraceSyntaxError(.date(.day), at: 14)),
    (" from a by b; \(date) x", TraceSyntaxError(.trailingOctets, at: 46)),
    (" from a by b @; \(date)", TraceSyntaxError(.semicolon, at: 13)),
    (" from a by b (\u{E9}); \(date)", TraceSyntaxError(.comment, at: 14)),
    (
      " from a by b " + String(repeating: "(", count: 33) + String(repeating: ")", count: 33) + "; \(date)",
      TraceSyntaxError(.comment, at: 45)
    ),
  ]

  @Test(arguments: refusals)
  func refuses(_ value: String, _ expected: TraceSyntaxError) {
    #expect(failure { () throws(TraceSyntaxError) in _ = try TimeStampLine(field("Received", value)) } == expected)
  }

  /// Off the grammar, as some servers write it where the client's address has no name.
  @Test func takesALiteralAloneWhereAsked() throws {
    let line = try TimeStampLine(field("Received", " from [192.0.2.1] (helo=x) by b; \(Self.date)"), literalAlone: true)
    #expect(line.from.host.domain == nil)
    #expect(line.from.tcpAddress == nil)
    let error = failure { () throws(TraceSyntaxError) in
      _ = try TimeStampLine(field("Received", " from [192.0.2.1] (helo=x) by b; 24 Nov 26 00:00:00 GMT"), literalAlone: true)
    }
    #expect(error != nil)
  }

  @Test func isAReceivedField() {
    let error = failure { () throws(TraceSyntaxError) in
      _ = try TimeStampLine(field("Recieved", " from a by b; \(TimeStampLineTests.date)"))
    }
    #expect(error == TraceSyntaxError(.fieldName, at: 0))
  }

  @Test func readsClausesOfWhatItRefuses() {
    let clauses = TimeStampLine.looseClauses(of: field("Received", " from [192.0.2.1] (from x)\r\n by b.c id \"a b\" for x; with y"))
    #expect(clauses.map(\.name) == ["FROM", "BY", "ID", "FOR"])
    #expect(clauses.map(\.value) == ["[192.0.2.1]", "b.c", "\"a b\"", "x"].map(wire))
    #expect(TimeStampLine.looseClauses(of: field("Received", "")).isEmpty)
  }
}

@Suite("Return-path-line, RFC 5321 §4.4")
struct ReturnPathLineTests {
  @Test func reads() throws {
    #expect(try ReturnPathLine(field("return-path", " <>")).reversePath == .null)
    #expect(try ReturnPathLine(field("Return-Path", "\t<a@b>")).reversePath.mailbox == Mailbox("a@b"))
  }

  @Test(arguments: [
    ("<>", TraceSyntaxError(.whiteSpace, at: 0)), (" a@b", TraceSyntaxError(.address(.pathStart), at: 1)),
    (" <a>", TraceSyntaxError(.address(.at), at: 3)), (" <> ", TraceSyntaxError(.trailingOctets, at: 3)),
  ])
  func refuses(_ value: String, _ expected: TraceSyntaxError) {
    #expect(failure { () throws(TraceSyntaxError) in _ = try ReturnPathLine(field("Return-Path", value)) } == expected)
  }
}

@Suite("date-time without the obs- forms, RFC 5322 §3.3 and RFC 5321 §4.4")
struct DateTimeTests {
  private func read(_ text: String) throws(TraceSyntaxError) -> DateTime {
    var reader = TraceReader(octets: wire(text))
    let date = try DateTime.read(&reader)
    guard reader.octet == nil else { throw reader.fail(.trailingOctets) }
    return date
  }

  @Test(
    "instants, in seconds since 1970",
    arguments: [
      ("Thu, 1 Jan 1970 00:00:00 +0000", 0), ("1 Jan 1970 01:00 +0100", 0), ("Wed, 31 Dec 1969 23:59:59 +0000", -1),
      ("Tue, 29 Feb 2000 12:00:00 -0000", 951_825_600), ("Mon, 23 Nov 2026 23:12:57 +0530", 1_795_455_777),
      ("Mon, 1 Jan 1900 00:00:00 +0000", -2_208_988_800), ("Sat, 31 Dec 2016 23:59:60 +0000", 1_483_228_800),
      ("thu,  1  jan  1970  00:00:00  +0000", 0), ("Thu,1 Jan 1970 00:00:00 +0000", 0), ("Sun, 1 Mar 2099 00:00:00 +0000", 4_076_006_400),
    ])
  func reads(_ text: String, _ seconds: Int) throws { #expect(try read(text).secondsSince1970 == seconds) }

  @Test func writesWhatItReads() throws {
    var random = Seeded(7)
    for _ in 0..<2000 {
      let seconds = Int.random(in: -2_208_988_800...32_503_680_000, using: &random)
      let zone = Int.random(in: 0...1439, using: &random) * (Bool.random(using: &random) && seconds > -2_208_000_000 ? -1 : 1)
      let date = DateTime(secondsSince1970: seconds, zone: zone)
      #expect(date.secondsSince1970 == seconds)
      #expect(try read(date.description) == date)
    }
    #expect(DateTime(secondsSince1970: 1_795_475_577).description == "Mon, 23 Nov 2026 23:12:57 +0000")
  }

  @Test(arguments: [
    ("", TraceSyntaxError(.date(.day), at: 0)),
    ("Mom, 23 Nov 2026 23:12:57 +0000", TraceSyntaxError(.date(.dayName), at: 0)),
    ("Mon 23 Nov 2026 23:12:57 +0000", TraceSyntaxError(.date(.dayName), at: 3)),
    ("Tue, 23 Nov 2026 23:12:57 +0000", TraceSyntaxError(.date(.dayName), at: 0)),
    ("0 Nov 2026 23:12:57 +0000", TraceSyntaxError(.date(.day), at: 0)),
    ("31 Nov 2026 23:12:57 +0000", TraceSyntaxError(.date(.day), at: 0)),
    ("29 Feb 2025 23:12:57 +0000", TraceSyntaxError(.date(.day), at: 0)),
    ("29 Feb 2100 23:12:57 +0000", TraceSyntaxError(.date(.day), at: 0)),
    ("023 Nov 2026 23:12:57 +0000", TraceSyntaxError(.whiteSpace, at: 2)),
    ("23 November 2026 23:12:57 +0000", TraceSyntaxError(.whiteSpace, at: 6)),
    ("23 Nov 26 23:12:57 +0000", TraceSyntaxError(.date(.year), at: 9)),
    ("23 Nov 126 23:12:57 +0000", TraceSyntaxError(.date(.year), at: 10)),
    ("23 Nov 1899 23:12:57 +0000", TraceSyntaxError(.date(.year), at: 7)),
    ("23 Nov 2026 24:00:00 +0000", TraceSyntaxError(.date(.time), at: 12)),
    ("23 Nov 2026 23:60:00 +0000", TraceSyntaxError(.date(.time), at: 12)),
    ("23 Nov 2026 23:12:61 +0000", TraceSyntaxError(.date(.time), at: 12)),
    ("23 Nov 2026 3:12:57 +0000", TraceSyntaxError(.date(.time), at: 13)),
    ("23 Nov 2026 23:12:57", TraceSyntaxError(.whiteSpace, at: 20)),
    ("23 Nov 2026 23:12:57 GMT", TraceSyntaxError(.date(.zone), at: 21)),
    ("23 Nov 2026 23:12:57 +000", TraceSyntaxError(.date(.zone), at: 25)),
    ("23 Nov 2026 23:12:57 +0060", TraceSyntaxError(.date(.zone), at: 21)),
    ("23 Nov 2026 23:12:57 +00000", TraceSyntaxError(.trailingOctets, at: 26)),
  ])
  func refuses(_ text: String, _ expected: TraceSyntaxError) {
    #expect(failure { () throws(TraceSyntaxError) in _ = try read(text) } == expected)
  }
}
