import Wire

/// A small change of octets.
package enum OctetMutator: CaseIterable, Sendable {
  case flipBit, setOctet, insertOctet, removeRange, repeatRange, moveRange, insertWord, overwriteWord, changeNumber, changeCase, truncate
  case insertRun, crossOver

  /// Octets that have a meaning for somebody.
  private static let telling: [UInt8] = [
    0, 9, 10, 13, 32, 34, 37, 43, 44, 45, 46, 58, 59, 60, 61, 62, 64, 91, 92, 93, 127, 128, 195, 255,
  ]

  /// Changes octets, and leaves none longer than a limit.
  ///
  /// - Parameters:
  ///   - octets: What to change.
  ///   - words: A dictionary.
  ///   - other: Octets to take a part of.
  ///   - limit: The most octets there may be.
  ///   - random: Where chance comes from.
  package func apply(to octets: inout [UInt8], words: [[UInt8]], other: [UInt8] = [], limit: Int = 4_096, using random: inout RunGenerator)
  {
    let place = random.index(octets.count + 1)
    switch self {
    case .flipBit: if place < octets.count { octets[place] ^= 1 << UInt8(random.index(8)) }
    case .setOctet: if place < octets.count { octets[place] = OctetMutator.octet(&random) }
    case .insertOctet: octets.insert(OctetMutator.octet(&random), at: place)
    case .removeRange: octets.removeSubrange(OctetMutator.range(in: octets, &random))
    case .repeatRange:
      let range = OctetMutator.range(in: octets, &random)
      let part = Array(octets[range])
      let times = random.oneIn(8) ? 1 + random.index(64) : 1
      octets.insert(contentsOf: (0..<times).flatMap { _ in part }.prefix(limit), at: range.upperBound)
    case .moveRange:
      let range = OctetMutator.range(in: octets, &random)
      let part = Array(octets[range])
      octets.removeSubrange(range)
      octets.insert(contentsOf: part, at: random.index(octets.count + 1))
    case .insertWord: if !words.isEmpty { octets.insert(contentsOf: random.pick(words), at: place) }
    case .overwriteWord:
      guard !words.isEmpty else { return }
      let word = random.pick(words)
      octets.replaceSubrange(place..<min(octets.count, place + word.count), with: word)
    case .changeNumber: changeNumber(in: &octets, &random)
    case .changeCase: if place < octets.count, octets[place].isLetter { octets[place] ^= 0x20 }
    case .truncate: octets.removeSubrange(place...)
    case .insertRun:
      let count = random.pick([2, 16, 64, 255, 256, 500, 512, 1_000, 2_048])
      octets.insert(contentsOf: [UInt8](repeating: OctetMutator.octet(&random), count: min(count, limit)), at: place)
    case .crossOver:
      guard !other.isEmpty else { return }
      let part = other[OctetMutator.range(in: other, &random)]
      octets.insert(contentsOf: part, at: place)
    }
    if octets.count > limit { octets.removeSubrange(limit...) }
  }

  private static func octet(_ random: inout RunGenerator) -> UInt8 {
    random.oneIn(2) ? random.pick(telling) : UInt8.random(in: .min ... .max, using: &random)
  }

  private static func range(in octets: [UInt8], _ random: inout RunGenerator) -> Range<Int> {
    guard !octets.isEmpty else { return 0..<0 }
    let start = random.index(octets.count)
    let longest = min(octets.count - start, random.oneIn(4) ? octets.count : 8)
    return start..<start + 1 + random.index(longest)
  }

  /// Replaces one run of digits by another number.
  private func changeNumber(in octets: inout [UInt8], _ random: inout RunGenerator) {
    let starts = octets.indices.filter { octets[$0].isDigit && ($0 == 0 || !octets[$0 - 1].isDigit) }
    guard !starts.isEmpty else { return }
    let start = random.pick(starts)
    var end = start
    while end < octets.count, octets[end].isDigit { end += 1 }
    let old = Int(String(decoding: octets[start..<end], as: UTF8.self)) ?? 0
    let numbers = [
      "0", "00", "-1", "+1", "255", "256", "65536", "2147483648", "4294967296", "9223372036854775807", "18446744073709551616", "0x10",
    ]
    let near = [old &+ 1, old &- 1, old &* 2].map { String($0) }
    octets.replaceSubrange(start..<end, with: Array(random.pick(numbers + near).utf8))
  }
}
