import Testing
import Transport

@Suite("Endpoint, the texts a person writes")
struct EndpointTests {
  @Test(arguments: [
    ("mx.example.test", Endpoint.tcp(host: "mx.example.test", port: 25)),
    ("mx.example.test:2525", .tcp(host: "mx.example.test", port: 2525)),
    ("127.0.0.1:1", .tcp(host: "127.0.0.1", port: 1)),
    ("[::1]", .tcp(host: "::1", port: 25)),
    ("[::1]:65535", .tcp(host: "::1", port: 65535)),
    ("::1", .tcp(host: "::1", port: 25)),
    ("fe80::1%lo", .tcp(host: "fe80::1%lo", port: 25)),
    ("unix:/run/smtp.sock", .unix(path: "/run/smtp.sock")),
  ])
  func reads(_ text: String, _ endpoint: Endpoint) throws {
    #expect(try Endpoint(parsing: text, defaultPort: 25) == endpoint)
    #expect(try Endpoint(parsing: endpoint.description, defaultPort: 1) == endpoint)
  }

  @Test(arguments: [
    ("", EndpointError.noHost("")),
    (":25", .noHost(":25")),
    ("[]:25", .noHost("[]:25")),
    ("[::1:25", .unclosedBracket("[::1:25")),
    ("[::1]25", .unusableHost("[::1]25")),
    ("host:", .unusablePort("")),
    ("host:0", .unusablePort("0")),
    ("host:65536", .unusablePort("65536")),
    ("host:+5", .unusablePort("+5")),
    ("host:2٥", .unusablePort("2٥")),
    ("a b", .unusableHost("a b")),
    ("http://host", .unusablePort("//host")),
    ("user@host", .unusableHost("user@host")),
    ("a\u{0}b", .unusableHost("a\u{0}b")),
    ("unix:", .noPath),
    ("unix:" + String(repeating: "x", count: 200), .pathTooLong(String(repeating: "x", count: 200))),
  ])
  func refuses(_ text: String, _ error: EndpointError) {
    #expect(throws: error) { try Endpoint(parsing: text, defaultPort: 25) }
    #expect(!error.message.isEmpty)
  }
}
