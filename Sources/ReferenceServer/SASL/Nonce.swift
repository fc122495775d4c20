/// Octets that nobody can foresee, for challenges.
package enum Nonce {
  /// 32 hexadecimal digits from the system's generator.
  @Sendable package static func random() -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return (0..<32).map { _ in digits[Int.random(in: 0..<16)] }
  }
}
