/// An IPv4 address.
package struct IPv4Address: Sendable, Hashable, CustomStringConvertible {
  /// The address, first octet highest.
  package let value: UInt32

  /// Makes an address of its bits.
  package init(value: UInt32) { self.value = value }

  /// Reads `Snum 3("." Snum)`, where `Snum` is one to three digits up to 255; RFC 5321 §4.1.3.
  static func read(_ octets: Span<UInt8>, at position: inout Int) throws(AddressSyntaxError) -> IPv4Address {
    var value: UInt32 = 0
    for place in 0..<4 {
      if place > 0 {
        guard octets.octet(at: position) == .dot else { throw AddressSyntaxError(.ipv4, at: position) }
        position += 1
      }
      let start = position
      var number: UInt32 = 0
      while position - start < 3, let octet = octets.octet(at: position), octet.isDigit {
        number = number * 10 + UInt32(octet - .zero)
        guard number <= 255 else { throw AddressSyntaxError(.ipv4, at: position) }
        position += 1
      }
      guard position > start else { throw AddressSyntaxError(.ipv4, at: position) }
      value = value << 8 | number
    }
    return IPv4Address(value: value)
  }

  /// The dotted form.
  package var description: String { "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)" }
}

/// An IPv6 address.
package struct IPv6Address: Sendable, Hashable, CustomStringConvertible {
  /// The eight groups, first group highest.
  package let value: UInt128

  /// Makes an address of its bits.
  package init(value: UInt128) { self.value = value }

  /// The eight groups.
  package var groups: [UInt16] { (0..<8).map { UInt16(truncatingIfNeeded: value >> (112 - 16 * UInt128($0))) } }

  /// Reads an IPv6 address, RFC 5321 §4.1.3.
  ///
  ///     IPv6-addr   = IPv6-full / IPv6-comp / IPv6v4-full / IPv6v4-comp
  ///     IPv6-hex    = 1*4HEXDIG
  ///     IPv6-full   = IPv6-hex 7(":" IPv6-hex)
  ///     IPv6-comp   = [IPv6-hex *5(":" IPv6-hex)] "::" [IPv6-hex *5(":" IPv6-hex)]
  ///     IPv6v4-full = IPv6-hex 5(":" IPv6-hex) ":" IPv4-address-literal
  ///     IPv6v4-comp = [IPv6-hex *3(":" IPv6-hex)] "::" [IPv6-hex *3(":" IPv6-hex) ":"] IPv4-address-literal
  ///
  /// A `::` stands for two groups or more, so at most six groups are written beside it, an IPv4 address counting as two.
  static func read(_ octets: Span<UInt8>, at position: inout Int) throws(AddressSyntaxError) -> IPv6Address {
    var groups: [UInt16] = []
    var gap: Int?
    if octets.has("::", at: position) {
      gap = 0
      position += 2
    }
    // After a leading "::" the address may be over; else a group must come.
    var needsGroup = gap == nil
    while true {
      let limit = gap == nil ? 8 : 6
      guard let first = octets.octet(at: position), first.hexDigitValue != nil else {
        if needsGroup { throw AddressSyntaxError(.ipv6, at: position) }
        break
      }
      if isIPv4(octets, at: position) {
        guard gap == nil ? groups.count == 6 : groups.count <= 4 else { throw AddressSyntaxError(.ipv6, at: position) }
        let address = try IPv4Address.read(octets, at: &position)
        groups += [UInt16(address.value >> 16), UInt16(address.value & 0xFFFF)]
        break
      }
      guard groups.count < limit else { throw AddressSyntaxError(.ipv6, at: position) }
      groups.append(hex(octets, at: &position))
      guard octets.octet(at: position) == .colon else { break }
      if octets.octet(at: position + 1) == .colon {
        guard gap == nil, groups.count <= 6 else { throw AddressSyntaxError(.ipv6, at: position + 1) }
        gap = groups.count
        position += 2
        needsGroup = false
      } else {
        position += 1
        needsGroup = true
      }
    }
    guard gap != nil || groups.count == 8 else { throw AddressSyntaxError(.ipv6, at: position) }
    if let gap { groups.insert(contentsOf: [UInt16](repeating: 0, count: 8 - groups.count), at: gap) }
    return IPv6Address(value: groups.reduce(0) { $0 << 16 | UInt128($1) })
  }

  /// Reads at most four hexadecimal digits; the first is known to be one.
  private static func hex(_ octets: Span<UInt8>, at position: inout Int) -> UInt16 {
    var value: UInt16 = 0
    let end = position + 4
    while position < end, let digit = octets.octet(at: position)?.hexDigitValue {
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }

  /// Whether digits and a dot stand here, as only an IPv4 address has.
  private static func isIPv4(_ octets: Span<UInt8>, at position: Int) -> Bool {
    var index = position
    while let octet = octets.octet(at: index), octet.isDigit { index += 1 }
    return index > position && octets.octet(at: index) == .dot
  }

  /// The form with the longest run of two or more zero groups as `::`, in lower case (RFC 5952 §4).
  package var description: String {
    let groups = groups
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
      start = end + 1
    }
    let words = groups.map { String($0, radix: 16) }
    guard !best.isEmpty else { return words.joined(separator: ":") }
    return words[..<best.lowerBound].joined(separator: ":") + "::" + words[best.upperBound...].joined(separator: ":")
  }
}
