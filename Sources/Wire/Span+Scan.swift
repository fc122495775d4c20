#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// The only unsafe code of this room: two scans over octets that a Span has already bounded.
extension Span<UInt8> {
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
  /// In a well-formed line that is its CR, so one scan finds the line's end and proves the text before it.
  func firstNonText(from position: Int) -> Int {
    guard position >= 0, position < count else { return count }
    return withUnsafeBufferPointer { buffer in
      var index = position
      while index < buffer.count, buffer[index].isText { index += 1 }
      return index
    }
  }
}
