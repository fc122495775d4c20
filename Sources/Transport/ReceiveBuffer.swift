/// Octets that arrived and were not yet consumed, in storage that is used again.
///
/// The storage grows to twice the limit at most, so that octets move only after as many others were consumed.
struct ReceiveBuffer: Sendable {
  private var storage: [UInt8]
  private var start = 0
  private var end = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
    storage = [UInt8](repeating: 0, count: min(4096, 2 * limit))
  }

  var count: Int { end - start }

  /// How many octets more it takes.
  var room: Int { limit - count }

  var slice: ArraySlice<UInt8> { storage[start..<end] }

  subscript(offset: Int) -> UInt8 { storage[start + offset] }

  /// Lends the octets without a copy.
  func withSpan<Result, Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
    try body(storage.span.extracting(start..<end))
  }

  /// The offset of the first LF at or after an offset.
  func lineFeed(from offset: Int) -> Int? {
    guard offset < count else { return nil }
    return storage.withUnsafeBytes { all in
      let octets = UnsafeRawBufferPointer(rebasing: all[(start + offset)..<end])
      return octets.firstIndex(of: 0x0A).map { $0 + offset }
    }
  }

  mutating func consume(_ octets: Int) {
    start += min(max(0, octets), count)
    if start == end {
      start = 0
      end = 0
    }
  }

  /// Takes the octets out.
  mutating func removeAll() -> [UInt8] {
    let octets = Array(slice)
    consume(octets.count)
    return octets
  }

  /// One read from a socket, recorded as it is.
  mutating func take(from socket: borrowing Socket, waiting: Bool = false, recordingIn log: inout Transcript) -> Socket.Outcome {
    let free = freeRange()
    return storage.withUnsafeMutableBytes { [start = end] all in
      let outcome = socket.take(into: UnsafeMutableRawBufferPointer(rebasing: all[free]), waiting: waiting)
      if case .octets(let count) = outcome, count > 0 {
        log.append(.received, UnsafeRawBufferPointer(rebasing: all[start..<(start + count)]))
        end = start + count
      }
      return outcome
    }
  }

  /// Whatever TLS has decrypted, recorded as it is.
  mutating func take(from engine: TLSEngine, recordingIn log: inout Transcript) -> (count: Int, step: TLSEngine.Step) {
    let free = freeRange()
    return storage.withUnsafeMutableBytes { [start = end] all in
      let (count, step) = engine.read(into: UnsafeMutableRawBufferPointer(rebasing: all[free]))
      if count > 0 {
        log.append(.received, UnsafeRawBufferPointer(rebasing: all[start..<(start + count)]))
        end = start + count
      }
      return (count, step)
    }
  }

  /// Adds octets from elsewhere, as many as there is room for.
  mutating func append(_ octets: [UInt8]) {
    var rest = octets.prefix(room)
    while !rest.isEmpty {
      let free = freeRange()
      let part = rest.prefix(free.count)
      storage.replaceSubrange(end..<(end + part.count), with: part)
      end += part.count
      rest = rest.dropFirst(part.count)
    }
  }

  /// The free storage to read into, never more than ``room``.
  private mutating func freeRange() -> Range<Int> {
    makeSpace()
    return end..<(end + min(storage.count - end, room))
  }

  private mutating func makeSpace() {
    guard storage.count - end < min(room, 1024) else { return }
    if start >= storage.count / 2 {
      storage.withUnsafeMutableBytes { [start, end] in
        UnsafeMutableRawBufferPointer(rebasing: $0[0..<(end - start)])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<end]))
      }
      end -= start
      start = 0
    } else {
      let more = min(max(storage.count, 4096), 2 * limit - storage.count)
      guard more > 0 else { return }
      storage.append(contentsOf: repeatElement(0, count: more))
    }
  }
}
