import Testing

@testable import Wire

@Suite("Domain, RFC 5321 §4.1.2")
struct DomainTests {
  @Test(arguments: [
    "a", "1", "localhost", "mx.example.test", "3com.example", "a-b.c--d", "xn--bcher-kva.example", "1.2.3.4", "A.b.C",
    String(repeating: "x", count: 300) + ".y",
  ])
  func reads(_ text: String) throws {
    let domain = try Domain(parsing: wire(text))
    #expect(domain.octets == wire(text))
    #expect(domain.description == text)
    #expect(domain.labels.map { String(decoding: $0, as: UTF8.self) } == text.split(separator: ".").map(String.init))
  }

  @Test(arguments: [
    ("", AddressSyntaxError(.domain, at: 0)),
    (".", AddressSyntaxError(.domain, at: 0)),
    (".a", AddressSyntaxError(.domain, at: 0)),
    ("-a", AddressSyntaxError(.domain, at: 0)),
    ("a.", AddressSyntaxError(.domain, at: 2)),
    ("a..b", AddressSyntaxError(.domain, at: 2)),
    ("a.-b", AddressSyntaxError(.domain, at: 2)),
    ("a-", AddressSyntaxError(.labelEnd, at: 2)),
    ("a-.b", AddressSyntaxError(.labelEnd, at: 2)),
    ("a_b", AddressSyntaxError(.trailingOctets, at: 1)),
    ("a b", AddressSyntaxError(.trailingOctets, at: 1)),
    ("a\u{0}", AddressSyntaxError(.trailingOctets, at: 1)),
    ("a\u{E9}", AddressSyntaxError(.trailingOctets, at: 1)),
    ("[192.0.2.1]", AddressSyntaxError(.domain, at: 0)),
    ("#1", AddressSyntaxError(.domain, at: 0)),
  ])
  func refuses(_ text: String, _ expected: AddressSyntaxError) {
    #expect(failure { () throws(AddressSyntaxError) in _ = try Domain(parsing: wire(text)) } == expected)
    #expect(Domain(text) == nil)
  }

  @Test func isTheSameInAnyLetterCase() throws {
    let (lower, upper) = (try Domain(parsing: wire("mx.example")), try Domain(parsing: wire("MX.Example")))
    #expect(lower == upper)
    #expect(Set([lower, upper]).count == 1)
    // Not by masking a bit: these differ from letters by 0x20 as well.
    #expect(Domain("a1") != Domain("a-1"))
    #expect(!wire("[").matchesIgnoringCase(wire("{")))
    #expect(!wire("@").matchesIgnoringCase(wire("`")))
  }
}

@Suite("Address literals, RFC 5321 §4.1.3")
struct AddressLiteralTests {
  @Test(arguments: [
    ("[0.0.0.0]", 0), ("[255.255.255.255]", UInt32.max), ("[192.0.2.1]", 0xC000_0201), ("[001.002.003.004]", 0x0102_0304),
  ])
  func readsIPv4(_ text: String, _ value: UInt32) throws {
    let literal = try AddressLiteral(parsing: wire(text))
    #expect(literal.form == .ipv4(IPv4Address(value: value)))
    #expect(literal.octets == wire(text))
    #expect(try AddressLiteral(parsing: AddressLiteral(IPv4Address(value: value)).octets) == literal)
  }

  /// Each address twice: as a grammar rule writes it, and its eight groups.
  static let ipv6: [(String, [UInt16])] = [
    // IPv6-full.
    ("1:2:3:4:5:6:7:8", [1, 2, 3, 4, 5, 6, 7, 8]),
    ("2001:DB8:0:0:8:800:200C:417A", [0x2001, 0xDB8, 0, 0, 8, 0x800, 0x200C, 0x417A]),
    ("0001:ffff:0:0:0:0:0:0", [1, 0xFFFF, 0, 0, 0, 0, 0, 0]),
    // IPv6-comp: none to six groups beside the "::".
    ("::", [0, 0, 0, 0, 0, 0, 0, 0]),
    ("::1", [0, 0, 0, 0, 0, 0, 0, 1]),
    ("1::", [1, 0, 0, 0, 0, 0, 0, 0]),
    ("1::8", [1, 0, 0, 0, 0, 0, 0, 8]),
    ("1:2:3:4:5:6::", [1, 2, 3, 4, 5, 6, 0, 0]),
    ("::3:4:5:6:7:8", [0, 0, 3, 4, 5, 6, 7, 8]),
    ("1:2:3::6:7:8", [1, 2, 3, 0, 0, 6, 7, 8]),
    ("fe80::1:2", [0xFE80, 0, 0, 0, 0, 0, 1, 2]),
    // IPv6v4-full.
    ("1:2:3:4:5:6:192.0.2.1", [1, 2, 3, 4, 5, 6, 0xC000, 0x0201]),
    // IPv6v4-comp: none to four groups beside the "::".
    ("::192.0.2.1", [0, 0, 0, 0, 0, 0, 0xC000, 0x0201]),
    ("::ffff:192.0.2.1", [0, 0, 0, 0, 0, 0xFFFF, 0xC000, 0x0201]),
    ("1:2:3:4::192.0.2.1", [1, 2, 3, 4, 0, 0, 0xC000, 0x0201]),
    ("1:2::3:4:192.0.2.1", [1, 2, 0, 0, 3, 4, 0xC000, 0x0201]),
  ]

  @Test(arguments: ipv6)
  func readsIPv6(_ text: String, _ groups: [UInt16]) throws {
    for tag in ["IPv6:", "ipv6:", "IPV6:"] {
      let literal = try AddressLiteral(parsing: wire("[\(tag)\(text)]"))
      guard case .ipv6(let address) = literal.form else {
        Issue.record("not an IPv6 address")
        return
      }
      #expect(address.groups == groups)
      #expect(try AddressLiteral(parsing: AddressLiteral(address).octets) == literal)
    }
  }

  @Test(arguments: [
    ("", AddressSyntaxError(.literalStart, at: 0)),
    ("192.0.2.1", AddressSyntaxError(.literalStart, at: 0)),
    ("[", AddressSyntaxError(.ipv4, at: 1)),
    ("[]", AddressSyntaxError(.ipv4, at: 1)),
    ("[1", AddressSyntaxError(.ipv4, at: 2)),
    ("[1.2.3]", AddressSyntaxError(.ipv4, at: 6)),
    ("[1.2.3.4", AddressSyntaxError(.literalEnd, at: 8)),
    ("[1.2.3.4.5]", AddressSyntaxError(.literalEnd, at: 8)),
    ("[1.2.3.4]x", AddressSyntaxError(.trailingOctets, at: 9)),
    ("[300.1.1.1]", AddressSyntaxError(.ipv4, at: 3)),
    ("[256.1.1.1]", AddressSyntaxError(.ipv4, at: 3)),
    ("[1.1.1.256]", AddressSyntaxError(.ipv4, at: 9)),
    ("[0001.2.3.4]", AddressSyntaxError(.ipv4, at: 4)),
    ("[1..2.3]", AddressSyntaxError(.ipv4, at: 3)),
    ("[ 1.2.3.4]", AddressSyntaxError(.ipv4, at: 1)),
    ("[-1.2.3.4]", AddressSyntaxError(.literalTag, at: 3)),
    ("[IPv6:]", AddressSyntaxError(.ipv6, at: 6)),
    ("[IPv6:1]", AddressSyntaxError(.ipv6, at: 7)),
    ("[IPv6:1:2:3:4:5:6:7]", AddressSyntaxError(.ipv6, at: 19)),
    ("[IPv6:1:2:3:4:5:6:7:8:9]", AddressSyntaxError(.ipv6, at: 22)),
    ("[IPv6:1:2:3:4:5:6:7::]", AddressSyntaxError(.ipv6, at: 20)),
    ("[IPv6:::2:3:4:5:6:7:8]", AddressSyntaxError(.ipv6, at: 20)),
    ("[IPv6:1::2::3]", AddressSyntaxError(.ipv6, at: 11)),
    ("[IPv6::1]", AddressSyntaxError(.ipv6, at: 6)),
    ("[IPv6:1:]", AddressSyntaxError(.ipv6, at: 8)),
    ("[IPv6::::]", AddressSyntaxError(.literalEnd, at: 8)),
    ("[IPv6:12345::]", AddressSyntaxError(.ipv6, at: 10)),
    ("[IPv6:g::]", AddressSyntaxError(.ipv6, at: 6)),
    ("[IPv6:192.0.2.1]", AddressSyntaxError(.ipv6, at: 6)),
    ("[IPv6:1:2:3:4:5:192.0.2.1]", AddressSyntaxError(.ipv6, at: 16)),
    ("[IPv6:1:2:3:4:5:6:7:192.0.2.1]", AddressSyntaxError(.ipv6, at: 20)),
    ("[IPv6:1:2:3:4:5::192.0.2.1]", AddressSyntaxError(.ipv6, at: 17)),
    ("[IPv6:::192.0.2.1:1]", AddressSyntaxError(.literalEnd, at: 17)),
    ("[IPv6:::192.0.2.300]", AddressSyntaxError(.ipv4, at: 18)),
    ("[IPv6:fe80::1%eth0]", AddressSyntaxError(.literalEnd, at: 13)),
    ("[x]", AddressSyntaxError(.literalTag, at: 2)),
    ("[x-:y]", AddressSyntaxError(.literalTag, at: 3)),
    ("[x:]", AddressSyntaxError(.literalContent, at: 3)),
    ("[x: ]", AddressSyntaxError(.literalContent, at: 3)),
    ("[x:a[]", AddressSyntaxError(.literalEnd, at: 4)),
    ("[x:a\\b]", AddressSyntaxError(.literalEnd, at: 4)),
    ("[x:a", AddressSyntaxError(.literalEnd, at: 4)),
    ("[:a]", AddressSyntaxError(.literalTag, at: 1)),
  ])
  func refuses(_ text: String, _ expected: AddressSyntaxError) {
    #expect(failure { () throws(AddressSyntaxError) in _ = try AddressLiteral(parsing: wire(text)) } == expected)
  }

  @Test func readsOtherForms() throws {
    let literal = try AddressLiteral(parsing: wire("[Tag-9:a!b@c~]"))
    #expect(literal.form == .general(tag: "TAG-9", content: wire("a!b@c~")))
    #expect(AddressLiteral("[99:x]")?.form == .general(tag: "99", content: wire("x")))
  }

  @Test func isTheSameHoweverWritten() {
    #expect(AddressLiteral("[IPv6:::1]") == AddressLiteral("[ipv6:0:0:0:0:0:0:0:1]"))
    #expect(AddressLiteral("[192.0.2.1]") == AddressLiteral("[192.000.002.001]"))
    #expect(AddressLiteral("[192.0.2.1]") != AddressLiteral("[IPv6:::192.0.2.1]"))
  }

  @Test(arguments: [
    ("0:0:0:0:0:0:0:0", "::"), ("1:0:0:0:0:0:0:0", "1::"), ("0:0:0:0:0:0:0:1", "::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
    ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), ("0:0:1:0:0:2:3:4", "::1:0:0:2:3:4"), ("2001:DB8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
  ])
  func writesTheShortestIPv6(_ long: String, _ short: String) {
    guard case .ipv6(let address) = AddressLiteral("[IPv6:\(long)]")?.form else {
      Issue.record("not an IPv6 address")
      return
    }
    #expect(address.description == short)
  }

  @Test("Domain / address-literal", arguments: ["example.test", "[192.0.2.1]", "[IPv6:2001:db8::1]"])
  func readsAHost(_ text: String) throws {
    let host = try Host(parsing: wire(text))
    #expect(host.octets == wire(text))
    #expect((host.domain != nil) == (text == "example.test"))
  }
}
