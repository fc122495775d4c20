/// Base64 with its padding, RFC 4648 §4, as AUTH uses it (RFC 4954 §8).
package enum Base64 {
  private static let alphabet = Octets("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The base64 of octets.
  package static func encode(_ octets: some Collection<UInt8>) -> Octets {
    var result: Octets = []
    result.reserveCapacity((octets.count + 2) / 3 * 4)
    var bits: UInt32 = 0
    var count = 0
    for octet in octets {
      bits = bits << 8 | UInt32(octet)
      count += 1
      guard count == 3 else { continue }
      for shift in [18, 12, 6, 0] as [UInt32] { result.append(alphabet[Int(bits >> shift & 63)]) }
      bits = 0
      count = 0
    }
    if count > 0 {
      bits <<= UInt32(24 - 8 * count)
      for place in 0...count { result.append(alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)]) }
      result += Octets(repeating: .equal, count: 3 - count)
    }
    return result
  }

  /// The octets that base64 stands for, or `nil` where ``firstError(in:)`` has an offset.
  package static func decode(_ base64: some Collection<UInt8>) -> Octets? {
    let base64 = Octets(base64)
    guard firstError(in: base64) == nil else { return nil }
    var result: Octets = []
    result.reserveCapacity(base64.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for value in base64.lazy.compactMap(value(of:)) {
      bits = bits << 6 | UInt32(value)
      count += 1
      guard count == 4 else { continue }
      result += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits)]
      bits = 0
      count = 0
    }
    if count >= 2 { result.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 * count - 8))) }
    if count == 3 { result.append(UInt8(truncatingIfNeeded: bits >> 2)) }
    return result
  }

  /// The offset of the first octet that base64 cannot have there, or of the end where padding lacks; `nil` where all is well.
  ///
  /// The bits that padding leaves over must be zero (RFC 4648 §3.5), so that each string of octets has one form.
  package static func firstError(in base64: Octets) -> Int? {
    let digits = base64.prefix { value(of: $0) != nil }.count
    let padding = base64[digits...].prefix { $0 == .equal }.count
    guard digits + padding == base64.count else { return digits + padding }
    switch (digits % 4, padding) {
    case (0, 0): return nil
    case (2, 2): return (value(of: base64[digits - 1]) ?? 0) & 15 == 0 ? nil : digits - 1
    case (3, 1): return (value(of: base64[digits - 1]) ?? 0) & 3 == 0 ? nil : digits - 1
    default: return digits
    }
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 0x41...0x5A: digit - 0x41
    case 0x61...0x7A: digit - 0x61 + 26
    case 0x30...0x39: digit - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }
}
