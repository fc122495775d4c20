/// What a peer says in clear before its first TLS record.
struct ClearAnswer {
  /// Whether octets went out in clear with our ClientHello, so that a peer may answer them in clear.
  let isExpected: Bool
  private(set) var octets: [UInt8] = []
  private var isOver = false

  /// More than this is no answer any more.
  private static let mostOctets = 1 << 16

  init(isExpected: Bool) {
    self.isExpected = isExpected
  }

  /// Where in the octets that came the first record begins; past their end while all of them are in clear.
  ///
  /// - Throws: ``TLSError/notTLS`` where something else stands in a record's place.
  mutating func recordStart(in chunk: ArraySlice<UInt8>) throws(TLSError) -> Int {
    guard !isOver else { return chunk.startIndex }
    guard isExpected else {
      guard let first = chunk.first, Self.recordTypes.contains(first) else { throw .notTLS }
      isOver = true
      return chunk.startIndex
    }
    var previous = octets.last ?? 0x0A
    for index in chunk.indices {
      // A reply ends in LF, and a line of it does not begin with a control character.
      if previous == 0x0A, Self.recordTypes.contains(chunk[index]) {
        isOver = true
        return index
      }
      previous = chunk[index]
      octets.append(previous)
    }
    guard octets.count <= Self.mostOctets else { throw .notTLS }
    return chunk.endIndex
  }

  /// change_cipher_spec, alert, handshake, application_data: RFC 8446 §5.1.
  private static let recordTypes: ClosedRange<UInt8> = 20...23
}
