/// The random generator of one run: what it gives depends on the campaign's seed and the run's number and on nothing else.
///
/// So a run replays alone, and a campaign replays on any number of workers. It is xoshiro256**, seeded through SplitMix64.
package struct RunGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// The generator of a run.
  package init(seed: UInt64, run: UInt64) {
    var mixer = SplitMix64(state: seed)
    mixer.state = mixer.next() ^ run &* 0xD1B5_4A32_D192_ED03
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    let result = Self.rotate(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotate(state.3, by: 45)
    return result
  }

  /// True once in so many times.
  package mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// A place in a collection of so many; 0 where it is empty.
  package mutating func index(_ count: Int) -> Int { count > 1 ? Int.random(in: 0..<count, using: &self) : 0 }

  /// One of these.
  package mutating func pick<Element>(_ choices: [Element]) -> Element { pick(choices[...]) }

  /// One of these.
  package mutating func pick<Element>(_ choices: ArraySlice<Element>) -> Element { choices[choices.startIndex + index(choices.count)] }

  private static func rotate(_ value: UInt64, by count: UInt64) -> UInt64 { value << count | value >> (64 - count) }
}

/// Turns any number into others that look random; good enough to seed with.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
