import CEdges
import Judges

/// Makes an input out of another in a buffer of its own, without a trip to the heap.
struct BufferMutator {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var state: UInt64
  /// How many octets the input has.
  private(set) var count = 0

  /// Octets that have a meaning for somebody.
  private static let telling: StaticString = "\0\t\n\r \"%+,-.:;<=>@[\\]0259AEx\u{7F}"

  init(buffer: UnsafeMutableBufferPointer<UInt8>, seed: UInt64) {
    self.buffer = buffer
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  /// The next 64 bits, of xorshift*.
  private mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// A number below a limit; 0 where that is 0.
  mutating func below(_ limit: Int) -> Int { Int(truncatingIfNeeded: (next() >> 32 &* UInt64(truncatingIfNeeded: limit)) >> 32) }

  /// True once in so many times.
  mutating func chance(of times: Int) -> Bool { below(times) == 0 }

  /// Puts a changed copy of an entry into the buffer.
  mutating func change(_ entry: [UInt8], other: [[UInt8]]) {
    count = min(entry.count, buffer.count)
    entry.withUnsafeBufferPointer { octets in
      guard let from = octets.baseAddress, let to = buffer.baseAddress else { return }
      to.update(from: from, count: count)
    }
    var changes = 1
    while changes < 6, next() & 1 == 0 { changes += 1 }
    for _ in 0..<changes { changeOnce(other) }
  }

  private mutating func changeOnce(_ other: [[UInt8]]) {
    let place = below(count)
    switch next() >> 59 {
    case 0...3 where count > 0: buffer[place] ^= 1 << UInt8(truncatingIfNeeded: next() & 7)
    case 4...9 where count > 0: buffer[place] = octet()
    case 10...13: insert(octet(), at: below(count + 1))
    case 14...17 where count > 0: remove(place..<min(count, place + 1 + below(8)))
    case 18...20: copy(other[below(other.count)])
    case 21...22 where count > 0: count = place
    case 23...24 where count > 0: swap(place, below(count))
    default: insertOperand(at: place)
    }
  }

  private mutating func octet() -> UInt8 {
    let number = next()
    guard number & 1 == 0 else { return UInt8(truncatingIfNeeded: number >> 8) }
    return Self.telling.utf8Start[Int(truncatingIfNeeded: (number >> 8) % UInt64(Self.telling.utf8CodeUnitCount))]
  }

  private mutating func insert(_ octet: UInt8, at place: Int) {
    guard count < buffer.count, let start = buffer.baseAddress else { return }
    (start + place + 1).update(from: start + place, count: count - place)
    buffer[place] = octet
    count += 1
  }

  private mutating func remove(_ range: Range<Int>) {
    guard let start = buffer.baseAddress else { return }
    (start + range.lowerBound).update(from: start + range.upperBound, count: count - range.upperBound)
    count -= range.count
  }

  private mutating func swap(_ first: Int, _ second: Int) { buffer.swapAt(first, second) }

  /// Puts a part of another entry over what stands at a place, or behind it.
  private mutating func copy(_ other: [UInt8]) {
    guard !other.isEmpty else { return }
    let from = below(other.count)
    let length = min(1 + below(32), other.count - from)
    let place = below(count + 1)
    for index in 0..<min(length, buffer.count - place) { buffer[place + index] = other[from + index] }
    count = max(count, min(buffer.count, place + length))
  }

  /// Puts what the parser compared with over what stands at a place.
  private mutating func insertOperand(at place: Int) {
    var octets: (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0, 0, 0, 0, 0)
    let random = next()
    withUnsafeMutableBytes(of: &octets) { bytes in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      let size = edges_operand(random >> 8, start)
      let isReversed = random & 1 == 0
      for index in 0..<min(size, buffer.count - place) { buffer[place + index] = bytes[isReversed ? size - 1 - index : index] }
      count = max(count, min(buffer.count, place + size))
    }
  }
}
