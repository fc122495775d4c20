import Wire

/// The frames that smtpspec and a user's parser exchange over the parser's standard input and output: see `docs/fuzzing.md`.
///
/// Each is four octets of length, the highest first, and so many octets. Asked are a letter for the kind, the cut in four octets, and
/// the input. Answered are `A`, `I`, `R` or `N`; behind `A` the consumed octets in four, and `W` and the value written again, or nothing.
enum ParserFrames {
  /// No frame is longer.
  static let limit = 1 << 20

  /// A request as a frame.
  static func encode(_ request: ParserRequest) -> [UInt8] {
    frame([request.kind.letter] + number(request.cut) + request.octets)
  }

  /// An answer as a frame.
  static func encode(_ answer: ParserAnswer) -> [UInt8] {
    switch answer {
    case .accepted(let consumed, let written):
      frame([UInt8(ascii: "A")] + number(consumed) + (written.map { [UInt8(ascii: "W")] + $0 } ?? []))
    case .incomplete: frame([UInt8(ascii: "I")])
    case .refused: frame([UInt8(ascii: "R")])
    case .none: frame([UInt8(ascii: "N")])
    }
  }

  /// The request in a frame, or `nil` where it is none.
  static func request(in frame: ArraySlice<UInt8>) -> ParserRequest? {
    guard let letter = frame.first, let kind = ParserKind(letter: letter), let cut = number(in: frame.dropFirst()) else { return nil }
    let octets = Array(frame.dropFirst(5))
    return ParserRequest(kind, octets, cut: min(cut, octets.count))
  }

  /// The answer in a frame, or `nil` where it is none.
  static func answer(in frame: ArraySlice<UInt8>) -> ParserAnswer? {
    switch frame.first {
    case UInt8(ascii: "I") where frame.count == 1: return .incomplete
    case UInt8(ascii: "R") where frame.count == 1: return .refused
    case UInt8(ascii: "N") where frame.count == 1: return ParserAnswer.none
    case UInt8(ascii: "A"):
      guard let consumed = number(in: frame.dropFirst()) else { return nil }
      let rest = frame.dropFirst(5)
      if rest.isEmpty { return .accepted(consumed: consumed, written: nil) }
      return rest.first == UInt8(ascii: "W") ? .accepted(consumed: consumed, written: Array(rest.dropFirst())) : nil
    default: return nil
    }
  }

  /// Takes the first whole frame from the front of what came.
  ///
  /// - Returns: What is in it, or `nil` while it is not whole.
  /// - Throws: ``TooLong`` where it says that it is longer than a frame can be.
  static func take(from octets: inout ArraySlice<UInt8>) throws(TooLong) -> ArraySlice<UInt8>? {
    guard let length = number(in: octets) else { return nil }
    guard length <= limit else { throw TooLong() }
    guard octets.count >= 4 + length else { return nil }
    defer { octets = octets.dropFirst(4 + length) }
    return octets.dropFirst(4).prefix(length)
  }

  /// A frame's length is past ``limit``.
  struct TooLong: Error {}

  private static func frame(_ octets: [UInt8]) -> [UInt8] { number(octets.count) + octets }

  private static func number(_ value: Int) -> [UInt8] {
    let value = UInt32(clamping: value)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func number(in octets: ArraySlice<UInt8>) -> Int? {
    guard octets.count >= 4 else { return nil }
    return octets.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}
