/// Writes and reads the labels of internationalized domain names in US-ASCII, RFC 3492.
package enum Punycode {
  private static let base = 36
  private static let threshold = 1...26
  private static let skew = 38
  private static let damp = 700
  private static let initialBias = 72
  private static let initialCode: UInt32 = 0x80

  /// Encodes a label, without the prefix `xn--`; `nil` where a number would grow beyond 32 bits.
  package static func encode(_ label: some Sequence<Unicode.Scalar>) -> Octets? {
    let input = label.map(\.value)
    var output = input.filter { $0 < 0x80 }.map { UInt8($0) }
    let basicCount = output.count
    if basicCount > 0 { output.append(.hyphen) }
    var code = initialCode
    var delta: UInt32 = 0
    var bias = initialBias
    var handled = basicCount
    while handled < input.count {
      guard let next = input.filter({ $0 >= code }).min() else { return nil }
      let (step, overflow) = (next - code).multipliedReportingOverflow(by: UInt32(handled + 1))
      let (sum, carry) = delta.addingReportingOverflow(step)
      guard !overflow, !carry else { return nil }
      delta = sum
      code = next
      for scalar in input {
        if scalar < code { delta += 1 }
        guard scalar == code else { continue }
        write(Int(delta), bias: bias, to: &output)
        bias = adapt(Int(delta), count: handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return output
  }

  /// Writes a number in digits whose weights depend on the bias (§6.3).
  private static func write(_ number: Int, bias: Int, to output: inout Octets) {
    var rest = number
    var weight = base
    while true {
      let limit = Swift.min(Swift.max(weight - bias, threshold.lowerBound), threshold.upperBound)
      guard rest >= limit else { break }
      output.append(digit(limit + (rest - limit) % (base - limit)))
      rest = (rest - limit) / (base - limit)
      weight += base
    }
    output.append(digit(rest))
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? value + 0x61 : value - 26 + 0x30) }

  /// The bias for the next number (§6.1).
  private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var rest = isFirst ? delta / damp : delta / 2
    rest += rest / count
    var steps = 0
    while rest > (base - threshold.lowerBound) * threshold.upperBound / 2 {
      rest /= base - threshold.lowerBound
      steps += base
    }
    return steps + (base - threshold.lowerBound + 1) * rest / (rest + skew)
  }
}

extension Domain {
  /// The name with each U-label as its A-label (RFC 5890 §2.3.2.1), in small letters; a label in US-ASCII stays as it is.
  ///
  /// Two domains are the same name where these octets are equal.
  package var aLabelOctets: Octets {
    let labels = octets.split(separator: .dot, omittingEmptySubsequences: false).map { label -> Octets in
      guard label.contains(where: { $0 >= 0x80 }) else { return label.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 } }
      let scalars = String(decoding: label, as: UTF8.self).unicodeScalars
      return Punycode.encode(scalars).map { Octets("xn--".utf8) + $0 } ?? Octets(label)
    }
    return Octets(labels.joined(separator: [.dot]))
  }
}
