/// One part of a run that several machines share: the second of five.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// Which part, from 1.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// The most parts that a run can have.
  public static let limit = 10_000

  /// A part of so many; `nil` where a number is out of its range.
  ///
  /// - Parameters:
  ///   - index: Which part, from 1 to `count`.
  ///   - count: How many parts there are, from 1 to ``limit``.
  public init?(index: Int, count: Int) {
    guard (1...Self.limit).contains(count), (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Reads `2/5`; `nil` where that is no part of a whole.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(index: index, count: count)
  }

  /// `2/5`.
  public var description: String { "\(index)/\(count)" }

  /// The cases of this part, in their order.
  ///
  /// Every case is in one part and in one only. The split depends on the cases alone: they are dealt out like cards, those that wait the
  /// longest first, so that the parts differ by one case at most and take about the same time.
  ///
  /// - Parameter cases: All that are chosen, the same on every machine.
  /// - Returns: Those that run here.
  public func cases(of cases: [Case]) -> [Case] {
    // The silence that a run waits for is measured; here only its proportion to the pauses counts.
    let deck = cases.indices.map { (place: $0, time: cases[$0].idleTime(silence: .milliseconds(250)), id: cases[$0].id) }
      .sorted { ($1.time, $0.id) < ($0.time, $1.id) }
    let mine = Set(deck.indices.filter { $0 % count == index - 1 }.map { deck[$0].place })
    return cases.indices.filter(mine.contains).map { cases[$0] }
  }
}
