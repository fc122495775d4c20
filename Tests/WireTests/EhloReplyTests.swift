import Testing

@testable import Wire

@Suite("ehlo-ok-rsp, RFC 5321 §4.1.1.1")
struct EhloReplyTests {
  private func ehlo(_ text: String) throws -> EhloReply {
    let octets = wire(text)
    let parsed = try Reply.parse(octets.span, tolerating: .everything)
    return EhloReply(try #require(parsed).reply)
  }

  @Test func readsDomainGreetingAndKeywords() throws {
    let reply = try ehlo("250-mx.example.test greets you\r\n250-size 1000\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n")
    #expect(reply.domain == wire("mx.example.test"))
    #expect(reply.hasWellFormedDomain)
    #expect(reply.greeting == wire("greets you"))
    #expect(reply.keywords.map(\.name) == ["SIZE", "AUTH", "8BITMIME"])
    #expect(reply["Auth"]?.parameters == ["PLAIN", "LOGIN"])
    #expect(reply["SIZE"]?.octets == wire("size 1000"))
    #expect(reply["DSN"] == nil)
    #expect(reply.keywords.allSatisfy { $0.isWellFormed })
  }

  @Test func readsALineAlone() throws {
    let reply = try ehlo("250 mx.example.test\r\n")
    #expect(reply.greeting == nil)
    #expect(reply.keywords.isEmpty)
    #expect(try ehlo("250\r\n").domain.isEmpty)
    #expect(try ehlo("250 [192.0.2.1]\r\n").hasWellFormedDomain == false)
  }

  @Test(arguments: [
    ("SIZE", true), ("size", true), ("8BITMIME", true), ("X-A", true), ("A-", true), ("SIZE 10", true), ("X ~ ! =", true),
    ("", false), ("-A", false), ("AUTH=LOGIN", false), ("A_B", false), (" SIZE", false), ("SIZE ", false), ("SIZE  10", false),
    ("SIZE\t10", false), ("X \u{E9}", false), ("X a\u{0}", false), ("X a\u{7F}", false), ("X\u{E9}", false),
  ])
  func knowsWhatIsWellFormed(_ line: String, _ isWellFormed: Bool) {
    let keyword = EhloKeyword(wire(line))
    #expect(keyword.isWellFormed == isWellFormed)
    #expect(keyword.octets == wire(line))
  }

  @Test(
    "the parameters that a keyword's own RFC gives it",
    arguments: [
      ("ETRN", true), ("etrn", true), ("ETRN x", false), ("SIZE", true), ("SIZE 0", true), ("SIZE 12345678901234567890", true),
      ("SIZE 123456789012345678901", false), ("SIZE 1k", false), ("SIZE 1 2", false), ("SIZE -1", false), ("ETRN ", false), ("X-A b", nil),
      ("ATRN", true), ("ATRN x", false),
      ("MT-PRIORITY", true), ("MT-PRIORITY MIXER", true), ("MT-PRIORITY A_b.c-1", true), ("MT-PRIORITY a b", false),
      ("MT-PRIORITY a/b", false),
      ("MT-PRIORITY aaaaaaaaaaaaaaaaaaaaa", false), ("REQUIRETLS", true), ("REQUIRETLS 1", false),
      ("FUTURERELEASE 86400 2030-01-01T00:00:00Z", true), ("FUTURERELEASE 0 2030-01-01T00:00:00Z", false), ("FUTURERELEASE 86400", false),
      ("FUTURERELEASE 1000000000 2030-01-01T00:00:00Z", false), ("FUTURERELEASE 86400 2030-01-01", false),
      ("LIMITS RCPTMAX=100", true), ("LIMITS mailmax=1 RCPTDOMAINMAX=999999 NEW OTHER=a=b", true), ("LIMITS", false),
      ("LIMITS RCPTMAX=0", false), ("LIMITS RCPTMAX=01", false), ("LIMITS RCPTMAX=1000000", false), ("LIMITS RCPTMAX", false),
      ("LIMITS =1", false), ("LIMITS A,B", false),
    ])
  func knowsParameters(_ line: String, _ fits: Bool?) {
    #expect(EhloKeyword(wire(line)).hasItsParameters == fits)
  }
}
