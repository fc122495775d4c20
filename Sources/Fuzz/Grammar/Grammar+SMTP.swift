extension Grammar {
  /// The commands and replies of SMTP with US-ASCII addresses.
  package static let smtp = Result { () throws(Fault) in
    try Grammar([core, commands, literals, replies, extensions, latitudes], conditions: prose)
  }

  /// The same with internationalized addresses.
  package static let internationalizedSMTP = Result { () throws(Fault) in
    try Grammar([core, commands, literals, replies, extensions, latitudes, internationalized], conditions: prose)
  }

  /// What the RFCs say of rules beside the ABNF.
  private static let prose: [String: @Sendable (ArraySlice<UInt8>) -> Bool] = [
    // RFC 5321 §4.1.3: 0 to 255.
    "Snum": { $0.reduce(0) { $0 * 10 + Int($1) - 0x30 } <= 255 },
    // RFC 5321 §4.1.3: at most six groups beside "::", and four where an IPv4 address stands there too.
    "IPv6-comp": { groups(in: $0) <= 6 },
    "IPv6v4-comp": { groups(in: $0) <= 5 },
    // RFC 5321 §4.1.3: the tag IPv6 has its meaning; what is no such address is not some other thing of that name.
    "General-address-literal": { !isTagged($0, "ipv6:") },
    // RFC 5321 §4.2.1: the same code on every line, and §4.5.3.1.5: at most 512 octets a line.
    "Reply-line": isOneReply,
    "wide-reply": isOneReply,
  ]

  /// The words between colons.
  private static func groups(in octets: ArraySlice<UInt8>) -> Int {
    octets.split(separator: UInt8(ascii: ":")).count
  }

  private static func isTagged(_ octets: ArraySlice<UInt8>, _ tag: String) -> Bool {
    octets.prefix(tag.utf8.count).elementsEqual(tag.utf8) { (0x41...0x5A).contains($0) ? $0 + 0x20 == $1 : $0 == $1 }
  }

  @Sendable private static func isOneReply(_ octets: ArraySlice<UInt8>) -> Bool {
    let lines = octets.split(separator: 0x0A)
    return lines.allSatisfy { $0.prefix(3) == octets.prefix(3) && $0.count < 512 }
  }
}
