/// A set of reply codes, a bit each: it is made and asked for each reply, many thousands a second.
///
/// It has room for 200 to 711, more than RFC 5321 §4.2 has codes; others are never in it.
package struct ReplyCodeSet: Sendable, Hashable, ExpressibleByArrayLiteral {
  private static let first: UInt16 = 200
  private var bits = SIMD8<UInt64>(repeating: 0)

  /// The set of these codes.
  package init(arrayLiteral codes: UInt16...) {
    for code in codes {
      let place = ReplyCodeSet.place(of: code)
      bits[place.word & 7] |= place.word < 8 ? place.bit : 0
    }
  }

  /// Whether a code is in it.
  package func contains(_ code: UInt16) -> Bool {
    let place = ReplyCodeSet.place(of: code)
    return place.word < 8 && bits[place.word] & place.bit != 0
  }

  /// The codes, the lowest first.
  package var codes: [UInt16] { (ReplyCodeSet.first..<ReplyCodeSet.first + 512).filter(contains) }

  /// The codes of both.
  package func union(_ other: ReplyCodeSet) -> ReplyCodeSet {
    var both = self
    both.bits |= other.bits
    return both
  }

  /// Below 200 the place wraps to a word that there is not.
  private static func place(of code: UInt16) -> (word: Int, bit: UInt64) {
    let distance = code &- first
    return (Int(distance / 64), 1 << UInt64(distance % 64))
  }
}
