import Testing

@testable import Wire

@Suite("Command.parse, RFC 5321 §4.1.1")
struct CommandTests {
  @Test(
    "what is read is written again octet for octet",
    arguments: [
      "HELO a.example", "EHLO a.example", "EHLO [192.0.2.1]", "EHLO [IPv6:2001:db8::1]", "LHLO a",
      "MAIL FROM:<>", "MAIL FROM:<a@b>", "MAIL FROM:<a@b> SIZE=10", "MAIL FROM:<a@b> SIZE=10 BODY=8BITMIME X", "MAIL FROM:<@x:a@b>",
      "MAIL FROM:<> AUTH=<>", "RCPT TO:<a@b>", "RCPT TO:<Postmaster>", "RCPT TO:<@x,@y:\"a b\"@[192.0.2.1]> NOTIFY=SUCCESS,FAILURE",
      "DATA", "RSET", "QUIT", "STARTTLS", "NOOP", "NOOP x y", "HELP", "HELP MAIL", "VRFY a", "VRFY \"a b\"", "VRFY <a@b>", "EXPN list",
      "AUTH PLAIN", "AUTH PLAIN =", "AUTH PLAIN AGEAYg==", "AUTH CRAM-MD5", "BDAT 0", "BDAT 10 LAST", "BDAT 9223372036854775807",
      "ETRN a.example", "ETRN @a.example", "ETRN #queue 1", "SEND FROM:<a@b>", "TURN", "XYZZY", "XYZZY a b", "GET / HTTP/1.1",
    ]
  )
  func roundTrip(_ line: String) throws {
    let command = try Command.parse(line: wire(line))
    #expect(command.octets == wire(line + "\r\n"))
    #expect(try Command.parse(line: Octets(command.octets.dropLast(2))) == command)
  }

  @Test func readsItsArguments() throws {
    #expect(try Command.parse(line: wire("EHLO [192.0.2.1]")) == .ehlo(.literal(AddressLiteral(IPv4Address(value: 0xC000_0201)))))
    let size = try #require(Parameter("SIZE", "10"))
    let body = try #require(Parameter("BODY", "8BITMIME"))
    #expect(try Command.parse(line: wire("mail from:<> size=10 body=8BITMIME")) == .mail(.null, [size, body]))
    #expect(try Command.parse(line: wire("rcpt to:<POSTMASTER>")) == .rcpt(.postmaster, []))
    #expect(try Command.parse(line: wire("bdat 0012 last")) == .bdat(size: 12, isLast: true))
    #expect(try Command.parse(line: wire("auth plain =")) == .auth(mechanism: "PLAIN", initialResponse: wire("=")))
    #expect(try Command.parse(line: wire("etrn @a")) == .etrn(option: .at, name: wire("a")))
    #expect(try Command.parse(line: wire("noop \"")) == .noop(wire("\"")))
  }

  @Test("a verb is the same in any letter case", arguments: Verb.allCases)
  func knowsVerbs(_ verb: Verb) {
    #expect(Verb(verb.octets) == verb)
    #expect(Verb(verb.rawValue.lowercased().utf8) == verb)
    #expect(Verb(verb.octets + wire("X")) == nil)
    #expect(Verb(verb.octets.dropLast()) == nil)
  }

  @Test(arguments: ["XYZZY", "EHLOX", "NOOP\u{0}", "\u{16}\u{3}\u{1}", "M\u{E9}IL", "DATA\r", "A", "SEND", "SOML x", "SAML x", "TURN"])
  func leavesOtherVerbsToTheServer(_ line: String) throws {
    guard case .unknown(let verb, _) = try Command.parse(line: wire(line)) else {
      Issue.record("taken for a command")
      return
    }
    #expect(verb == wire(String(line.unicodeScalars.prefix { $0 != " " }.map(Character.init))))
  }

  static let refusals: [(String, CommandSyntaxError)] = [
    ("", CommandSyntaxError(.emptyVerb, at: 0)),
    (" ", CommandSyntaxError(.emptyVerb, at: 0)),
    (" NOOP", CommandSyntaxError(.emptyVerb, at: 0)),
    ("HELO", CommandSyntaxError(.missingArgument, at: 4, verb: .helo)),
    ("HELO ", CommandSyntaxError(.missingArgument, at: 4, verb: .helo)),
    ("HELO  a", CommandSyntaxError(.whiteSpace, at: 5, verb: .helo)),
    ("HELO\ta", CommandSyntaxError(.whiteSpace, at: 4, verb: .helo)),
    ("HELO a_b", CommandSyntaxError(.unexpectedArgument, at: 6, verb: .helo)),
    ("HELO a b", CommandSyntaxError(.unexpectedArgument, at: 6, verb: .helo)),
    ("HELO [192.0.2.1]", CommandSyntaxError(.address(.domain), at: 5, verb: .helo)),
    ("EHLO", CommandSyntaxError(.missingArgument, at: 4, verb: .ehlo)),
    ("EHLO -a", CommandSyntaxError(.address(.domain), at: 5, verb: .ehlo)),
    ("EHLO a\r\nMAIL", CommandSyntaxError(.unexpectedArgument, at: 6, verb: .ehlo)),
    ("EHLO [192.0.2.1] text", CommandSyntaxError(.unexpectedArgument, at: 16, verb: .ehlo)),
    ("MAIL", CommandSyntaxError(.missingArgument, at: 4, verb: .mail)),
    ("MAIL FROM", CommandSyntaxError(.pathKeyword, at: 5, verb: .mail)),
    ("MAIL FROM:", CommandSyntaxError(.missingArgument, at: 10, verb: .mail)),
    ("MAIL <a@b>", CommandSyntaxError(.pathKeyword, at: 5, verb: .mail)),
    ("MAIL TO:<a@b>", CommandSyntaxError(.pathKeyword, at: 5, verb: .mail)),
    ("MAIL FROM <a@b>", CommandSyntaxError(.pathKeyword, at: 5, verb: .mail)),
    ("MAIL FROM: <a@b>", CommandSyntaxError(.whiteSpace, at: 10, verb: .mail)),
    ("MAIL  FROM:<a@b>", CommandSyntaxError(.whiteSpace, at: 5, verb: .mail)),
    ("MAIL FROM:a@b", CommandSyntaxError(.address(.pathStart), at: 10, verb: .mail)),
    ("MAIL FROM:<a>", CommandSyntaxError(.address(.at), at: 12, verb: .mail)),
    ("MAIL FROM:<a@b", CommandSyntaxError(.address(.pathEnd), at: 14, verb: .mail)),
    ("MAIL FROM:<a@b>x", CommandSyntaxError(.address(.trailingOctets), at: 15, verb: .mail)),
    ("MAIL FROM:<>SIZE=1", CommandSyntaxError(.address(.trailingOctets), at: 12, verb: .mail)),
    ("MAIL FROM:<>  SIZE=1", CommandSyntaxError(.whiteSpace, at: 13, verb: .mail)),
    ("MAIL FROM:<> =1", CommandSyntaxError(.parameterKeyword, at: 13, verb: .mail)),
    ("MAIL FROM:<> -A", CommandSyntaxError(.parameterKeyword, at: 13, verb: .mail)),
    ("MAIL FROM:<> SIZE=", CommandSyntaxError(.parameterValue, at: 18, verb: .mail)),
    ("MAIL FROM:<> SIZE=1=2", CommandSyntaxError(.parameterValue, at: 19, verb: .mail)),
    ("MAIL FROM:<> SI_E=1", CommandSyntaxError(.parameterValue, at: 15, verb: .mail)),
    ("MAIL FROM:<> SIZE=\u{0}", CommandSyntaxError(.parameterValue, at: 18, verb: .mail)),
    ("MAIL FROM:<> SIZE=\u{E9}", CommandSyntaxError(.parameterValue, at: 18, verb: .mail)),
    ("MAIL FROM:<a@b\u{0}>", CommandSyntaxError(.address(.pathEnd), at: 14, verb: .mail)),
    ("RCPT TO:", CommandSyntaxError(.missingArgument, at: 8, verb: .rcpt)),
    ("RCPT TO:<>", CommandSyntaxError(.address(.localPart), at: 9, verb: .rcpt)),
    ("RCPT TO:<postmaster", CommandSyntaxError(.address(.at), at: 19, verb: .rcpt)),
    ("RCPT TO:<a@[300.1.1.1]>", CommandSyntaxError(.address(.ipv4), at: 14, verb: .rcpt)),
    ("RCPT TO:x\"", CommandSyntaxError(.address(.pathStart), at: 8, verb: .rcpt)),
    ("DATA x", CommandSyntaxError(.unexpectedArgument, at: 4, verb: .data)),
    ("RSET x", CommandSyntaxError(.unexpectedArgument, at: 4, verb: .rset)),
    ("QUIT x", CommandSyntaxError(.unexpectedArgument, at: 4, verb: .quit)),
    ("STARTTLS x", CommandSyntaxError(.unexpectedArgument, at: 8, verb: .starttls)),
    ("VRFY", CommandSyntaxError(.missingArgument, at: 4, verb: .vrfy)),
    ("VRFY a\u{E9}", CommandSyntaxError(.invalidOctet, at: 6, verb: .vrfy)),
    ("EXPN", CommandSyntaxError(.missingArgument, at: 4, verb: .expn)),
    ("HELP \u{1B}", CommandSyntaxError(.invalidOctet, at: 5, verb: .help)),
    ("NOOP a\tb", CommandSyntaxError(.invalidOctet, at: 6, verb: .noop)),
    ("NOOP a\nQUIT", CommandSyntaxError(.invalidOctet, at: 6, verb: .noop)),
    ("NOOP " + String(repeating: " ", count: 400) + "x", CommandSyntaxError(.whiteSpace, at: 5, verb: .noop)),
    ("AUTH", CommandSyntaxError(.missingArgument, at: 4, verb: .auth)),
    ("AUTH   ", CommandSyntaxError(.missingArgument, at: 4, verb: .auth)),
    ("AUTH PL@IN", CommandSyntaxError(.mechanism, at: 7, verb: .auth)),
    ("AUTH ABCDEFGHIJKLMNOPQRSTU", CommandSyntaxError(.mechanism, at: 25, verb: .auth)),
    ("AUTH PLAIN *", CommandSyntaxError(.base64, at: 11, verb: .auth)),
    ("AUTH PLAIN AAA", CommandSyntaxError(.base64, at: 14, verb: .auth)),
    ("AUTH PLAIN ====", CommandSyntaxError(.base64, at: 11, verb: .auth)),
    ("AUTH PLAIN AAAA x", CommandSyntaxError(.unexpectedArgument, at: 15, verb: .auth)),
    ("BDAT", CommandSyntaxError(.missingArgument, at: 4, verb: .bdat)),
    ("BDAT LAST", CommandSyntaxError(.number, at: 5, verb: .bdat)),
    ("BDAT -1", CommandSyntaxError(.number, at: 5, verb: .bdat)),
    ("BDAT +5", CommandSyntaxError(.number, at: 5, verb: .bdat)),
    ("BDAT 0x10", CommandSyntaxError(.number, at: 6, verb: .bdat)),
    ("BDAT 9223372036854775808", CommandSyntaxError(.number, at: 23, verb: .bdat)),
    ("BDAT 000000000000000000001", CommandSyntaxError(.number, at: 25, verb: .bdat)),
    ("BDAT 10 FIRST", CommandSyntaxError(.lastKeyword, at: 8, verb: .bdat)),
    ("BDAT 10 LAST x", CommandSyntaxError(.unexpectedArgument, at: 12, verb: .bdat)),
    ("ETRN", CommandSyntaxError(.missingArgument, at: 4, verb: .etrn)),
    ("ETRN @", CommandSyntaxError(.address(.domain), at: 6, verb: .etrn)),
    ("ETRN #", CommandSyntaxError(.missingArgument, at: 6, verb: .etrn)),
    ("ETRN a'b", CommandSyntaxError(.unexpectedArgument, at: 6, verb: .etrn)),
  ]

  @Test("the refusal names what is wrong, where, and the verb", arguments: refusals)
  func refuses(_ line: String, _ expected: CommandSyntaxError) {
    #expect(failure { () throws(CommandSyntaxError) in _ = try Command.parse(line: wire(line)) } == expected)
  }

  @Test("white space before the line's end is tolerated, as RFC 5321 §4.1.1 asks", arguments: ["DATA ", "DATA \t ", "RSET\t", "NOOP  "])
  func toleratesTrailingWhiteSpace(_ line: String) throws {
    let trimmed = wire(line).filter { !$0.isWhiteSpace }
    #expect(try Command.parse(line: wire(line)) == Command.parse(line: trimmed))
    #expect(throws: CommandSyntaxError.self) { try Command.parse(line: wire(line), tolerating: []) }
  }

  @Test func toleratesOnlyWhatItIsTold() throws {
    let spaced = wire("MAIL FROM:  <a@b> SIZE=1")
    #expect(try Command.parse(line: spaced, tolerating: .spaceBeforePath) == Command.parse(line: wire("MAIL FROM:<a@b> SIZE=1")))
    let explained = wire("EHLO [192.0.2.1] some text")
    #expect(try Command.parse(line: explained, tolerating: .textAfterLiteral) == Command.parse(line: wire("EHLO [192.0.2.1]")))
    #expect(throws: CommandSyntaxError.self) { try Command.parse(line: wire("EHLO a text"), tolerating: .textAfterLiteral) }
  }

  @Test func takesUTF8WhereItIsToldTo() throws {
    let line = Octets("RCPT TO:<用户@例え> ORCPT=utf-8;é".utf8)
    let command = try Command.parse(line: line, in: .internationalized)
    #expect(Octets(command.octets.dropLast(2)) == line)
    #expect(throws: CommandSyntaxError.self) { try Command.parse(line: line) }
    #expect(try Command.parse(line: Octets("VRFY é".utf8), in: .internationalized) == .vrfy(Octets("é".utf8)))
    #expect(throws: CommandSyntaxError.self) { try Command.parse(line: wire("VRFY \u{E9}"), in: .internationalized) }
  }

  @Test("whatever comes, it is a command or a refusal within the line", arguments: 0..<4 as Range<UInt64>)
  func isTotal(seed: UInt64) throws {
    var random = Seeded(seed)
    let alphabet = wire(" \t<>@:,.\"\\[]=-+*\u{0}\r\n\u{E9}aZ0{LASTFROMTO")
    for _ in 0..<3000 {
      let start = try #require(CommandTests.refusals.randomElement(using: &random)).0
      var line = wire(start)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        line.insert(alphabet.randomElement(using: &random) ?? 0, at: Int.random(in: 0...line.count, using: &random))
      }
      do throws(CommandSyntaxError) {
        let command = try Command.parse(line: line)
        #expect(try Command.parse(line: Octets(command.octets.dropLast(2))) == command, "\(Escaped.show(line))")
      } catch {
        #expect((0...line.count).contains(error.offset), "\(Escaped.show(line))")
      }
    }
  }
}

@Suite("esmtp-param, RFC 5321 §4.1.2")
struct ParameterTests {
  @Test(arguments: [("SIZE", "10"), ("size", "10"), ("8BIT-X", nil), ("AUTH", "<>"), ("X", "a+3Db"), ("X", "!~")] as [(String, String?)])
  func makes(_ keyword: String, _ value: String?) throws {
    let parameter = try #require(Parameter(keyword, value))
    #expect(parameter.keyword == keyword.uppercased())
    #expect(parameter.value == value.map(wire))
    #expect(parameter.description == keyword.uppercased() + (value.map { "=\($0)" } ?? ""))
  }

  @Test(
    arguments: [
      ("", nil), ("", "1"), ("-A", nil), ("A_B", nil), ("A", ""), ("A", "b=c"), ("A", "b c"), ("A", "b\r\nc"), ("A B", nil), ("A=B", nil),
    ]
      as [(String, String?)])
  func refuses(_ keyword: String, _ value: String?) {
    guard keyword != "A=B" else { return #expect(Parameter(keyword, value)?.value == wire("B")) }
    #expect(Parameter(keyword, value) == nil)
  }
}

@Suite("Base64, RFC 4648 §4")
struct Base64Tests {
  @Test(
    "the vectors of RFC 4648 §10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func vectors(_ plain: String, _ encoded: String) {
    #expect(Base64.encode(wire(plain)) == wire(encoded))
    #expect(Base64.decode(wire(encoded)) == wire(plain))
  }

  @Test func roundTrip() {
    var random = Seeded(1)
    for count in 0..<200 {
      let octets = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(Base64.decode(Base64.encode(octets)) == octets)
    }
  }

  @Test(arguments: [
    ("A", 1), ("AA", 2), ("AAA", 3), ("AA=", 2), ("AAA==", 3), ("AAAA=", 4), ("=", 0), ("A===", 1), ("AA==A", 4), ("AB==", 1), ("AAB=", 2),
    ("AA A", 2), ("AA\r\n", 2), ("AA-_", 2), ("AAA\u{E9}", 3), ("*", 0),
  ])
  func refuses(_ text: String, _ offset: Int) {
    #expect(Base64.firstError(in: wire(text)) == offset)
    #expect(Base64.decode(wire(text)) == nil)
  }
}
