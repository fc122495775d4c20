import Testing
import Wire

@Suite("ContentType, RFC 2045 §5.1")
struct ContentTypeTests {
  @Test
  func readsTypeAndParameters() {
    let type = ContentType(Octets("Multipart/Report; report-type=delivery-status (a \\) comment);\r\n boundary=\"a \\\"b\";".utf8))
    #expect(type?.type == "multipart/report")
    #expect(type?.parameters == ["report-type": Octets("delivery-status".utf8), "boundary": Octets("a \"b".utf8)])
  }

  @Test(arguments: ["", "text", "text/", "/plain", "text/plain charset=x", "text/plain; charset", "text/plain; a=\"b", "text/plain; =x"])
  func refuses(value: String) {
    #expect(ContentType(Octets(value.utf8)) == nil)
  }
}

@Suite("StatusReport, RFC 3464")
struct StatusReportTests {
  private static let report = """
    From: postmaster@example.test
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b

    Told in words.
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.test
    Arrival-Date: Tue, 24 Nov 2026 03:00:00 +0000

    Final-Recipient: rfc822;a@example.test
    Action: failed
    Status: 5.2.1

    Final-Recipient: rfc822;b@example.test
    Action: delivered
     (to a mailbox)
    Status: 2.1.5
    --b
    Content-Type: text/rfc822-headers

    Subject: x
    --b--

    """

  private func read(_ text: String) -> StatusReport {
    StatusReport(Message(Octets(text.utf8), lineEnds: [.crlf, .lf]), lineEnds: [.crlf, .lf])
  }

  @Test
  func readsItsParts() {
    let report = read(Self.report)
    #expect(report.fault == nil)
    #expect(report.parts.map(\.type) == ["text/plain", "message/delivery-status", "text/rfc822-headers"])
    #expect(report.message.map(\.name) == ["Reporting-MTA", "Arrival-Date"])
    #expect(report.recipients.map(\.count) == [3, 3])
    #expect(report.recipients.last?[1].value == Octets("delivered (to a mailbox)".utf8))
  }

  @Test("CRLF and LF alone come to the same")
  func readsEitherLineEnd() {
    #expect(read(Self.report.replacing("\n", with: "\r\n")).recipients.map(\.count) == [3, 3])
    #expect(read(Self.report.replacing("\n", with: "\r\n")).fault == nil)
  }

  @Test(arguments: [
    ("multipart/report", "multipart/mixed", "its Content-Type is no multipart/report"),
    ("delivery-status; b", "disposition-notification; b", "its report-type is not delivery-status"),
    ("; boundary=b", "", "it has no boundary, or one of more than 70 octets"), ("--b--", "--b", "its last part has no end"),
    ("message/delivery-status", "text/plain", "its second part is no message/delivery-status"),
    ("delivery-status\n\n", "delivery-status\nContent-Transfer-Encoding: base64\n\n", "its fields are encoded as BASE64"),
    ("dns; mx", "dns; m\u{FC}", "its fields have octets beyond US-ASCII"),
    ("Action: failed", "no field", "among its fields is a line that is none"),
    ("Reporting-MTA: dns; mx.example.test", "Action: failed", "its first fields are a recipient's"),
    ("Status: 5.2.1", "Reporting-MTA: dns; mx", "a recipient's fields have some that are the message's"),
  ])
  func tellsFaults(old: String, new: String, fault: String) {
    #expect(read(Self.report.replacing(old, with: new)).fault == fault)
  }

  @Test("Whatever is cut off, reading ends")
  func readsAnyPrefix() {
    for count in 0..<Self.report.utf8.count {
      let report = read(String(decoding: Self.report.utf8.prefix(count), as: UTF8.self))
      #expect(report.parts.count <= 3 && report.recipients.count <= 2)
      #expect(report.fault != nil || count > Self.report.utf8.count - 4)
    }
  }

  @Test("Hostile input is read to its bounds")
  func isBounded() {
    let head = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    #expect(read(head + String(repeating: "--b\n\nx\n", count: 5_000)).parts.count == 1_000)
    let groups = String(repeating: "A: b\n\n", count: 5_000)
    #expect(read(head + "--b\nContent-Type: message/delivery-status\n\n" + groups + "--b--\n").recipients.count == 999)
    #expect(read("Content-Type: " + String(repeating: "(", count: 10_000) + "\n\n").parts.isEmpty)
  }
}

@Suite("BY, RFC 2852 §4")
struct DeliverByTests {
  @Test(arguments: [("120;R", 120), ("+5;N", 5), ("-999999999;NT", -999_999_999), ("0;rt", 0), ("000000001;n", 1)])
  func reads(value: String, seconds: Int) {
    #expect(DeliverBy(Octets(value.utf8))?.seconds == seconds)
  }

  @Test
  func readsModeAndTrace() {
    #expect(DeliverBy(Octets("1;RT".utf8))?.mode == .return)
    #expect(DeliverBy(Octets("1;RT".utf8))?.traces == true)
    #expect(DeliverBy(Octets("1;N".utf8))?.mode == .notify)
    #expect(DeliverBy(Octets("1;N".utf8))?.traces == false)
  }

  @Test(arguments: ["", ";", "1", "1;", ";N", "1;X", "1;NX", "1;TN", "--1;N", "+-1;N", "1.5;N", "1234567890;N", "1,N", "1;N;T"])
  func refuses(value: String) {
    #expect(DeliverBy(Octets(value.utf8)) == nil)
  }
}
