@testable import Wire

/// The octets of a string, one a scalar: `\u{E9}` is the octet E9.
func wire(_ text: String) -> Octets {
  text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}

/// A repeatable source of randomness (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Runs a throwing read and hands back its error, or `nil`.
func failure<Failure: Error>(_ work: () throws(Failure) -> Void) -> Failure? {
  do throws(Failure) {
    try work()
    return nil
  } catch {
    return error
  }
}
