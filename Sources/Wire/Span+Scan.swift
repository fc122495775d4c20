#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// The only unsafe code of this room: copies of octets that a Span has already bounded, and two scans over them.
extension Octets {
  /// Appends the octets of a range; the range is checked.
  mutating func append(_ octets: Span<UInt8>, in range: Range<Int>) {
    octets.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}

extension Span<UInt8> {
  /// A copy of the octets in a range; the range is checked.
  package func octets(_ range: Range<Int>) -> Octets {
    extracting(range).withUnsafeBufferPointer { Octets($0) }
  }

  /// The index of the first such octet at or after a position, or `nil`.
  package func firstIndex(of octet: UInt8, from position: Int) -> Int? {
    guard position >= 0, position < count else { return nil }
    return withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, let hit = memchr(base + position, Int32(octet), buffer.count - position) else { return nil }
      return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
  }

  /// The index of the first octet at or after a position that no `textstring` has (RFC 5321 §4.2), or `count`.
  ///
  /// In a well-formed line that is its CR, so one scan finds the line's end and proves the text before it. Octets are judged
  /// sixteen at a time.
  @inline(__always)
  func firstNonText(from position: Int) -> Int {
    guard position >= 0 else { return count }
    return withUnsafeBytes { buffer in
      let count = buffer.count
      var index = position
      while index <= count &- 16 {
        let marks = Self.nonTextMarks(buffer.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self))
        if marks[0] != 0 {
          index &+= UInt64(littleEndian: marks[0]).trailingZeroBitCount &>> 3
        } else if marks[1] != 0 {
          index &+= UInt64(littleEndian: marks[1]).trailingZeroBitCount &>> 3 &+ 8
        } else {
          index &+= 16
          continue
        }
        // A tab is text, but rare enough to be marked with what is not.
        guard buffer[index] == .tab else { return index }
        index &+= 1
      }
      while index < count, buffer[index].isText { index &+= 1 }
      return index
    }
  }

  /// Ones in every octet that is not in `0x20...0x7E`.
  @inline(__always)
  private static func nonTextMarks(_ octets: SIMD16<UInt8>) -> SIMD2<UInt64> {
    // Typed constants, since an inferred one picks the comparison that goes octet by octet.
    let first = SIMD16<UInt8>(repeating: 0x20)
    let extent = SIMD16<UInt8>(repeating: 0x7E - 0x20)
    return unsafeBitCast((octets &- first) .> extent, to: SIMD2<UInt64>.self)
  }
}
