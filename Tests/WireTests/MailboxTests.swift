import Testing

@testable import Wire

@Suite("Local-part, RFC 5321 §4.1.2")
struct LocalPartTests {
  @Test(arguments: ["a", "a.b.c", "!#$%&'*+-/=?^_`{|}~", "1", "user+tag", "a!b%c"])
  func readsADotString(_ text: String) throws {
    let localPart = try LocalPart(parsing: wire(text))
    #expect(localPart.form == .dotString)
    #expect(localPart.value == wire(text))
    #expect(localPart.octets == wire(text))
  }

  @Test(arguments: [
    ("\"\"", ""), ("\" \"", " "), ("\"a b\"", "a b"), ("\"a\\\"b\"", "a\"b"), ("\"\\\\\"", "\\"), ("\"Joe\\,Smith\"", "Joe,Smith"),
    ("\"<>@[]:;,()\"", "<>@[]:;,()"), ("\"\\a\\b\"", "ab"), ("\"..\"", ".."),
  ])
  func readsAQuotedString(_ text: String, _ value: String) throws {
    let localPart = try LocalPart(parsing: wire(text))
    #expect(localPart.form == .quotedString)
    #expect(localPart.value == wire(value))
    #expect(localPart.octets == wire(text))
  }

  @Test(arguments: [
    ("", AddressSyntaxError(.localPart, at: 0)),
    (".", AddressSyntaxError(.localPart, at: 0)),
    (".a", AddressSyntaxError(.localPart, at: 0)),
    ("a.", AddressSyntaxError(.localPart, at: 2)),
    ("a..b", AddressSyntaxError(.localPart, at: 2)),
    ("a.\"b\"", AddressSyntaxError(.localPart, at: 2)),
    ("a b", AddressSyntaxError(.trailingOctets, at: 1)),
    ("a,b", AddressSyntaxError(.trailingOctets, at: 1)),
    ("\u{E9}", AddressSyntaxError(.localPart, at: 0)),
    ("\"", AddressSyntaxError(.quotedString, at: 1)),
    ("\"a", AddressSyntaxError(.quotedString, at: 2)),
    ("\"a\\", AddressSyntaxError(.quotedString, at: 3)),
    ("\"a\\\"", AddressSyntaxError(.quotedString, at: 4)),
    ("\"\t\"", AddressSyntaxError(.quotedString, at: 1)),
    ("\"\\\t\"", AddressSyntaxError(.quotedString, at: 2)),
    ("\"\r\n\"", AddressSyntaxError(.quotedString, at: 1)),
    ("\"\u{0}\"", AddressSyntaxError(.quotedString, at: 1)),
    ("\"\u{7F}\"", AddressSyntaxError(.quotedString, at: 1)),
    ("\"\u{80}\"", AddressSyntaxError(.quotedString, at: 1)),
    ("\"a\"b", AddressSyntaxError(.trailingOctets, at: 3)),
  ])
  func refuses(_ text: String, _ expected: AddressSyntaxError) {
    #expect(failure { () throws(AddressSyntaxError) in _ = try LocalPart(parsing: wire(text)) } == expected)
  }

  @Test func quotingMakesNoDifferenceButLetterCaseDoes() {
    #expect(LocalPart("ab") == LocalPart("\"ab\""))
    #expect(LocalPart("ab") == LocalPart("\"\\a\\b\""))
    #expect(LocalPart("ab")?.hashValue == LocalPart("\"ab\"")?.hashValue)
    #expect(LocalPart("ab") != LocalPart("Ab"))
  }

  @Test(arguments: [("a.b", "a.b"), ("a b", "\"a b\""), ("", "\"\""), ("a.", "\"a.\""), ("\"\\", "\"\\\"\\\\\""), ("a@b", "\"a@b\"")])
  func quotesAsLittleAsItCan(_ value: String, _ written: String) throws {
    let localPart = try #require(LocalPart(value: wire(value)))
    #expect(localPart.octets == wire(written))
    #expect(try LocalPart(parsing: localPart.octets) == localPart)
    #expect(try LocalPart(parsing: localPart.octets).form == localPart.form)
  }

  @Test(arguments: ["\t", "\u{0}", "a\r\nb", "\u{7F}", "\u{80}"])
  func writesNothingThatCannotBeQuoted(_ value: String) { #expect(LocalPart(value: wire(value)) == nil) }

  @Test func everyOctetIsWhatTheGrammarSays() {
    let atomText = wire("!#$%&'*+-/=?^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    for octet in UInt8.min...UInt8.max {
      #expect(octet.isAtomText == atomText.contains(octet))
      #expect((LocalPart([octet]) != nil) == atomText.contains(octet))
      #expect((LocalPart([0x22, octet, 0x22]) != nil) == ((32...126).contains(octet) && octet != 0x22 && octet != 0x5C))
      #expect((LocalPart([0x22, 0x5C, octet, 0x22]) != nil) == (32...126).contains(octet))
    }
  }
}

@Suite("Mailboxes and paths, RFC 5321 §4.1.2")
struct PathTests {
  @Test(arguments: [
    "<a@b>", "<a.b@c.example>", "<\"a b\"@[192.0.2.1]>", "<@x:a@b>", "<@x,@y.z:a@[IPv6:::1]>", "<\">\"@b>",
  ])
  func readsAndWritesAPath(_ text: String) throws {
    let path = try Path(parsing: wire(text))
    #expect(path.octets == wire(text))
    #expect(try Path(parsing: path.octets) == path)
    #expect(try ReversePath(parsing: wire(text)) == .path(path))
    #expect(try ForwardPath(parsing: wire(text)) == .path(path))
  }

  @Test func keepsTheSourceRoute() throws {
    let path = try Path(parsing: wire("<@hosta.int,@jkl.org:userc@d.bar.org>"))
    #expect(path.sourceRoute.map(\.description) == ["hosta.int", "jkl.org"])
    #expect(path.mailbox == Mailbox("userc@d.bar.org"))
  }

  @Test(arguments: [
    ("", AddressSyntaxError(.pathStart, at: 0)),
    ("a@b", AddressSyntaxError(.pathStart, at: 0)),
    (" <a@b>", AddressSyntaxError(.pathStart, at: 0)),
    ("<", AddressSyntaxError(.localPart, at: 1)),
    ("< a@b>", AddressSyntaxError(.localPart, at: 1)),
    ("<a>", AddressSyntaxError(.at, at: 2)),
    ("<a b@c>", AddressSyntaxError(.at, at: 2)),
    ("<a@>", AddressSyntaxError(.domain, at: 3)),
    ("<a@b", AddressSyntaxError(.pathEnd, at: 4)),
    ("<a@b >", AddressSyntaxError(.pathEnd, at: 4)),
    ("<a@b@c>", AddressSyntaxError(.pathEnd, at: 4)),
    ("<a@b>x", AddressSyntaxError(.trailingOctets, at: 5)),
    ("<aaa@bbb.com>ccc@ddd.com", AddressSyntaxError(.trailingOctets, at: 13)),
    ("<@a>", AddressSyntaxError(.sourceRoute, at: 3)),
    ("<@a,>", AddressSyntaxError(.sourceRoute, at: 4)),
    ("<@a,b:c@d>", AddressSyntaxError(.sourceRoute, at: 4)),
    ("<@a, @b:c@d>", AddressSyntaxError(.sourceRoute, at: 4)),
    ("<@:c@d>", AddressSyntaxError(.domain, at: 2)),
    ("<@[192.0.2.1]:c@d>", AddressSyntaxError(.domain, at: 2)),
    ("<@a:>", AddressSyntaxError(.localPart, at: 4)),
    ("<:a@b>", AddressSyntaxError(.localPart, at: 1)),
    ("<a@[300.1.1.1]>", AddressSyntaxError(.ipv4, at: 6)),
    ("<a@b\u{0}>", AddressSyntaxError(.pathEnd, at: 4)),
    ("<a@b\r\n>", AddressSyntaxError(.pathEnd, at: 4)),
  ])
  func refuses(_ text: String, _ expected: AddressSyntaxError) {
    #expect(failure { () throws(AddressSyntaxError) in _ = try Path(parsing: wire(text)) } == expected)
    #expect(ReversePath(text) == nil)
    #expect(ForwardPath(text) == nil)
  }

  @Test func onlyAReversePathIsNull() {
    #expect(ReversePath("<>") == .null)
    #expect(ReversePath.null.octets == wire("<>"))
    #expect(ReversePath("< >") == nil)
    #expect(failure { () throws(AddressSyntaxError) in _ = try ForwardPath(parsing: wire("<>")) } == AddressSyntaxError(.localPart, at: 1))
  }

  @Test(arguments: ["<Postmaster>", "<postmaster>", "<POSTMASTER>"])
  func onlyAForwardPathIsPostmasterAlone(_ text: String) throws {
    #expect(try ForwardPath(parsing: wire(text)) == .postmaster)
    #expect(ForwardPath.postmaster.octets == wire("<Postmaster>"))
    #expect(ReversePath(text) == nil)
  }

  @Test func postmasterIsSoInAnyLetterCase() {
    #expect(Mailbox("PostMaster@b")?.isPostmaster == true)
    #expect(Mailbox("\"postmaster\"@b")?.isPostmaster == true)
    #expect(Mailbox("postmaster1@b")?.isPostmaster == false)
  }

  @Test(
    "sizes are the server's to refuse, so they parse",
    arguments: [
      (64, 10, AddressLimit?.none), (65, 10, .localPart), (1, 255, .path), (1, 256, .domain), (1, 252, nil), (1, 253, .path),
    ])
  func knowsItsSizes(_ localPart: Int, _ domain: Int, _ limit: AddressLimit?) throws {
    let text = "<\(String(repeating: "l", count: localPart))@\(String(repeating: "d", count: domain))>"
    #expect(try Path(parsing: wire(text)).exceededLimit == limit)
  }
}

@Suite("Internationalized mailboxes, RFC 6531 §3.3")
struct InternationalizedTests {
  @Test(arguments: ["<用户@例え.example>", "<\"é ü\"@é.example>", "<é@[192.0.2.1]>", "<@é:😀@x>"])
  func readsUTF8WhereItIsToldTo(_ text: String) throws {
    let octets = Octets(text.utf8)
    let path = try Path(parsing: octets, in: .internationalized)
    #expect(path.octets == octets)
    #expect(Path(text) == nil)
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x28, 0xA1],
    ] as [Octets])
  func refusesWhatIsNotUTF8(_ octets: Octets) {
    let path = wire("<a") + octets + wire("@b>")
    let error = failure { () throws(AddressSyntaxError) in _ = try Path(parsing: path, in: .internationalized) }
    #expect(error == AddressSyntaxError(.at, at: 2))
  }

  @Test func knowsEveryLengthOfUTF8() {
    for scalar in ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"] {
      let octets = Octets(scalar.utf8)
      #expect(octets.span.lengthOfNonASCII(at: 0) == octets.count)
      for count in 1..<octets.count { #expect(Octets(octets.prefix(count)).span.lengthOfNonASCII(at: 0) == 0) }
    }
  }
}
